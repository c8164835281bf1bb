"""Who did what to whom: event triggers with agent, recipient, object, instrument, place, time and modality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.agents import find_agent
from kg.extract.carriers import (
    Frame,
    first_conjunct,
    frame_of,
    is_part_of_cue,
    is_wanted,
)
from kg.extract.grammar import (
    children,
    clause_head,
    is_clause,
    is_passive,
    slot,
    subtree_span,
)
from kg.extract.happening import find_modality
from kg.extract.modality import in_condition
from kg.extract.parse import Stretch, Token
from kg.extract.participants import (
    find_instrument,
    find_recipient,
    find_thing,
)
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.referents import same_actor
from kg.extract.stance import allows
from kg.extract.times import find_times
from kg.extract.topics import ACTORS
from kg.knowledge import Cue
from kg.model import Event, Mention, Statement

LOCATING = ("in", "bei", "auf", "vor", "nahe", "an")
REAL = frozenset(
    "assault coerce violate-treaty test-weapon accuse threaten".split()
)  # wanted by nobody who speaks of it
CONDITIONS = frozenset(
    "agree support aid cooperate concede consult meet request reject retreat".split()
)  # sofern A zustimmt
SOFT = frozenset("agree support aid cooperate".split())  # nouns of these count where somebody gives it to somebody
BREAKING = frozenset("sanction reject withdraw-from-treaty".split())  # one may go on with the other
FORETOLD = frozenset(("planned", "possible", "hypothetical"))
NARROW = frozenset(("event-meet", "event-consult"))  # Pressekonferenz is no Konferenz in this sense
TIME_WITHIN = 120  # characters between an event and its time
INFERRED_WITHIN = 400  # characters between a passive and what tells who acts


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event with the word that names it."""

    token: Token
    trigger: Cue
    event: Event


def extract_events(reading: Reading, statements: Sequence[Statement]) -> Iterator[Event]:
    """One event a trigger word, by the entry that has most of its roles filled."""
    drafts = [d for token in reading.doc if (d := _best(reading, token, statements)) is not None]
    complete = list(_with_agents(reading, drafts, statements))
    verbs = {d.token.i for d in complete}
    for draft in _distinct(d for d in complete if not _is_told_by(reading, d.token, verbs)):
        yield from _each(reading, draft)


def _best(reading: Reading, token: Token, statements: Sequence[Statement]) -> _Draft | None:
    if token.i not in reading.prose or token.pos_ not in ("VERB", "NOUN", "ADJ", "AUX"):
        return None
    triggers = list(_triggers(reading, token))
    if not triggers:
        return None
    frame = frame_of(reading, token)
    found = [d for d in (_draft(reading, token, t, frame, statements) for t in triggers) if d is not None]
    return max(found, key=_filled, default=None)


def _filled(draft: _Draft) -> int:
    event = draft.event
    return sum(bool(x) for x in (event.agent, event.recipient, event.object, event.instrument))


def _triggers(reading: Reading, token: Token) -> Iterator[Cue]:
    attribute = token.pos_ == "ADJ"
    pos = "VERB" if attribute or token.pos_ == "AUX" else token.pos_
    for lemma, tail in _lemmas(reading, token):
        known = reading.knowledge.find_cues("EventTrigger", lemma)
        for trigger in known:
            if trigger.first("pos", "VERB") != pos or not (allows(trigger, token) or _allows_tail(trigger, token)):
                continue
            if (tail and lemma not in trigger.get("head")) or _acts_on_itself(trigger, token):
                continue
            if not attribute or (lemma in trigger.get("participle") and not trigger.get("with")):
                yield trigger
        if known and not tail:
            return  # Hackerangriff is an entry of its own, not a kind of Angriff


def _acts_on_itself(trigger: Cue, token: Token) -> bool:
    """Whether the only object is "sich" where the entry knows no reflexive: sich aus Beamten rekrutieren."""
    if trigger.flag("reflexive") or "object" not in (*trigger.get("recipientSlot"), *trigger.get("objectSlot")):
        return False
    objects = list(children(token, "obj", "iobj", "expl:pv"))
    return bool(objects) and all(o.tag_ == "PRF" for o in objects)


def _allows_tail(trigger: Cue, token: Token) -> bool:
    """Whether the complement that the entry asks for is the last part of a compound there (Vergeltungsangriff)."""
    if trigger.flag("reflexive") or trigger.first("eventType") in NARROW:
        return False
    wanted = [w.casefold() for w in trigger.get("with") if len(w) > 5 and w[:1].isupper() and " " not in w]
    near = (c for c in token.children if c.pos_ == "NOUN" and len(c.lemma_) > 8)
    return any(c.lemma_.casefold().endswith(word) for c in near for word in wanted)


def _lemmas(reading: Reading, token: Token) -> Iterator[tuple[str, bool]]:
    """The lemma; for compounds also their last parts, of which only heads of compounds count."""
    yield token.lemma_, False
    if token.tag_ == "VVPP":
        yield token.lower_, False
    if token.pos_ != "NOUN":
        return
    head = token.lemma_.rpartition("-")[2]
    if head != token.lemma_:
        yield head, False
    for tail in reading.knowledge.known_tails("EventTrigger", head):
        if 4 < len(tail) <= len(head) - 3:
            yield tail, True


def _draft(
    reading: Reading, token: Token, trigger: Cue, frame: Frame, statements: Sequence[Statement]
) -> _Draft | None:
    kind = trigger.first("eventType").removeprefix("event-")
    if kind not in REAL and is_wanted(reading, frame.top):
        return None
    if kind in CONDITIONS and in_condition(clause_head(token)):
        return None
    agent = find_agent(reading, token, trigger, frame, statements)
    recipient = find_recipient(reading, token, trigger, frame, agent, statements)
    thing = find_thing(reading, token, trigger, (agent, recipient))
    if kind in SOFT and token.pos_ == "NOUN" and not (frame.carried or recipient is not None):
        return None
    required = (("agentType", agent), ("recipientType", recipient), ("objectType", thing))
    if any(trigger.get(name) and mention is None for name, mention in required):
        return None
    if agent is None and not _may_be_inferred(reading, token):
        return None
    statement = speaker_at(statements, token.idx)
    speaker = statement.speaker if statement is not None else None
    modality = find_modality(reading, token, frame, trigger, statements)
    event = Event(
        id=f"e-{token.idx}-{token.idx + len(token)}",
        type=kind,
        evidence=reading.span(*_extent(token, frame)),
        modality=modality,
        agent=_key(agent),
        recipient=_key(recipient),
        object=_key(thing),
        instrument=_key(find_instrument(reading, token, trigger)),
        place=_key(_place(reading, token)),
        time=_time(reading, token, ahead=modality in FORETOLD),
        according_to=speaker if agent is None or speaker != agent.key else None,
        rule=trigger.id,
    )
    return _Draft(token, trigger, event)


def _key(mention: Mention | None) -> str | None:
    return mention.key if mention else None


def _may_be_inferred(reading: Reading, token: Token) -> bool:
    """Whether it may be left to the context who acts: in a passive without `von`, or where weapons are the subject."""
    if token.pos_ != "VERB":
        return False
    subject = next(slot(token, "subject"), None)
    thing = reading.refer(subject) if subject is not None else None
    if is_passive(token):
        return thing is None or thing.type == "WeaponSystem"
    return thing is not None and thing.type == "WeaponSystem"


def _with_agents(reading: Reading, drafts: Sequence[_Draft], statements: Sequence[Statement]) -> Iterator[_Draft]:
    """Drafts with an agent; for passives the one who did the like just before, or who has just spoken."""
    before: list[_Draft] = []
    for draft in drafts:
        event = draft.event
        if event.agent is None:
            agent = _inferred(reading, draft, before, statements)
            if agent is None:
                if event.type == "assault" and event.recipient is not None:
                    yield draft
                continue
            draft = replace(draft, event=replace(event, agent=agent, rule=f"{event.rule}+context"))
        before.append(draft)
        yield draft


def _inferred(reading: Reading, draft: _Draft, before: Sequence[_Draft], statements: Sequence[Statement]) -> str | None:
    event, at = draft.event, draft.token.idx
    recipient = reading.mentions.get(event.recipient or "")
    for other in reversed(before):
        if at - other.token.idx > INFERRED_WITHIN:
            break
        agent = reading.mentions[other.event.agent or ""]
        alike = other.event.type == event.type or {other.event.type, event.type} <= BREAKING
        if alike and not (recipient and same_actor(reading, recipient, agent)):
            return agent.key
    if event.type != "request":
        return None
    said = [s for s in statements if s.speaker and 0 <= at - s.content[-1].end < INFERRED_WITHIN / 4]
    return said[-1].speaker if said else None


def _distinct(drafts: Iterator[_Draft]) -> list[_Draft]:
    """Of the words of one sentence that name the same deed of the same actor the one that tells most."""
    best: dict[tuple[int, str, str | None], list[_Draft]] = {}
    for draft in drafts:
        others = best.setdefault((draft.token.sent.start, draft.event.type, draft.event.agent), [])
        same = next((o for o in others if _same_deed(o.event, draft.event)), None)
        if same is None:
            others.append(draft)
        elif _filled(draft) > _filled(same):
            others[others.index(same)] = draft
    return sorted((d for others in best.values() for d in others), key=lambda d: d.token.i)


def _is_told_by(reading: Reading, token: Token, verbs: set[int]) -> bool:
    """Whether the verb above tells of the noun's event already (Militärhilfe einstellen)."""
    return token.pos_ == "NOUN" and first_conjunct(token).head.i in verbs and is_part_of_cue(reading, token)


def _same_deed(one: Event, other: Event) -> bool:
    return one.recipient == other.recipient or one.recipient is None or other.recipient is None


def _each(reading: Reading, draft: _Draft) -> Iterator[Event]:
    """The event once for each of coordinated agents and recipients; those of a mutual deed act on each other."""
    event = draft.event
    agents: list[str | None] = [*_coordinated(reading, event.agent)]
    recipients: list[str | None] = [*_coordinated(reading, event.recipient)]
    if draft.trigger.flag("symmetric") and not recipients and len(agents) > 1:
        agents, recipients = agents[:1], agents[1:]
    for agent in agents or [None]:
        for recipient in recipients or [None]:
            if agent is None or agent != recipient:
                first = agent == event.agent and recipient == (recipients[0] if recipients else None)
                name = event.id if first else "-".join(x for x in (event.id, agent, recipient) if x)
                yield replace(event, id=name, agent=agent, recipient=recipient)


def _coordinated(reading: Reading, key: str | None) -> Iterator[str]:
    for mention in reading.coordinated(key) if key is not None else ():
        named = mention.kind != "nominal" or mention.type != "Person" or (mention.acts_for and not mention.head)
        if mention.key == key or (mention.type in ACTORS and named):
            yield mention.key


def _extent(token: Token, frame: Frame) -> tuple[int, int]:
    """The trigger with its carrier and nearest dependents: what a reader needs to see."""
    low = high = token.i
    for child in token.children:
        if (
            child.dep_ in ("obj", "iobj", "obl:arg", "nmod", "amod", "compound:prt", "nsubj", "obl")
            and abs(child.i - token.i) < 12
        ):
            a, b = subtree_span(child, skip=("acl", "acl:relcl", "advcl"))
            if b - a < 8:
                low, high = min(low, a), max(high, b - 1)
    for carrier, _ in frame.carriers[:1]:
        if abs(carrier.i - token.i) < 12:
            low, high = min(low, carrier.i), max(high, carrier.i)
    return low, high + 1


def _place(reading: Reading, token: Token) -> Mention | None:
    holders = (token, token.head) if token.pos_ == "NOUN" and is_clause(token.head) else (token,)
    for holder in holders:
        for preposition in LOCATING:
            for filler in slot(holder, f"prep:{preposition}"):
                mention = reading.refer(filler)
                if mention is not None and mention.type in ("Place", "State"):
                    return mention
    return None


def _time(reading: Reading, token: Token, *, ahead: bool) -> str | None:
    """The time nearest to the trigger, in its own clause before others."""
    clause = clause_head(token).i
    found = []
    for at, iso in _times(reading, token.sent, ahead=ahead):
        if abs(at - token.idx) < TIME_WITHIN:
            span = reading.doc.char_span(at, at + 1, expand=True)
            apart = span is None or clause_head(span.root).i != clause
            found.append((apart, abs(at - token.idx), -len(iso), iso))
    return min(found)[3] if found else None


def _times(reading: Reading, sent: Stretch, *, ahead: bool) -> Sequence[tuple[int, str]]:
    """The times in a sentence, searched once."""
    key = (sent.start, ahead)
    if key not in reading.times:
        reading.times[key] = list(find_times(reading.article, sent.start_char, sent.end_char, ahead=ahead))
    return reading.times[key]
