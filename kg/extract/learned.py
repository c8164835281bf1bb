"""Positions that the network reads, where no rule has words for them.

The network says which words carry a stance, how likely on which issue, and points to who holds it and what it is
about; the article's mentions, topics and statements say who and what that is. Its positions carry the rule
`network` and a confidence of their own; where rules have read a position on the issue in a sentence, it is not
asked.
"""

from collections.abc import Iterator, Mapping, Sequence

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
LEAST, CERTAIN = 0.6, 0.7  # probabilities of a stance and of its polarity below which they are not believed
HERE, NAMED = 4.0, 1.5  # how many times likelier an issue is that the sentence names, that the article names
FAINT = 0.02  # probability of an issue that the network does not mention
ENOUGH = 0.5  # weighed probability below which the issue is not plain
SHARE = 0.8  # of the network's probability is the confidence


def learned_positions(
    reading: Reading, topics: Sequence[TopicMention], statements: Sequence[Statement], context: Context,
    found: Sequence[Position],
) -> Iterator[Position]:  # fmt: skip
    """A position for each stance that the network is sure of, whose issue is plain and whose holder is known.

    `found` are those that rules have read.
    """
    for stance in stances_of(reading.doc.source):
        if not _is_sure(stance) or stance.token not in reading.prose:
            continue
        topic = _topic(reading, stance, topics)
        if topic is None or _is_read(reading, stance, topic.issue, found):
            continue
        position = _position(reading, stance, topic, statements)
        if position is not None:
            yield with_about(reading, position, topic, context, asks=False, own=False)


def _is_sure(stance: StanceSpan) -> bool:
    return stance.confidence >= LEAST and stance.certainty >= CERTAIN and stance.polarity != "neutral"


def _is_read(reading: Reading, stance: StanceSpan, issue: str, found: Sequence[Position]) -> bool:
    """Whether rules have read a position on the issue in the sentence."""
    sentence = reading.doc[stance.token].sent
    low, high = sentence.start_char, sentence.end_char
    return any(p.issue == issue and low <= p.evidence.start < high for p in found)


def _topic(reading: Reading, stance: StanceSpan, topics: Sequence[TopicMention]) -> TopicMention | None:
    """The issue: what the network holds likely, weighed with what the sentence and the article name."""
    token = reading.doc[stance.token]
    here = {t.issue: t for t in topics if token.sent.start <= t.token.i < token.sent.end}
    named = {t.issue for t in topics if not t.weak}
    scores = _weigh(stance.issues, here, named)
    best = max(sorted(scores), key=lambda issue: scores[issue], default=None)
    if best is None or scores[best] < ENOUGH:
        return None
    return here.get(best) or TopicMention(
        token=token, issue=best, about=None, direction=1, weak=False, rule=RULE
    )  # fmt: skip


def _weigh(likely: Mapping[str, float], here: Mapping[str, TopicMention], named: set[str]) -> dict[str, float]:
    return {
        issue: likely.get(issue, FAINT) * (HERE if issue in here else NAMED if issue in named else 1.0)
        for issue in {*likely, *here}
    }


def _position(
    reading: Reading, stance: StanceSpan, topic: TopicMention, statements: Sequence[Statement]
) -> Position | None:
    statement = speaker_at(statements, reading.doc[stance.token].idx)
    speaker = reading.mentions[statement.speaker] if statement and statement.speaker else None
    holder, about = _holder(reading, stance, speaker), _about(reading, stance, topic)
    if holder is None or (topic.issue in OBJECT_ISSUES and about is None):
        return None
    reading.mentions.setdefault(holder.key, holder)
    evidence = reading.span(stance.start, stance.end + 1)
    return Position(
        id=f"p-{evidence.start}-{evidence.end}-{topic.issue}-{RULE}",
        holder=holder.key,
        issue=topic.issue,
        about=about.key if about is not None and about.key != holder.key else None,
        polarity=stance.polarity,
        modality=stance.modality,
        evidence=evidence,
        according_to=speaker.key if speaker is not None and speaker.key != holder.key else None,
        statement=statement.id or None if statement else None,
        confidence=round(stance.confidence * stance.certainty * SHARE, 3),
        date=reading.article.date,
        rule=RULE,
    )


def _holder(reading: Reading, stance: StanceSpan, speaker: Mention | None) -> Mention | None:
    """Whom the network points to, else who speaks."""
    named = _actor(reading, reading.doc[stance.holder]) if stance.holder >= 0 else None
    if named is not None and is_first_person(named) and speaker is not None:
        return speaker
    return named or speaker


def _actor(reading: Reading, token: Token) -> Mention | None:
    """The mention of an actor at a word or beside it."""
    mention = reading.refer(token) or next(iter(reading.covering(token)), None)
    acting = as_actor(reading, mention) if mention is not None else None
    return acting if acting is not None and can_hold(acting) else None


def _about(reading: Reading, stance: StanceSpan, topic: TopicMention) -> Mention | None:
    """What the topic says, else what the network points to, where it is of a kind that the issue can be about."""
    if topic.about:
        return reading.mentions[topic.about]
    if stance.about < 0:
        return None
    token = reading.doc[stance.about]
    found = (reading.refer(token), *reading.covering(token))
    return next((m for m in found if m is not None and _can_be_about(reading, topic.issue, m)), None)


def _can_be_about(reading: Reading, issue: str, mention: Mention) -> bool:
    if issue in OBJECT_ISSUES:
        return mention.type in OBJECT_ISSUES[issue]
    persons = "true" in reading.knowledge.issues.get(issue, {}).get("aboutPerson", ())
    return mention.type in ABOUT_TYPES and (persons or mention.type != "Person")
