"""Statements inside of others: which one stands around a place, and which of two that say the same is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from kg.model import Mention, Span, Statement
from kg.spans import SpanIndex

ANAPHOR = "source-anaphor"  # rule of a source that is an adverb: demnach


AGENTLESS = "demand-without-agent"  # rule of a passive: Kiew wurde aufgefordert, ...
NEAR = 300  # characters


class Around:
    """Finds the statements whose content covers an offset."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._index = SpanIndex((span, statement) for statement in statements for span in statement.content)

    def all_at(self, offset: int) -> Iterator[Statement]:
        """Statements around an offset, shorter ones first."""
        return (statement for _, statement in self._index.at(offset))

    def at(self, offset: int) -> Statement | None:
        """The innermost statement around an offset."""
        return next(self.all_at(offset), None)

    def touches(self, start: int, end: int) -> bool:
        """Whether a statement has one of the characters start..end (exclusive)."""
        return self._index.touches(start, end)

    def covering(self, span: Span) -> Iterator[Statement]:
        """Statements of which one content span covers a span and is longer."""
        for statement in self.all_at(span.start):
            if any(c.covers(span) and c != span for c in statement.content):
                yield statement


class Statements(tuple[Statement, ...]):
    """The statements of an article, indexed by what is said with a known speaker when first asked for."""

    @cached_property
    def _spoken(self) -> SpanIndex[tuple[int, Statement]]:
        return SpanIndex((span, (n, s)) for n, s in enumerate(self) if s.speaker for span in s.content)

    def spoken_at(self, offset: int) -> Iterator[tuple[int, Statement]]:
        """Those with a speaker around an offset, each with its place in the order."""
        return (found for _, found in self._spoken.at(offset))


def in_order(found: Iterable[Statement]) -> list[Statement]:
    """In text order, what stands around before what stands inside."""
    return sorted(found, key=lambda s: (s.content[0].start, -s.content[-1].end, s.form))


def distinct(found: Iterable[Statement]) -> list[Statement]:
    """One statement for the same words: the one whose speaker is known."""
    kept: dict[tuple[int, int], Statement] = {}
    for statement in found:
        key = (statement.content[0].start, statement.content[-1].end)
        if key not in kept or (kept[key].speaker is None and statement.speaker is not None):
            kept[key] = statement
    return list(kept.values())


def within_quotes(found: Sequence[Statement]) -> list[Statement]:
    """What is said inside of quotation marks ends with them ("Er glaubt, dass er siegt", sagte X)."""
    quoted = [span for statement in found if statement.form == "direct" for span in statement.content]
    around = SpanIndex((span, span) for span in quoted)
    return [statement if statement.form == "direct" else _cut(statement, around) for statement in found]


def _cut(statement: Statement, around: SpanIndex[Span]) -> Statement:
    content = []
    for span in statement.content:
        ends = [outer.end - 1 for _, outer in around.at(span.start) if outer.start < span.start < outer.end - 1]
        content.append(Span(start=span.start, end=min([span.end, *ends])))
    return replace(statement, content=tuple(content))


def nest(found: Sequence[Statement]) -> "Statements":
    """Each statement tied to the smallest one around it."""
    around = Around(found)
    result = []
    for statement in found:
        outer = [s for s in around.covering(statement.content[0]) if s is not statement]
        nearest = min(outer, key=_length, default=None)
        result.append(replace(statement, nested_in=nearest.id if nearest else None))
    return Statements(result)


def link_anaphors(found: Sequence[Statement]) -> list[Statement]:
    """Demnach: what comes before it says so too; who is asked by nobody named is asked by who spoke just before."""
    linked: list[Statement] = []
    for statement in found:
        before = _before(linked, statement) if statement.rule in (ANAPHOR, AGENTLESS) else None
        near = before is not None and statement.content[0].start - before.content[-1].end < NEAR
        if before is not None and (near or statement.rule == ANAPHOR):
            linked.append(replace(statement, speaker=before.speaker))
        else:
            linked.append(statement)
    return linked


def _before(linked: Sequence[Statement], statement: Statement) -> Statement | None:
    start = statement.content[0].start
    return next((s for s in reversed(linked) if s.content[-1].end <= start), None)


def said_anew(found: Sequence[Statement], mentions: Mapping[str, Mention]) -> list[Statement]:
    """Without indirect speech inside of other statements by the same speaker or nobody (ich glaube, dass ...)."""
    around = Around(found)
    return [s for s in found if s.form != "indirect" or _is_anothers(s, around, mentions)]


def _is_anothers(statement: Statement, around: Around, mentions: Mapping[str, Mention]) -> bool:
    outer = next((s for s in around.covering(statement.content[0]) if s is not statement), None)
    if outer is None:
        return True
    mention = mentions.get(statement.speaker or "")
    return mention is not None and mention.kind != "pronoun" and statement.speaker != outer.speaker


def _length(statement: Statement) -> int:
    return sum(c.end - c.start for c in statement.content)


def speaker_at(statements: Sequence[Statement], offset: int) -> Statement | None:
    """The innermost statement with a speaker whose content covers an offset."""
    known = statements if isinstance(statements, Statements) else Statements(statements)
    _, found = min(known.spoken_at(offset), key=lambda x: (_length(x[1]), x[0]), default=(0, None))
    return found
