"""Who wants, supports, accepts, rejects or fears what: from a topic up the tree to the word that takes a stance.

Position = stance x direction x negation. From the word that names the issue the walk goes from governor
to governor (`walks`). At a word that takes a stance (fordern, ablehnen, inakzeptabel) somebody has a position;
from there it goes on while what stands above is about that stance (die Forderung nach X zurückweisen). Without
such a word a modal verb may make a wish or demand of the clause.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.abouts import Context, read_context, with_about
from kg.extract.anaphors import with_anaphors
from kg.extract.answers import Answer, find_answers
from kg.extract.claims import THREAT, WARNING, find_claim
from kg.extract.conditions import find_condition
from kg.extract.grammar import (
    children,
    is_clause,
    is_infinitive,
    is_passive,
    negation_of,
)
from kg.extract.holders import bare_actor, can_hold, has_own_actor, holder_of, own_holder
from kg.extract.learned import learned_positions
from kg.extract.modality import Mood, chain_modality, in_condition, mood_of, weaker
from kg.extract.order import preposition_of, segment_of
from kg.extract.parse import Token
from kg.extract.quotes import Statements, speaker_at
from kg.extract.reading import Reading
from kg.extract.speeches import is_first_person, speech_of
from kg.extract.stance import (
    OPPOSITE,
    cues_at,
    fixed_cue,
    governor_of,
    has_own_negation,
    is_negated,
    judgement_of,
    polarity_of,
    target_cue,
)
from kg.extract.topics import ACTORS, TopicMention, fillers, find_topics
from kg.extract.walks import Walk, begin_walk, is_top, pass_clause, step_up, turn_to
from kg.knowledge import Cue
from kg.model import Mention, Position, Span, Statement

SURE, WEAK = 0.9, 0.65  # confidence where a word of stance stands to a plain issue, to a word that only may mean it
MOST_STANCES = 3  # nested in one another


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A position with what only its finder knows."""

    position: Position
    asks: bool = False  # the holder wants it from somebody
    own: bool = False  # the holder wants it for himself


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A word of stance weighed with its negation and what lies below it."""

    cue: Cue
    head: Token
    polarity: str
    modality: str
    holder: Mention | None
    spoken: bool  # whoever speaks holds it
    asked: bool = False  # only whether it is so
    told: bool = False  # somebody is told to do it


def extract_positions(reading: Reading, statements: Sequence[Statement]) -> Iterator[Position]:
    """All positions; the same one may come several times, `resolve` keeps the best."""
    statements = Statements((*statements, *speech_of(reading, statements)))
    topics = with_anaphors(reading, list(find_topics(reading)))
    context = read_context(reading, topics)
    found = list(_by_rules(reading, topics, statements, context))
    yield from found
    yield from learned_positions(reading, topics, statements, context, found)


def _by_rules(
    reading: Reading, topics: Sequence[TopicMention], statements: Statements, context: Context
) -> Iterator[Position]:
    """Up the tree from each topic, then short answers."""
    named = frozenset(t.token.i for t in topics if not t.weak and not t.near)
    last: dict[int, Last] = {}  # by token of the topic
    for topic in topics:
        before = last.get(topic.source) if topic.source is not None else None
        found, polarity = _climb(reading, _taken_up(topic, before), named, statements)
        last[topic.token.i] = Last(polarity=polarity)
        for taken in found:
            for position in _of_each(reading, taken.position):
                position = with_about(reading, position, topic, context, asks=taken.asks, own=taken.own)
                if _is_about_enough(topic, position) and not _repeats(reading, position, before):
                    last[topic.token.i] = Last(polarity=polarity, holder=position.holder, about=position.about)
                    yield _below_title(reading, position)
    for answer in find_answers(reading, topics, statements):
        answered = _answer(reading, answer, last[answer.topic.token.i].polarity)
        for position in _of_each(reading, answered) if answered is not None else ():
            yield with_about(reading, position, answer.topic, context, asks=False, own=False)


def _answer(reading: Reading, answer: Answer, asked: str) -> Position | None:
    """What a short answer says of the issue, `asked` being the stance to it in what is answered."""
    polarity = answer.polarity if asked != "oppose" else OPPOSITE[answer.polarity]
    words = answer.words
    return _make(
        reading, answer.topic, answer.holder, polarity, "asserted", answer.statement, clause=None,
        evidence=reading.span(words[0].i, words[-1].i + 1), rule=answer.rule, confidence=WEAK,
    )  # fmt: skip


def _is_about_enough(topic: TopicMention, position: Position) -> bool:
    """A weak word must be about somebody; a verb must say itself whom (jemanden unterstützen)."""
    return not topic.weak or bool(topic.about if topic.token.pos_ == "VERB" else position.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """What was last thought of a topic, for words that take it up."""

    polarity: str
    holder: str | None = None
    about: str | None = None


def _taken_up(topic: TopicMention, last: Last | None) -> TopicMention:
    """Diese Forderung, dies: with the stance that was taken there."""
    if last is None:
        return topic
    direction = -1 if last.polarity == "oppose" and not topic.such else 1
    return replace(topic, direction=direction, about=topic.about or last.about)


def _repeats(reading: Reading, position: Position, last: Last | None) -> bool:
    """Whether one who has spoken takes up his own stance: that says nothing new, or what is meant is not the stance."""
    if last is None or last.holder is None:
        return False
    holder, other = reading.mentions[position.holder], reading.mentions[last.holder]
    return holder.key == other.key or bool(_who(holder) & _who(other))


def _who(mention: Mention) -> set[str]:
    return {*mention.candidates, *filter(None, (mention.acts_for,))}


def _below_title(reading: Reading, position: Position) -> Position:
    """Headlines sharpen: where the text says the same, it is the better evidence."""
    sections = reading.article.sections
    in_title = sections[-1].end > sections[0].end and position.evidence.end <= sections[0].end
    return replace(position, confidence=round(position.confidence - 0.05, 3)) if in_title else position


def _of_each(reading: Reading, position: Position) -> Iterator[Position]:
    """The position for each of coordinated holders (Spanien, Irland und Norwegen)."""
    seen = {position.holder}
    queue = [position.holder]
    for key in queue:
        yield replace(position, id=f"{position.id}-{key}", holder=key)
        for other in reading.coordinated(key):
            if other.key not in seen and other.type in ACTORS:
                seen.add(other.key)
                queue.append(other.key)


def _climb(
    reading: Reading, topic: TopicMention, named: frozenset[int], statements: Sequence[Statement]
) -> tuple[list[Taken], str]:
    """Positions on the way up, and the stance to the issue at its end."""
    found: list[Taken] = []
    walk = begin_walk(reading, topic)
    at_once = _at_topic(reading, topic, walk, statements)
    if at_once is not None:
        return [at_once], at_once.position.polarity
    for _ in range(12):
        walk = pass_clause(reading, walk)
        if is_top(walk.node):
            break
        head = governor_of(reading, walk.node)
        if head.i in named and _completes(walk.node, head):
            return found, walk.polarity  # the word above names an issue itself and is read in its turn
        stance = _stance(reading, walk, head)
        if stance is not None:
            head = stance.head
            taken = _take(reading, topic, walk, stance, statements)
            if taken is not None and not _is_embedded(reading, head):
                found.append(taken)
                found.extend(_accused(reading, topic, walk, stance, taken, statements))
            if stance.polarity not in ("support", "oppose", "conditional"):
                return found, walk.polarity
            if taken is None and stance.spoken:
                found.extend(_of_governor(reading, topic, stance, statements))
                return found, walk.polarity
            walk = turn_to(walk, head, stance.polarity, stance.modality)
            if len(found) >= MOST_STANCES or not _goes_on(reading, head, holder=taken is not None):
                return found, walk.polarity
            continue
        if topic.near and walk.node.i == topic.token.i and next(cues_at(reading, head, "DirectionCue"), None) is None:
            return found, walk.polarity
        above = step_up(reading, walk, head)
        if above is None:
            return found, walk.polarity
        walk = above
    if not found and not topic.near:
        taken = _from_clause(reading, topic, walk, statements)
        if taken is not None:
            return [taken], taken.position.polarity
    return found, walk.polarity


def _completes(node: Token, head: Token) -> bool:
    return node.dep_ != "conj" and (head.pos_ == "NOUN" or (head.pos_ == "VERB" and node.pos_ in ("NOUN", "PROPN")))


def _stance(reading: Reading, walk: Walk, head: Token) -> Stance | None:
    """The word above as one that takes a stance to what is walked from."""
    fixed = fixed_cue(reading, head, walk.node) if not has_own_actor(reading, head) else None
    head, cue = fixed if fixed is not None else (head, target_cue(reading, head, walk.node))
    if cue is None:
        return None
    via = walk.node if walk.node.i != head.i else None
    mood = mood_of(reading, head, via=via) if is_clause(head) else Mood(negated=negation_of(head) is not None)
    negated = is_negated(cue, head, negated=mood.negated)
    polarity, modality = polarity_of(cue, negated=negated)
    if negated and not cue.get("negated") and _demands(reading, cue):
        polarity = "neutral"  # who has not demanded a thing need not be against it
    elif polarity == "neutral":
        polarity = judgement_of(reading, head, cue, walk.node) or "neutral"
    if walk.polarity == "oppose" and not (walk.negated and has_own_negation(cue, head)):
        polarity = "oppose" if polarity == "conditional" else OPPOSITE.get(polarity, polarity)
    spoken = "speaker" in cue.get("holderSlot")
    modality = modality or weaker(mood.modality, chain_modality(reading, head))
    holder = holder_of(reading, head, cue, target=walk.node) or own_holder(reading, head)
    return Stance(
        cue=cue,
        head=head,
        polarity=polarity,
        modality=modality,
        holder=holder,
        spoken=spoken,
        asked=mood.question,
        told=mood.command,
    )


def _goes_on(reading: Reading, head: Token, *, holder: bool) -> bool:
    """Whether something above takes a stance to the stance: asked of nouns, of clauses only by their governor."""
    if head.pos_ in ("NOUN", "PROPN") and not is_clause(head):
        return not holder or target_cue(reading, governor_of(reading, head), head) is not None
    return _outer(reading, head) is not None


def _outer(reading: Reading, head: Token) -> Cue | None:
    if head.dep_ not in ("xcomp", "ccomp", "acl", "csubj", "csubj:pass") or head.head.i == head.i:
        return None
    return target_cue(reading, head.head, head)


def _is_embedded(reading: Reading, head: Token) -> bool:
    """Whether a clause only says what is wanted or feared, not what its subject thinks (fordert, dass er zustimmt)."""
    outer = _outer(reading, head) if is_clause(head) else None
    return outer is not None and (is_infinitive(head) or not outer.flag("factive"))


def _take(
    reading: Reading, topic: TopicMention, walk: Walk, stance: Stance, statements: Sequence[Statement]
) -> Taken | None:
    if stance.polarity == "neutral":
        return None
    statement = speaker_at(statements, stance.head.idx)
    holder = stance.holder
    called = is_passive(stance.head) and _demands(reading, stance.cue)  # X wird gefordert, so Y
    decides = stance.cue.first("pos", "VERB") == "VERB" and len(stance.cue.get("holderSlot")) > 1
    # "das ist falsch" may mean anything, "das kommt nicht infrage" not
    told = stance.told and (holder is None or holder.kind == "pronoun")  # kündigen Sie den Vertrag
    spoken = (stance.spoken and (topic.token.tag_ != "PDS" or decides)) or called or told
    if stance.spoken and stance.asked:
        return None
    open_to_speaker = holder is None or told or (stance.spoken and "subject" in stance.cue.get("holderSlot"))
    if spoken and open_to_speaker and statement is not None and statement.speaker:
        holder = reading.mentions[statement.speaker]
    if holder is None:
        return None
    clause = stance.head if is_clause(stance.head) else walk.clause
    if clause is not None and in_condition(clause):
        return None
    unsure = topic.weak or topic.token.tag_ in ("PDS", "PPER", "PAV", "PROAV")
    position = _make(
        reading, _addressed(reading, topic, stance), holder, stance.polarity, stance.modality, statement, clause=clause,
        evidence=_evidence(reading, topic.token, stance.head), rule=f"{topic.rule}+{stance.cue.id}",
        strength=float(stance.cue.first("strength", "0.8")), confidence=WEAK if unsure else SURE,
    )  # fmt: skip
    return (
        None
        if position is None
        else Taken(position=position, asks=_demands(reading, stance.cue), own=stance.cue.flag("forHolder"))
    )


def _addressed(reading: Reading, topic: TopicMention, stance: Stance) -> TopicMention:
    """Who is called upon to step down or to spend more is whom the issue is about."""
    issue = reading.knowledge.issues.get(topic.issue, {})
    fits = "true" in issue.get("aboutPerson", ()) or "own" in issue.get("aboutDefault", ())
    if topic.about is not None or not fits:
        return topic
    found = (m for name in stance.cue.get("addresseeSlot") for m in fillers(reading, stance.head, name))
    about = next((m for m in found if can_hold(m) and m.kind != "pronoun"), None)
    return topic if about is None else replace(topic, about=about.key)


def _of_governor(
    reading: Reading, topic: TopicMention, stance: Stance, statements: Sequence[Statement]
) -> Iterator[Taken]:
    """An evaluation that nobody utters is that of who fears or hopes it (fürchtet, dass X schadet)."""
    outer = _outer(reading, stance.head)
    holder = holder_of(reading, stance.head.head, outer) if outer is not None else None
    if outer is None or holder is None:
        return
    position = _make(
        reading, topic, holder, stance.polarity, stance.modality, speaker_at(statements, stance.head.head.idx),
        clause=stance.head, evidence=_evidence(reading, topic.token, stance.head),
        rule=f"{topic.rule}+{stance.cue.id}+{outer.id}", confidence=0.6,
    )  # fmt: skip
    if position is not None:
        yield Taken(position=position)


def _accused(
    reading: Reading, topic: TopicMention, walk: Walk, stance: Stance, taken: Taken, statements: Sequence[Statement]
) -> Iterator[Taken]:
    """Who accuses somebody of it says that he holds it (Moskau vorwerfen, den Frieden zu verhindern)."""
    if not stance.cue.flag("factive") or stance.cue.first("polarity") != "oppose" or not is_clause(walk.node):
        return
    for name in stance.cue.get("addresseeSlot"):
        mention = next(fillers(reading, stance.head, name), None) or bare_actor(reading, stance.head)
        if mention is not None and can_hold(mention) and mention.type and mention.key != taken.position.holder:
            position = replace(
                taken.position, id=f"{taken.position.id}-accused", holder=mention.key, polarity=walk.polarity,
                according_to=taken.position.holder, confidence=0.6,
            )  # fmt: skip
            yield Taken(position=position)
            return


def _demands(reading: Reading, cue: Cue) -> bool:
    speech = reading.knowledge.find_cues("SpeechCue", cue.first("lemma"))
    return any(entry.flag("demands") for entry in speech)


def _at_topic(reading: Reading, topic: TopicMention, walk: Walk, statements: Sequence[Statement]) -> Taken | None:
    """The topic as predicate: X ist gegen den Beitritt; das Ziel ist die Mitgliedschaft."""
    token = topic.token
    if token.pos_ == "VERB":
        return _at_verb(reading, topic, walk, statements)
    for cue, holder, spoken in _predications(reading, token):
        polarity, modality = polarity_of(cue, negated=False)
        if walk.polarity == "oppose":
            polarity = OPPOSITE.get(polarity, polarity)
        stance = Stance(
            cue=cue, head=token, polarity=polarity, modality=modality or "asserted", holder=holder, spoken=spoken,
            asked=is_clause(token) and mood_of(reading, token).question,
        )  # fmt: skip
        taken = _take(reading, topic, walk, stance, statements)
        if taken is not None:
            return taken
    return None


def _at_verb(reading: Reading, topic: TopicMention, walk: Walk, statements: Sequence[Statement]) -> Taken | None:
    """A verb that names the issue and takes a stance at once: Panzer brauchen, zusagen, verweigern."""
    token = topic.token
    mood = mood_of(reading, token)
    if _outer(reading, token) is not None or mood.question or mood.hearsay or mood.deontic:
        return None
    for cue in cues_at(reading, token, "StanceCue"):
        if cue.first("polarity") != ("support" if topic.direction > 0 else "oppose"):
            continue  # a court that convicts (verurteilen) condemns nothing
        negated = is_negated(cue, token, negated=mood.negated)
        _, changed = polarity_of(cue, negated=negated)
        stance = Stance(
            cue=cue, head=token, polarity="support" if (walk.direction > 0) != negated else "oppose",
            modality=changed or mood.modality, holder=holder_of(reading, token, cue),
            spoken="speaker" in cue.get("holderSlot"),
        )  # fmt: skip
        taken = _take(reading, topic, walk, stance, statements)
        if taken is not None:
            return taken
    return None


def _predications(reading: Reading, token: Token) -> Iterator[tuple[Cue, Mention | None, bool]]:
    preposition = preposition_of(token)
    if preposition is not None:
        for cue in reading.knowledge.find_cues("StanceCue", preposition.lemma_):
            subject = _subject_of_being(token, preposition) if cue.first("pos") == "ADP" else None
            if subject is not None:
                yield cue, reading.refer(subject), False
    subject = next(children(token, "nsubj"), None)
    if subject is not None and is_clause(token):
        for cue in cues_at(reading, subject, "StanceCue"):
            if "speaker" in cue.get("holderSlot"):
                yield cue, holder_of(reading, subject, cue), True


def _subject_of_being(token: Token, preposition: Token) -> Token | None:
    """Who is for or against it: the subject where `sein` is the only verb beside the phrase."""
    words = list(segment_of(preposition))
    verbs = [w for w in words if w.pos_ in ("VERB", "AUX")]
    if len(verbs) != 1 or verbs[0].lemma_ != "sein":
        return None
    own = next(children(verbs[0], "nsubj"), None) or next(children(token, "nsubj"), None)
    if own is not None:
        return own
    return next((w for w in words if w.tag_ in ("NE", "NN", "PPER", "PRELS") and w.i < verbs[0].i), None)


def _from_clause(reading: Reading, topic: TopicMention, walk: Walk, statements: Sequence[Statement]) -> Taken | None:
    """Without a word of stance: wollen is the subject's wish, müssen the speaker's demand."""
    statement = speaker_at(statements, topic.token.idx)
    claim = find_claim(reading, topic, walk, statement)
    if claim is None or walk.clause is None:
        return None
    holder, name, confidence = claim
    polarity = {WARNING: "oppose", THREAT: OPPOSITE[walk.polarity]}.get(name, walk.polarity)
    modality = "asserted" if name in ("will", WARNING, THREAT) else walk.modality
    position = _make(
        reading, topic, holder, polarity, modality, statement, clause=walk.clause,
        evidence=_evidence(reading, topic.token, walk.clause), rule=f"{topic.rule}+{name}", confidence=confidence,
    )  # fmt: skip
    if position is not None and name == "deontic" and position.polarity == "conditional":
        return None  # wer das wollte, müsste ...: what would follow, no demand
    own = name in ("volition", "deed", "action")
    return None if position is None else Taken(position=position, own=own)


def _make(
    reading: Reading, topic: TopicMention, holder: Mention, polarity: str, modality: str,
    statement: Statement | None, *, clause: Token | None, evidence: Span, rule: str, strength: float = 0.8,
    confidence: float,
) -> Position | None:  # fmt: skip
    speaker = reading.mentions[statement.speaker] if statement and statement.speaker else None
    if is_first_person(holder) and speaker is not None:
        holder = speaker
    if not can_hold(holder):
        return None
    reading.mentions[holder.key] = holder
    condition = find_condition(reading, clause) if clause is not None else None
    if condition is not None and polarity == ("oppose" if condition.lacking else "support"):
        polarity = "conditional"
    according = speaker.key if speaker is not None and speaker.key != holder.key else None
    return Position(
        id=f"p-{evidence.start}-{evidence.end}-{topic.issue}",
        holder=holder.key,
        issue=topic.issue,
        about=topic.about,
        polarity=polarity,
        modality=modality,
        evidence=evidence,
        according_to=according,
        statement=statement.id or None if statement else None,
        condition=reading.span(condition.start, condition.end) if condition else None,
        strength=strength,
        confidence=confidence,
        date=reading.article.date,
        rule=rule,
    )


def _evidence(reading: Reading, topic: Token, head: Token) -> Span:
    """From the word of stance to the topic, with the words between."""
    low, high = min(topic.i, head.i), max(topic.i, head.i) + 1
    return reading.span(low, high)
