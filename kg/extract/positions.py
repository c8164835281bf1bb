"""Who wants, supports, accepts, rejects or fears what: from a topic up the tree to the word that takes a stance.

Position = stance x direction x negation. From the word that names the issue the walk goes from governor
to governor. On its way it collects words of more and less (Lieferungen einstellen), negation and modality;
it ends at the first word that takes a stance (fordern, ablehnen, inakzeptabel), else at the top of the
clause, where a modal verb may make a demand of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.grammar import case_of, children, is_clause, is_infinitive, negation_of, subject_of, subtree_span
from kg.extract.modality import Mood, chain_modality, condition_of, is_condition_phrase, mood_of, weaker
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.stance import OPPOSITE, cues_at, fills, holder_of, polarity_of
from kg.extract.topics import ACTORS, TopicMention, find_anaphors, find_topics
from kg.knowledge import Cue
from kg.model import Mention, Position, Span, Statement

BARRIERS = frozenset(("advcl", "acl:relcl", "parataxis", "root", "ROOT", "vocative", "discourse"))
FOCUS = frozenset(("State", "Place"))
NO_CONTEXT = frozenset(("treaty", "weapon-system"))  # about what they name, or about nothing
FIRST_PERSON = frozenset(("ich", "wir", "uns", "unser", "mein", "mich", "mir"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What the walk up the tree has met."""

    node: Token
    direction: int
    via: Token | None = None  # the dependent of `node` on the way
    negated: bool = False
    modality: str = "asserted"
    deontic: bool = False
    volition: Token | None = None  # predicate with wollen
    future: bool = False
    clause: Token | None = None  # the first clause above the topic
    acted: Token | None = None  # the verb of more or less


def extract_positions(reading: Reading, statements: Sequence[Statement]) -> Iterator[Position]:
    """All positions; the same one may come several times, `resolve` keeps the best."""
    topics = find_anaphors(reading, list(find_topics(reading)))
    topic_tokens = frozenset(t.token.i for t in topics if not t.weak and not t.near)
    context = _context(reading, topics)
    for topic in topics:
        for position in _positions(reading, topic, topic_tokens, statements):
            for holder in reading.coordinated(position.holder):
                if holder.key == position.holder or holder.type in ACTORS:
                    each = replace(position, id=f"{position.id}-{holder.key}", holder=holder.key)
                    each = _with_about(reading, each, topic, context)
                    if each.about or not topic.weak:
                        yield each


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What issues are about in an article, for where the text does not say it again."""

    by_issue: Mapping[str, tuple[tuple[int, str], ...]]  # issue -> (token, mention key) in text order
    focus: str | None  # key of a mention of what most issues of the article are about


def _context(reading: Reading, topics: Sequence[TopicMention]) -> Context:
    found: dict[str, list[tuple[int, str]]] = {}
    counts: Counter[str] = Counter()
    keys: dict[str, str] = {}
    for topic in topics:
        if not topic.about or topic.near:
            continue
        found.setdefault(topic.issue, []).append((topic.token.i, topic.about))
        mention = reading.mentions[topic.about]
        if mention.type in FOCUS and mention.candidates:
            counts[mention.candidates[0]] += 1
            keys.setdefault(mention.candidates[0], topic.about)
    [(top, count)] = counts.most_common(1) or [("", 0)]
    return Context(by_issue={k: tuple(v) for k, v in found.items()}, focus=keys[top] if count > 1 else None)


def _with_about(reading: Reading, position: Position, topic: TopicMention, context: Context) -> Position:
    """An issue named without what it is about: the article's focus, what it was about before, or the holder."""
    if position.about or topic.issue in NO_CONTEXT:
        return position
    default = next(iter(reading.knowledge.issues.get(topic.issue, {}).get("aboutDefault", ())), "")
    same = [(i, key) for i, key in context.by_issue.get(topic.issue, ()) if reading.mentions[key].type in FOCUS]
    before = [key for i, key in same if i < topic.token.i]
    about = context.focus if default == "focus" and not topic.weak else None
    if about is None and before:
        about = _most_common(reading, before)
    if about is None and not before and same:
        about = _mostly(reading, [key for _, key in same])  # a headline stands before its text
    if about is None and default == "holder" and reading.mentions[position.holder].type == "State":
        about = position.holder
    return position if about is None else replace(position, about=about, confidence=round(position.confidence * 0.8, 3))


def _name(reading: Reading, key: str) -> str:
    mention = reading.mentions[key]
    return next(iter(mention.candidates), mention.label)


def _mostly(reading: Reading, keys: Sequence[str]) -> str | None:
    """The mention of the entity that most of them name, if it is the only one or far ahead."""
    [(top, count)] = Counter(_name(reading, key) for key in keys).most_common(1)
    return next(k for k in keys if _name(reading, k) == top) if count * 3 >= len(keys) * 2 else None


def _most_common(reading: Reading, keys: Sequence[str]) -> str:
    """The mention whose entity comes most often, the last of it among equals."""
    names = [_name(reading, key) for key in keys]
    top = max(range(len(keys)), key=lambda i: (names.count(names[i]), i))
    return keys[top]


def _positions(
    reading: Reading, topic: TopicMention, others: frozenset[int], statements: Sequence[Statement]
) -> Iterator[Position]:
    walk = _begin(reading, topic)
    at_once = _at_topic(reading, topic, walk, statements)
    if at_once is not None:
        yield at_once
        return
    while True:
        walk = _pass_clause(reading, walk)
        node, head = walk.node, walk.node.head
        if node.i == head.i or node.dep_ in BARRIERS or is_condition_phrase(node):
            break
        if head.i in others and head.pos_ == "NOUN" and node.dep_ != "conj":
            return  # the word above names an issue itself and is read in its turn
        cue = next((c for c in cues_at(reading, head, "StanceCue") if fills(head, c, "targetSlot", node)), None)
        if cue is not None:
            found = _from_cue(reading, topic, walk, head, cue, statements)
            if found is not None:
                yield _demanded(reading, found, head)
                return
        if (
            topic.near
            and walk.node.i == topic.token.i
            and not any(True for _ in cues_at(reading, head, "DirectionCue"))
        ):
            return
        walk = replace(_direct(reading, walk, head), node=head, via=node)
    found = None if topic.near else _from_clause(reading, topic, walk, statements)
    if found is not None:
        yield found


def _at_topic(reading: Reading, topic: TopicMention, walk: Walk, statements: Sequence[Statement]) -> Position | None:
    """The topic as predicate: X ist gegen den Beitritt; das Ziel ist die Mitgliedschaft."""
    token = topic.token
    subject = next(children(token, "nsubj"), None)
    if subject is None or token.pos_ == "VERB" or not is_clause(token):
        return None
    cases = (reading.knowledge.find_cues("StanceCue", c.lemma_) for c in children(token, "case"))
    adpositions = [cue for cues in cases for cue in cues if cue.first("pos") == "ADP"]
    evaluations = [c for c in cues_at(reading, subject, "StanceCue") if "speaker" in c.get("holderSlot")]
    for cue in (*adpositions, *evaluations):
        found = _from_cue(reading, topic, walk, token, cue, statements)
        if found is not None:
            return found
    return None


def _demanded(reading: Reading, position: Position, head: Token) -> Position:
    """Ungarn auffordern, den Beitritt nicht zu blockieren: the stance is that of the one who demands."""
    governor = head.head
    if head.dep_ not in ("xcomp", "ccomp", "acl") or governor.i == head.i or not is_infinitive(head):
        return position
    cue = next((c for c in cues_at(reading, governor, "StanceCue") if fills(governor, c, "targetSlot", head)), None)
    holder = holder_of(reading, governor, cue) if cue is not None else None
    if cue is None or holder is None or cue.first("polarity") not in OPPOSITE:
        return position
    mood = mood_of(reading, governor) if is_clause(governor) else Mood()
    outer, modality = polarity_of(cue, negated=mood.negated)
    polarity = OPPOSITE.get(position.polarity, position.polarity) if outer == "oppose" else position.polarity
    return replace(
        position, holder=holder.key, polarity=polarity, modality=modality or position.modality,
        rule=f"{position.rule}+{cue.id}",
    )  # fmt: skip


def _begin(reading: Reading, topic: TopicMention) -> Walk:
    token = topic.token
    direction = topic.direction
    for child in token.children:
        if child.dep_ in ("amod", "advmod", "nmod"):
            for cue in cues_at(reading, child, "DirectionCue"):
                if cue.first("pos") == "ADJ" and cue.first("direction") == "down":
                    direction = -direction
                    break
    negated = token.pos_ != "VERB" and negation_of(token) is not None
    return Walk(node=token, direction=direction, negated=negated)


def _pass_clause(reading: Reading, walk: Walk) -> Walk:
    """Take in negation and modality when the walk stands on the predicate of a clause."""
    node = walk.node
    if not is_clause(node):
        return walk
    mood = mood_of(reading, node, via=walk.via)
    return replace(
        walk,
        negated=walk.negated != mood.negated,
        modality=weaker(walk.modality, mood.modality),
        deontic=walk.deontic or mood.deontic,
        volition=walk.volition if walk.volition is not None else node if mood.volition else None,
        future=walk.future or mood.future,
        clause=walk.clause if walk.clause is not None else node,
    )


def _direct(reading: Reading, walk: Walk, head: Token) -> Walk:
    """Turn the direction at a word of less; remember the verb that changes the thing."""
    for cue in cues_at(reading, head, "DirectionCue"):
        if fills(head, cue, "targetSlot", walk.node):
            sign = -1 if cue.first("direction") == "down" else 1
            acted = head if head.pos_ == "VERB" and walk.acted is None else walk.acted
            return replace(walk, direction=walk.direction * sign, acted=acted)
    if head.pos_ == "NOUN" and case_of(walk.node) == "gegen":
        return replace(walk, direction=-walk.direction)
    return walk


def _from_cue(
    reading: Reading, topic: TopicMention, walk: Walk, head: Token, cue: Cue, statements: Sequence[Statement]
) -> Position | None:
    via = walk.node if walk.node.i != head.i else None
    mood = mood_of(reading, head, via=via) if is_clause(head) else Mood(negated=negation_of(head) is not None)
    if mood.negated and not cue.get("negated") and _demands(reading, cue):
        return None  # who has not demanded a thing need not be against it
    polarity, modality = polarity_of(cue, negated=mood.negated)
    if polarity == "neutral":
        judged = _judgement(reading, head, topic.token)
        if judged is None:
            return None
        polarity = judged
    if (walk.direction < 0) != walk.negated:
        polarity = OPPOSITE.get(polarity, polarity)
    statement = speaker_at(statements, head.idx)
    evaluated = "speaker" in cue.get("holderSlot")
    holder = holder_of(reading, head, cue)
    if holder is None and evaluated and statement is not None:
        holder = reading.mentions[statement.speaker] if statement.speaker else None
    if holder is None:
        return None
    modality = modality or weaker(mood.modality, chain_modality(reading, head))
    strength = float(cue.first("strength", "0.8"))
    clause = head if is_clause(head) else walk.clause
    return _make(
        reading, topic, holder, polarity, modality, statement, clause=clause,
        evidence=_evidence(reading, topic.token, head),
        rule=f"{topic.rule}+{cue.id}", strength=strength, confidence=0.65 if topic.weak else 0.9,
    )  # fmt: skip


def _demands(reading: Reading, cue: Cue) -> bool:
    speech = reading.knowledge.find_cues("SpeechCue", cue.first("lemma"))
    return any(entry.flag("demands") for entry in speech)


def _judgement(reading: Reading, head: Token, topic: Token) -> str | None:
    """The polarity of what somebody holds something for: als Bedrohung betrachten, für falsch halten."""
    inside = range(*subtree_span(topic))
    for child in head.children:
        if child.i in inside or child.dep_ in ("nsubj", "punct", "advcl", "parataxis"):
            continue
        for token in (child, *child.children):
            for cue in cues_at(reading, token, "StanceCue"):
                if cue.first("pos") in ("ADJ", "NOUN") and cue.first("polarity") in OPPOSITE:
                    return polarity_of(cue, negated=negation_of(token) is not None)[0]
    return None


def _from_clause(reading: Reading, topic: TopicMention, walk: Walk, statements: Sequence[Statement]) -> Position | None:
    """Without a word of stance: wollen is the subject's wish, müssen the speaker's demand, könnte a possibility."""
    clause = walk.clause
    if clause is None:
        return None
    polarity = "support" if (walk.direction > 0) != walk.negated else "oppose"
    statement = speaker_at(statements, topic.token.idx)
    evidence = _evidence(reading, topic.token, clause)
    if walk.volition is not None:
        subject = subject_of(walk.volition)
        holder = reading.refer(subject) if subject is not None else None
        return None if holder is None else _make(
            reading, topic, holder, polarity, walk.modality, statement, clause=clause, evidence=evidence,
            rule=f"{topic.rule}+volition", confidence=0.75,
        )  # fmt: skip
    changes = walk.acted is not None or topic.token.pos_ == "VERB"
    if walk.deontic and changes and walk.modality == "asserted" and statement is not None and statement.speaker:
        holder = reading.mentions[statement.speaker]
        return _make(
            reading, topic, holder, polarity, walk.modality, statement, clause=clause, evidence=evidence,
            rule=f"{topic.rule}+deontic", confidence=0.7,
        )  # fmt: skip
    acting = walk.acted if walk.acted is not None else topic.token if topic.token.pos_ == "VERB" else None
    if acting is not None and (walk.modality != "asserted" or walk.future):
        subject = subject_of(acting)
        holder = reading.refer(subject) if subject is not None else None
        if holder is not None:
            return _make(
                reading, topic, holder, polarity, walk.modality, statement, clause=clause, evidence=evidence,
                rule=f"{topic.rule}+action", confidence=0.6,
            )  # fmt: skip
    return None


def _make(
    reading: Reading, topic: TopicMention, holder: Mention, polarity: str, modality: str,
    statement: Statement | None, *, clause: Token | None, evidence: Span, rule: str, strength: float = 0.8,
    confidence: float,
) -> Position | None:  # fmt: skip
    speaker = reading.mentions[statement.speaker] if statement and statement.speaker else None
    if holder.kind == "pronoun" and holder.text.lower().startswith(tuple(FIRST_PERSON)) and speaker is not None:
        holder = speaker
    if holder.type and holder.type not in ACTORS and holder.kind != "metonym":
        return None
    condition = condition_of(clause) if clause is not None else None
    if condition is not None and condition[1] and polarity == "support":
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
        statement=statement.id if statement else None,
        condition=reading.span(*subtree_span(condition[0])) if condition else None,
        strength=strength,
        confidence=confidence,
        date=reading.article.date,
        rule=rule,
    )


def _evidence(reading: Reading, topic: Token, head: Token) -> Span:
    """From the word of stance to the topic, with the words between."""
    low, high = min(topic.i, head.i), max(topic.i, head.i) + 1
    return reading.span(low, high)
