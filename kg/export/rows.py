"""The rows of the tables of a graph, an article at a time; entities come last, when all articles are read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.export.articles import ArticleGraph, Names, Passage, read_articles
from kg.export.event_types import EventTypes
from kg.export.schema import Row
from kg.store import GraphStore

GAP = " […] "  # between the parts of a statement
_ROLES = (  # what leads from a fact, topic or entity to an entity
    *("about", "actsFor", "holder", "accordingTo", "speaker", "addressee", "heldBy", "ofOrganisation"),
    *("agent", "recipient", "object", "subject", "instrument", "place"),
)


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What the articles say of one entity, added up."""

    types: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    acts_for: set[str] = field(default_factory=set)
    mentions: int = 0
    articles: int = 0


def read_rows(store: GraphStore) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table; the same graph gives the same rows in the same order.

    An entity that is only referred to (what a topic is about, whom an actor acts for) has a row too.
    """
    names, types, seen = Names(store), EventTypes(store), defaultdict[str, _Seen](_Seen)
    for article in read_articles(store):
        yield "articles", _article_row(article)
        _add_entities(seen, article, names)
        for name, reader in (
            ("mentions", _mention_rows(article, names)),
            ("statements", _statement_rows(article, names)),
            ("positions", _position_rows(article, names)),
            ("events", _event_rows(article, names, types)),
            ("offices", _office_rows(article, names)),
            ("relations", _relation_rows(article, names)),
        ):
            for row in reader:
                yield name, row
    for iri, found in sorted(seen.items()):
        yield "entities", _entity_row(iri, found, names)


def _add_entities(seen: dict[str, _Seen], article: ArticleGraph, names: Names) -> None:
    counts: defaultdict[str, int] = defaultdict(int)
    for node in article.of_class("Mention", ""):
        for entity in article.values(node, "refersTo"):
            counts[entity] += 1
    for node, values in article.nodes.items():
        kinds = [kind for kind in values.get("type", ()) if kind in names.entity_classes]
        if kinds:
            found = seen[node]
            found.types.update(names.entity_classes[kind][0] for kind in kinds)
            found.names.update(values.get("label", ()), values.get("altLabel", ()))
            found.acts_for.update(values.get("actsFor", ()))
            found.mentions += counts[node]
            found.articles += 1
    for referred in _referred(article):
        if referred not in seen and names.kind(referred):
            seen[referred] = _Seen()


def _referred(article: ArticleGraph) -> Iterator[str]:
    for node in article.nodes:
        for role in _ROLES:
            yield from article.values(node, role)


def _entity_row(iri: str, found: _Seen, names: Names) -> Row:
    label = names.label(iri)
    return {
        "entity": names.short(iri),
        "type": min(found.types, default=names.kind(iri)),
        "label": label,
        "other_names": tuple(sorted(found.names - {label or ""})),
        "acts_for": names.short(min(found.acts_for, default=None)),
        "mentions": found.mentions,
        "articles": found.articles,
    }


def _article_row(article: ArticleGraph) -> Row:
    properties = ("title", "publisher", "author", "url", "source", "language")
    return {
        "article": article.id,
        "date": article.date,
        "sha256": article.value(article.iri, "textSha256"),
        **{name: article.value(article.iri, name) for name in properties},
    }


def _mention_rows(article: ArticleGraph, names: Names) -> Iterator[Row]:
    for node in article.of_class("Mention", ""):
        for entity in article.values(node, "refersTo"):
            yield {
                "mention": names.short(node),
                "article": article.id,
                "entity": names.short(entity),
                "entity_label": names.label(entity),
                "kind": article.local(node, "mentionKind", "kind-"),
                **_passage(article.passage(node)),
            }


def _statement_rows(article: ArticleGraph, names: Names) -> Iterator[Row]:
    for node in article.of_class("Statement", "content"):
        content = article.passages(node, "content")
        yield {
            "statement": names.short(node),
            "article": article.id,
            "form": article.local(node, "form", "form-"),
            "medium": article.local(node, "medium", "medium-"),
            **_named(article, names, node, speaker="speaker", addressee="addressee"),
            "cue": GAP.join(passage.text for passage in article.passages(node, "cue")),
            "nested_in": names.short(article.value(node, "nestedIn")),
            **read_evidence(article, node, "content"),
            "spans": " ".join(f"{passage.start}-{passage.end}" for passage in content),
            **_rule(article, node),
        }


def _position_rows(article: ArticleGraph, names: Names) -> Iterator[Row]:
    for node in article.of_class("Position"):
        topic = article.value(node, "topic") or ""
        condition = article.passages(node, "condition")
        yield {
            "position": names.short(node),
            "date": article.value(node, "date") or article.date,
            **_named(article, names, node, holder="holder", according_to="accordingTo", topic="topic"),
            "issue": article.local(topic, "issue", "topic-"),
            **_named(article, names, topic, about="about"),
            "polarity": article.local(node, "polarity"),
            "modality": article.local(node, "modality"),
            "statement": names.short(article.value(node, "expressedIn")),
            "condition": GAP.join(passage.text for passage in condition),
            "strength": _number(article.value(node, "strength")),
            "confidence": _number(article.value(node, "confidence")),
            **_fact(article, node),
        }


def _event_rows(article: ArticleGraph, names: Names, types: EventTypes) -> Iterator[Row]:
    for node in article.of_class("Event"):
        kind = article.value(node, "eventType") or ""
        yield {
            "event": names.short(node),
            "date": article.value(node, "time"),
            "published": article.date,
            "type": types.local(kind),
            "plover": types.plover(kind),
            "modality": article.local(node, "modality"),
            **_named(
                article,
                names,
                node,
                agent="agent",
                recipient="recipient",
                object="object",
                instrument="instrument",
                place="place",
                according_to="accordingTo",
            ),
            **_fact(article, node),
        }


def _office_rows(article: ArticleGraph, names: Names) -> Iterator[Row]:
    for node in article.of_class("Office"):
        yield {
            "office": names.short(node),
            "date": article.date,
            **_named(article, names, node, person="heldBy", organisation="ofOrganisation"),
            "role": names.label(article.value(node, "role")),
            **_fact(article, node),
        }


def _relation_rows(article: ArticleGraph, names: Names) -> Iterator[Row]:
    for node in article.of_class("Relation"):
        yield {
            "relation": names.short(node),
            **_named(article, names, node, subject="subject", object="object"),
            "predicate": article.local(node, "predicate"),
            **_fact(article, node),
        }


def _named(article: ArticleGraph, names: Names, node: str, **roles: str) -> Row:
    """Id and label of what the properties `roles` of a node lead to, by the names of the columns."""
    cells: dict[str, str | None] = {}
    for column, role in roles.items():
        found = article.value(node, role)
        cells |= {column: names.short(found), f"{column}_label": names.label(found)}
    return cells


def read_evidence(article: ArticleGraph, node: str, role: str = "evidence") -> Row:
    """From where to where the evidence of a fact goes, its text and sentence; nothing for a fact without."""
    passages = article.passages(node, role)
    if not passages:
        return {}
    return {
        "start": passages[0].start,
        "end": max(passage.end for passage in passages),
        "text": GAP.join(passage.text for passage in passages),
        "sentence": passages[0].sentence,
    }


def _fact(article: ArticleGraph, node: str) -> Row:
    return {"article": article.id, **read_evidence(article, node), **_rule(article, node)}


def _rule(article: ArticleGraph, node: str) -> Row:
    return {"rule": article.value(article.value(node, "extractedBy") or "", "rule")}


def _passage(passage: Passage) -> Row:
    return {"start": passage.start, "end": passage.end, "text": passage.text, "sentence": passage.sentence}


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
