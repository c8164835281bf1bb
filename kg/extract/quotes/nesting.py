"""Statements inside of others: which one stands around a place, and which of two that say the same is kept."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Mention, Span, Statement

ANAPHOR = "source-anaphor"  # rule of a source that is an adverb: demnach


class Around:
    """Finds the last statement whose content covers an offset. Contents of sentences are short, so few overlap."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        spans = [(c, s) for s in statements for c in s.content]
        self._spans = sorted(spans, key=lambda x: (x[0].start, -x[0].end))
        self._starts = [span.start for span, _ in self._spans]
        self._longest = max((span.end - span.start for span, _ in self._spans), default=0)

    def all_at(self, offset: int) -> Iterator[Statement]:
        """Statements around an offset, innermost first."""
        n = bisect_right(self._starts, offset) - 1
        while n >= 0 and self._starts[n] + self._longest > offset:
            span, statement = self._spans[n]
            if offset < span.end:
                yield statement
            n -= 1

    def at(self, offset: int) -> Statement | None:
        """The innermost statement around an offset."""
        return next(self.all_at(offset), None)

    def covering(self, span: Span) -> Iterator[Statement]:
        """Statements of which one content span covers a span and is longer."""
        for statement in self.all_at(span.start):
            if any(c.covers(span) and c != span for c in statement.content):
                yield statement


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


def nest(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """Each statement tied to the smallest one around it."""
    around = Around(found)
    result = []
    for statement in found:
        outer = [s for s in around.covering(statement.content[0]) if s is not statement]
        nearest = min(outer, key=_length, default=None)
        result.append(replace(statement, nested_in=nearest.id if nearest else None))
    return tuple(result)


def link_anaphors(found: Sequence[Statement]) -> list[Statement]:
    """Demnach: what comes before it says so too."""
    linked: list[Statement] = []
    for statement in found:
        before = linked[-1] if linked else None
        anaphor = statement.rule == ANAPHOR and before is not None
        linked.append(replace(statement, speaker=before.speaker) if anaphor and before is not None else statement)
    return linked


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
    around = [s for s in statements if s.speaker and any(c.start <= offset < c.end for c in s.content)]
    return min(around, key=_length, default=None)
