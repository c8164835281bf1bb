"""What was found in one article as JSON: the object of section 4 of the design, its keys in that order."""

from collections.abc import Iterable
from typing import Any

from kg.model import Article, Entity, Event, Mention, Office, Position, Resolved, Span, Statement


def render_json(resolved: Resolved) -> dict[str, Any]:
    """The facts of an article; actors by entity id, offsets in code points, end exclusive."""
    return {
        "article": _render_article(resolved.article),
        "entities": [_render_entity(entity) for entity in resolved.entities],
        "statements": [_render_statement(statement) for statement in resolved.statements],
        "positions": [_render_position(position) for position in resolved.positions],
        "events": [_render_event(event) for event in resolved.events],
        "offices": [_render_office(office) for office in resolved.offices],
    }


def _render_article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "language": article.language,
        "source": article.source,
        "sha256": article.sha256,
    }


def _render_entity(entity: Entity) -> dict[str, Any]:
    mentions = [_render_mention(mention) for mention in entity.mentions]
    return {"id": entity.id, "type": entity.type, "label": entity.label, "mentions": mentions}


def _render_mention(mention: Mention) -> dict[str, Any]:
    return {**_render_span(mention.span), "text": mention.text, "kind": mention.kind}


def _render_statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "form": statement.form,
        "medium": statement.medium,
        "content": _render_spans(statement.content),
        "cue": _render_spans(statement.cue),
        "speaker": statement.speaker,
        "speaker_spans": _render_spans(statement.speaker_spans),
        "addressee_spans": _render_spans(statement.addressee_spans),
        "frame_spans": _render_spans(statement.frame_spans),
        "nested_in": statement.nested_in,
    }


def _render_position(position: Position) -> dict[str, Any]:
    return {
        "id": position.id,
        "holder": position.holder,
        "issue": position.issue,
        "about": position.about,
        "polarity": position.polarity,
        "modality": position.modality,
        "according_to": position.according_to,
        "statement": position.statement,
        "condition": _render_span(position.condition) if position.condition else None,
        "confidence": position.confidence,
        "evidence": _render_span(position.evidence),
    }


def _render_event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "agent": event.agent,
        "recipient": event.recipient,
        "instrument": event.instrument,
        "object": event.object,
        "place": event.place,
        "time": event.time,
        "modality": event.modality,
        "according_to": event.according_to,
        "evidence": _render_span(event.evidence),
    }


def _render_office(office: Office) -> dict[str, Any]:
    return {
        "person": office.person,
        "role": office.role,
        "organisation": office.organisation,
        "evidence": _render_span(office.evidence),
    }


def _render_spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [_render_span(span) for span in spans]


def _render_span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
