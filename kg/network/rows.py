"""What the projections ask of a graph: rows of a query as text, and how a node is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg import vocab
from kg.store import GraphStore

_TYPE = NamedNode(vocab.RDF + "type")
_LABEL = NamedNode(vocab.RDFS + "label")
_REFERS_TO = NamedNode(vocab.KG + "refersTo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node as it is called: its label, the local name of its class, and how many mentions refer to it."""

    label: str
    type: str
    mentions: int


def select_rows(store: GraphStore, *queries: str) -> Iterator[Mapping[str, str]]:
    """The rows that the queries find, as text; "" for what is unbound."""
    for query in queries:
        found = store.database.query(query, prefixes=dict(vocab.prefixes(store.base)))
        if isinstance(found, QuerySolutions):
            names = [variable.value for variable in found.variables]
            for row in found:
                yield {name: _text(term) for name, term in zip(names, row, strict=True)}


def describe_node(store: GraphStore, iri: str) -> Node:
    """How one node is called; without a label by its local name."""
    node = NamedNode(iri)
    labels = sorted(_values(store, node, _LABEL))
    types = sorted(value for value in _values(store, node, _TYPE) if value.startswith(vocab.KG))
    mentions = sum(1 for _ in store.database.quads_for_pattern(None, _REFERS_TO, node, DefaultGraph()))
    return Node(
        label=labels[0] if labels else iri.removeprefix(store.base),
        type=types[0].removeprefix(vocab.KG) if types else "",
        mentions=mentions,
    )


def list_classes(store: GraphStore, name: str) -> frozenset[str]:
    """The local names of a class of `kg` and of all below it."""
    query = f"SELECT ?class WHERE {{ ?class rdfs:subClassOf* {_term(name)} }}"
    return frozenset(row["class"].removeprefix(vocab.KG) for row in select_rows(store, query))


@lru_cache(maxsize=64)
def _term(name: str) -> NamedNode:
    return NamedNode(vocab.KG + vocab.escape(name))


def _values(store: GraphStore, node: NamedNode, predicate: NamedNode) -> Iterator[str]:
    for quad in store.database.quads_for_pattern(node, predicate, None, DefaultGraph()):
        yield _text(quad.object)


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
