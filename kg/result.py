"""What `kg.build` gives back: the graph for users of rdflib, networkx and SPARQL."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import BuildReport
from kg.network import KINDS
from kg.query import check_query, named_query, run_query, write_result
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

    def network(self, kind: str = "entities") -> "nx.MultiDiGraph[str]":
        """A projection of the graph.

        Raises:
            InputError: there is no such kind.
        """
        with GraphStore.open(self.out) as store:
            return project_kind(store, kind)

    def query(self, text: str | None = None, *, name: str | None = None) -> tuple[dict[str, Value], ...]:
        """The rows of a SELECT query, or of the shipped query of that name; IRIs and dates as text.

        An ASK query gives one row with the key `answer`.

        Raises:
            InputError: not exactly one of `text` and `name` is given.
            QueryError: the query is no valid SPARQL, or asks for triples; `graph` has those.
        """
        if (text is None) == (name is None):
            raise InputError("give either a query or the name of one")
        written = io.BytesIO()
        with GraphStore.open(self.out) as store:
            write_result(run_query(store, text or named_query(name or "").text), "json", written)
        return _read_rows(json.loads(written.getvalue()))

    def search(self, words: str, *, kinds: Iterable[str] = SEARCHED, limit: int = 20) -> tuple[Hit, ...]:
        """Names, titles and sentences that hold all of `words`, best first, as `kg search` finds them.

        Raises:
            InputError: there is no word, no such kind, or a limit below 1.
        """
        with GraphStore.open(self.out) as store:
            return search_graph(store, self.out, words, kinds=kinds, limit=limit)


def project_kind(store: GraphStore, kind: str) -> "nx.MultiDiGraph[str]":
    """The network of that kind.

    Raises:
        InputError: there is no such kind; names those there are.
    """
    if kind not in KINDS:
        raise InputError(f"no kind of network is named {kind!r}; there are: {', '.join(KINDS)}")
    return KINDS[kind](store)


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
