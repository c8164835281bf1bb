"""Whether every offset in a graph points at the characters it says: each article is sliced anew at each span."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.store import GraphStore

_TEXT = NamedNode(vocab.KG + "text")
_HASH = NamedNode(vocab.KG + "textSha256")
_BEGIN = NamedNode(vocab.KG + "beginIndex")
_END = NamedNode(vocab.KG + "endIndex")
_ANCHOR = NamedNode(vocab.KG + "anchorOf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A span whose characters are not those of the text, or an article whose text is not the one it says.

    `begin` and `end` are None for the text as a whole.
    """

    article: str
    node: str
    begin: int | None
    end: int | None
    expected: str
    found: str

    def __str__(self) -> str:
        place = "text" if self.begin is None else f"{self.begin}:{self.end}"
        return f"{self.article} {place}: says {self.expected[:80]!r}, has {self.found[:80]!r} ({self.node})"


def verify_offsets(store: GraphStore, graphs: Iterable[str] | None = None) -> Iterator[Mismatch]:
    """Every span of every article (mentions, evidence, statements, sentences) that does not hold, in order.

    `graphs` are the graphs of the articles to look at, without: all of them.
    """
    for graph in store.article_graphs() if graphs is None else graphs:
        yield from _verify_article(store, NamedNode(graph))


def count_spans(store: GraphStore) -> int:
    """How many spans `verify_offsets` looks at."""
    return sum(
        1
        for graph in store.article_graphs()
        for _ in store.database.quads_for_pattern(None, _ANCHOR, None, NamedNode(graph))
    )


def _verify_article(store: GraphStore, graph: NamedNode) -> Iterator[Mismatch]:
    texts = _read(store, graph, _TEXT)
    if len(texts) != 1:
        yield Mismatch(
            article=graph.value,
            node=graph.value,
            begin=None,
            end=None,
            expected="one text",
            found=f"{len(texts)} texts",
        )
        return
    article, text = next(iter(texts.items()))
    digest = hashlib.sha256(text.encode()).hexdigest()
    written = _read(store, graph, _HASH).get(article, "")
    if written != digest:
        yield Mismatch(article=article, node=article, begin=None, end=None, expected=written, found=digest)
    yield from _verify_spans(store, graph, article, text)


def _verify_spans(store: GraphStore, graph: NamedNode, article: str, text: str) -> Iterator[Mismatch]:
    begins, ends, anchors = (_read(store, graph, predicate) for predicate in (_BEGIN, _END, _ANCHOR))
    for span in sorted(begins.keys() | ends.keys() | anchors.keys()):
        begin, end = _offset(begins.get(span)), _offset(ends.get(span))
        whole = 0 <= begin <= end <= len(text)
        found, expected = text[begin:end] if whole else "nothing", anchors.get(span, "nothing")
        if found != expected:
            yield Mismatch(article=article, node=span, begin=begin, end=end, expected=expected, found=found)


def _read(store: GraphStore, graph: NamedNode, predicate: NamedNode) -> dict[str, str]:
    """The values of one property in one graph, by subject."""
    return {
        quad.subject.value: quad.object.value
        for quad in store.database.quads_for_pattern(None, predicate, None, graph)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def _offset(text: str | None) -> int:
    """A whole number, -1 for anything else."""
    return int(text) if text and text.lstrip("-").isdecimal() else -1
