"""Sentences, and the one around a span, found in the text alone.

The graph keeps for every span the sentence it stands in, so that a reader sees the words in their place. A parser
splits better, but facts carry no sentences, and a sentence that is a little too long does no harm here: it is
context for a reader, never input to an extraction.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from kg.model import Span

# A stop, what closes a quotation or bracket, a space; then what can begin a sentence.
_END = re.compile(r"(?P<stop>[.!?…]+[\"'”“»«’)\]]*)\s+(?=[\"'„“»«‚(\[]*[A-ZÄÖÜ0-9])|(?P<line>\n+)")
# What a full stop after does not end a sentence: ordinals, initials, common abbreviations.
_NO_END = re.compile(
    r"(?:\b\d{1,2}|\b[A-ZÄÖÜa-z]|\b(?:Abs|Art|Aug|bzw|ca|Dez|Dr|evtl|Feb|gem|ggf|Hrsg|inkl|Jan|Jh|Mio|Mrd|Nov|Nr|Okt|"
    r"Prof|rd|Sept|sog|St|Std|Str|u\.a|usw|vgl|Vgl|z\.B|zzgl))\.$"
)
_TAIL = 12  # characters before a stop that tell an abbreviation


@lru_cache(maxsize=8)
def sentence_ends(text: str) -> tuple[int, ...]:
    """Where the sentences of `text` end: offsets of the first character after each, the last one its length."""
    ends = [match.end() for match in _END.finditer(text) if _ends_sentence(text, match)]
    return (*ends, len(text))


def sentence_around(text: str, span: Span, sections: Iterable[Span] = ()) -> Span:
    """The sentence, or run of sentences, that covers `span`, without white space at either end.

    It stays within the section that covers `span`, where one does.
    """
    section = next((part for part in sections if part.covers(span)), Span(start=0, end=len(text)))
    ends = sentence_ends(text)
    before, after = bisect_right(ends, span.start), bisect_left(ends, max(span.end, span.start + 1))
    start = max(section.start, ends[before - 1] if before else 0)
    end = min(section.end, ends[after] if after < len(ends) else len(text))
    return _strip(text, Span(start=min(start, span.start), end=max(end, span.end)), span)


def split_sentences(text: str, sections: Iterable[Span]) -> Iterator[Span]:
    """The sentences of each section, in order, without white space at either end."""
    for section in sections:
        cuts = [end for end in sentence_ends(text) if section.start < end < section.end]
        for start, end in pairwise((section.start, *cuts, section.end)):
            if text[start:end].strip():
                yield _strip(text, Span(start=start, end=end), _middle(text, start, end))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match["line"]:
        return True
    stop = match.start("stop") + 1
    return not _NO_END.search(text, max(0, stop - _TAIL), stop)


def _middle(text: str, start: int, end: int) -> Span:
    """An empty span at the first character between the two that is no white space."""
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start=first, end=first)


def _strip(text: str, sentence: Span, span: Span) -> Span:
    """`sentence` without white space at its ends, but never less than `span`."""
    found = sentence.slice(text)
    start = sentence.start + len(found) - len(found.lstrip())
    end = sentence.end - len(found) + len(found.rstrip())
    return Span(start=min(start, span.start), end=max(end, span.end))
