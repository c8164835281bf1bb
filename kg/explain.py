"""The evidence for one node or edge of a graph: sentence, article, offsets, and the rule or model that produced it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg import vocab
from kg.errors import QueryError
from kg.query import shorten_iri
from kg.store import GraphStore

# What leads from a node to the facts that speak of it, and from a mention or fact to its span.
_PATTERN = """
SELECT DISTINCT ?fact ?kind ?role ?says ?span ?begin ?end ?words ?sentence ?sentenceBegin ?articleId ?title ?published
    ?source ?rule ?version WHERE {
  { BIND(?node AS ?fact) BIND("itself" AS ?role) }
  UNION {
    VALUES ?link { kg:holder kg:topic kg:accordingTo kg:speaker kg:addressee kg:agent kg:recipient kg:object
      kg:instrument kg:place kg:heldBy kg:ofOrganisation kg:refersTo kg:role kg:expressedIn kg:extractedBy
      rdf:subject rdf:object }
    ?fact ?link ?node . BIND(STRAFTER(STR(?link), "#") AS ?role)
  }
  UNION { ?topic kg:about ?node . ?fact kg:topic ?topic . BIND("about" AS ?role) }
  ?fact a ?class ; kg:inArticle ?article .
  FILTER(STRSTARTS(STR(?class), STR(kg:)))
  BIND(STRAFTER(STR(?class), "#") AS ?kind)
  OPTIONAL { ?fact kg:evidence ?evidence }
  OPTIONAL { ?fact kg:content ?content }
  BIND(COALESCE(?evidence, ?content, ?fact) AS ?span)
  ?span kg:beginIndex ?begin ; kg:endIndex ?end ; kg:anchorOf ?words .
  OPTIONAL { ?span kg:inSentence ?around . ?around kg:anchorOf ?sentence ; kg:beginIndex ?sentenceBegin }
  ?article kg:articleId ?articleId ; kg:title ?title ; kg:source ?source .
  OPTIONAL { ?article kg:published ?published }
  OPTIONAL { ?fact kg:extractedBy ?by . ?by kg:rule ?rule ; kg:version ?version }
  OPTIONAL { ?fact kg:modality ?modality }
  OPTIONAL { ?fact kg:polarity ?polarity ; kg:topic/rdfs:label ?topicName }
  OPTIONAL { ?fact kg:eventType ?eventType }
  OPTIONAL { ?fact kg:role/rdfs:label ?office }
  OPTIONAL { ?fact kg:form ?form }
  OPTIONAL { ?fact rdf:predicate ?relation }
  BIND(COALESCE(
    CONCAT(STRAFTER(STR(?polarity), "#"), " ", ?topicName, " (", STRAFTER(STR(?modality), "#"), ")"),
    CONCAT(STRAFTER(STR(?eventType), "#event-"), " (", STRAFTER(STR(?modality), "#"), ")"),
    STR(?office), STRAFTER(STR(?form), "#form-"), STRAFTER(STR(?relation), "#"), "") AS ?says)
} ORDER BY ?articleId ?begin ?end ?kind ?role ?fact ?span ?rule"""
_REASONS = """SELECT DISTINCT ?reason WHERE { ?node kg:why ?reason } ORDER BY ?reason"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One place in an article that speaks of what was asked for.

    `kind` is the class of the fact or mention, `role` the part that the node has in it ("itself" if the node is
    the fact), `says` what the fact says in short. Offsets are code points in the text of the article,
    `sentence_begin` where the sentence begins.
    """

    fact: str
    kind: str
    role: str
    words: str
    begin: int
    end: int
    sentence: str
    sentence_begin: int
    article: str
    title: str
    published: str
    source: str
    rule: str
    version: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a graph says of one node: its name, why its mentions were joined, and every piece of evidence."""

    iri: str
    label: str
    types: tuple[str, ...]
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def explain_node(store: GraphStore, name: str) -> Explanation:
    """The evidence for a node or edge: an entity, topic, mention, statement, position, event, office or relation.

    Args:
        store: an open graph.
        name: an IRI, a prefixed name ("r:state-ukraine") or the local name of a resource ("state-ukraine").

    Raises:
        QueryError: nothing in the graph has that name.
    """
    node = _find_node(store, name)
    rows = _rows(store, _PATTERN, node)
    return Explanation(
        iri=node.value,
        label=_first(store, node, vocab.RDFS + "label") or shorten_iri(node.value, _prefixes(store)),
        types=tuple(sorted(value.removeprefix(vocab.KG) for value in _values(store, node, vocab.RDF + "type"))),
        reasons=tuple(row["reason"] for row in _rows(store, _REASONS, node)),
        evidence=tuple(_read_evidence(row) for row in rows),
    )


def _read_evidence(row: Mapping[str, str]) -> Evidence:
    return Evidence(
        fact=row["fact"],
        kind=row["kind"],
        role=row["role"],
        words=row["words"],
        begin=int(row["begin"]),
        end=int(row["end"]),
        sentence=row["sentence"] or row["words"],
        sentence_begin=int(row["sentenceBegin"] or row["begin"]),
        article=row["articleId"],
        title=row["title"],
        published=row["published"],
        source=row["source"],
        rule=row["rule"],
        version=row["version"],
        says=row["says"],
    )


def _find_node(store: GraphStore, name: str) -> NamedNode:
    for iri in _readings(store, name):
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        if any(True for _ in store.database.quads_for_pattern(node, None, None)):
            return node
    raise QueryError(
        f"nothing in the graph is named {name!r}; give an IRI, or a name such as state-ukraine "
        "(kg query DIR --name actors lists the actors)"
    )


def _readings(store: GraphStore, name: str) -> Iterator[str]:
    """What `name` may mean: a prefixed name, the local name of a resource, an IRI."""
    prefix, colon, local = name.strip("<>").partition(":")
    namespace = _prefixes(store).get(prefix)
    if colon and namespace:
        yield namespace + local
    yield store.base + name
    yield name.strip("<>")


def _prefixes(store: GraphStore) -> Mapping[str, str]:
    return vocab.prefixes(store.base)


def _rows(store: GraphStore, query: str, node: NamedNode) -> Iterator[Mapping[str, str]]:
    """The rows that `query` finds for `node`, a term put in place of ?node, as text."""
    found = store.database.query(query.replace("?node", str(node)), prefixes=dict(_prefixes(store)))
    if isinstance(found, QuerySolutions):
        names = [variable.value for variable in found.variables]
        for row in found:
            yield {name: _text(term) for name, term in zip(names, row, strict=True)}


def _values(store: GraphStore, node: NamedNode, predicate: str) -> list[str]:
    found = store.database.quads_for_pattern(node, NamedNode(predicate), None, DefaultGraph())
    return [_text(quad.object) for quad in found]


def _first(store: GraphStore, node: NamedNode, predicate: str) -> str:
    return min(_values(store, node, predicate), default="")


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
