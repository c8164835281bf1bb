"""Updates: what they may write to, and how the default graph stays the union of the named ones.

The text is read as tokens first, as that of queries is: an update loads nothing and writes to named graphs. The graphs
that a request names become USING clauses, for `Store.update` takes no dataset.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import cast

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions

from kg import vocab
from kg.errors import QueryError
from kg.query import check_query, disarm
from kg.serve.protocol import Update
from kg.serve.update_text import UpdateText, read_update_text
from kg.store import GraphStore

MOST_OLD = 20_000  # triples in the graphs written to; beyond, looking at the whole store is as fast as listing them

_UNITE_ALL = """
DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ;
INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }
"""
_UNITE_SOME = """
DELETE { ?s ?p ?o } WHERE { VALUES (?s ?p ?o) { %s } FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } ;
INSERT { ?s ?p ?o } WHERE { VALUES ?g { %s } GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }
"""


def run_update(store: GraphStore, update: Update, *, base_iri: str) -> None:
    """Runs an update in one transaction: all of it, or nothing. Then what follows from the articles is made anew.

    Raises:
        QueryError: it is no valid SPARQL, loads something, writes to the default graph, names its dataset twice.
    """
    check_query(update.text)
    read = read_update_text(update)
    prefixes = vocab.prefixes(store.base)
    _check_syntax(read.text, base_iri, prefixes)
    text = f"{read.text}\n{';' if read.wants_semicolon else ''}{_unite(store, _resolve(read, base_iri, prefixes))}"
    try:
        store.database.update(text, base_iri=base_iri, prefixes=dict(prefixes))
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be run: {error}") from error
    store.refresh_derived()
    store.flush()


def _check_syntax(text: str, base_iri: str, prefixes: Mapping[str, str]) -> None:
    """Runs an update on an empty store, disarmed: it parses, it ends where it says, and it loads nothing."""
    try:
        pyoxigraph.Store().update(disarm(text), base_iri=base_iri, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise QueryError(f"the update cannot be read: {error.msg}") from error
    except (OSError, RuntimeError, ValueError):
        return  # what it needs is not in an empty store


def _resolve(read: UpdateText, base_iri: str, prefixes: Mapping[str, str]) -> tuple[NamedNode, ...] | None:
    """The graphs that an update writes to, by their full names; None if only running it can tell."""
    if read.written is None:
        return None
    query = f"{read.prologue}\nSELECT ?g {{ VALUES ?g {{ {' '.join(read.written)} }} }}"
    try:
        found = pyoxigraph.Store().query(query, base_iri=base_iri, prefixes=dict(prefixes))
    except SyntaxError:  # a name that is none, such as a variable
        return None
    return tuple({cast("NamedNode", row["g"]) for row in cast("QuerySolutions", found)})


def _unite(store: GraphStore, graphs: tuple[NamedNode, ...] | None) -> str:
    """Operations after which the default graph holds every triple of the named graphs once, and no other.

    Args:
        store: before the update.
        graphs: those that it writes to; None for any.
    """
    if graphs is None:
        return _UNITE_ALL
    old = tuple(islice(chain.from_iterable(store.graph_quads(graph.value) for graph in graphs), MOST_OLD + 1))
    if len(old) > MOST_OLD or any(isinstance(quad.subject, BlankNode) or not _is_plain(quad.object) for quad in old):
        return _UNITE_ALL
    return _UNITE_SOME % (" ".join(_rows(old)), " ".join(str(graph) for graph in graphs))


def _is_plain(term: object) -> bool:
    """Whether VALUES can hold a term."""
    return isinstance(term, NamedNode | Literal)


def _rows(quads: Iterable[Quad]) -> Iterator[str]:
    return (f"({quad.subject} {quad.predicate} {quad.object})" for quad in quads)
