"""Relations that the article states itself: whose a weapon is, who made it, who is party to a treaty."""

from collections.abc import Iterator, Sequence

from kg.extract.agents import parties_of
from kg.extract.grammar import children
from kg.extract.modality import mood_of
from kg.extract.parse import Token
from kg.extract.participants import type_of
from kg.extract.reading import Reading
from kg.extract.slots import slot_of
from kg.extract.stance import cues_at
from kg.extract.topics import ACTORS
from kg.knowledge import Cue
from kg.model import Event, Mention, Relation, Span

JOINING = frozenset(("sign", "ratify"))  # events that make their agent a party to the treaty
PARTIES = ACTORS - {"Person", "Group"}


def extract_relations(reading: Reading, events: Sequence[Event] = ()) -> Iterator[Relation]:
    """`operatedBy` and `developedBy` of weapons, `party` of treaties, each once a place."""
    found = [*_of_weapons(reading), *_of_verbs(reading), *_of_treaties(reading), *_of_events(reading, events)]
    yield from {(r.id, r.predicate, r.object): r for r in found}.values()


def _of_weapons(reading: Reading) -> Iterator[Relation]:
    """`operatedBy` for each named weapon with the adjective of a state at it or at its class noun."""
    for token in reading.doc:
        own = reading.whole(token)
        if own is None or own.type != "WeaponSystem" or token.i not in reading.prose or _is_class(reading, own):
            continue
        for holder in (token, token.head):
            if holder is not token and token.dep_ not in ("appos", "flat", "nmod", "compound"):
                continue
            state = _state(reading, holder)
            if state is not None:
                yield _relation(own, "operatedBy", state, "state-at-weapon")
                break


def _of_verbs(reading: Reading) -> Iterator[Relation]:
    """What verbs tell of a weapon: who has it, who makes it (`kg:RelationTrigger`)."""
    for token in reading.doc:
        for cue in _triggers(reading, token) if token.i in reading.prose else ():
            weapon = next(_weapons(reading, token, cue.get("objectSlot")), None)
            holder = next(_holders(reading, token, cue.get("agentSlot")), None)
            if weapon is not None and holder is not None:
                yield _relation(weapon, cue.first("relation"), holder, cue.id)


def _triggers(reading: Reading, token: Token) -> Iterator[Cue]:
    """Entries for a verb that states a fact, or for a participle before its noun (von Polen gebaut)."""
    if token.pos_ == "ADJ" and any(children(token, "obl", "obl:agent", "nmod")):
        cues = reading.knowledge.find_cues("RelationTrigger", token.lemma_)
        yield from (cue for cue in cues if token.lemma_ in cue.get("participle"))
    elif token.pos_ == "VERB":
        yield from (cue for cue in cues_at(reading, token, "RelationTrigger") if not _is_unreal(reading, token))


def _is_unreal(reading: Reading, verb: Token) -> bool:
    mood = mood_of(reading, verb)
    return mood.negated or mood.modality != "asserted" or mood.volition or mood.deontic or mood.future


def _weapons(reading: Reading, token: Token, slots: Sequence[str]) -> Iterator[Mention]:
    for name in slots:
        for filler in slot_of(token, name):
            mention = type_of(reading, filler) or reading.refer(filler)
            if mention is not None and mention.type == "WeaponSystem" and not _is_class(reading, mention):
                yield mention


def _holders(reading: Reading, token: Token, slots: Sequence[str]) -> Iterator[Mention]:
    for name in slots:
        for filler in slot_of(token, name):
            mention = reading.refer(filler)
            if mention is not None and mention.type in PARTIES and mention.kind in ("name", "metonym"):
                yield mention


def _of_treaties(reading: Reading) -> Iterator[Relation]:
    """`party` for those whom a treaty names: das Abkommen zwischen A und B."""
    for token in reading.doc:
        own = reading.whole(token)
        if own is None or own.type != "Treaty" or own.kind != "name" or token.i not in reading.prose:
            continue
        for party in parties_of(reading, token):
            yield _relation(own, "party", party, "parties-at-treaty")


def _of_events(reading: Reading, events: Sequence[Event]) -> Iterator[Relation]:
    """`party` for those who are told to have signed or ratified."""
    for event in events:
        treaty, agent = reading.mentions.get(event.object or ""), reading.mentions.get(event.agent or "")
        if treaty is None or agent is None or event.type not in JOINING or event.modality != "asserted":
            continue
        if treaty.type == "Treaty" and agent.type in PARTIES and not agent.acts_for:
            yield _relation(treaty, "party", agent, f"{event.type}-treaty")


def _relation(subject: Mention, predicate: str, target: Mention, rule: str) -> Relation:
    start, end = min(subject.span.start, target.span.start), max(subject.span.end, target.span.end)
    return Relation(
        id=f"r-{start}-{end}", subject=subject.key, predicate=predicate, object=target.key,
        evidence=Span(start=start, end=end), rule=rule,
    )  # fmt: skip


def _is_class(reading: Reading, mention: Mention) -> bool:
    """A class of weapons is nobody's: that Israel flies fighter jets does not make fighter jets Israeli."""
    known = reading.knowledge.entities.get(next(iter(mention.candidates), ""))
    return known is not None and known.first("generic") == "true"


def _state(reading: Reading, token: Token) -> Mention | None:
    for child in children(token, "amod"):
        mention = reading.whole(child)
        if mention is not None and mention.kind == "adjective" and mention.type == "State":
            return mention
    return None
