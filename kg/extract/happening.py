"""Whether an event happened: asserted, planned, possible, hypothetical or denied, by its word and those above it."""

from collections.abc import Sequence

from kg.extract.carriers import Frame, governing_mood, modality_of_clause, weaker
from kg.extract.grammar import NEGATIONS, children, finite_of, is_clause, is_infinitive, negation_of
from kg.extract.modality import in_condition, is_condition_phrase, mood_of
from kg.extract.parse import Token
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.slots import is_attribute
from kg.extract.stance import cues_at, fills
from kg.knowledge import Cue
from kg.model import Statement

PLANNED = frozenset(("geplant", "bevorstehend", "künftig", "anstehend", "vorgesehen", "angekündigt", "beabsichtigt"))
POSSIBLE = frozenset(("möglich", "etwaig", "eventuell", "mutmaßlich", "angeblich", "denkbar", "drohend"))


def find_modality(reading: Reading, token: Token, frame: Frame, trigger: Cue, statements: Sequence[Statement]) -> str:
    """The modality of an event by its own clause or phrase and by its carriers."""
    if any(NEGATIONS & set(words.split()) for words in trigger.get("with")):
        return frame.modality  # the negation makes the event (es wird keine Gespräche geben)
    own = _of_clause(reading, token, statements) if is_clause(token) else _of_event_noun(reading, token, frame)
    return weaker(own, frame.modality)


def _of_event_noun(reading: Reading, token: Token, frame: Frame) -> str:
    if is_attribute(token):
        return "asserted"
    if negation_of(token) is not None:
        return "denied"
    adjectives = {c.lemma_ for c in children(token, "amod")}
    if adjectives & PLANNED:
        return "planned"
    if adjectives & POSSIBLE:
        return "possible"
    if is_condition_phrase(token.head) and token.dep_ == "nmod":
        return "hypothetical"
    mood = governing_mood(reading, token) if not frame.carried else None
    return mood.modality if mood is not None else "asserted"


def _of_clause(reading: Reading, clause: Token, statements: Sequence[Statement]) -> str:
    own = modality_of_clause(reading, clause)
    if own == "denied":
        return own
    if own == "hypothetical" and _is_reported(clause, statements):
        return "planned" if finite_of(clause).lemma_ == "werden" else "asserted"
    return _governed(reading, clause) or own


def _is_reported(clause: Token, statements: Sequence[Statement]) -> bool:
    """Sie würden angreifen, hätten angegriffen: the subjunctive of reported speech, not of a mere thought."""
    statement = speaker_at(statements, clause.idx)
    if statement is None or statement.form == "direct" or in_condition(clause):
        return False
    return not any(child.dep_ == "advcl" and in_condition(child) for child in clause.children)


def _governed(reading: Reading, clause: Token) -> str | None:
    """What an infinitive is by the verb above it: planned behind planen, hypothetical behind drohen."""
    governor = clause.head
    if clause.dep_ not in ("xcomp", "ccomp", "acl") or governor.i == clause.i or not is_infinitive(clause):
        return None
    modality = mood_of(reading, governor).modality if is_clause(governor) else "asserted"
    if any(fills(governor, c, "contentSlot", clause) for c in cues_at(reading, governor, "EventCarrier")):
        return None  # the frame says it
    cue = next((c for c in cues_at(reading, governor, "StanceCue") if fills(governor, c, "targetSlot", clause)), None)
    if cue is None:
        return modality if modality != "asserted" else None
    own = cue.first("modality")
    return own if own in ("denied", "hypothetical") else modality if modality != "asserted" else "planned"
