"""The network of entities and topics, with the evidence on its edges.

Nodes are IRIs with `label`, `type` and `mentions`. An edge stands for all facts of one kind between two nodes;
`weight` counts them, `dates`, `evidence` (sentences), `articles` and `facts` (IRIs) list them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg.network.days import first_day
from kg.network.options import Options
from kg.network.rows import select_rows
from kg.network.stances import make_type_filter
from kg.network.topics import find_topics
from kg.store import GraphStore

_ENTITIES = """
SELECT ?node (MIN(STRAFTER(STR(?class), "#")) AS ?type) (MIN(STR(?name)) AS ?label)
    (COUNT(DISTINCT ?mention) AS ?mentions) WHERE {
  ?class rdfs:subClassOf+ kg:Entity .
  ?node a ?class .
  { ?mention kg:refersTo ?node } UNION { ?position kg:holder ?node }
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
class EntityFact:
    """One fact between two nodes, and the edge that it belongs to. `fact` is its IRI, "" for a mere link."""

    edge: _Edge
    date: str
    article: str
    fact: str
    sentence: str

    @property
    def day(self) -> str:
        """The day from which it counts, "" without a date."""
        return first_day(self.date)


def project_entities(store: GraphStore) -> "nx.MultiDiGraph[str]":
    """Entities and topics, joined by positions, events, offices and relations; nodes and edges sorted.

    Edges are keyed by kind, predicate, modality and who ascribes the fact, so that what others say of an actor stays
    apart. A position leads from holder to topic, its predicate the polarity; an event from agent to each other
    participant; an office from person to organisation.
    """
    return build_entities(store, read_entity_facts(store, Options()), Options())


def read_entity_facts(store: GraphStore, options: Options) -> tuple[EntityFact, ...]:
    """The facts that edges are made of, whatever day; to ask for a topic or polarity is to ask for positions.

    Raises:
        InputError: a topic that the graph does not have.
    """
    topics = find_topics(store, options.topics)
    return tuple(
        fact
        for fact in map(_read_fact, select_rows(store, _POSITIONS, _EVENTS, _OFFICES, _RELATIONS))
        if (not topics or (fact.edge.kind == "position" and fact.edge.target in topics))
        and (not options.polarities or fact.edge.polarity in options.polarities)
        and (not options.modalities or fact.edge.modality in options.modalities)
    )


def build_entities(
    store: GraphStore, facts: Iterable[EntityFact], options: Options, *, all_nodes: bool = True
) -> "nx.MultiDiGraph[str]":
    """The network of these facts.

    Args:
        store: an open graph.
        facts: what edges stand for.
        options: `types` keeps nodes of some classes alone.
        all_nodes: whether entities stay to which no fact leads.

    Raises:
        InputError: a class that the vocabulary does not have.
    """
    keep = make_type_filter(store, options.types)
    rows = {row["node"]: row for row in select_rows(store, _ENTITIES, _TOPICS) if keep(row["node"])}
    groups = _group(fact for fact in facts if {fact.edge.source, fact.edge.target} <= rows.keys())
    if not all_nodes:
        used = {node for edge in groups for node in (edge.source, edge.target)}
        rows = {node: row for node, row in rows.items() if node in used}
    links = _group(map(_read_fact, select_rows(store, _LINKS)))
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, row in sorted(rows.items()):
        label = row["label"] or node.removeprefix(store.base)
        network.add_node(node, label=label, type=row["type"], mentions=int(row["mentions"]))
    for edge, found in sorted((*groups.items(), *links.items())):
        if edge.source in network and edge.target in network:
            network.add_edge(edge.source, edge.target, key=edge.key, **_attributes(edge, found))
    return network


def _attributes(edge: _Edge, facts: Iterable[EntityFact]) -> dict[str, object]:
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


def _group(facts: Iterable[EntityFact]) -> Mapping[_Edge, list[EntityFact]]:
    groups: defaultdict[_Edge, list[EntityFact]] = defaultdict(list)
    for fact in facts:
        groups[fact.edge].append(fact)
    return groups


def _read_fact(row: Mapping[str, str]) -> EntityFact:
    return EntityFact(
        edge=_Edge(
            source=row["source"],
            target=row["target"],
            kind=row["kind"],
            predicate=row["predicate"],
            polarity=row.get("polarity", ""),
            modality=row.get("modality", ""),
            according_to=row.get("according_to", ""),
        ),
        date=row.get("date", ""),
        article=row.get("article", ""),
        fact=row.get("fact", ""),
        sentence=row.get("sentence", ""),
    )
