"""Words that carry an event named by another word: einen Angriff führen, Gespräche absagen, drohen, ... zu liefern.

A carrier (`kg:EventCarrier` in `ontology/events.ttl`) says who acts in the event that fills its content slot and
whether it happened. What is no carrier but a demand or a stance makes of the event something wanted, no fact.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.grammar import CLAUSES, children, is_clause, is_infinitive, negation_of, subject_of
from kg.extract.modality import Mood, in_condition, mood_of
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.stance import cues_at, fills
from kg.knowledge import Cue

HIGHEST = 4  # carriers above an event
ORDER = ("asserted", "planned", "possible", "hypothetical", "denied")
DEMANDING = frozenset(("event-request", "event-reject"))  # what is wanted or refused is no deed
REFUSING = "event-reject"
REPROACHING = frozenset(("event-accuse",))
INSTEAD = frozenset(("statt", "anstatt"))
NAMING = frozenset(("obj", "obl", "obl:arg", "nmod", "nsubj:pass"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the carriers above an event word say."""

    carriers: tuple[tuple[Token, Cue], ...] = ()  # nearest first
    top: Token  # the last carrier, or the event word itself
    modality: str = "asserted"

    @property
    def carried(self) -> bool:
        """Whether there is a carrier at all."""
        return bool(self.carriers)


def frame_of(reading: Reading, token: Token) -> Frame:
    """The carriers above an event word, up to the first word that is none."""
    found: list[tuple[Token, Cue]] = []
    node, modality = token, "asserted"
    for _ in range(HIGHEST):
        head = first_conjunct(node).head
        cue = next(_carriers(reading, head, node), None) if head.i != node.i else None
        if cue is None:
            break
        found.append((head, cue))
        modality = weaker(modality, _carried_modality(reading, head, cue))
        node = head
    return Frame(carriers=tuple(found), top=node, modality=modality)


def _carried_modality(reading: Reading, carrier: Token, cue: Cue) -> str:
    """What a carrier makes of its event in its clause; nicht ausschließen leaves it possible."""
    own = cue.first("modality") or "asserted"
    around = modality_of_clause(reading, carrier) if is_clause(carrier) else _of_noun(carrier)
    return "possible" if own == around == "denied" else weaker(own, around)


def first_conjunct(token: Token) -> Token:
    """The word that a coordinated one is coordinated with."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _carriers(reading: Reading, head: Token, node: Token) -> Iterator[Cue]:
    return (cue for cue in cues_at(reading, head, "EventCarrier") if fills(head, cue, "contentSlot", node))


def weaker(a: str, b: str) -> str:
    """Of two modalities the one that is further from a fact."""
    return max(a, b, key=ORDER.index)


def modality_of_clause(reading: Reading, clause: Token) -> str:
    """What negation, mood, modal verbs and the future make of what a clause says."""
    mood = mood_of(reading, clause)
    if mood.negated or any(c.lower_ in INSTEAD for c in children(clause, "mark", "case")):
        return "denied"
    if clause.dep_ == "conj" and is_clause(clause.head) and in_condition(clause.head):
        return "hypothetical"
    if any(c.lower_ == "um" for c in children(clause, "mark")):
        return "planned"
    if mood.deontic and _is_past(clause):
        return "possible"  # soll getötet worden sein: hearsay
    if mood.modality == "asserted" and (mood.volition or mood.future or mood.deontic):
        return "planned"
    return mood.modality


def _is_past(clause: Token) -> bool:
    """Whether an infinitive is one of the perfect (getroffen haben, verletzt worden sein)."""
    forms = {c.lower_ for c in children(clause, "aux", "aux:pass")}
    return clause.tag_ == "VVPP" and bool(forms & {"haben", "sein"})


def _of_noun(noun: Token) -> str:
    return "denied" if negation_of(noun) is not None else "asserted"


def governing_mood(reading: Reading, noun: Token) -> Mood | None:
    """The mood of the clause in which a noun is subject or object; what stands beside (nach dem Angriff) has none."""
    if first_conjunct(noun).dep_ not in ("obj", "nsubj", "nsubj:pass", "iobj", "obl:arg"):
        return None
    head = first_conjunct(noun).head
    return mood_of(reading, head) if is_clause(head) else None


def is_wanted(reading: Reading, token: Token) -> bool:
    """Whether the word above demands the event or takes a stance on it, so that it need not have happened."""
    node = first_conjunct(token)
    head = node.head
    if head.i == node.i or head.pos_ == "PROPN":
        return False
    triggers = {c.first("eventType") for c in cues_at(reading, head, "EventTrigger")}
    if triggers & REPROACHING:
        return False
    if node.pos_ in ("VERB", "AUX"):
        return node.dep_ in (*CLAUSES, "acl", "advcl") and _is_demanded(reading, head, node, triggers)
    if triggers & DEMANDING and node.dep_ in NAMING:
        return True
    return any(fills(head, cue, "targetSlot", node) for cue in cues_at(reading, head, "StanceCue"))


def is_part_of_cue(reading: Reading, noun: Token) -> bool:
    """Whether a noun belongs to the verb's own event: Militärhilfe einstellen, mit Sanktionen drohen."""
    head = first_conjunct(noun).head
    if head.i == noun.i or not is_clause(head):
        return False
    words = {noun.lemma_, noun.lemma_.rpartition("-")[2]}
    for cue in cues_at(reading, head, "EventTrigger"):
        if words & set(cue.get("with")) or (cue.first("eventType") == "event-threaten" and noun.dep_ in NAMING):
            return True
    return False


def _is_demanded(reading: Reading, head: Token, clause: Token, triggers: set[str]) -> bool:
    """Of clauses only those in which somebody else than the one who wants it is to act."""
    if REFUSING in triggers:
        return True
    stance = any(fills(head, cue, "targetSlot", clause) for cue in cues_at(reading, head, "StanceCue"))
    if not stance and not triggers & DEMANDING:
        return False
    if clause.dep_ == "acl":
        return bool(triggers & DEMANDING)
    if not is_infinitive(clause):
        return bool(triggers & DEMANDING)
    own, above = subject_of(clause), subject_of(head)
    return own is None or above is None or own.i != above.i


def agent_tokens(reading: Reading, frame: Frame) -> Iterator[tuple[Token, str]]:
    """(carrier, name of a slot) in which the one who acts in the event stands, nearest carrier first."""
    for carrier, cue in frame.carriers:
        for name in cue.get("agentSlot"):
            yield carrier, name


def recipient_tokens(frame: Frame) -> Iterator[tuple[Token, str]]:
    """(carrier, name of a slot) in which the one whom the event concerns stands."""
    for carrier, cue in frame.carriers:
        for name in cue.get("recipientSlot"):
            yield carrier, name
