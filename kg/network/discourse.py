"""Discourse networks: actors joined by what they say (one mode), and actors joined to topics (two modes)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from kg.network.numbers import round_alike
from kg.network.options import POLARITIES, TWO_MODE, Options
from kg.network.rows import describe_node, select_rows
from kg.network.stances import Stance, leave_out_duplicates
from kg.network.weights import DIVISORS, Pair, Tie, compare_actors, count_profiles, weigh_cells, weigh_tie
from kg.store import GraphStore

DECIMALS = 9  # of weights: enough for any comparison, and the same on every machine
_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {  # what the topics and facts on an edge have done for it
    "congruence": ("congruence",),
    "conflict": ("conflict",),
    "subtract": ("congruence", "conflict"),
    "cooccurrence": ("congruence", "conflict"),
}
_SENTENCES = """
SELECT ?fact (MIN(STR(?words)) AS ?sentence) WHERE {
  ?fact a kg:Position ; kg:evidence/kg:inSentence/kg:anchorOf ?words
} GROUP BY ?fact"""


def build_one_mode(store: GraphStore, kind: str, stances: Sequence[Stance], options: Options) -> "nx.Graph[str]":
    """Actors, joined where they say the same ("congruence"), the opposite, ... on a topic; nodes and edges sorted.

    A node carries `label`, `type`, `mentions` and `frequency` (its stances), an edge `weight`, the counts
    `congruence` and `conflict` before they are normalised, and the `topics` and `facts` (IRIs of the positions of
    both actors) that it stands for.
    """
    counted = tuple(leave_out_duplicates(stances, options.duplicates, by_polarity=kind != "cooccurrence"))
    network = _start_network(store, Counter(stance.actor for stance in counted), mode="actor")
    profiles, divide = count_profiles(counted), DIVISORS[options.normalisation]
    labels = {stance.topic: describe_node(store, stance.topic).label for stance in counted}
    ties = {pair: tie for pair, tie in sorted(compare_actors(counted).items(), key=_first) if weigh_tie(kind, tie)}
    weights = (weigh_tie(kind, tie) / divide(profiles[one], profiles[other]) for (one, other), tie in ties.items())
    _join(network, ties, weights)
    congruences = round_alike((tie.congruence for tie in ties.values()), decimals=DECIMALS)
    conflicts = round_alike((tie.conflict for tie in ties.values()), decimals=DECIMALS)
    for (pair, tie), congruence, conflict in zip(ties.items(), congruences, conflicts, strict=True):
        network.edges[pair].update(congruence=congruence, conflict=conflict, **_describe_tie(kind, tie, labels))
    return network


def build_two_mode(store: GraphStore, stances: Sequence[Stance], options: Options) -> "nx.Graph[str]":
    """Actors joined to the topics on which they take positions; nodes and edges sorted, actors first.

    A node carries `mode` ("actor" or "topic", and for networkx `bipartite` 0 or 1), `label`, `type`, `mentions`,
    `frequency`; an edge `weight`, a count of each polarity, `polarity` (that of all of them, or "mixed"),
    and `dates`, `articles`, `evidence` (sentences) and `facts`.
    """
    by_polarity = options.qualifier != "ignore"
    counted = tuple(leave_out_duplicates(stances, options.duplicates, by_polarity=by_polarity))
    network = _start_network(store, Counter(stance.actor for stance in counted), mode="actor")
    network.update(_start_network(store, Counter(stance.topic for stance in counted), mode="topic"))
    cells: defaultdict[tuple[str, str], list[Stance]] = defaultdict(list)
    for stance in sorted(counted, key=lambda stance: (stance.actor, stance.topic)):
        cells[stance.actor, stance.topic].append(stance)
    sentences = {row["fact"]: row["sentence"] for row in select_rows(store, _SENTENCES)}
    weights = dict(weigh_cells(cells, qualifier=options.qualifier, normalisation=options.normalisation))
    _join(network, weights, weights.values())
    for cell in weights:
        network.edges[cell].update(_describe_cell(cells[cell], sentences))
    return network


def build_discourse(store: GraphStore, kind: str, stances: Sequence[Stance], options: Options) -> "nx.Graph[str]":
    """The discourse network of a kind."""
    if kind == TWO_MODE:
        return build_two_mode(store, stances, options)
    return build_one_mode(store, kind, stances, options)


def _start_network(store: GraphStore, frequencies: Mapping[str, int], *, mode: str) -> "nx.Graph[str]":
    network: nx.Graph[str] = nx.Graph()
    for iri, frequency in sorted(frequencies.items()):
        node = describe_node(store, iri)
        network.add_node(
            iri,
            label=node.label,
            type=node.type,
            mentions=node.mentions,
            mode=mode,
            bipartite=int(mode == "topic"),
            frequency=frequency,
        )
    return network


def _join(network: "nx.Graph[str]", pairs: Iterable[Pair], weights: Iterable[float]) -> None:
    for (one, other), weight in zip(pairs, round_alike(weights, decimals=DECIMALS), strict=True):
        network.add_edge(one, other, weight=weight)


def _first(item: tuple[Pair, Tie]) -> Pair:
    return item[0]


def _describe_tie(kind: str, tie: Tie, labels: Mapping[str, str]) -> dict[str, object]:
    sides = _ATTRIBUTES[kind]
    topics = (tie.agreed if "congruence" in sides else set()) | (tie.contested if "conflict" in sides else set())
    facts = (tie.agreeing if "congruence" in sides else set()) | (tie.conflicting if "conflict" in sides else set())
    return {
        "topics": tuple(sorted(labels[topic] for topic in topics)),
        "facts": tuple(sorted(facts)),
    }


def _describe_cell(stances: Sequence[Stance], sentences: Mapping[str, str]) -> dict[str, object]:
    counts = Counter(stance.polarity for stance in stances)
    return {
        **{polarity: counts[polarity] for polarity in POLARITIES},
        "polarity": next(iter(counts)) if len(counts) == 1 else "mixed",
        "dates": _distinct(stance.date for stance in stances),
        "articles": _distinct(stance.article for stance in stances),
        "evidence": _distinct(sentences.get(stance.fact, "") for stance in stances),
        "facts": _distinct(stance.fact for stance in stances),
    }


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
