"""Where text breaks before any model has read it: sections, paragraphs, lines, and windows of words.

A window is what the encoder reads at once. Windows end at paragraph ends and, in long paragraphs,
where a sentence may end; whether it does end there, the model says.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

WINDOW = 100  # words; the model is trained on windows up to 110
LONGEST = 240  # words; a sentence longer than this is read in parts
SECTIONS = "kg_sections"  # key in Doc.user_data: spans (start, end) of prose in code points
ENDS = frozenset(".!?…:")
CLOSING = frozenset("\"'“”’»«)]")
EMPTY_LINES = re.compile(r"\r?\n[ \t\r]*\n\s*")
LINE = re.compile(r"[^\r\n]+")
NARROW, WIDE = 40, 130  # characters; lines of hard-wrapped text are between the two


def paragraphs(doc: Doc) -> Iterator[list[int]]:
    """Indices of the words of each paragraph; white space is left out, and what is in no section."""
    sections = doc.user_data.get(SECTIONS) or ((0, len(doc.text)),)
    breaks = hard_breaks(doc.text)
    offsets = [token.idx for token in doc]
    for start, end in sections:
        tokens = doc[bisect_left(offsets, start) : bisect_left(offsets, end)]
        yield from _blocks((token for token in tokens if not token.is_space), breaks)


def _blocks(tokens: Iterable[Token], breaks: Sequence[int]) -> Iterator[list[int]]:
    """Indices of the tokens between one break and the next."""
    block: list[int] = []
    before = 0  # how many breaks precede the last token
    for token in tokens:
        passed = bisect_left(breaks, token.idx)
        if block and passed > before:
            yield block
            block = []
        block.append(token.i)
        before = passed
    if block:
        yield block


def hard_breaks(text: str) -> list[int]:
    """Offsets of line ends that end a paragraph.

    An empty line always does. A single line end does, unless the block is wrapped text: every line of
    it so long that the next word would not have fitted.
    """
    found: list[int] = []
    start = 0
    for gap in (*EMPTY_LINES.finditer(text), None):
        end = gap.start() if gap else len(text)
        lines = [(m.start(), m.group()) for m in LINE.finditer(text, start, end)]
        if len(lines) > 1 and not is_wrapped([line for _, line in lines]):
            found.extend(at + len(line) for at, line in lines[:-1])
        if gap:
            found.append(gap.start())
            start = gap.end()
    return found


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines are one paragraph, wrapped at a width."""
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) < 2:
        return False
    width = max(len(line) for line in lines)
    if not NARROW <= width <= WIDE:
        return False
    return all(len(line) + 1 + len(after.split(None, 1)[0]) > width for line, after in pairwise(lines))


def windows(doc: Doc) -> Iterator[list[int]]:
    """Word indices of each window, in order; together they are all words of all paragraphs."""
    for block in paragraphs(doc):
        if len(block) <= WINDOW:
            yield block
            continue
        window: list[int] = []
        for piece in _pieces(doc, block):
            if window and len(window) + len(piece) > WINDOW:
                yield window
                window = []
            window = window + piece
        yield window


def _pieces(doc: Doc, block: Sequence[int]) -> Iterator[list[int]]:
    piece: list[int] = []
    for n, i in enumerate(block):
        piece.append(i)
        after = doc[block[n + 1]] if n + 1 < len(block) else None
        if after is not None and (_may_end(doc, i, after.text) or len(piece) >= LONGEST):
            yield piece
            piece = []
    if piece:
        yield piece


def _may_end(doc: Doc, i: int, after: str) -> bool:
    text = doc[i].text
    if text in CLOSING and i:
        text = doc[i - 1].text
    ended = text[-1] in ENDS and len(text) <= 3 and not text[:-1].isalnum()
    return ended and not (after[0].islower() or (after in CLOSING and doc[i].whitespace_ == ""))
