"""Web Annotations (W3C Recommendation, 23 February 2017) as JSON-LD: every mention and fact at its characters.

A target has two selectors: positions in code points, as the model wants them, and the words with a little around.
The context stands in the document; it maps the keys as https://www.w3.org/ns/anno.jsonld does.
"""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from kg import vocab
from kg.export.articles import ArticleGraph, Names, Passage, read_articles
from kg.export.event_types import EventTypes
from kg.store import GraphStore

AROUND = 32  # code points of prefix and suffix

_OA = "http://www.w3.org/ns/oa#"
_AS = "https://www.w3.org/ns/activitystreams#"
_OFFSET = vocab.XSD + "nonNegativeInteger"
CONTEXT = {
    "oa": _OA,
    "as": _AS,
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "identifying": "oa:identifying",
    "classifying": "oa:classifying",
    "describing": "oa:describing",
    "tagging": "oa:tagging",
    "first": {"@id": "as:first", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "total": {"@id": "as:totalItems", "@type": _OFFSET},
    "startIndex": {"@id": "as:startIndex", "@type": _OFFSET},
    "label": {"@id": vocab.RDFS + "label"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": _OFFSET},
    "end": {"@id": "oa:end", "@type": _OFFSET},
    "exact": {"@id": "oa:exact", "@type": vocab.XSD + "string"},
    "prefix": {"@id": "oa:prefix", "@type": vocab.XSD + "string"},
    "suffix": {"@id": "oa:suffix", "@type": vocab.XSD + "string"},
    "value": {"@id": vocab.RDF + "value", "@type": vocab.XSD + "string"},
    "format": {"@id": "http://purl.org/dc/elements/1.1/format", "@type": vocab.XSD + "string"},
    "language": {"@id": "http://purl.org/dc/elements/1.1/language", "@type": vocab.XSD + "string"},
}
_FACTS = {
    "Statement": "content",
    "Position": "evidence",
    "Event": "evidence",
    "Office": "evidence",
    "Relation": "evidence",
}

_ROLES = (  # who and what takes part in a fact, in the order in which they are named
    *("speaker", "addressee", "holder", "topic", "subject", "agent", "recipient", "object", "instrument", "place"),
    *("heldBy", "ofOrganisation", "accordingTo"),
)


def write_annotations(store: GraphStore, output: IO[bytes]) -> None:
    """Writes an annotation collection, one annotation a line."""
    total = 0
    head = {"id": vocab.mint_graph("annotations", base=store.base), "type": "AnnotationCollection", "label": "kg"}
    page = {"id": vocab.mint_graph("annotations_1", base=store.base), "type": "AnnotationPage", "startIndex": 0}
    output.write(f'{{"@context": {_json(CONTEXT)},\n{_json(head)[1:-1]},\n'.encode())
    output.write(f'"first": {{{_json(page)[1:-1]}, "items": ['.encode())
    for annotation in _annotate(store):
        output.write(f"{',' if total else ''}\n{_json(annotation)}".encode("utf-8", "replace"))
        total += 1
    output.write(f'\n]}},\n"total": {total}}}\n'.encode())


def _annotate(store: GraphStore) -> Iterator[dict[str, Any]]:
    names, types = Names(store), EventTypes(store)
    for article in read_articles(store):
        for mention in article.of_class("Mention", ""):
            yield _annotate_mention(article, mention, names)
        for kind, role in _FACTS.items():
            for fact in article.of_class(kind, role):
                passages = article.passages(fact, role)
                if passages:
                    yield _annotate_fact(article, fact, passages, _describe(article, fact, kind, names, types))


def _annotate_mention(article: ArticleGraph, mention: str, names: Names) -> dict[str, Any]:
    entities = article.values(mention, "refersTo")
    return {
        "id": mention,
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            *({"type": "SpecificResource", "source": entity, "purpose": "identifying"} for entity in entities),
            *(_text_body(names.label(entity) or "", "tagging") for entity in entities),
        ],
        "target": _target(article, article.passage(mention)),
    }


def _annotate_fact(article: ArticleGraph, fact: str, passages: Iterable[Passage], text: str) -> dict[str, Any]:
    targets = [_target(article, passage) for passage in passages]
    return {
        "id": f"{fact}#annotation",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "SpecificResource", "source": fact, "purpose": "classifying"},
            _text_body(text, "describing"),
        ],
        "target": targets if len(targets) > 1 else targets[0],
    }


def _text_body(text: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "language": "de", "purpose": purpose}


def _target(article: ArticleGraph, passage: Passage) -> dict[str, Any]:
    text, start, end = article.value(article.iri, "text") or "", passage.start, passage.end
    return {
        "type": "SpecificResource",
        "source": article.iri,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": passage.text,
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
        ],
    }


def _describe(article: ArticleGraph, fact: str, kind: str, names: Names, types: EventTypes) -> str:
    """What a fact says, in a line: class, what it is of, and who and what takes part."""
    values = {
        "Statement": (article.local(fact, "form", "form-"),),
        "Position": (article.local(fact, "polarity"), article.local(fact, "modality")),
        "Event": (types.local(article.value(fact, "eventType") or ""), article.local(fact, "modality")),
        "Office": (names.label(article.value(fact, "role")),),
        "Relation": (article.local(fact, "predicate"),),
    }[kind]
    parts = [f"{role} {names.label(found)}" for role in _ROLES if (found := article.value(fact, role))]
    return f"{kind} {' '.join(value for value in values if value)}: {'; '.join(parts)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
