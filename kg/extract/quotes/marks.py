"""What stands between quotation marks."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.parse import Token
from kg.extract.reading import Reading

OPENING = {"„": '“”"', "“": '”"', "»": "«", "«": "»", "‚": "‘’'", "‹": "›", "›": "‹"}
STRAIGHT = '"'
LONGEST_QUOTE = 600  # tokens; an unclosed quotation mark ends with its paragraph


@dataclass(frozen=True, slots=True)
class Quoted:
    """Tokens start..end (exclusive) between quotation marks; the marks themselves are around them."""

    start: int
    end: int
    closed: bool = True

    @property
    def low(self) -> int:
        """The opening mark."""
        return self.start - 1

    @property
    def high(self) -> int:
        """Behind the closing mark, if there is one."""
        return self.end + 1 if self.closed else self.end


@dataclass(frozen=True)
class Marks:
    """The quotations of an article, and which of them a token is in."""

    quoted: Sequence[Quoted]

    @cached_property
    def starts(self) -> list[int]:
        """Their first tokens, ascending."""
        return [q.start for q in self.quoted]

    def at(self, i: int) -> Quoted | None:
        """The quotation that token i is in."""
        n = bisect_right(self.starts, i) - 1
        return self.quoted[n] if n >= 0 and i < self.quoted[n].end else None

    def within(self, i: int) -> bool:
        """Whether token i is in a quotation."""
        return self.at(i) is not None

    def among(self, low: int, high: int) -> Iterator[Quoted]:
        """Those that begin in low..high (exclusive)."""
        n = bisect_right(self.starts, low - 1)
        while n < len(self.quoted) and self.quoted[n].start < high:
            yield self.quoted[n]
            n += 1


def opens(token: Token) -> bool:
    """Whether a token may be an opening mark."""
    return token.text in OPENING or token.text == STRAIGHT


def find_quotations(reading: Reading) -> list[Quoted]:
    """What stands between quotation marks, outermost pairs, within one paragraph."""
    found: list[Quoted] = []
    opened: int | None = None
    closing = ""
    for token in reading.doc:
        if not token.is_space and token.i not in reading.prose:
            opened = None  # headers and front matter are no text
        elif token.is_space and token.text.count("\n") > 1:
            if opened is not None and closing != STRAIGHT and token.i > opened + 1:
                found.append(Quoted(opened + 1, token.i, closed=False))
            opened = None
        elif opened is not None and token.text in closing and token.i - opened < LONGEST_QUOTE:
            if token.i > opened + 1:
                found.append(Quoted(opened + 1, token.i))
            opened = None
        elif opened is None and opens(token):
            opened, closing = token.i, OPENING.get(token.text, STRAIGHT)
    if opened is not None and closing != STRAIGHT and len(reading.doc) > opened + 1:
        found.append(Quoted(opened + 1, len(reading.doc), closed=False))
    return found
