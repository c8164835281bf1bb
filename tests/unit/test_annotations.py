"""The JSON is the contract: keys and their order as in section 4 of the design."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from kg.annotations import render_json
from kg.model import Article, Entity, Event, Mention, Office, Position, Resolved, Span, Statement

TEXT = "Rutte sagte: Ja."
ARTICLE = Article(
    id="a",
    text=TEXT,
    title="Titel",
    date="2024-12",
    language="de",
    source="a.txt",
    sha256="0",
    sections=(Span(start=0, end=16),),
)
RUTTE = Span(start=0, end=5)
JA = Span(start=13, end=15)
RESOLVED = Resolved(
    article=ARTICLE,
    entities=(
        Entity(
            id="person-mark-rutte",
            type="Person",
            label="Mark Rutte",
            mentions=(Mention(span=RUTTE, text="Rutte", kind="name"),),
        ),
    ),
    statements=(
        Statement(
            id="s-13-15",
            form="direct",
            medium="speech",
            content=(JA,),
            cue=(Span(start=6, end=11),),
            speaker="person-mark-rutte",
            speaker_spans=(RUTTE,),
        ),
    ),
    positions=(
        Position(
            id="p",
            holder="person-mark-rutte",
            issue="ceasefire",
            about=None,
            polarity="support",
            modality="asserted",
            evidence=JA,
            condition=RUTTE,
        ),
    ),
    events=(Event(id="e", type="meet", evidence=JA, modality="planned", agent="person-mark-rutte"),),
    offices=(Office(id="o", person="person-mark-rutte", role="Generalsekretär", organisation=None, evidence=RUTTE),),
)
KEYS = {
    "article": "id title date language source sha256",
    "entities": "id type label mentions",
    "statements": "id form medium content cue speaker speaker_spans addressee_spans frame_spans nested_in",
    "positions": "id holder issue about polarity modality according_to statement condition confidence evidence",
    "events": "id type agent recipient instrument object place time modality according_to evidence",
    "offices": "person role organisation evidence",
}


def test_keys_and_their_order() -> None:
    found = render_json(RESOLVED)
    assert list(found) == list(KEYS)
    for key, names in KEYS.items():
        value = found[key][0] if isinstance(found[key], list) else found[key]
        assert list(value) == names.split(), key


def test_spans_are_objects() -> None:
    found = render_json(RESOLVED)
    assert found["entities"][0]["mentions"] == [{"start": 0, "end": 5, "text": "Rutte", "kind": "name"}]
    assert found["statements"][0]["content"] == [{"start": 13, "end": 15}]
    assert found["positions"][0]["condition"] == {"start": 0, "end": 5}
    assert found["events"][0]["evidence"] == {"start": 13, "end": 15}


def test_values_are_those_of_the_facts() -> None:
    found = render_json(RESOLVED)
    for facts, key in ((RESOLVED.positions, "positions"), (RESOLVED.events, "events"), (RESOLVED.offices, "offices")):
        for fact, value in zip(facts, found[key], strict=True):
            assert plain_values(fact).items() >= {k: v for k, v in value.items() if not isinstance(v, dict)}.items()


def test_json_can_be_written() -> None:
    assert json.loads(json.dumps(render_json(RESOLVED))) == render_json(RESOLVED)


def plain_values(fact: Any) -> dict[str, Any]:
    assert is_dataclass(fact)
    return {field.name: getattr(fact, field.name) for field in fields(fact)}
