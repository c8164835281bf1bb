"""Bodies of a state that news composes: Außenministerium in Kiew, ukrainische Truppen."""

from collections.abc import Mapping

from spacy.tokens import Token

from kg.extract.grammar import case_of, children, gender_of_word
from kg.extract.reading import Reading
from kg.model import Mention


def add_bodies(reading: Reading, taken: set[int]) -> None:
    """Außenministerium in Kiew, ukrainische Truppen: a kind of body with the state it belongs to."""
    for token in reading.doc:
        if token.i in taken or token.i not in reading.prose or token.pos_ not in ("NOUN", "PROPN"):
            continue
        head = token.text.rpartition("-")[2]
        kind = _body_kind(reading, token.lemma_.rpartition("-")[2]) or _body_kind(reading, head)
        if kind:
            _add_body(reading, token, kind)
            taken.add(token.i)


def _body_kind(reading: Reading, noun: str) -> str | None:
    return reading.knowledge.bodies.get(noun)


def _add_body(reading: Reading, token: Token, kind: str) -> None:
    state = state_of(reading, token)
    start, end = _body_extent(reading, token, state)
    span = reading.span(start, end)
    noun = kind.removeprefix("bodykind-")
    composed = f"body-{(state or '').removeprefix('state-')}-{noun}"
    candidates = (reading.knowledge.state_bodies.get((state, kind), composed),) if state else ()
    properties = reading.knowledge.body_kinds[kind]
    reading.add(
        Mention(
            span=span,
            text=span.slice(reading.article.text),
            kind="name" if state else "nominal",
            type=next(iter(properties.get("entityType", ())), "GovernmentBody"),
            label=_body_label(reading, properties, state),
            candidates=candidates,
            gender=gender_of_word(token),
            acts_for=state,
        ),
        [token.i],
    )


def _body_extent(reading: Reading, token: Token, state: str | None) -> tuple[int, int]:
    """The noun with the adjective before it or the seat behind it, where they name the state."""
    doc, start, end = reading.doc, token.i, token.i + 1
    before = doc[token.i - 1] if token.i else None
    if state and before is not None and reading.knowledge.adjectives.get(before.lower_) == state:
        start = before.i
    if state and end + 1 < len(doc) and doc[end].lower_ == "in":
        place = reading.whole(doc[end + 1])
        if place is not None and state in {as_state(reading, c) for c in place.candidates}:
            end += 2
    return start, end


def _body_label(reading: Reading, properties: Mapping[str, tuple[str, ...]], state: str | None) -> str:
    noun = next(iter(properties.get("labelNoun", ())), properties["label"][0])
    if not state:
        return noun
    known = reading.knowledge.entities[state]
    adjective = known.adjective
    if not adjective:
        return f"{noun} ({known.label})"
    gender = next(iter(properties.get("gender", ())), "")
    ending = {"m": "er", "f": "e", "n": "es", "pl": "e"}.get(gender, "e")
    return f"{(adjective[:1].upper() + adjective[1:]).removesuffix('e')}{ending} {noun}"


def state_of(reading: Reading, token: Token) -> str | None:
    """The state that a noun belongs to by adjective, genitive, compound or `in` with its capital."""
    entities = reading.knowledge.entities
    for child in token.children:
        if child.dep_ in ("amod", "compound") or child.pos_ == "ADJ":
            found = reading.knowledge.adjectives.get(child.lower_)
            if found and entities[found].type == "State":
                return found
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in reading.knowledge.adjectives and entities[reading.knowledge.adjectives[before]].type == "State":
        return reading.knowledge.adjectives[before]
    first, hyphen, _ = token.text.partition("-")
    if hyphen and first in reading.knowledge.compounds:
        return as_state(reading, reading.knowledge.compounds[first])
    for child in children(token, "nmod", "nmod:poss", "obl", "appos", "flat"):
        for mention in reading.covering(child):
            if case_of(child) in ("", "in", "von", "der"):
                for candidate in mention.candidates:
                    state = as_state(reading, candidate)
                    if state:
                        return state
    return None


def as_state(reading: Reading, entity: str) -> str | None:
    """The state itself, or the one that a capital is the capital of."""
    known = reading.knowledge.entities.get(entity)
    if known is None:
        return None
    if known.type == "State":
        return entity
    return known.first("capitalOf")
