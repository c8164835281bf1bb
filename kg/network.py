"""Networks of networkx, projected from a graph.

Nodes are IRIs with `label`, `type` and `mentions`. An edge stands for all facts of one kind between two nodes;
`weight` counts them, `dates`, `evidence` (sentences), `articles` and `facts` (IRIs) list them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg import vocab
from kg.store import GraphStore

_ENTITIES = """
SELECT ?node (MIN(STRAFTER(STR(?class), "#")) AS ?type) (MIN(STR(?name)) AS ?label)
    (COUNT(DISTINCT ?mention) AS ?mentions) WHERE {
  ?class rdfs:subClassOf+ kg:Entity .
  ?node a ?class .
  ?mention kg:refersTo ?node .
  OPTIONAL { ?node rdfs:label ?name }
} GROUP BY ?node"""
_TOPICS = """
SELECT ?node ("Topic" AS ?type) (MIN(STR(?name)) AS ?label) (COUNT(DISTINCT ?position) AS ?mentions) WHERE {
  ?position a kg:Position ; kg:topic ?node .
  OPTIONAL { ?node rdfs:label ?name }
} GROUP BY ?node"""
_FACT = """
  ?fact kg:inArticle ?in . ?in kg:articleId ?article .
  OPTIONAL { ?in kg:published ?published }
  OPTIONAL { ?fact kg:evidence/kg:inSentence/kg:anchorOf ?sentence }"""
_SPEAKER = """
  OPTIONAL { SELECT ?fact (MIN(STR(?name)) AS ?according_to) WHERE {
    ?fact kg:accordingTo/rdfs:label ?name } GROUP BY ?fact }"""
_POSITIONS = f"""
SELECT ?source ?target ("position" AS ?kind) ?predicate (?predicate AS ?polarity) (STRAFTER(STR(?m), "#") AS ?modality)
    ?according_to (COALESCE(?dated, ?published) AS ?date) ?sentence ?article ?fact WHERE {{
  ?fact a kg:Position ; kg:holder ?source ; kg:topic ?target ; kg:polarity ?p ; kg:modality ?m .
  BIND(STRAFTER(STR(?p), "#") AS ?predicate)
  OPTIONAL {{ ?fact kg:date ?dated }} {_SPEAKER} {_FACT}
}}"""
# From the first participant to each of the others; without an agent, the recipient or object is the first.
_EVENTS = f"""
SELECT ?source ?target ("event" AS ?kind) (STRAFTER(STR(?t), "#event-") AS ?predicate)
    (STRAFTER(STR(?m), "#") AS ?modality) ?according_to (COALESCE(?dated, ?published) AS ?date) ?sentence ?article ?fact
WHERE {{
  ?fact a kg:Event ; kg:eventType ?t ; kg:modality ?m .
  OPTIONAL {{ ?fact kg:agent ?agent }}
  OPTIONAL {{ ?fact kg:recipient ?recipient }}
  OPTIONAL {{ ?fact kg:object ?object }}
  BIND(COALESCE(?agent, ?recipient, ?object) AS ?source)
  ?fact ?role ?target .
  FILTER(?role IN (kg:recipient, kg:object, kg:instrument, kg:place) && ?target != ?source)
  OPTIONAL {{ ?fact kg:time ?dated }} {_SPEAKER} {_FACT}
}}"""
_OFFICES = f"""
SELECT ?source ?target ("office" AS ?kind) (MIN(STR(?name)) AS ?predicate) ("asserted" AS ?modality)
    (MIN(?published) AS ?date) (MIN(?sentence_) AS ?sentence) ?article ?fact WHERE {{
  ?fact a kg:Office ; kg:heldBy ?source ; kg:ofOrganisation ?target ; kg:role/rdfs:label ?name .
  {_FACT.replace("?sentence", "?sentence_")}
}} GROUP BY ?source ?target ?article ?fact"""
_RELATIONS = f"""
SELECT ?source ?target ("relation" AS ?kind) (STRAFTER(STR(?p), "#") AS ?predicate) ("asserted" AS ?modality)
    (?published AS ?date) ?sentence ?article ?fact WHERE {{
  ?fact a kg:Relation ; rdf:subject ?source ; rdf:predicate ?p ; rdf:object ?target . {_FACT}
}}"""
# Links that carry no evidence of their own: they say how nodes hang together.
_LINKS = """
SELECT DISTINCT ?source ?target ("relation" AS ?kind) (STRAFTER(STR(?p), "#") AS ?predicate) WHERE {
  { VALUES ?p { kg:about } ?source a kg:Topic ; kg:about ?target }
  UNION { VALUES ?p { kg:actsFor } ?source kg:actsFor ?target . FILTER EXISTS { ?mention kg:refersTo ?source } }
}"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Edge:
    """What makes an edge of its own."""

    source: str
    target: str
    kind: str
    predicate: str
    polarity: str
    modality: str
    according_to: str

    @property
    def key(self) -> str:
        source = self.according_to and f"according to {self.according_to}"
        return " ".join(part for part in (self.kind, self.predicate, self.modality, source) if part)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Fact:
    """One fact that an edge stands for."""

    date: str
    article: str
    fact: str
    sentence: str


def project_entities(store: GraphStore) -> "nx.MultiDiGraph[str]":
    """Entities and topics, joined by positions, events, offices and relations; nodes and edges sorted.

    Edges are keyed by kind, predicate, modality and who ascribes the fact, so that what others say of an actor stays
    apart. A position leads from holder to topic, its predicate the
    polarity; an event from agent to each other participant; an office from person to organisation.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in sorted(_rows(store, _ENTITIES, _TOPICS), key=lambda row: row["node"]):
        label = row["label"] or row["node"].removeprefix(store.base)
        network.add_node(row["node"], label=label, type=row["type"], mentions=int(row["mentions"]))
    for edge, facts in sorted(_group(_rows(store, _POSITIONS, _EVENTS, _OFFICES, _RELATIONS, _LINKS)).items()):
        if edge.source in network and edge.target in network:
            network.add_edge(edge.source, edge.target, key=edge.key, **_attributes(edge, facts))
    return network


KINDS: Mapping[str, Callable[[GraphStore], "nx.MultiDiGraph[str]"]] = {"entities": project_entities}


def _attributes(edge: _Edge, facts: Iterable[_Fact]) -> dict[str, object]:
    ordered = sorted(facts)
    return {
        "kind": edge.kind,
        "predicate": edge.predicate,
        "polarity": edge.polarity,
        "modality": edge.modality,
        "according_to": edge.according_to,
        "weight": max(1, len({fact.fact for fact in ordered})),
        "dates": _distinct(fact.date for fact in ordered),
        "evidence": _distinct(fact.sentence for fact in ordered),
        "articles": _distinct(fact.article for fact in ordered),
        "facts": _distinct(fact.fact for fact in ordered),
    }


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are not empty, each once, in the order they come in."""
    return tuple(dict.fromkeys(value for value in values if value))


def _group(rows: Iterable[Mapping[str, str]]) -> Mapping[_Edge, list[_Fact]]:
    groups: defaultdict[_Edge, list[_Fact]] = defaultdict(list)
    for row in rows:
        edge = _Edge(
            source=row["source"],
            target=row["target"],
            kind=row["kind"],
            predicate=row["predicate"],
            polarity=row.get("polarity", ""),
            modality=row.get("modality", ""),
            according_to=row.get("according_to", ""),
        )
        groups[edge].append(
            _Fact(
                date=row.get("date", ""),
                article=row.get("article", ""),
                fact=row.get("fact", ""),
                sentence=row.get("sentence", ""),
            )
        )
    return groups


def _rows(store: GraphStore, *queries: str) -> Iterator[Mapping[str, str]]:
    """The rows that the queries find, as text; "" for what is unbound."""
    for query in queries:
        found = store.database.query(query, prefixes=dict(vocab.prefixes(store.base)))
        if isinstance(found, QuerySolutions):
            names = [variable.value for variable in found.variables]
            for row in found:
                yield {
                    name: term.value if isinstance(term, NamedNode | Literal) else ""
                    for name, term in zip(names, row, strict=True)
                }
