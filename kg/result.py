"""What `kg.build` gives back: the graph for users of rdflib, networkx and SPARQL."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import BuildReport
from kg.network import measure_network, project_network, project_windows, read_options
from kg.query import bind_params, check_query, named_query, run_query, write_result
from kg.report import Tally
from kg.search import KINDS as SEARCHED
from kg.search import Hit, search_graph
from kg.store import GraphStore

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

Value = str | int | float | bool | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + "integer": int, _XSD + "decimal": float, _XSD + "double": float, _XSD + "float": float}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """A built graph in the folder `out`, and what was read and found; the folder is read when it is asked."""

    out: Path
    report: BuildReport
    tally: Tally

    @property
    def graph(self) -> "rdflib.Dataset":
        """The database itself, to read: its default graph is the union of its named graphs.

        Queries go to Oxigraph; SERVICE is off. The folder stays open as long as the dataset lives.
        """
        return GraphStore.open(self.out).open_dataset(check=check_query)

    def network(self, kind: str = "entities", *, measures: bool = False, **options: object) -> "nx.Graph[str]":
        """A projection of the graph: "entities" (a `MultiDiGraph`), or a discourse network (a `Graph`).

        Args:
            kind: of `kg.network.KINDS`.
            measures: whether nodes carry communities and centralities, as with `kg network`.
            options: the fields of `kg.network.Options`, such as `normalisation`, `since`, `topics`.

        Raises:
            InputError: there is no such kind or option, or it does not have that value.
        """
        with GraphStore.open(self.out) as store:
            found = project_network(store, kind, read_options(kind, **options))
        return measure_network(found, communities=kind != "conflict") if measures else found

    def networks(
        self, kind: str, *, window: str, measures: bool = False, **options: object
    ) -> dict[str, "nx.Graph[str]"]:
        """One projection for each window of time in which there is a fact, by its name, in order.

        Args:
            kind: of `kg.network.KINDS`.
            window: "months", "years" or a number of days.
            measures: as for `network`.
            options: as for `network`.

        Raises:
            InputError: as for `network`, or there is no such window.
        """
        with GraphStore.open(self.out) as store:
            found = {w.name: n for w, n in project_windows(store, kind, read_options(kind, **options), window)}
        return {
            name: measure_network(network, communities=kind != "conflict") if measures else network
            for name, network in found.items()
        }

    def query(
        self, text: str | None = None, *, name: str | None = None, params: Mapping[str, str | int] | None = None
    ) -> tuple[dict[str, Value], ...]:
        """The rows of a SELECT query, or of the shipped query of that name; IRIs and dates as text.

        An ASK query gives one row with the key `answer`. `params` are those of the shipped query, written as on the
        command line: {"topic": "nato-membership", "actor": "Selenskyj"}.

        Raises:
            InputError: not exactly one of `text` and `name` is given, or `params` without `name`.
            QueryError: the query is no valid SPARQL, or asks for triples; `graph` has those. Or a parameter is
                unknown, or nothing has the name given for it.
        """
        if (text is None) == (name is None):
            raise InputError("give either a query or the name of one")
        if params and name is None:
            raise InputError("params belong to a named query; a query of your own holds its terms itself")
        written = io.BytesIO()
        with GraphStore.open(self.out) as store:
            wanted = text if text is not None else bind_params(named_query(name or ""), params or {}, store)
            write_result(run_query(store, wanted), "json", written)
        return _read_rows(json.loads(written.getvalue()))

    def search(self, words: str, *, kinds: Iterable[str] = SEARCHED, limit: int = 20) -> tuple[Hit, ...]:
        """Names, titles and sentences that hold all of `words`, best first, as `kg search` finds them.

        Raises:
            InputError: there is no word, no such kind, or a limit below 1.
        """
        with GraphStore.open(self.out) as store:
            return search_graph(store, self.out, words, kinds=kinds, limit=limit)


def _read_rows(found: Any) -> tuple[dict[str, Value], ...]:
    if "boolean" in found:
        return ({"answer": bool(found["boolean"])},)
    rows = found["results"]["bindings"]
    return tuple({str(name): _read_value(row.get(name)) for name in found["head"]["vars"]} for row in rows)


def _read_value(term: dict[str, str] | None) -> Value:
    if term is None:
        return None
    kind, value = term.get("datatype"), term["value"]
    if kind == _XSD + "boolean":
        return value in ("true", "1")
    return _NUMBERS[kind](value) if kind in _NUMBERS else value
