"""Bodies of a state that news composes: Außenministerium in Kiew, ukrainische Truppen."""

from kg.extract.grammar import case_of, children, gender_of_word, possessor_of
from kg.extract.parse import Token
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
    candidates = (reading.knowledge.body_of(state, kind),) if state else ()
    properties = reading.knowledge.body_kinds[kind]
    reading.add(
        Mention(
            span=span,
            text=span.slice(reading.article.text),
            kind="name" if state else "nominal",
            type=next(iter(properties.get("entityType", ())), "GovernmentBody"),
            label=_label(reading, kind, state),
            candidates=candidates,
            gender=gender_of_word(token),
            acts_for=state,
            head=None if state else possessor_of(token),
        ),
        [token.i],
    )


def _body_extent(reading: Reading, token: Token, state: str | None) -> tuple[int, int]:
    """The noun with the adjective before it, the genitive or the seat behind it, where they name the state."""
    doc, start = reading.doc, token.i
    before = doc[token.i - 1] if token.i else None
    if state and before is not None and reading.knowledge.adjectives.get(before.lower_) == state:
        start = before.i
    return start, _state_behind(reading, token.i + 1, state) if state and start == token.i else token.i + 1


def _state_behind(reading: Reading, end: int, state: str) -> int:
    """Where the name of the state ends that follows directly, over an article or `in`; else `end`."""
    doc = reading.doc
    at = end + 1 if end < len(doc) and (doc[end].lower_ == "in" or doc[end].tag_ == "ART") else end
    place = reading.whole(doc[at]) if at < len(doc) else None
    if place is None or place.kind == "adjective" or state not in {as_state(reading, c) for c in place.candidates}:
        return end
    span = doc.char_span(place.span.start, place.span.end, expand=True)
    return span.end if span is not None else end


def _label(reading: Reading, kind: str, state: str | None) -> str:
    if state:
        return reading.knowledge.body_label(state, kind)
    properties = reading.knowledge.body_kinds[kind]
    return next(iter(properties.get("labelNoun", ())), properties["label"][0])


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
