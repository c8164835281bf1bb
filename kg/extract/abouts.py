"""Whom or what an issue is about where its phrase does not say it again: the article as context."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.reading import Reading
from kg.extract.topics import TopicMention, related_issues
from kg.model import Position

FOCUS = frozenset(("State", "Place"))
OFTEN = 3  # mentions that make a state the main one of an article, if the next has two thirds of them at most
NO_CONTEXT = frozenset(("treaty", "weapon-system"))  # about what they name, or about nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What issues are about in an article."""

    by_issue: Mapping[str, tuple[tuple[int, str], ...]]  # issue -> (token, mention key) in text order
    focus: str | None  # key of a mention of what most issues of the article are about
    states: Mapping[str, tuple[int, str]]  # state -> its first mention: place in the order found, key
    main: str | None  # key of the first mention of the state that the article names far more often than others


def read_context(reading: Reading, topics: Sequence[TopicMention]) -> Context:
    """What the issues of the article are about, where it says so."""
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
    states: dict[str, tuple[int, str]] = {}
    for n, mention in enumerate(reading.mentions.values()):
        if mention.type == "State" and mention.candidates:
            states.setdefault(mention.candidates[0], (n, mention.key))
    by_issue = {k: tuple(v) for k, v in found.items()}
    focus = keys[top] if count > 1 else None
    return Context(by_issue=by_issue, focus=focus, states=states, main=_main_state(reading, states))


def _main_state(reading: Reading, states: Mapping[str, tuple[int, str]]) -> str | None:
    named = (m.candidates[0] for m in reading.mentions.values() if m.type == "State" and m.candidates)
    [(top, count), (_, second)] = [*Counter(named).most_common(2), ("", 0), ("", 0)][:2]
    return states[top][1] if count >= OFTEN and count * 2 >= second * 3 else None


def with_about(
    reading: Reading, position: Position, topic: TopicMention, context: Context, *, asks: bool, own: bool
) -> Position:
    """An issue named without what it is about: who asks it for himself, the focus, what it was about before."""
    if position.about or topic.issue in NO_CONTEXT:
        return position
    about = next(_candidates(reading, position, topic, context, asks=asks, own=own), None)
    return position if about is None else replace(position, about=about, confidence=round(position.confidence * 0.8, 3))


def _candidates(
    reading: Reading, position: Position, topic: TopicMention, context: Context, *, asks: bool, own: bool
) -> Iterator[str]:
    """Keys of mentions, best first."""
    default = _default(reading, topic.issue)
    mine = _own_state(reading, position.holder, context)
    if mine is not None and default == "holder" and own:
        yield mine
    if default == "own":  # whom else they mention has nothing to do with it
        yield from filter(None, (mine, context.main))
        return
    foreign = context.focus is not None and (mine is None or _name(reading, mine) != _name(reading, context.focus))
    if default == "focus" and not topic.weak and context.focus is not None and foreign:
        yield context.focus
    same = [(i, key) for i, key in context.by_issue.get(topic.issue, ()) if reading.mentions[key].type in FOCUS]
    if not same:  # issues of one conflict are about the same place
        alike = (context.by_issue.get(issue, ()) for issue in related_issues(reading, topic.issue))
        same = sorted((i, key) for found in alike for i, key in found if reading.mentions[key].type in FOCUS)
    before = [key for i, key in same if i < topic.token.i]
    if before:
        yield _most_common(reading, before)
    elif same:
        headline = _mostly(reading, [key for _, key in same])  # it stands before its text
        if headline is not None:
            yield headline
    if mine is not None and asks and default == "asker" and reading.mentions[position.holder].type != "Person":
        yield mine
    beside = _only_one_beside(reading, position, topic, mine, context)
    if beside is not None:
        yield beside
    if context.main is not None and (mine is None or _name(reading, mine) != _name(reading, context.main)):
        yield context.main


def _only_one_beside(
    reading: Reading, position: Position, topic: TopicMention, mine: str | None, context: Context
) -> str | None:
    """The state in the sentence of the issue, if there is one alone that is not the holder's nor of another issue."""
    sent = topic.token.sent
    around = (pair for found in context.by_issue.values() for pair in found if sent.start <= pair[0] < sent.end)
    others = (key for i, key in around if i != topic.token.i)
    own = {_name(reading, key) for key in (position.holder, mine, *others) if key is not None}
    named = (mention for token in topic.token.sent for mention in reading.covering(token))
    states = [mention.key for mention in named if mention.type == "State" and mention.kind != "pronoun"]
    foreign = {_name(reading, key): key for key in states if _name(reading, key) not in own}
    return next(iter(foreign.values())) if len(foreign) == 1 else None


def _default(reading: Reading, issue: str) -> str:
    return next(iter(reading.knowledge.issues.get(issue, {}).get("aboutDefault", ())), "")


def _own_state(reading: Reading, holder: str, context: Context) -> str | None:
    """A mention of the holder's state: itself, or that in which the person holds an office."""
    mention = reading.mentions[holder]
    if mention.type == "State":
        return holder
    ids = {mention.acts_for} if mention.acts_for else set()
    for candidate in mention.candidates[:1]:
        known = reading.knowledge.entities.get(candidate)
        ids |= set(known.get("actsFor")) if known is not None else set()
        ids |= {term.organisation for term in reading.knowledge.offices_of(candidate, reading.article.date)}
    return min((context.states[i] for i in ids if i in context.states), default=(0, None))[1]


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
    counts = Counter(names)
    top = max(range(len(keys)), key=lambda i: (counts[names[i]], i))
    return keys[top]
