"""Spans that can be asked what lies around a place, without a walk over all of them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from kg.model import Span

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """Things by the spans they stand in.

    Spans are kept by size class, so that one long span does not make every search walk over all that lie in it.
    """

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        classes: dict[int, list[tuple[Span, T]]] = defaultdict(list)
        for span, item in items:
            classes[(span.end - span.start).bit_length()].append((span, item))
        self._all = sorted((span.start, span.end) for spans in classes.values() for span, _ in spans)
        self._ends = list(accumulate((end for _, end in self._all), max))
        self._classes = [sorted(spans, key=lambda x: (x[0].start, -x[0].end)) for _, spans in sorted(classes.items())]
        self._starts = [[span.start for span, _ in spans] for spans in self._classes]
        self._longest = [max(span.end - span.start for span, _ in spans) for spans in self._classes]

    def at(self, offset: int) -> Iterator[tuple[Span, T]]:
        """Spans around an offset with their things, those of a smaller size class first."""
        for spans, starts, longest in zip(self._classes, self._starts, self._longest, strict=True):
            n = bisect_right(starts, offset) - 1
            while n >= 0 and starts[n] + longest > offset:
                if offset < spans[n][0].end:
                    yield spans[n]
                n -= 1

    def touches(self, start: int, end: int) -> bool:
        """Whether a span has one of the characters start..end (exclusive)."""
        n = bisect_left(self._all, (end, end))
        return n > 0 and self._ends[n - 1] > start

    def covering(self, span: Span) -> Iterator[tuple[Span, T]]:
        """Spans that cover a span that is not empty."""
        return (found for found in self.at(span.start) if found[0].covers(span))
