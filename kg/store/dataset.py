"""The database as rdflib knows one: a `Dataset` over the same quads, to read.

oxrdflib does the reading; what is added here is that nothing can be written, that plain literals stay plain (it
types them as xsd:string, and so `Literal("NATO")` would never equal what is found), and that a query is checked
before Oxigraph reads it.
"""

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import DefaultGraph, Literal, NamedNode
from rdflib.query import Result

from kg import vocab
from kg.errors import StoreError

_STRING = rdflib.URIRef(vocab.XSD + "string")
Check = Callable[[str], None]


def open_dataset(database: pyoxigraph.Store, *, base: str, check: Check = lambda text: None) -> rdflib.Dataset:
    """A `Dataset` over `database`: its default graph holds every triple once, its named graphs are the articles' etc.

    Args:
        database: what is read; it stays open as long as the dataset lives.
        base: what IRIs of resources begin with, for the prefixes.
        check: is given every SPARQL query before it runs, and raises what is wrong with it.
    """
    dataset = rdflib.Dataset(store=_ReadStore(database, check))
    for prefix, namespace in vocab.prefixes(base).items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset


def to_rdflib(term: object) -> rdflib.URIRef | rdflib.Literal:
    """The same IRI or literal for rdflib."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        plain = term.language or term.datatype.value == vocab.XSD + "string"
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise TypeError(f"{term}: neither IRI nor literal")


class _ReadStore(OxigraphStore):
    """oxrdflib's store without its writing half."""

    def __init__(self, database: pyoxigraph.Store, check: Check) -> None:
        super().__init__(store=database)
        self._check = check

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        for triple, graphs in super().triples(triple_pattern, context):
            yield tuple(map(_plain, triple)), graphs

    def query(self, query: Any, *given: Any, **options: Any) -> Result:
        if isinstance(query, str):
            self._check(query)
        found = super().query(query, *given, **options)
        if found.type == "SELECT":
            found.bindings = ({name: _plain(term) for name, term in row.items()} for row in found.bindings)
        elif found.graph is not None:
            plain = rdflib.Graph()
            for triple in found.graph:
                plain.add(tuple(map(_plain, triple)))
            found.graph = plain
        return found

    def __len__(self, context: Any = None) -> int:
        name = DefaultGraph() if context is None else _graph_name(context)
        return sum(1 for _ in self._inner.quads_for_pattern(None, None, None, name))

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise StoreError(
            "this graph is only read; change it with kg build or kg remove, or change a copy: "
            "rdflib.Dataset().parse(FILE) of what kg export DIR --format trig -o FILE writes"
        )

    add = addN = remove = update = remove_graph = destroy = _refuse  # noqa: N815 - as rdflib calls them

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Nothing: rdflib calls it whenever a graph is named, though it be only to read."""


def _plain(term: Any) -> Any:
    if isinstance(term, rdflib.Literal) and term.datatype == _STRING:
        return rdflib.Literal(str(term))
    return term


def _graph_name(context: Any) -> NamedNode | DefaultGraph:
    identifier = getattr(context, "identifier", context)
    return DefaultGraph() if identifier == rdflib.graph.DATASET_DEFAULT_GRAPH_ID else NamedNode(identifier)
