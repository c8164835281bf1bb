"""What of a graph can be searched: the names of entities and topics, the titles and sentences of articles.

A source is one article or one named thing, with a digest of all that its entries are made of: what is unchanged
need not be read again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg import vocab
from kg.model import Span
from kg.sentences import split_sentences
from kg.store import GraphStore

ENTITIES, SENTENCES, ARTICLES = "entities", "sentences", "articles"

# Sorted, so that the same graph gives the same file.
_ARTICLES = """
SELECT ?article ?id ?title ?sha ?published (GROUP_CONCAT(STR(?section); separator=" ") AS ?sections) WHERE {
  ?article a kg:Article ; kg:articleId ?id ; kg:title ?title ; kg:textSha256 ?sha .
  OPTIONAL { ?article kg:published ?published }
  OPTIONAL { ?article kg:section ?section }
} GROUP BY ?article ?id ?title ?sha ?published ORDER BY ?article"""
_THINGS = """
SELECT DISTINCT ?thing WHERE {
  { ?class rdfs:subClassOf* kg:Entity . ?thing a ?class . FILTER EXISTS { ?mention kg:refersTo ?thing } }
  UNION { ?thing a kg:Topic }
} ORDER BY ?thing"""
_NAMES = tuple(NamedNode(iri) for iri in (vocab.RDFS + "label", vocab.SKOS + "prefLabel", vocab.SKOS + "altLabel"))
_TYPE = NamedNode(vocab.RDF + "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a search can find.

    `kind` is one of ENTITIES, SENTENCES, ARTICLES; `text` is what is searched: all names joined by "; ", the
    sentence, the title. `type` is the class of an entity. `begin` and `end` are code points in the text of the
    article, of sentences alone.
    """

    kind: str
    iri: str
    text: str
    label: str = ""
    type: str = ""
    article: str = ""
    title: str = ""
    published: str = ""
    begin: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article or named thing: its IRI, a digest of its content, and how to read its entries."""

    iri: str
    digest: str
    read: Callable[[], Iterator[Entry]]


def read_sources(store: GraphStore) -> Iterator[Source]:
    """All that can be searched, sorted by IRI within articles and within named things."""
    for row in _select(store, _ARTICLES):
        yield _article_source(store, *row)
    for (thing,) in _select(store, _THINGS):
        yield _thing_source(store, NamedNode(thing))


def _article_source(
    store: GraphStore, iri: str, id: str, title: str, sha: str, published: str, sections: str
) -> Source:
    spans = sorted(sections.split())

    def read() -> Iterator[Entry]:
        yield Entry(kind=ARTICLES, iri=iri, text=title, label=title, article=id, title=title, published=published)
        text = _value(store, iri, "text")
        for found in split_sentences(text, sorted(_read_span(store, span) for span in spans)):
            if found.slice(text) != title.strip():
                yield Entry(
                    kind=SENTENCES,
                    iri=vocab.mint_span(id, found.start, found.end, kind="sentence", base=store.base),
                    text=found.slice(text),
                    article=id,
                    title=title,
                    published=published,
                    begin=found.start,
                    end=found.end,
                )

    return Source(iri=iri, digest=vocab.short_hash(id, title, sha, published, *spans, length=64), read=read)


def _thing_source(store: GraphStore, thing: NamedNode) -> Source:
    label, *others = _names(store, thing) or [thing.value.removeprefix(store.base)]
    types = sorted(
        quad.object.value.removeprefix(vocab.KG)
        for quad in store.database.quads_for_pattern(thing, _TYPE, None, DefaultGraph())
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(vocab.KG)
    )
    entry = Entry(kind=ENTITIES, iri=thing.value, text="; ".join((label, *others)), label=label, type=", ".join(types))
    return Source(
        iri=thing.value,
        digest=vocab.short_hash(entry.text, label, entry.type, length=64),
        read=lambda: iter((entry,)),
    )


def _names(store: GraphStore, thing: NamedNode) -> list[str]:
    """The names of a thing, each once: the German label, then the others sorted."""
    found = [
        (place + 3 * (quad.object.language not in (None, "de")), quad.object.value)
        for place, predicate in enumerate(_NAMES)
        for quad in store.database.quads_for_pattern(thing, predicate, None, DefaultGraph())
        if isinstance(quad.object, Literal)
    ]
    names = list(dict.fromkeys(name for _, name in sorted(found)))
    return names[:1] + sorted(names[1:])


def _read_span(store: GraphStore, iri: str) -> Span:
    return Span(start=int(_value(store, iri, "beginIndex")), end=int(_value(store, iri, "endIndex")))


def _value(store: GraphStore, iri: str, name: str) -> str:
    found = store.database.quads_for_pattern(NamedNode(iri), NamedNode(vocab.KG + name), None, DefaultGraph())
    return min((quad.object.value for quad in found if isinstance(quad.object, Literal)), default="0")


def _select(store: GraphStore, query: str) -> Iterator[tuple[str, ...]]:
    found = store.database.query(query, prefixes=dict(vocab.prefixes(store.base)))
    if isinstance(found, QuerySolutions):
        for row in found:
            yield tuple(term.value if isinstance(term, NamedNode | Literal) else "" for term in row)
