"""The folder `ontology/` as triples for the store: vocabulary and knowledge base, without shapes and lexicon."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kg import vocab
from kg.errors import KnowledgeError

VOCABULARY = frozenset({"core.ttl", "alignment.ttl"})
UNREAD = frozenset({"shapes.ttl", "cues.ttl"})  # for the validator and the extractors

_Term = TypeVar("_Term", NamedNode, NamedNode | Literal)  # what a function that maps terms keeps
_TYPE = NamedNode(vocab.RDF + "type")
_SUB_CLASS = NamedNode(vocab.RDFS + "subClassOf")
_LEXICON_ENTRY = NamedNode(vocab.KG + "LexiconEntry")


def read_ontology(folder: Path, base: str) -> Iterator[tuple[NamedNode, Iterator[Quad]]]:
    """The graphs of vocabulary and knowledge base, each with its quads, one file at a time; resources under `base`.

    Every Turtle file in `folder` is read but for shapes and cues, and lexicon entries are left out. So are triples
    with blank nodes: they carry axioms that nobody queries, and have no stable name.

    Raises:
        KnowledgeError: a file is no valid Turtle.
    """
    files = sorted(path for path in folder.glob("*.ttl") if path.name not in UNREAD)
    vocabulary = [triple for path in files if path.name in VOCABULARY for triple in _read_turtle(path)]
    lexicon = _subclasses(_LEXICON_ENTRY, vocabulary)
    knowledge = (
        triple for path in files if path.name not in VOCABULARY for triple in _without(lexicon, _read_turtle(path))
    )
    for name, triples in (("ontology", iter(vocabulary)), ("knowledge", knowledge)):
        graph = NamedNode(vocab.mint_graph(name, base=base))
        yield graph, _place_triples(triples, graph, base)


def _read_turtle(path: Path) -> list[Triple]:
    try:
        return [quad.triple for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE)]
    except (SyntaxError, OSError) as error:
        raise KnowledgeError(f"{path}: {error}; mend the Turtle") from error


def _subclasses(top: NamedNode, triples: Iterable[Triple]) -> set[object]:
    """The class and all that stand below it."""
    below = [(triple.subject, triple.object) for triple in triples if triple.predicate == _SUB_CLASS]
    found: set[object] = {top}
    while new := {lower for lower, upper in below if upper in found} - found:
        found |= new
    return found


def _without(classes: set[object], triples: list[Triple]) -> Iterator[Triple]:
    """The triples, but for those about members of the classes."""
    members = {triple.subject for triple in triples if triple.predicate == _TYPE and triple.object in classes}
    return (triple for triple in triples if triple.subject not in members)


def _place_triples(triples: Iterable[Triple], graph: NamedNode, base: str) -> Iterator[Quad]:
    """The triples without blank nodes as quads of `graph`, resources under `base`."""
    for triple in triples:
        subject, target = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(target, NamedNode | Literal):
            yield Quad(_rebase(subject, base), triple.predicate, _rebase(target, base), graph)


def _rebase(term: _Term, base: str) -> _Term:
    """A resource of the knowledge base under the base of this graph; other terms as they are."""
    if base == vocab.BASE or not isinstance(term, NamedNode) or not term.value.startswith(vocab.BASE):
        return term
    return type(term)(base + term.value.removeprefix(vocab.BASE))
