"""Positions that the network reads, where no rule has words for them.

The network says which words carry a stance on which issue, and points to who holds it and what it is about; the
article's mentions and statements say who that is.
"""

import os
from collections.abc import Iterator, Sequence

from kg.extract.abouts import Context, with_about
from kg.extract.holders import as_actor, can_hold
from kg.extract.parse import Token
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.speeches import is_first_person
from kg.extract.topics import ABOUT_TYPES, OBJECT_ISSUES, TopicMention
from kg.model import Mention, Position, Statement
from kg.nlp.stances import StanceSpan, stances_of

RULE = "network"
LEAST = float(os.environ.get("L_LEAST", "0.6"))  # probability below which a stance is not believed
HERE, NAMED = (
    float(os.environ.get("L_HERE", "4")),
    float(os.environ.get("L_NAMED", "1.5")),
)  # how much more likely an issue is that the sentence, the article names
FAINT = 0.02  # probability of an issue that the network does not mention
ENOUGH = float(os.environ.get("L_ENOUGH", "0.5"))  # weighed probability below which the issue is not plain


def learned_positions(
    reading: Reading, topics: Sequence[TopicMention], statements: Sequence[Statement], context: Context
) -> Iterator[Position]:
    """A position for each stance that the network is sure of, whose issue is plain and whose holder is known."""
    for stance in stances_of(reading.doc.source):
        if stance.confidence < LEAST or stance.polarity == "neutral" or stance.token not in reading.prose:
            continue
        topic = _topic(reading, stance, topics)
        if topic is not None:
            position = _position(reading, stance, topic, statements, context)
            if position is not None:
                yield position


def _topic(reading: Reading, stance: StanceSpan, topics: Sequence[TopicMention]) -> TopicMention | None:
    """The issue: what the network holds likely, weighed with what the sentence and the article name."""
    token = reading.doc[stance.token]
    sentence = range(token.sent.start, token.sent.end)
    here = {t.issue: t for t in topics if t.token.i in sentence}
    named = {t.issue for t in topics if not t.weak}
    scores = {
        issue: stance.issues.get(issue, FAINT) * (HERE if issue in here else NAMED if issue in named else 1.0)
        for issue in {*stance.issues, *here}
    }
    best = max(sorted(scores), key=lambda issue: scores[issue], default=None)
    if best is None or scores[best] < ENOUGH:
        return None
    if best in here:
        return here[best]
    return TopicMention(token=token, issue=best, about=None, direction=1, weak=False, rule=RULE)


def _position(
    reading: Reading, stance: StanceSpan, topic: TopicMention, statements: Sequence[Statement], context: Context
) -> Position | None:
    token = reading.doc[stance.token]
    statement = speaker_at(statements, token.idx)
    speaker = reading.mentions[statement.speaker] if statement and statement.speaker else None
    holder = _holder(reading, stance, speaker)
    about = _about(reading, stance, topic)
    if holder is None or (topic.issue in OBJECT_ISSUES and about is None):
        return None
    reading.mentions.setdefault(holder.key, holder)
    evidence = reading.span(stance.start, stance.end + 1)
    position = Position(
        id=f"p-{evidence.start}-{evidence.end}-{topic.issue}-{RULE}",
        holder=holder.key,
        issue=topic.issue,
        about=about.key if about is not None and about.key != holder.key else None,
        polarity=stance.polarity,
        modality=stance.modality,
        evidence=evidence,
        according_to=speaker.key if speaker is not None and speaker.key != holder.key else None,
        statement=statement.id or None if statement else None,
        strength=0.8,
        confidence=round(stance.confidence * 0.8, 3),
        date=reading.article.date,
        rule=RULE,
    )
    return with_about(reading, position, topic, context, asks=False, own=False)


def _holder(reading: Reading, stance: StanceSpan, speaker: Mention | None) -> Mention | None:
    """Whom the network points to, else who speaks."""
    named = _actor(reading, reading.doc[stance.holder]) if stance.holder >= 0 else None
    if named is not None and is_first_person(named) and speaker is not None:
        return speaker
    return named or speaker


def _actor(reading: Reading, token: Token) -> Mention | None:
    """The mention of an actor at a word or beside it."""
    mention = reading.refer(token) or next(iter(reading.covering(token)), None)
    if mention is None:
        return None
    acting = as_actor(reading, mention)
    return acting if can_hold(acting) else None


def _about(reading: Reading, stance: StanceSpan, topic: TopicMention) -> Mention | None:
    """What the network points to, where it is of a kind that the issue can be about, else what the topic says."""
    named = reading.mentions[topic.about] if topic.about else None
    if stance.about < 0:
        return named
    token = reading.doc[stance.about]
    types = OBJECT_ISSUES.get(topic.issue, ABOUT_TYPES)
    found = (reading.refer(token), *reading.covering(token))
    return next((m for m in found if m is not None and (m.type in types or not m.type)), named)
