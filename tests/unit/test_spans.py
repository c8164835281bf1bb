"""Spans around a place."""

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.spans import SpanIndex


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 40))
    return Span(start=start, end=start + draw(st.integers(1, 40)))


class TestSpanIndex:
    def test_shorter_spans_come_first(self) -> None:
        index = SpanIndex([(Span(start=0, end=100), "text"), (Span(start=10, end=20), "sentence")])
        assert [name for _, name in index.at(12)] == ["sentence", "text"]

    def test_the_end_is_outside(self) -> None:
        index = SpanIndex([(Span(start=10, end=20), "sentence")])
        assert list(index.at(20)) == list(index.at(9)) == []

    def test_nothing_in_it(self) -> None:
        assert list(SpanIndex[str]([]).at(0)) == []

    @given(st.lists(spans()), spans())
    def test_finds_what_a_walk_over_all_finds(self, known: list[Span], wanted: Span) -> None:
        index = SpanIndex((span, n) for n, span in enumerate(known))
        assert {n for _, n in index.at(wanted.start)} == {
            n for n, span in enumerate(known) if span.start <= wanted.start < span.end
        }
        assert {n for _, n in index.covering(wanted)} == {n for n, span in enumerate(known) if span.covers(wanted)}
