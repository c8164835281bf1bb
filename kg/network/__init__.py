"""Networks of networkx, projected from a graph: entities, and the discourse networks of Leifeld (2017).

`KINDS` names them. `project_network` gives one, `project_windows` one for each window of time; `measure_network`
adds communities and centralities to its nodes.
"""

from collections.abc import Iterator, Sequence

import networkx as nx

from kg.network.days import Window, cut_windows, is_within
from kg.network.discourse import build_discourse
from kg.network.entities import EntityFact, build_entities, project_entities, read_entity_facts
from kg.network.measures import measure_network
from kg.network.options import ENTITIES, KINDS, Options, read_options
from kg.network.stances import Stance, read_stances
from kg.store import GraphStore

__all__ = [
    "KINDS",
    "Options",
    "Window",
    "measure_network",
    "project_entities",
    "project_network",
    "project_windows",
    "read_options",
]

Facts = Sequence[EntityFact] | Sequence[Stance]


def project_network(store: GraphStore, kind: str, options: Options) -> "nx.Graph[str]":
    """The network of a kind; `read_options` checks kind and options.

    Raises:
        InputError: a topic or class that the graph does not have.
    """
    facts = _read_facts(store, kind, options)
    return _build(store, kind, _choose(facts, options.since, options.until), options)


def project_windows(
    store: GraphStore, kind: str, options: Options, size: str
) -> Iterator[tuple[Window, "nx.Graph[str]"]]:
    """One network for each window of time in which there is a fact, in order.

    Each is the network that `since` and `until` at the ends of the window give.

    Args:
        store: an open graph.
        kind: of `KINDS`.
        options: what the networks are made of; `since` and `until` bound the windows.
        size: "months", "years" or a number of days.

    Raises:
        InputError: a topic, class or size that there is not.
    """
    facts = _choose(_read_facts(store, kind, options), options.since, options.until)
    for window in cut_windows((fact.day for fact in facts), size, since=options.since):
        yield window, _build(store, kind, _choose(facts, window.first, window.last), options, cut=True)


def _read_facts(store: GraphStore, kind: str, options: Options) -> Facts:
    return read_entity_facts(store, options) if kind == ENTITIES else read_stances(store, kind, options)


def _choose(facts: Facts, since: str | None, until: str | None) -> Facts:
    return [fact for fact in facts if is_within(fact.day, since, until)]  # type: ignore[return-value]


def _build(store: GraphStore, kind: str, facts: Facts, options: Options, *, cut: bool = False) -> "nx.Graph[str]":
    entity_facts = [fact for fact in facts if isinstance(fact, EntityFact)]
    if kind == ENTITIES:
        return build_entities(store, entity_facts, options, all_nodes=not (cut or options.selects))
    return build_discourse(store, kind, [fact for fact in facts if isinstance(fact, Stance)], options)
