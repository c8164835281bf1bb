"""Words as they are searched: where they stand in a text, folded, and what a user's words ask for.

Folding lets each spelling find the others: Außenminister, Aussenminister; München, Muenchen, Munchen; Oreschnik,
ORESCHNIK. Its rules for ae, oe and ue are those of Lucene's GermanNormalizationFilter (after Caumanns, "A fast and
simple stemming algorithm for German words", 1999): "ue" is an umlaut only after a consonant but q, so that "neue"
and "Quelle" stay.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import InputError

REMEMBERED = 65_536  # words; most of a text come again and again
MOST_WORDS = 32  # of one search; SQLite's own bound on a nested expression is 256

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_UMLAUT = re.compile(r"(?P<open>[ao])e|(?<![aeiouyq])(?P<closed>u)e")
_NO_MARK = str.maketrans("øłđðıæœ", "olddiao")  # Unicode takes none of these apart
_QUOTE = re.compile('["„“”«»]')
_QUOTED = re.compile(r'["„“”«»]([^"„“”«»]*)["„“”«»]|([^\s"„“”«»]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text, `folded`, with its half-open range of code points."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Folded words that are to stand one after the other; unless `whole`, the last may be the beginning of one."""

    words: tuple[str, ...]
    whole: bool


def split_words(text: str) -> Iterator[Word]:
    """The words of `text`: runs of letters and digits."""
    for match in _WORD.finditer(text):
        yield Word(start=match.start(), end=match.end(), folded=fold(match[0]))


@lru_cache(maxsize=REMEMBERED)
def fold(word: str) -> str:
    """`word` without case, accents and ways to write an umlaut."""
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_NO_MARK))
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return _UMLAUT.sub(lambda match: match["open"] or match["closed"], bare)


def read_terms(words: str) -> tuple[Term, ...]:
    """What a user's words ask for: each a word or its beginning, what stands in quotation marks as it stands there.

    Raises:
        InputError: there is no letter or digit in them, or too many words.
    """
    found = []
    for match in _QUOTED.finditer(words):
        quoted, plain = match.groups()
        folded = tuple(word.folded for word in split_words(plain if quoted is None else quoted))
        if folded:
            found.append(Term(words=folded, whole=quoted is not None))
    count = sum(len(term.words) for term in found)
    if not found:
        raise InputError(f"{words!r}: nothing to search for; give at least one word of letters or digits")
    if count > MOST_WORDS:
        raise InputError(f"{count} words: a search takes {MOST_WORDS} at most; leave some out")
    return tuple(dict.fromkeys(found))


def join_words(arguments: Iterable[str]) -> str:
    """The arguments of a command line as one search: what a shell took the quotation marks from gets them back."""
    return " ".join(
        f'"{given}"' if len(given.split()) > 1 and not _QUOTE.search(given) else given for given in arguments
    )


def find_marks(text: str, terms: tuple[Term, ...]) -> tuple[tuple[int, int], ...]:
    """Where in `text` the terms stand: half-open ranges of code points, sorted, none inside another."""
    words = tuple(split_words(text))
    marks = sorted({mark for term in terms for mark in _find_term(words, term)}, key=lambda mark: (mark[0], -mark[1]))
    kept: list[tuple[int, int]] = []
    for start, end in marks:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _find_term(words: tuple[Word, ...], term: Term) -> Iterator[tuple[int, int]]:
    size = len(term.words)
    for first in range(len(words) - size + 1):
        run = words[first : first + size]
        if _fits(tuple(word.folded for word in run), term):
            yield run[0].start, run[-1].end


def _fits(folded: tuple[str, ...], term: Term) -> bool:
    *before, last = term.words
    return list(folded[:-1]) == before and (folded[-1] == last or (not term.whole and folded[-1].startswith(last)))
