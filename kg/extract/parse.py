"""The parse of an article as plain objects, read once from spaCy.

Rules ask for the same few attributes of the same words again and again. A spaCy token is made anew at each look, its
strings are decoded anew, its sentence and dependents are searched anew; here all of that is a plain attribute.
Attributes bear the names that they have there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "MORPH")
NUMBERS = ("ENT_IOB", "IS_SPACE", "IS_PUNCT", "IS_QUOTE", "SENT_START", "SPACY", "IDX", "HEAD")
IOB = ("", "I", "O", "B")  # what spaCy's numbers stand for


@dataclass(slots=True, eq=False)
class Token:
    """A word or mark with its place in the text and in the tree."""

    i: int  # its place among the tokens
    idx: int  # its offset in code points
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    ent_iob_: str
    morph: Mapping[str, list[str]]  # values by feature
    whitespace_: str
    is_space: bool
    is_punct: bool
    is_quote: bool
    is_sent_start: bool
    doc: "Parse" = field(init=False, repr=False)
    sent: "Stretch" = field(init=False, repr=False)
    head: "Token" = field(init=False, repr=False)  # itself at the root
    children: "tuple[Token, ...]" = field(default=(), init=False, repr=False)  # in text order

    def __len__(self) -> int:
        return len(self.text)

    @property
    def subtree(self) -> "Iterator[Token]":
        """The token and all below it, each behind what it has on its left."""
        stack: list[tuple[Token, bool]] = [(self, False)]
        while stack:
            node, opened = stack.pop()
            if opened:
                yield node
                continue
            stack.extend((c, False) for c in reversed(node.children) if c.i > node.i)
            stack.append((node, True))
            stack.extend((c, False) for c in reversed(node.children) if c.i < node.i)

    @property
    def ancestors(self) -> "Iterator[Token]":
        """What lies above the token, nearest first."""
        node = self
        while node.head is not node:
            node = node.head
            yield node


class Stretch(tuple[Token, ...]):
    """Tokens in a row, at least one: a sentence, a name."""

    @cached_property
    def start(self) -> int:
        """Index of the first token."""
        return self[0].i

    @cached_property
    def end(self) -> int:
        """Index behind the last token."""
        return self[-1].i + 1

    @property
    def start_char(self) -> int:
        """Offset of the first character."""
        return self[0].idx

    @property
    def end_char(self) -> int:
        """Offset behind the last character."""
        return self[-1].idx + len(self[-1].text)

    @cached_property
    def root(self) -> Token:
        """The token that is nearest to the root of the sentence, the first of several."""
        inside = range(self.start, self.end)
        whole = next((t for t in self if t.head is t), None)
        if whole is not None:
            return whole
        tops = (t for t in self if t.head.i not in inside)
        return min(tops, key=lambda t: t.doc.depths[t.i], default=self[0])

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its words in lower case, as they stand and as lemmas."""
        return frozenset(form for t in self for form in (t.lower_, t.lemma_.lower()))


class Named(NamedTuple):
    """A name that the network has found: tokens start..end (exclusive) and its class."""

    start: int
    end: int
    label_: str


class Parse(tuple[Token, ...]):
    """All tokens of an article."""

    source: Doc

    @cached_property
    def offsets(self) -> list[int]:
        """Where each token begins."""
        return [token.idx for token in self]

    @cached_property
    def sents(self) -> list[Stretch]:
        """The sentences in text order."""
        starts = [token.i for token in self if token.i == 0 or token.is_sent_start]
        return [Stretch(self[start:end]) for start, end in pairwise([*starts, len(self)])]

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """For each token the indices of the first and the last token in its subtree."""
        edges = [(i, i) for i in range(len(self))]
        for token in reversed(list(self._downward())):
            (low, high), (first, last) = edges[token.i], edges[token.head.i]
            edges[token.head.i] = (min(low, first), max(high, last))
        return edges

    @cached_property
    def depths(self) -> list[int]:
        """For each token how many lie above it."""
        depths = [0] * len(self)
        for token in self._downward():
            if token.head is not token:
                depths[token.i] = depths[token.head.i] + 1
        return depths

    def _downward(self) -> Iterator[Token]:
        """All tokens, each behind its head."""
        stack = [token for token in self if token.head is token]
        while stack:
            token = stack.pop()
            yield token
            stack.extend(token.children)

    @cached_property
    def ents(self) -> list[Named]:
        """Names found by the network."""
        return [Named(ent.start, ent.end, ent.label_) for ent in self.source.ents]

    def untie(self) -> None:
        """Let go of the ties between tokens, which would keep them in memory; the parse cannot be used after."""
        for token in self:
            del token.doc, token.sent, token.head, token.children

    def stretch(self, start: int, end: int) -> Stretch:
        """The tokens start..end (exclusive)."""
        return Stretch(self[start:end])

    def char_span(self, start: int, end: int, *, expand: bool = False) -> Stretch | None:
        """The tokens that make up the characters start..end (exclusive), or that have one of them, if to `expand`.

        None if there are no such tokens.
        """
        first, last = self._token_at(start), self._token_at(end - 1)
        if first is None or last is None:
            return None
        if expand:
            behind = start == first.idx + len(first.text)  # the space behind a word is no part of it
            return self.stretch(first.i + behind, last.i + 1) or None
        exact = start == first.idx and end == last.idx + len(last.text)
        return self.stretch(first.i, last.i + 1) if exact else None

    def _token_at(self, offset: int) -> Token | None:
        """The token that a character belongs to, or the space behind it."""
        n = bisect_right(self.offsets, offset) - 1
        token = self[n] if n >= 0 else None
        return token if token is not None and offset < token.idx + len(token.text) + len(token.whitespace_) else None


def read_parse(doc: Doc) -> Parse:
    """All that extraction needs of a `Doc`."""
    words, heads = _words(doc)
    parse = Parse(words)
    parse.source = doc
    for sent in parse.sents:
        for token in sent:
            token.doc, token.sent = parse, sent
    _tie(parse, heads)
    return parse


def _words(doc: Doc) -> tuple[list[Token], list[int]]:
    """The tokens without their tree, and the indices of their heads."""
    names = _Strings(doc)
    strings = ([names[key] for key in column] for column in _columns(doc.to_array(list(STRINGS))))
    text, lower, lemma, pos, tag, dep, kind, morph = strings
    iob, space, punct, quote, start, white, idx, head = _columns(doc.to_array(list(NUMBERS)).astype(np.int64))
    words = map(
        Token, range(len(doc)), idx, text, lower, lemma, pos, tag, dep, kind, map(IOB.__getitem__, iob),
        map(_features, morph), [" " if follows else "" for follows in white],
        map(bool, space), map(bool, punct), map(bool, quote), [value == 1 for value in start],
    )  # fmt: skip
    return list(words), [i + distance for i, distance in enumerate(head)]


def _columns(table: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]") -> list[list[int]]:
    columns: list[list[int]] = table.T.tolist()
    return columns


class _Strings(dict[int, str]):
    """What the numbers of a `Doc` stand for, each decoded once."""

    def __init__(self, doc: Doc) -> None:
        self._store = doc.vocab.strings

    def __missing__(self, key: int) -> str:
        self[key] = self._store[key]
        return self[key]


@lru_cache(maxsize=10_000)
def _features(morph: str) -> Mapping[str, list[str]]:
    """The features of UD by name, each with its values: Case=Nom|PronType=Dem,Rel."""
    pairs = (pair.split("=", 1) for pair in morph.split("|") if "=" in pair)
    return {name: values.split(",") for name, values in pairs}


def _tie(words: Sequence[Token], heads: Sequence[int]) -> None:
    """Give each token its head and its dependents."""
    below: dict[int, list[Token]] = defaultdict(list)
    for token, head in zip(words, heads, strict=True):
        token.head = words[head]
        if head != token.i:
            below[head].append(token)
    for head, dependents in below.items():
        words[head].children = tuple(dependents)
