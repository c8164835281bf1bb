"""What a page shows of a graph, read from the store: articles, entities, issues and the facts between them.

An issue stands as a node of its own, whatever it is about: one column of the position matrix for NATO membership,
in which each position says whose membership.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg import vocab
from kg.store import GraphStore

Row = Mapping[str, str]
_Values = Mapping[str, Sequence[str]]  # of the properties of a node, by IRI

REMEMBERED = 10_000  # topics

_LINKS = """
SELECT DISTINCT ?source ?target WHERE { ?source kg:actsFor ?target . ?mention kg:refersTo ?source }"""
_STATEMENTS = """
SELECT * WHERE {
  ?fact a kg:Statement ; kg:form ?type ; kg:inArticle ?article ; kg:content ?span .
  ?span kg:beginIndex ?start ; kg:endIndex ?end .
  OPTIONAL { ?fact kg:speaker ?source }
}"""
_MENTIONS = """
SELECT * WHERE { ?fact kg:refersTo ?source ; kg:inArticle ?article ; kg:beginIndex ?start ; kg:endIndex ?end }"""
_ARTICLES = """
SELECT ?article ?id ?title ?date ?publisher ?url WHERE {
  ?article a kg:Article ; kg:articleId ?id .
  OPTIONAL { ?article kg:title ?title }
  OPTIONAL { ?article kg:published ?date }
  OPTIONAL { ?article kg:publisher ?publisher }
  OPTIONAL { ?article kg:url ?url }
}"""
# Without DISTINCT, for which the store would remember them all: the default graph holds a triple once.
_COUNTS = """
SELECT ?source (COUNT(?mention) AS ?count) WHERE { ?mention kg:refersTo ?source } GROUP BY ?source"""
_HELD = """
SELECT ?source (COUNT(?fact) AS ?count) WHERE {
  ?fact a kg:Position ; kg:topic ?topic . ?topic kg:issue ?source
} GROUP BY ?source"""
_PARTS = ("agent", "recipient", "object", "instrument", "place")
_SHORTCUTS = {"support": "supports", "oppose": "opposes"}
_TYPE = NamedNode(vocab.RDF + "type")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Words in an article and the sentence around them; offsets are code points."""

    article: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A position, event, office or relation: what joins two nodes or more.

    `links` are the edges that it gives: from holder to issue, from the first participant of an event to each other.
    `nodes` are those without which it cannot be told. `row` holds the rest, "" for what is not there.
    """

    iri: str
    kind: str
    predicate: str
    place: Place
    nodes: frozenset[str]
    links: tuple[tuple[str, str], ...]
    polarity: str = ""
    modality: str = ""
    row: Row = field(default_factory=dict)


def count_mentions(store: GraphStore) -> Mapping[str, int]:
    """How often each entity is mentioned; for an issue how many positions on it there are."""
    found = chain(_rows(store, _COUNTS), _rows(store, _HELD))
    return {row["source"]: int(row["count"]) for row in found}


def read_facts(store: GraphStore) -> Iterator[Fact]:
    """All facts, in no order and one at a time; read as they are asked for."""
    reader = _Reader(store)
    return chain(reader.positions(), reader.events(), reader.offices(), reader.relations())


def read_articles(store: GraphStore, chosen: Container[str], others: int) -> tuple[Row, ...]:
    """What is said of the chosen articles, and of so many others, those with the least IRIs, in the order of IRIs."""
    rows: dict[str, Row] = {}
    rest: dict[str, Row] = {}
    for row in _rows(store, _ARTICLES):
        kept = rows if row["article"] in chosen else rest
        kept[row["article"]] = min(row, kept.get(row["article"], row), key=order_row)
        if len(rest) > 2 * others:
            rest = {article: rest[article] for article in sorted(rest)[:others]}
    rows |= {article: rest[article] for article in sorted(rest)[:others]}
    return tuple(rows[article] for article in sorted(rows))


def read_links(store: GraphStore) -> tuple[tuple[str, str], ...]:
    """Who acts for whom."""
    return tuple(sorted((row["source"], row["target"]) for row in _rows(store, _LINKS)))


def order_row(row: Row) -> list[tuple[str, str]]:
    """A key by which of several rows of one thing the least is taken, so that the store's order does not matter."""
    return sorted(row.items())


def read_text(store: GraphStore, article: str) -> str:
    """The text of an article."""
    return min(values(store, article, vocab.KG + "text"), default="")


def read_mentions(store: GraphStore, article_id: str) -> Iterator[Row]:
    """Where entities are mentioned in an article: start, end, source (the entity)."""
    return _rows(store, _MENTIONS, article_id)


def read_statements(store: GraphStore, article_id: str) -> Iterator[Row]:
    """What is said in an article: a row for each span of the content."""
    return _rows(store, _STATEMENTS, article_id)


def read_labels(store: GraphStore, node: str) -> Mapping[str, str]:
    """The labels of a node by language, "" for none; the first of several."""
    found: dict[str, str] = {}
    for predicate in (vocab.RDFS + "label", vocab.SKOS + "prefLabel", vocab.KG + "title"):
        for language, text in sorted(_literals(store, node, predicate)):
            found.setdefault(language, text)
    return found


def values(store: GraphStore, node: str, predicate: str) -> list[str]:
    """The values of one property of a node as text, sorted."""
    return sorted(value for found, value, _ in properties(store, node) if found == predicate)


def properties(store: GraphStore, node: str) -> Iterator[tuple[str, str, bool]]:
    """Each property of a node with its value as text, and whether that names a node."""
    for quad in store.database.quads_for_pattern(NamedNode(node), None, None, DefaultGraph()):
        if isinstance(quad.object, NamedNode | Literal):
            yield quad.predicate.value, quad.object.value, isinstance(quad.object, NamedNode)


def subjects(store: GraphStore, predicate: str, target: str) -> list[str]:
    """The nodes that have another as a property, sorted."""
    found = store.database.quads_for_pattern(None, NamedNode(predicate), NamedNode(target), DefaultGraph())
    return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})


def _literals(store: GraphStore, node: str, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in store.database.quads_for_pattern(NamedNode(node), NamedNode(predicate), None, DefaultGraph()):
        if isinstance(quad.object, Literal):
            yield quad.object.language or "", quad.object.value


class _Reader:
    """Facts of one store, each looked up by itself: a query for all would join them with every span there is.

    Of several values of a property the least is taken, so that the store's order does not matter.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._issue = lru_cache(maxsize=REMEMBERED)(self._read_issue)

    def positions(self) -> Iterator[Fact]:
        """From the holder to the issue."""
        for iri, found in self._of_class("Position"):
            topic, holder = _first(found, "topic"), _first(found, "holder")
            issue, about = self._issue(topic) if topic else ("", "")
            place = self._place(found)
            if not (issue and holder and place):
                continue
            polarity = _local(_first(found, "polarity"))
            condition = self._span(_first(found, "condition"))
            row = {name: _first(found, name) for name in ("accordingTo", "date", "confidence")}
            row |= {"about": about, "conditionStart": "", "conditionEnd": ""}
            if condition:
                row |= {"conditionStart": str(condition[0]), "conditionEnd": str(condition[1])}
            yield Fact(
                iri=iri,
                kind="position",
                predicate=_SHORTCUTS.get(polarity, polarity),
                place=place,
                nodes=frozenset((holder, issue)),
                links=((holder, issue),),
                polarity=polarity,
                modality=_local(_first(found, "modality")),
                row=row,
            )

    def events(self) -> Iterator[Fact]:
        """From the first participant to each of the others."""
        for iri, found in self._of_class("Event"):
            row = {part: _first(found, part) for part in _PARTS}
            first, *others = dict.fromkeys(filter(None, row.values())) or ("",)
            place = self._place(found)
            if place:
                yield Fact(
                    iri=iri,
                    kind="event",
                    predicate=_local(_first(found, "eventType")).removeprefix("event-"),
                    place=place,
                    nodes=frozenset({first} - {""}),
                    links=tuple((first, other) for other in others),
                    modality=_local(_first(found, "modality")),
                    row=row | {"date": _first(found, "time")},
                )

    def offices(self) -> Iterator[Fact]:
        """From who holds it to whose it is."""
        for iri, found in self._of_class("Office"):
            role = _first(found, "role")
            labels = self._find(role).get(vocab.RDFS + "label", ()) if role else ()
            yield from self._join(iri, "office", found, ("heldBy", "ofOrganisation"), min(labels, default=""))

    def relations(self) -> Iterator[Fact]:
        """From subject to object."""
        for iri, found in self._of_class("Relation"):
            ends = (vocab.RDF + "subject", vocab.RDF + "object")
            predicate = _local(min(found.get(vocab.RDF + "predicate", ()), default=""))
            yield from self._join(iri, "relation", found, ends, predicate)

    def _join(self, iri: str, kind: str, found: _Values, ends: tuple[str, str], predicate: str) -> Iterator[Fact]:
        source, target = (_first(found, end) for end in ends)
        place = self._place(found)
        if source and target and place and predicate:
            yield Fact(
                iri=iri,
                kind=kind,
                predicate=predicate,
                place=place,
                nodes=frozenset((source, target)),
                links=((source, target),),
                modality="asserted",
            )

    def _of_class(self, name: str) -> Iterator[tuple[str, _Values]]:
        kind = NamedNode(vocab.KG + name)
        for quad in self._store.database.quads_for_pattern(None, _TYPE, kind, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value, self._find(quad.subject.value)

    def _place(self, found: _Values) -> Place | None:
        """The first words that a fact rests on; none of what stands in no article."""
        article = _first(found, "inArticle")
        spans = [span for iri in found.get(vocab.KG + "evidence", ()) if (span := self._span(iri))]
        if not article or not spans:
            return None
        start, end, around = min(spans)
        sentence = self._span(around)
        low, high = sentence[:2] if sentence else (start, end)
        return Place(article=article, start=start, end=end, sentence_start=min(start, low), sentence_end=max(end, high))

    def _span(self, iri: str) -> tuple[int, int, str] | None:
        """Begin, end, and the sentence around it; None if there is no such span."""
        found = self._find(iri) if iri else {}
        begin, end = _first(found, "beginIndex"), _first(found, "endIndex")
        return (int(begin), int(end), _first(found, "inSentence")) if begin and end else None

    def _read_issue(self, topic: str) -> tuple[str, str]:
        found = self._find(topic)
        return _first(found, "issue"), _first(found, "about")

    def _find(self, node: str) -> _Values:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for predicate, value, _ in properties(self._store, node):
            found[predicate].append(value)
        return found


def _first(found: _Values, name: str) -> str:
    """The least value of a property, which is one of `kg` if it has no namespace; "" for none."""
    return min(found.get(name if ":" in name else vocab.KG + name, ()), default="")


def _local(iri: str) -> str:
    return iri.removeprefix(vocab.KG)


def _rows(store: GraphStore, query: str, article_id: str | None = None) -> Iterator[Row]:
    """The rows as text, "" for what is unbound; found in the graph of one article alone if that is given."""
    graph = NamedNode(vocab.mint_article_graph(article_id, base=store.base)) if article_id else DefaultGraph()
    found = store.database.query(query, prefixes=dict(vocab.prefixes(store.base)), default_graph=graph)
    if isinstance(found, QuerySolutions):
        names = [variable.value for variable in found.variables]
        for row in found:
            yield {
                name: term.value if isinstance(term, NamedNode | Literal) else ""
                for name, term in zip(names, row, strict=True)
            }
