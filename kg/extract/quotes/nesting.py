"""Statements inside of others: which one stands around a place, and which of two that say the same is kept."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Mention, Span, Statement

ANAPHOR = "source-anaphor"  # rule of a source that is an adverb: demnach


AGENTLESS = "demand-without-agent"  # rule of a passive: Kiew wurde aufgefordert, ...
NEAR = 300  # characters


class Around:
    """Finds the statements whose content covers an offset.

    Spans are kept by size class, so that one long statement does not make every search walk over all that lie in it.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        classes: dict[int, list[tuple[Span, Statement]]] = defaultdict(list)
        for statement in statements:
            for span in statement.content:
                classes[(span.end - span.start).bit_length()].append((span, statement))
        self._classes = [sorted(spans, key=lambda x: (x[0].start, -x[0].end)) for _, spans in sorted(classes.items())]
        self._starts = [[span.start for span, _ in spans] for spans in self._classes]
        self._longest = [max(span.end - span.start for span, _ in spans) for spans in self._classes]

    def all_at(self, offset: int) -> Iterator[Statement]:
        """Statements around an offset, shorter ones first."""
        for spans, starts, longest in zip(self._classes, self._starts, self._longest, strict=True):
            n = bisect_right(starts, offset) - 1
            while n >= 0 and starts[n] + longest > offset:
                span, statement = spans[n]
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
    around = [s for s in statements if s.speaker and any(c.start <= offset < c.end for c in s.content)]
    return min(around, key=_length, default=None)
