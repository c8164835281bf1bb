"""Whom and what an event concerns: recipient, object and instrument in the slots of its word."""

from collections.abc import Iterator, Sequence

from kg.extract.agents import ADDRESSED, MAKING, THINGS
from kg.extract.carriers import Frame, recipient_tokens
from kg.extract.grammar import children, is_clause, slot
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.referents import PAIR_REACH, named_beside, pair_of, resolvable, same_actor
from kg.extract.slots import bare_datives, is_attribute, slot_of
from kg.extract.topics import ACTORS, fillers, is_a
from kg.knowledge import Cue
from kg.model import Mention, Statement

TYPE_NOUNS = frozenset(("Typ", "Klasse", "Baureihe", "Modell", "Bauart", "Serie", "Marke"))


def find_recipient(
    reading: Reading, token: Token, trigger: Cue, frame: Frame, agent: Mention | None, statements: Sequence[Statement]
) -> Mention | None:
    """Whom it concerns: in a slot of the trigger, else in one of its carriers."""
    wanted = trigger.get("recipientType")
    deeds = trigger.first("eventType") in ADDRESSED  # who is accused of a deed has done it
    slots = [*_recipient_slots(token, trigger), *recipient_tokens(frame)]
    for holder, name in slots:
        for mention in fillers_of(reading, holder, name, deeds=deeds):
            if not _fits(mention, wanted, ACTORS | {"Place"}) or same_actor(reading, mention, agent):
                continue
            found = resolvable(reading, mention, statements)
            if found is not None and not same_actor(reading, found, agent):
                return found
    return _partner(reading, token, trigger, agent)


def _partner(reading: Reading, token: Token, trigger: Cue, agent: Mention | None) -> Mention | None:
    """The other one of a pair that act on each other."""
    if agent is None or not trigger.flag("symmetric"):
        return None
    pairs = (
        pair_of(reading, f) for name in trigger.get("agentSlot") if name != "compound" for f in slot_of(token, name)
    )
    return next((m for pair in pairs if agent in pair for m in pair if m != agent), None)


def _recipient_slots(token: Token, trigger: Cue) -> Iterator[tuple[Token, str]]:
    """(word, slot): of a noun also where its preposition may have been tied to a neighbour (Sanktionen gegen ...)."""
    names = trigger.get("recipientSlot")
    yield from ((token, name) for name in names)
    if token.pos_ != "NOUN":
        fixed = children(token, "obj", "nsubj:pass", "obl") if trigger.get("with") else ()
        yield from ((noun, name) for noun in fixed for name in names if name.startswith("prep:"))
        return
    near = [*children(token, "nmod")]
    if token.dep_ in ("obj", "nsubj:pass", "obl", "obl:arg") and is_clause(token.head):
        near.append(token.head)
    yield from ((other, name) for other in near for name in names if name.startswith("prep:"))


def fillers_of(reading: Reading, token: Token, name: str, *, deeds: bool) -> Iterator[Mention]:
    """Mentions in a slot, of a participle before a noun the noun as its object; with `deeds` those of events too."""
    if is_attribute(token) and name == "object":
        mention = reading.refer(token.head)
        if mention is not None:
            yield mention
    elif not (is_attribute(token) and name == "subject"):
        yield from (m for m in fillers(reading, token, name) if deeds or not _is_in_event(reading, token, name, m))
    for filler in slot(token, name) if name in ("object", "dative") else ():
        yield from named_beside(reading, filler, reading.refer(filler))
    if name == "dative":
        yield from (m for c in bare_datives(token) if (m := reading.refer(c)))


def _is_in_event(reading: Reading, token: Token, name: str, mention: Mention) -> bool:
    """Whether a mention only takes part in another event: in "schloss eine Entsendung der Truppe aus" the force."""
    for filler in slot(token, name) if name in ("object", "dative") else ():
        if reading.refer(filler) is None and reading.knowledge.find_cues("EventTrigger", filler.lemma_):
            return filler.idx != mention.span.start
    return False


def _fits(mention: Mention, wanted: Sequence[str], types: frozenset[str]) -> bool:
    if wanted:
        return is_a(mention.type, wanted) or (mention.kind == "metonym" and "Place" in wanted)
    return mention.type in types or mention.kind in ("pronoun", "nominal", "metonym")


def find_thing(reading: Reading, token: Token, trigger: Cue, others: Sequence[Mention | None]) -> Mention | None:
    """What it is done with or about: a treaty, a weapon, else an actor, named by the slot itself.

    In "die Erweiterung der Allianz ablehnen" the alliance is no object.
    """
    wanted = trigger.get("objectType")
    types = frozenset(wanted) or THINGS | ACTORS
    for name in trigger.get("objectSlot"):
        for filler in slot_of(token, name):
            mention = type_of(reading, filler) or reading.refer(filler) or reading.part(filler)
            if mention is not None and mention.kind == "pronoun":
                mention = _treaty_before(reading, filler) if trigger.first("eventType") in MAKING else None
            if mention is not None and mention.type == "GovernmentBody" and mention.kind == "nominal":
                continue  # 500 Soldaten are not the army named before
            if mention is None or not (_fits(mention, wanted, types) or _may_be(reading, mention, wanted)):
                continue
            if not any(same_actor(reading, mention, other) for other in others):
                return mention
    return None


def _treaty_before(reading: Reading, pronoun: Token) -> Mention | None:
    """The treaty that a pronoun takes up: the last one named before (Unterzeichnet wurde es von ...)."""
    for other in reversed(reading.doc[max(0, pronoun.i - PAIR_REACH) : pronoun.i]):
        mention = reading.whole(other)
        if mention is not None and (mention.type == "Treaty" or _may_be(reading, mention, ("Treaty",))):
            return mention
    return None


def _may_be(reading: Reading, mention: Mention, wanted: Sequence[str]) -> bool:
    """Whether a description (das Memorandum) takes up something of a wanted class."""
    known = (reading.knowledge.entities.get(c) for c in mention.candidates) if mention.kind == "nominal" else ()
    return any(k is not None and is_a(k.type, wanted) for k in known)


def type_of(reading: Reading, noun: Token) -> Mention | None:
    """The weapon in "Flugzeuge vom Typ F-16", "Panzer der Baureihe Leopard", "das Abwehrsystem Patriot"."""
    names = [*children(noun, "appos", "flat", "flat:name")]
    for kind in children(noun, "nmod", "appos"):
        if kind.lemma_ in TYPE_NOUNS:
            names += [
                *children(kind, "appos", "nmod", "flat", "flat:name", "compound", "dep"),
                *kind.doc[kind.i + 1 : kind.i + 2],
            ]
    found = (reading.whole(name) for name in names)
    return next((m for m in found if m is not None and m.type == "WeaponSystem"), None)


def find_instrument(reading: Reading, token: Token, trigger: Cue) -> Mention | None:
    """The weapon or treaty by which it is done; a weapon as the subject is one."""
    for name in (*trigger.get("instrumentSlot"), *trigger.get("agentSlot")):
        for filler in slot_of(token, name) if name != "compound" else ():
            mention = reading.refer(filler)
            if (
                mention is not None
                and mention.type in THINGS
                and (name in trigger.get("instrumentSlot") or mention.type == "WeaponSystem")
            ):
                return mention
    return None
