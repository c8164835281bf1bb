"""Positions that the network reads, where no rule has words for them.

The network says which words carry a position, on which issue and with which polarity, and points to who holds it; the
tree, the statements and the mentions of the article say who that is. Rules come first: what they have read of an
issue in a sentence is not read again. The limits below were set on articles that the network had not seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.abouts import Context, with_about
from kg.extract.grammar import clause_head, subject_of
from kg.extract.holders import as_actor, can_hold
from kg.extract.modality import in_condition, mood_of, weaker
from kg.extract.parse import Token
from kg.extract.quotes import speaker_at
from kg.extract.reading import Reading
from kg.extract.speeches import is_first_person
from kg.extract.topics import ABOUT_TYPES, OBJECT_ISSUES, TopicMention
from kg.model import Mention, Position, Statement
from kg.nlp.sessions import Array
from kg.nlp.stances import StanceScores, stances_of

RULE = "network"
TAKEN = ("support", "oppose", "conditional", "ambivalent")
LIKELY = 0.4  # probability above which a word is one of those that carry a position
PLAIN = 0.5  # that one of them must reach
SURE_POLARITY = 0.55
SURE_ISSUE, SURE_HERE = 0.5, 0.4  # probability that the issue must reach; where the sentence has a word for it
HERE, NAMED = 4.0, 1.5  # how much more likely is an issue that the sentence, the article names
FEWEST = 2  # words
ABOUT = ABOUT_TYPES - {"Person", "Alliance", "InternationalOrganisation"}  # what the network may point to


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """The words of a sentence, in one statement or outside of any, that carry a position of one polarity."""

    rows: NDArray[np.int64]  # of the scores
    row: int  # that of the word that carries it most clearly
    top: Token  # this word
    statement: Statement | None
    polarity: str
    certainty: float  # probability of the polarity


def learned_positions(
    reading: Reading, topics: Sequence[TopicMention], statements: Sequence[Statement], context: Context,
    known: Iterable[Position],
) -> Iterator[Position]:  # fmt: skip
    """A position where the network is sure of it, its issue plain, and its holder known; `known` are those of rules."""
    scores = stances_of(reading.doc.source)
    if scores is None:
        return
    read = {(_sentence(reading, p.evidence.start), p.issue) for p in known}
    named = {topic.issue for topic in topics if not topic.weak}
    for carrier in find_carriers(reading, scores, statements):
        topic = _topic(carrier, scores, [t for t in topics if _same(t.token, carrier.top)], named)
        if topic is None or (_sentence(reading, carrier.top.idx), topic.issue) in read:
            continue
        position = _position(reading, scores, carrier, topic, context)
        if position is not None:
            yield position


def _sentence(reading: Reading, offset: int) -> int:
    """The first token of the sentence at an offset."""
    span = reading.doc.char_span(offset, offset + 1, expand=True)
    return span.root.sent.start if span is not None else -1


def _same(token: Token, other: Token) -> bool:
    return token.sent.start == other.sent.start


def find_carriers(reading: Reading, scores: StanceScores, statements: Sequence[Statement]) -> Iterator[Carrier]:
    """Groups of words that carry a position together: those of a sentence, in one statement or in none.

    Of opposite polarities in a group each counts only where it has a clause of its own.
    """
    groups: dict[tuple[int, str | None], list[int]] = {}
    said: dict[str, Statement] = {}
    for row in np.flatnonzero(scores.carries > LIKELY).tolist():
        token = reading.doc[int(scores.token[row])]
        if token.i not in reading.prose:
            continue
        statement = speaker_at(statements, token.idx)
        if statement is not None:
            said[statement.id] = statement
        groups.setdefault((token.sent.start, statement.id if statement is not None else None), []).append(row)
    for (_, name), members in groups.items():
        for rows in _by_clause(reading, scores, members):
            found = _carrier(reading, scores, rows, said[name] if name is not None else None)
            if found is not None:
                yield found


def _by_clause(reading: Reading, scores: StanceScores, rows: Sequence[int]) -> Iterator[NDArray[np.int64]]:
    """The words clause by clause where the clauses differ in polarity, else all together."""
    clauses: dict[int, list[int]] = {}
    for row in rows:
        clauses.setdefault(clause_head(reading.doc[int(scores.token[row])]).i, []).append(row)
    parts = [np.array(part) for part in clauses.values() if len(part) >= FEWEST]
    if len({_weighed(scores, part, scores.polarity).argmax() for part in parts}) > 1:
        yield from parts
    elif len(rows) >= FEWEST:
        yield np.array(rows)


def _carrier(
    reading: Reading, scores: StanceScores, rows: NDArray[np.int64], statement: Statement | None
) -> Carrier | None:
    top = int(rows[scores.carries[rows].argmax()])
    if scores.carries[top] < PLAIN:
        return None
    polarity = _weighed(scores, rows, scores.polarity)
    best = int(polarity.argmax())
    return Carrier(
        rows=rows, row=top, top=reading.doc[int(scores.token[top])], statement=statement,
        polarity=scores.labels["polarity"][best], certainty=float(polarity[best]),
    )  # fmt: skip


def _weighed(scores: StanceScores, rows: NDArray[np.int64], likely: Array) -> Array:
    """Probabilities over several words, each as far as it carries a position."""
    weights = scores.carries[rows]
    found: Array = (likely[rows] * weights[:, None]).sum(0) / weights.sum()
    return found


def _topic(
    carrier: Carrier, scores: StanceScores, here: Sequence[TopicMention], named: set[str]
) -> TopicMention | None:
    """The issue: what the network holds likely, weighed with what the sentence and the article name."""
    if carrier.polarity not in TAKEN or carrier.certainty < SURE_POLARITY:
        return None
    plain = {topic.issue: topic for topic in here}
    likely = _weighed(scores, carrier.rows, scores.issues)
    weighed = {
        issue: float(share) * (HERE if issue in plain else NAMED if issue in named else 1.0)
        for issue, share in zip(scores.labels["issues"], likely, strict=True)
    }
    best = max(sorted(weighed), key=lambda issue: weighed[issue])
    if float(likely[scores.labels["issues"].index(best)]) < (SURE_HERE if best in plain else SURE_ISSUE):
        return None
    if best in plain:
        return plain[best]
    return TopicMention(token=carrier.top, issue=best, about=None, direction=1, weak=False, rule=RULE)


def _position(
    reading: Reading, scores: StanceScores, carrier: Carrier, topic: TopicMention, context: Context
) -> Position | None:
    statement = carrier.statement
    speaker = reading.mentions[statement.speaker] if statement and statement.speaker else None
    top, tokens = carrier.row, scores.token[carrier.rows]
    holder = _holder(reading, carrier, int(scores.holder[top]), speaker)
    about = _about(reading, int(scores.about[top]), topic)
    if in_condition(clause_head(carrier.top)) or holder is None or (topic.issue in OBJECT_ISSUES and about is None):
        return None
    reading.mentions.setdefault(holder.key, holder)
    evidence = reading.span(int(tokens.min()), int(tokens.max()) + 1)
    modality = _modality(reading, carrier.top, scores.labels["modality"][int(scores.modality[top].argmax())])
    position = Position(
        id=f"p-{evidence.start}-{evidence.end}-{topic.issue}-{RULE}",
        holder=holder.key,
        issue=topic.issue,
        about=about.key if about is not None and about.key != holder.key else None,
        polarity=carrier.polarity,
        modality=modality,
        evidence=evidence,
        statement=statement.id or None if statement else None,
        strength=0.8,
        confidence=round(float(scores.carries[top]) * carrier.certainty, 3),
        date=reading.article.date,
        rule=RULE,
    )
    return with_about(reading, position, topic, context, asks=False, own=False)


def _modality(reading: Reading, token: Token, said: str) -> str:
    """What the network says, or what the clauses around say, whichever claims less."""
    clause = clause_head(token)
    while said != "denied":
        said = weaker(said, mood_of(reading, clause).modality)
        if clause.head.i == clause.i:
            break
        clause = clause_head(clause.head)
    return said


def _holder(reading: Reading, carrier: Carrier, pointed: int, speaker: Mention | None) -> Mention | None:
    """Who holds it, where tree and network agree on that: who speaks, or the subject of the clause.

    Whose view a speaker reports is left to rules: of six that the network read so, two were right.
    """
    token = reading.doc[pointed] if pointed >= 0 else None
    named = _actor(reading, token) if token is not None else None
    if speaker is not None:
        if carrier.statement is not None and carrier.statement.nested_in:
            return None
        return speaker if named is None or is_first_person(named) or _agree(named, speaker) else None
    if named is not None and named.kind == "pronoun" and token is not None and _same(token, carrier.top):
        return named  # its form says that it is the subject, where the tree may take another word for it
    subject = _subject_above(carrier.top)
    own = _actor(reading, subject) if subject is not None else None
    if own is None:
        return named if token is not None and _same(token, carrier.top) else None
    return own if named is None or _agree(named, own) else None


def _subject_above(token: Token) -> Token | None:
    """The subject of the clause, else of the nearest one above that has one."""
    clause = clause_head(token)
    subject = subject_of(clause)
    while subject is None and clause.head.i != clause.i:
        clause = clause_head(clause.head)
        subject = subject_of(clause)
    return subject


def _agree(mention: Mention, other: Mention) -> bool:
    """Whether two mentions may be of one actor."""
    if mention.key == other.key or "pronoun" in (mention.kind, other.kind):
        return True
    return bool({*mention.candidates} & {*other.candidates}) or mention.label == other.label


def _actor(reading: Reading, token: Token) -> Mention | None:
    """The mention of an actor at a word or beside it."""
    mention = reading.refer(token) or next(iter(reading.covering(token)), None)
    if mention is None:
        return None
    acting = as_actor(reading, mention)
    return acting if can_hold(acting) else None


def _about(reading: Reading, pointed: int, topic: TopicMention) -> Mention | None:
    """What the network points to, where it is of a kind that the issue can be about, else what the topic says."""
    named = reading.mentions[topic.about] if topic.about else None
    if pointed < 0 or named is not None:
        return named
    token = reading.doc[pointed]
    types = OBJECT_ISSUES.get(topic.issue, ABOUT)
    found = (reading.refer(token), *reading.covering(token))
    return next((m for m in found if m is not None and m.type in types), named)
