"""What `kg.build` gives back: the graph for users of rdflib, networkx and SPARQL."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import BuildReport
from kg.network import KINDS
from kg.query import bind_params, named_query, run_query, write_result
from kg.report import Tally
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
        """A copy of the graph, its default graph the union of all."""
        with GraphStore.open(self.out) as store:
            return store.to_dataset()

    def network(self, kind: str = "entities") -> "nx.MultiDiGraph[str]":
        """A projection of the graph.

        Raises:
            InputError: there is no such kind.
        """
        with GraphStore.open(self.out) as store:
            return project_kind(store, kind)

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
