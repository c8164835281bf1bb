"""The data of the page, as `kg/web/src/data.ts` describes them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg import __version__, vocab
from kg.store import GraphStore
from kg.view.choose import Excerpt, Limits, Part, choose_part, keep_sentences, keep_whole, rank_articles
from kg.view.facts import (
    Fact,
    Row,
    count_mentions,
    read_articles,
    read_facts,
    read_labels,
    read_links,
    read_mentions,
    read_statements,
    read_text,
    subjects,
)
from kg.view.facts import values as read_values
from kg.view.layout import find_communities, place_nodes
from kg.view.names import describe_node, hidden_properties, render_names

Record = dict[str, Any]
Numbers = Mapping[str, int]  # IRI -> place in an array of the page

MOST_EVIDENCE = 50  # of one edge; the facts themselves are all there
_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the parts of the data refer to."""

    store: GraphStore
    nodes: Numbers
    articles: Numbers
    excerpts: Mapping[str, Excerpt]

    def node(self, iri: str) -> int | None:
        return self.nodes.get(iri)


def render_data(store: GraphStore, limits: Limits | None = None) -> Record:
    """The data of the page: the whole graph, or its most mentioned part where it is too large."""
    limits = limits or Limits()
    mentions = count_mentions(store)
    part = choose_part(mentions, read_facts(store), limits)
    rows, excerpts = _take_articles(store, part, limits)
    page = _Page(
        store=store,
        nodes={iri: number for number, iri in enumerate(part.nodes)},
        articles={row["article"]: number for number, row in enumerate(rows)},
        excerpts=excerpts,
    )
    shown = [fact for fact in part.facts if _evidence(page, fact)]
    positions = {fact.iri: number for number, fact in enumerate(f for f in shown if f.kind == "position")}
    events = {fact.iri: number for number, fact in enumerate(f for f in shown if f.kind == "event")}
    edges = [*_edges(page, rows, shown, positions, events), *_links(page, read_links(store))]
    data: Record = {
        "version": 1,
        "meta": _meta(rows, part.cut),
        "nodes": list(_nodes(page, mentions, edges)),
        "edges": edges,
        "positions": [_position(page, rows, fact) for fact in shown if fact.kind == "position"],
        "statements": [statement for row in rows for statement in _statements(page, row)],
        "events": [_event(page, fact) for fact in shown if fact.kind == "event"],
        "articles": [_article(page, row) for row in rows],
    }
    data["meta"]["names"] = render_names(store, _keys(data))
    return data


def _take_articles(store: GraphStore, part: Part, limits: Limits) -> tuple[list[Row], Mapping[str, Excerpt]]:
    """The articles on the page, by date, and what is shown of their texts."""
    excerpts: dict[str, Excerpt] = {}
    room = limits.text
    articles = read_articles(store, {fact.place.article for fact in part.facts}, limits.articles)
    for article, found in rank_articles((row["article"] for row in articles), part.facts):
        if room <= 0 and not found:
            continue
        text = read_text(store, article)
        room -= len(text)
        excerpts[article] = keep_whole(text) if room >= 0 else keep_sentences(text, found)
    rows = [row for row in articles if row["article"] in excerpts and excerpts[row["article"]].text]
    return sorted(rows, key=lambda row: (row["date"], row["id"])), excerpts


def _meta(rows: Sequence[Row], cut: int) -> Record:
    days = sorted(day for day in (_day(row["date"]) for row in rows) if day)
    return {
        "title": _title(rows, days),
        "generator": f"kg {__version__}",
        "from": days[0] if days else None,
        "until": days[-1] if days else None,
        "cut": cut,
    }


def _title(rows: Sequence[Row], days: list[str]) -> str:
    """The title of the only article, or how many there are from which years."""
    if len(rows) == 1:
        return rows[0]["title"] or rows[0]["id"]
    years = list(dict.fromkeys(day[:4] for day in (days[:1] + days[-1:])))
    return ", ".join(filter(None, (f"{len(rows)} Artikel", "–".join(years))))


def _nodes(page: _Page, mentions: Mapping[str, int], edges: Sequence[Record]) -> Iterator[Record]:
    weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    for edge in edges:
        ends = sorted((edge["source"], edge["target"]))
        if ends[0] != ends[1]:
            weights[ends[0], ends[1]] += edge["weight"]
    communities = find_communities(len(page.nodes), weights)
    places = place_nodes(communities, weights)
    entities = _entity_classes(page.store)
    hidden = hidden_properties(page.store)
    for iri, number in page.nodes.items():
        yield {
            **_describe(page.store, iri, entities, hidden),
            "mentions": mentions[iri],
            "x": places[number][0],
            "y": places[number][1],
            "community": communities[number],
        }


def _describe(store: GraphStore, iri: str, entities: frozenset[str], hidden: frozenset[str]) -> Record:
    """What stands in the graph of an entity or an issue, whose English names are aliases."""
    labels = read_labels(store, iri)
    issue = iri.startswith(vocab.KG)
    label = labels.get("de") or labels.get("") or iri.removeprefix(store.base).removeprefix(vocab.KG)
    aliases = {*labels.values(), *read_values(store, iri, vocab.SKOS + "altLabel")} - {label}
    classes = set(read_values(store, iri, vocab.RDF + "type")) & entities
    return {
        "iri": iri,
        "label": label,
        "type": "Topic" if issue else min(classes, default=vocab.KG + "Entity").removeprefix(vocab.KG),
        "aliases": sorted(aliases),
        "facts": [] if issue else [list(fact) for fact in describe_node(store, iri, hidden)],
    }


def _entity_classes(store: GraphStore) -> frozenset[str]:
    """The classes of entities: kg:Entity and all below it."""
    found, new = set[str](), {vocab.KG + "Entity"}
    while new:
        found |= new
        new = {below for above in new for below in subjects(store, vocab.RDFS + "subClassOf", above)} - found
    return frozenset(found)


def _edges(
    page: _Page, rows: Sequence[Row], shown: Iterable[Fact], positions: Numbers, events: Numbers
) -> Iterator[Record]:
    """Facts of one kind between the same two nodes are one edge; an issue leads to what it is about."""
    groups: defaultdict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in shown:
        for source, target in fact.links:
            groups[source, target, fact.kind, fact.predicate, fact.polarity, fact.modality].append(fact)
        if fact.kind == "position" and fact.row["about"]:
            groups[fact.links[0][1], fact.row["about"], "relation", "about", "", ""].append(fact)
    for (source, target, kind, predicate, polarity, modality), facts in sorted(groups.items()):
        if source not in page.nodes or target not in page.nodes or source == target:
            continue
        dates = {rows[page.articles[fact.place.article]]["date"] for fact in facts} - {""}
        yield {
            "source": page.nodes[source],
            "target": page.nodes[target],
            "kind": kind,
            "predicate": predicate,
            "polarity": polarity or None,
            "modality": modality or None,
            "dates": sorted(dates),
            "weight": len(facts),
            "positions": [positions[fact.iri] for fact in facts if fact.iri in positions],
            "events": [events[fact.iri] for fact in facts if fact.iri in events],
            "evidence": [_evidence(page, fact) for fact in facts[:MOST_EVIDENCE]],
        }


def _links(page: _Page, links: Iterable[tuple[str, str]]) -> Iterator[Record]:
    """Links without evidence of their own: who acts for whom."""
    for source, target in links:
        if source in page.nodes and target in page.nodes:
            yield {
                "source": page.nodes[source],
                "target": page.nodes[target],
                "kind": "relation",
                "predicate": "actsFor",
                "polarity": None,
                "modality": None,
                "dates": [],
                "weight": 1,
                "positions": [],
                "events": [],
                "evidence": [],
            }


def _evidence(page: _Page, fact: Fact) -> Record | None:
    """Where a fact stands; None if that part of the article is not on the page."""
    place = fact.place
    if place.article not in page.articles:
        return None
    excerpt = page.excerpts[place.article]
    words = excerpt.move(place.start, place.end)
    sentence = excerpt.move(place.sentence_start, place.sentence_end)
    if not words or not sentence:
        return None
    return {
        "article": page.articles[place.article],
        "start": words[0],
        "end": words[1],
        "from": sentence[0],
        "until": sentence[1],
    }


def _position(page: _Page, rows: Sequence[Row], fact: Fact) -> Record:
    ((holder, topic),) = fact.links
    evidence = _evidence(page, fact)
    return {
        "iri": fact.iri,
        "holder": page.nodes[holder],
        "topic": page.nodes[topic],
        "about": page.node(fact.row["about"]),
        "polarity": fact.polarity,
        "modality": fact.modality,
        "accordingTo": page.node(fact.row["accordingTo"]),
        "date": fact.row["date"] or rows[page.articles[fact.place.article]]["date"] or None,
        "confidence": float(fact.row["confidence"] or 1),
        "evidence": evidence,
        "condition": _condition(page, fact),
    }


def _condition(page: _Page, fact: Fact) -> tuple[int, int] | None:
    if not fact.row["conditionStart"]:
        return None
    return page.excerpts[fact.place.article].move(int(fact.row["conditionStart"]), int(fact.row["conditionEnd"]))


def _event(page: _Page, fact: Fact) -> Record:
    return {
        "iri": fact.iri,
        "type": fact.predicate,
        **{part: page.node(fact.row[part]) for part in ("agent", "recipient", "object", "place")},
        "time": fact.row["date"] or None,
        "modality": fact.modality,
        "evidence": _evidence(page, fact),
    }


def _statements(page: _Page, article: Row) -> Iterator[Record]:
    spans: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    about: dict[str, tuple[str, str]] = {}
    for row in read_statements(page.store, article["id"]):
        moved = page.excerpts[article["article"]].move(int(row["start"]), int(row["end"]))
        if moved:
            spans[row["fact"]].add(moved)
            said = row["source"], row["type"].removeprefix(vocab.KG + "form-")
            about[row["fact"]] = min(said, about.get(row["fact"], said))
    for iri in sorted(spans, key=lambda iri: (min(spans[iri]), iri)):
        speaker, form = about[iri]
        yield {
            "iri": iri,
            "speaker": page.node(speaker),
            "form": form,
            "article": page.articles[article["article"]],
            "content": sorted(spans[iri]),
        }


def _article(page: _Page, row: Row) -> Record:
    excerpt = page.excerpts[row["article"]]
    mentions = {
        (*moved, page.nodes[mention["source"]])
        for mention in read_mentions(page.store, row["id"])
        if mention["source"] in page.nodes and (moved := excerpt.move(int(mention["start"]), int(mention["end"])))
    }
    return {
        "id": row["id"],
        "title": row["title"] or row["id"],
        "date": row["date"] or None,
        "publisher": row["publisher"] or None,
        "url": row["url"] if _WEB.fullmatch(row["url"]) else None,
        "text": excerpt.text,
        "mentions": sorted(mentions),
    }


def _keys(data: Record) -> Iterator[str]:
    """Everything on the page that has a name in the ontology."""
    for node in data["nodes"]:
        yield node["type"]
        yield from (key for key, _ in node["facts"])
        if node["iri"].startswith(vocab.KG):
            yield node["iri"].removeprefix(vocab.KG)
            yield node["iri"].removeprefix(vocab.KG + "topic-")
    for edge in data["edges"]:
        yield from filter(None, (edge["kind"], edge["predicate"], edge["polarity"], edge["modality"]))
    for statement in data["statements"]:
        yield statement["form"]
    for event in data["events"]:
        yield from (event["type"], event["modality"])


def _day(date: str) -> str:
    """The first day of a date; "" if it is none."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", date)
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" if found else ""
