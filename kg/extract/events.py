"""Who did what to whom: event triggers with agent, recipient, object, instrument, place, time and modality."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.grammar import children, is_clause, is_infinitive, negation_of, slot, subtree_span
from kg.extract.modality import Mood, mood_of
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.stance import allows, cues_at, fills
from kg.extract.times import find_times
from kg.extract.topics import ACTORS, fillers, is_a
from kg.knowledge import Cue
from kg.model import Event, Mention, Statement

THINGS = frozenset(("Treaty", "WeaponSystem"))
PLANNED = frozenset(("geplant", "bevorstehend", "künftig", "anstehend", "vorgesehen"))


def extract_events(reading: Reading, statements: Sequence[Statement]) -> Iterator[Event]:
    """One event a trigger word, by the entry that has most of its roles filled."""
    for token in reading.doc:
        if token.i not in reading.prose or token.pos_ not in ("VERB", "NOUN", "ADJ"):
            continue
        found = [e for e in (_event(reading, token, t, statements) for t in _triggers(reading, token)) if e]
        if found:
            yield from _each_agent(reading, max(found, key=_filled))


def _each_agent(reading: Reading, event: Event) -> Iterator[Event]:
    """The event once for each of coordinated agents."""
    if event.agent is None:
        yield event
        return
    for agent in reading.coordinated(event.agent):
        if agent.key == event.agent:
            yield event
        elif agent.type in ACTORS and agent.key != event.recipient:
            yield replace(event, id=f"{event.id}-{agent.key}", agent=agent.key)


def _filled(event: Event) -> int:
    return sum(bool(x) for x in (event.agent, event.recipient, event.object, event.instrument))


def _triggers(reading: Reading, token: Token) -> Iterator[Cue]:
    participle = token.pos_ == "ADJ"
    pos = "VERB" if participle else token.pos_
    for lemma in _lemmas(reading, token):
        for trigger in reading.knowledge.find_cues("EventTrigger", lemma):
            if trigger.first("pos", "VERB") == pos and allows(trigger, token):
                yield trigger


def _lemmas(reading: Reading, token: Token) -> tuple[str, ...]:
    if token.pos_ == "NOUN":
        return tuple(dict.fromkeys((token.lemma_, token.lemma_.rpartition("-")[2])))
    return (token.lemma_,)


def _event(reading: Reading, token: Token, trigger: Cue, statements: Sequence[Statement]) -> Event | None:
    agent = _role(reading, token, trigger, "agentSlot", ACTORS, trigger.get("agentType"))
    recipient = _role(reading, token, trigger, "recipientSlot", ACTORS | {"Place"}, trigger.get("recipientType"), agent)
    wanted = trigger.get("objectType")
    thing = _role(reading, token, trigger, "objectSlot", frozenset(wanted) or THINGS | ACTORS, wanted, agent)
    if (wanted and thing is None) or (trigger.get("recipientType") and recipient is None):
        return None
    if trigger.get("agentType") and agent is None:
        return None
    if agent is None and (recipient is None or token.pos_ == "NOUN"):
        return None
    if trigger.flag("symmetric") and recipient is None and token.pos_ == "VERB" and agent is None:
        return None
    statement = speaker_at(statements, token.idx)
    low, high = _extent(token)
    evidence = reading.span(low, high)
    speaker = statement.speaker if statement is not None else None
    return Event(
        id=f"e-{token.idx}-{token.idx + len(token)}",
        type=trigger.first("eventType").removeprefix("event-"),
        evidence=evidence,
        modality=_modality(reading, token),
        agent=agent.key if agent else None,
        recipient=recipient.key if recipient else None,
        object=thing.key if thing else None,
        instrument=_key(_role(reading, token, trigger, "instrumentSlot", THINGS, ())),
        place=_key(_place(reading, token)),
        time=_time(reading, token),
        according_to=speaker if agent is None or speaker != agent.key else None,
        rule=trigger.id,
    )


def _key(mention: Mention | None) -> str | None:
    return mention.key if mention else None


def _role(
    reading: Reading, token: Token, trigger: Cue, key: str, types: frozenset[str], wanted: Sequence[str],
    other: Mention | None = None,
) -> Mention | None:  # fmt: skip
    for name in trigger.get(key):
        found = fillers(reading, token, name) if key != "objectSlot" else _direct_fillers(reading, token, name)
        for mention in found:
            if other is not None and mention.key == other.key:
                continue
            if wanted and not is_a(mention.type, wanted):
                continue
            if wanted or mention.type in types or mention.kind in ("pronoun", "nominal", "metonym"):
                return mention
    return None


def _direct_fillers(reading: Reading, token: Token, name: str) -> Iterator[Mention]:
    """What the slot itself names: in "die Erweiterung der Allianz ablehnen" the alliance is no object."""
    found = (reading.refer(filler) or reading.part(filler) for filler in slot(token, name))
    return (mention for mention in found if mention is not None)


def _extent(token: Token) -> tuple[int, int]:
    """The trigger with its nearest dependents: what a reader needs to see."""
    low = high = token.i
    for child in token.children:
        if (
            child.dep_ in ("obj", "iobj", "obl:arg", "nmod", "amod", "compound:prt", "nsubj", "obl")
            and abs(child.i - token.i) < 12
        ):
            a, b = subtree_span(child, skip=("acl", "acl:relcl", "advcl"))
            if b - a < 8:
                low, high = min(low, a), max(high, b - 1)
    return low, high + 1


def _modality(reading: Reading, token: Token) -> str:
    clause = token if is_clause(token) else None
    if clause is None:
        if negation_of(token) is not None:
            return "denied"
        if any(c.lemma_ in PLANNED for c in children(token, "amod")):
            return "planned"
        if any(c.lemma_ in ("möglich", "etwaig", "eventuell") for c in children(token, "amod")):
            return "possible"
        mood = _governing_mood(reading, token)
        return mood.modality if mood is not None else "asserted"
    mood = mood_of(reading, clause)
    if mood.negated:
        return "denied"
    governed = _governed_modality(reading, clause)
    if governed:
        return governed
    if mood.volition or mood.future or mood.deontic:
        return "planned" if mood.modality == "asserted" else mood.modality
    return mood.modality


def _governed_modality(reading: Reading, clause: Token) -> str | None:
    """What an infinitive is by the verb above it: planned behind planen, hypothetical behind drohen."""
    governor = clause.head
    if clause.dep_ not in ("xcomp", "ccomp", "acl") or governor.i == clause.i or not is_infinitive(clause):
        return None
    modality = mood_of(reading, governor).modality if is_clause(governor) else "asserted"
    cue = next((c for c in cues_at(reading, governor, "StanceCue") if fills(governor, c, "targetSlot", clause)), None)
    if cue is None:
        return modality if modality != "asserted" else None
    own = cue.first("modality")
    return own if own in ("denied", "hypothetical") else modality if modality != "asserted" else "planned"


def _governing_mood(reading: Reading, token: Token) -> Mood | None:
    node = token
    for _ in range(3):
        node = node.head
        if is_clause(node):
            return mood_of(reading, node)
    return None


def _place(reading: Reading, token: Token) -> Mention | None:
    for preposition in ("in", "bei", "auf", "vor", "nahe"):
        for filler in slot(token, f"prep:{preposition}"):
            mention = reading.refer(filler)
            if mention is not None and mention.type in ("Place", "State"):
                return mention
    return None


def _time(reading: Reading, token: Token) -> str | None:
    low, high = token.sent.start_char, token.sent.end_char
    found = sorted(find_times(reading.article, low, high), key=lambda x: (abs(x[0] - token.idx), -len(x[1])))
    return found[0][1] if found and abs(found[0][0] - token.idx) < 120 else None
