"""Which part of a graph the page carries, so that it opens at once whatever the size of the graph.

The most mentioned nodes stay, and of the facts between them at least the first of every edge. Texts of articles stay
whole as long as they fit, those with most facts first; of the others the sentences that facts rest on.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from kg.view.facts import Fact, Place

Edge = tuple[str, tuple[str, ...], str, str]  # kind, ends, predicate, modality

GAP = "\n[…]\n"  # stands for what is left out of a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that a page carries."""

    nodes: int = 5_000
    facts: int = 40_000
    text: int = 6_000_000  # characters of articles that are there as a whole
    articles: int = 5_000  # that no fact on the page rests on


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the page carries; `cut` nodes of the graph are not in it."""

    nodes: tuple[str, ...]  # most mentioned first
    facts: tuple[Fact, ...]
    cut: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text, or pieces of it; `begins` are the offsets of the pieces in the original, `moved` those in `text`."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    moved: tuple[int, ...]

    def move(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a range of the original lies in `text`; None if it is not in it."""
        piece = bisect_right(self.begins, start) - 1
        if piece < 0 or not start <= end <= self.ends[piece]:
            return None
        by = self.moved[piece] - self.begins[piece]
        return start + by, end + by


def choose_part(mentions: Mapping[str, int], facts: Iterable[Fact], limits: Limits) -> Part:
    """The most mentioned nodes and the facts between them; of these memory never holds more than twice the most."""
    ranked = sorted(mentions, key=lambda node: (-mentions[node], node))
    nodes = tuple(ranked[: limits.nodes])
    chosen = frozenset(nodes)
    between = (fact for fact in facts if fact.nodes <= chosen)
    return Part(nodes=nodes, facts=_first_of_each(between, limits.facts), cut=len(ranked) - len(nodes))


def rank_articles(articles: Iterable[str], facts: Iterable[Fact]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Articles with their facts, most facts first."""
    by_article: dict[str, list[Fact]] = {article: [] for article in articles}
    for fact in facts:
        if fact.place.article in by_article:
            by_article[fact.place.article].append(fact)
    for article, found in sorted(by_article.items(), key=lambda item: (-len(item[1]), item[0])):
        yield article, tuple(found)


def keep_whole(text: str) -> Excerpt:
    """All of a text."""
    return Excerpt(text, (0,), (len(text),), (0,))


def keep_sentences(text: str, facts: Iterable[Fact]) -> Excerpt:
    """The sentences of a text that facts rest on."""
    begins: list[int] = []
    ends: list[int] = []
    for start, end in sorted((fact.place.sentence_start, fact.place.sentence_end) for fact in facts):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            begins.append(start)
            ends.append(end)
    parts, moved, length = [], [], 0
    for start, end in zip(begins, ends, strict=True):
        moved.append(length)
        parts.append(text[start:end])
        length += len(parts[-1]) + len(GAP)
    return Excerpt(GAP.join(parts), tuple(begins), tuple(ends), tuple(moved))


def _first_of_each(facts: Iterable[Fact], most: int) -> tuple[Fact, ...]:
    """At most so many facts, in their order: the first of each edge, then the second of each, and so on.

    What falls out while they are read would fall out at the end too: a fact that is read later can only move others of
    its edge back, and takes the place that it moves them from.
    """
    kept: list[Fact] = []
    for fact in facts:
        kept.append(fact)
        if len(kept) >= 2 * most:
            kept = _cut(kept, most)
    return tuple(sorted(_cut(kept, most), key=_order))


def _cut(facts: list[Fact], most: int) -> list[Fact]:
    if len(facts) <= most:
        return facts
    edges: defaultdict[Edge, list[Fact]] = defaultdict(list)
    for fact in facts:
        ends = tuple(chain.from_iterable(fact.links)) or tuple(sorted(fact.nodes))
        edges[fact.kind, ends, fact.predicate, fact.modality].append(fact)
    ranks = [(rank, edge) for edge, found in edges.items() for rank in range(len(found))]
    first: Counter[Edge] = Counter(edge for _, edge in sorted(ranks)[:most])
    return [fact for edge, number in first.items() for fact in sorted(edges[edge], key=_order)[:number]]


def _order(fact: Fact) -> tuple[str, Place, str]:
    return fact.kind, fact.place, fact.iri
