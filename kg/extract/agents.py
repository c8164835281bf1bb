"""Who acts in an event: in a slot of its word, in one of its carriers, or whoever the words around imply."""

from collections.abc import Iterator, Sequence

from kg.extract.carriers import Frame, agent_tokens
from kg.extract.grammar import case_of, children, is_infinitive
from kg.extract.parse import Token
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.referents import is_known, is_possessive, named_beside, of_only_state, owners, pair_of, resolvable
from kg.extract.slots import bare_datives, slot_of, unmarked_subjects
from kg.extract.stance import cues_at
from kg.extract.topics import ACTORS, fillers, is_a
from kg.knowledge import Cue
from kg.model import Mention, Statement

THINGS = frozenset(("Treaty", "WeaponSystem"))
ACTING = ACTORS | {""}
ADDRESSED = frozenset(("event-accuse", "event-request"))  # whom one speaks to is to act, or did
MAKING = frozenset(("event-sign", "event-ratify", "event-agree"))
GATHERING = frozenset(("event-meet", "event-consult"))


def find_agent(
    reading: Reading, token: Token, trigger: Cue, frame: Frame, statements: Sequence[Statement]
) -> Mention | None:
    """Who acts: in a slot of the trigger, else in one of its carriers; a possessive gives way to the carrier's."""
    wanted = trigger.get("agentType")
    own = list(_actors(reading, ((token, name) for name in trigger.get("agentSlot")), wanted, statements))
    if trigger.first("eventType") in GATHERING:  # a Libya conference is not held by Libya
        part = reading.part(token)
        own = [m for m in own if m != part or m.type not in ("State", "Place")]
    sure = next((m for m in own if not is_possessive(reading, m)), None)
    if sure is None and token.pos_ == "NOUN":
        sure = next(_by_participle(reading, token, statements), None)
    sure = sure or next(_parties(reading, token, trigger), None)
    carried = next(_actors(reading, agent_tokens(reading, frame), wanted, statements), None) if sure is None else None
    return sure or carried or next(iter(own), None)


def _actors(
    reading: Reading, slots: Iterator[tuple[Token, str]], wanted: Sequence[str], statements: Sequence[Statement]
) -> Iterator[Mention]:
    for token, name in slots:
        for mention in _speaking(reading, token, statements) if name == "speaker" else _in_slot(reading, token, name):
            if wanted and not is_a(mention.type, wanted):
                continue
            if mention.type in ACTING or wanted or mention.kind == "metonym":
                found = resolvable(reading, mention, statements)
                if found is not None:
                    yield found


def _in_slot(reading: Reading, token: Token, name: str) -> Iterator[Mention]:
    """Mentions in the slot of an agent; for weapons and forces whose they are."""
    if name == "compound":
        yield from fillers(reading, token, name)
        return
    for filler in acting(reading, token, name):
        mention = reading.refer(filler)
        yield from pair_of(reading, filler)
        yield from named_beside(reading, filler, mention)
        if mention is not None and mention.kind == "nominal" and mention.type == "GovernmentBody":
            mention = of_only_state(reading, filler, mention)
        if mention is None or mention.type in THINGS or not is_known(reading, mention):
            yield from owners(reading, filler)
        if mention is None or mention.type in THINGS:
            continue
        if name != "adjective" or mention.kind in ("adjective", "name"):
            yield mention


def acting(reading: Reading, token: Token, name: str) -> Iterator[Token]:
    """Fillers of an agent's slot; in "wirft Moskau vor, ... zu planen" and "bittet Rom, zu liefern" not who says so."""
    governor = token.head
    if name == "subject" and token.dep_ in ("xcomp", "ccomp", "acl") and is_infinitive(token):
        cues = [c for c in cues_at(reading, governor, "EventTrigger") if c.first("eventType") in ADDRESSED]
        if cues:
            for cue in cues[:1]:
                for slot_name in cue.get("recipientSlot"):
                    yield from slot_of(governor, slot_name)
                    yield from bare_datives(governor) if slot_name == "dative" else ()
            return
    found = list(slot_of(token, name))
    yield from found or (unmarked_subjects(token) if name == "subject" else ())


def _speaking(reading: Reading, token: Token, statements: Sequence[Statement]) -> Iterator[Mention]:
    statement = speaker_at(statements, token.idx)
    if statement is not None and statement.speaker:
        yield reading.mentions[statement.speaker]


def _by_participle(reading: Reading, noun: Token, statements: Sequence[Statement]) -> Iterator[Mention]:
    """Who acts by the participle before the noun: die von der EU verhängten Sanktionen."""
    for word in children(noun, "amod", "acl"):
        if any(
            word.lemma_ in cue.get("participle") for cue in reading.knowledge.find_cues("EventCarrier", word.lemma_)
        ):
            yield from _actors(reading, iter(((word, "subject"),)), (), statements)


def _parties(reading: Reading, token: Token, trigger: Cue) -> Iterator[Mention]:
    """Of a signed treaty those whom its name tells: der Vertrag zwischen A und B wurde unterzeichnet."""
    if trigger.first("eventType") in MAKING:
        for filler in slot_of(token, "object"):
            yield from parties_of(reading, filler)


def parties_of(reading: Reading, noun: Token) -> Iterator[Mention]:
    """Who has made a treaty by the words at it: zwischen A und B."""
    seen: set[str] = set()
    for child in children(noun, "nmod", "obl"):
        for party in (child, *children(child, "conj")) if case_of(child) == "zwischen" else ():
            mention = reading.refer(party)
            if mention is None or mention.key in seen or mention.kind not in ("name", "metonym"):
                continue
            if mention.type in ACTORS - {"Person"}:
                seen.add(mention.key)
                yield mention
