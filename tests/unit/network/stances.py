"""Graphs of positions alone, for networks whose weights can be counted by hand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kg.model import Entity, Position, Resolved
from kg.store import GraphStore
from kg.vocab import BASE
from tests.builders import article, entity, filled, span

WORDS = "Streit um NATO-Mitgliedschaft der Ukraine"
POLARITIES = {"+": "support", "-": "oppose", "0": "neutral", "?": "conditional", "~": "ambivalent"}
ISSUES = {"n": "nato-membership", "p": "peace-negotiations", "m": "military-support"}


def iri(name: str) -> str:
    return f"{BASE}{name}"


def topic(letter: str) -> str:
    return iri(f"topic-{ISSUES[letter]}")


def document(
    article_id: str,
    codings: str,
    *,
    date: str | None = None,
    entities: Iterable[Entity] = (),
    modality: str = "asserted",
) -> Resolved:
    """An article with positions written as "a+n b-n": actor, polarity, first letter of the issue."""
    text = article(article_id, date=date)
    positions = tuple(
        Position(
            id=f"p-{number}",
            holder=f"person-{coding[0]}",
            issue=ISSUES[coding[2]],
            about=None,
            polarity=POLARITIES[coding[1]],
            modality=modality,
            evidence=replace(span(WORDS), end=number + 1),
            date=date,
            rule="manual",
        )
        for number, coding in enumerate(codings.split())
    )
    named = {found.id for found in entities}
    holders = (entity(p.holder, "Person", p.holder[-1].upper()) for p in positions if p.holder not in named)
    return Resolved(article=text, entities=(*entities, *holders), positions=positions)


def coded(codings: str, **given: Any) -> GraphStore:
    """A graph of one document."""
    return filled(document("d", codings, **given))
