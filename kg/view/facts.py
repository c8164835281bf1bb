"""What a page shows of a graph, read from the store: articles, entities, issues and the facts between them.

An issue stands as a node of its own, whatever it is about: one column of the position matrix for NATO membership,
in which each position says whose membership.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg import vocab
from kg.store import GraphStore

Row = Mapping[str, str]

_PLACE = """
  ?fact kg:inArticle ?article ; kg:evidence ?span . ?span kg:beginIndex ?start ; kg:endIndex ?end .
  OPTIONAL { ?span kg:inSentence ?around . ?around kg:beginIndex ?from ; kg:endIndex ?until }"""
_POSITIONS = f"""
SELECT * WHERE {{
  ?fact a kg:Position ; kg:holder ?source ; kg:topic ?topic ; kg:polarity ?polarity ; kg:modality ?modality .
  ?topic kg:issue ?target .
  OPTIONAL {{ ?topic kg:about ?about }}
  OPTIONAL {{ ?fact kg:accordingTo ?accordingTo }}
  OPTIONAL {{ ?fact kg:date ?date }}
  OPTIONAL {{ ?fact kg:confidence ?confidence }}
  OPTIONAL {{ ?fact kg:condition ?condition . ?condition kg:beginIndex ?conditionStart ; kg:endIndex ?conditionEnd }}
  {_PLACE}
}}"""
_EVENTS = f"""
SELECT * WHERE {{
  ?fact a kg:Event ; kg:eventType ?type ; kg:modality ?modality .
  OPTIONAL {{ ?fact kg:agent ?agent }}
  OPTIONAL {{ ?fact kg:recipient ?recipient }}
  OPTIONAL {{ ?fact kg:object ?object }}
  OPTIONAL {{ ?fact kg:instrument ?instrument }}
  OPTIONAL {{ ?fact kg:place ?place }}
  OPTIONAL {{ ?fact kg:time ?date }}
  {_PLACE}
}}"""
_OFFICES = f"""
SELECT * WHERE {{
  ?fact a kg:Office ; kg:heldBy ?source ; kg:ofOrganisation ?target ; kg:role/rdfs:label ?type . {_PLACE}
}}"""
_RELATIONS = f"""
SELECT * WHERE {{
  ?fact a kg:Relation ; rdf:subject ?source ; rdf:predicate ?type ; rdf:object ?target . {_PLACE}
}}"""
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
    `nodes` are those without which it cannot be told. `row` holds the rest as the queries above name it.
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
    """All facts, in no order and one at a time; one of which the store has several rows comes as often."""
    return chain(_positions(store), _events(store), _offices(store), _relations(store))


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


def _positions(store: GraphStore) -> Iterator[Fact]:
    shortcut = {"support": "supports", "oppose": "opposes"}
    for row in _rows(store, _POSITIONS):
        polarity = _local(row["polarity"])
        yield Fact(
            iri=row["fact"],
            kind="position",
            predicate=shortcut.get(polarity, polarity),
            place=_place(row),
            nodes=frozenset((row["source"], row["target"])),
            links=((row["source"], row["target"]),),
            polarity=polarity,
            modality=_local(row["modality"]),
            row=row,
        )


def _events(store: GraphStore) -> Iterator[Fact]:
    """From the first participant to each of the others."""
    for row in _rows(store, _EVENTS):
        first, *others = dict.fromkeys(row[part] for part in _PARTS if row[part]) or ("",)
        yield Fact(
            iri=row["fact"],
            kind="event",
            predicate=_local(row["type"]).removeprefix("event-"),
            place=_place(row),
            nodes=frozenset({first} - {""}),
            links=tuple((first, other) for other in others),
            modality=_local(row["modality"]),
            row=row,
        )


def _offices(store: GraphStore) -> Iterator[Fact]:
    return (_binary(row, "office", row["type"]) for row in _rows(store, _OFFICES))


def _relations(store: GraphStore) -> Iterator[Fact]:
    return (_binary(row, "relation", _local(row["type"])) for row in _rows(store, _RELATIONS))


def _binary(row: Row, kind: str, predicate: str) -> Fact:
    return Fact(
        iri=row["fact"],
        kind=kind,
        predicate=predicate,
        place=_place(row),
        nodes=frozenset((row["source"], row["target"])),
        links=((row["source"], row["target"]),),
        modality="asserted",
        row=row,
    )


def _place(row: Row) -> Place:
    start, end = int(row["start"]), int(row["end"])
    return Place(
        article=row["article"],
        start=start,
        end=end,
        sentence_start=min(start, int(row["from"] or start)),
        sentence_end=max(end, int(row["until"] or end)),
    )


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
