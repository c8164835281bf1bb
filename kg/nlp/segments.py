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
ENDS = frozenset(".!?…")
PAUSES = frozenset((":", ";", ","))
CLOSING = frozenset("\"'“”’‘»«›‹)]")
MARKS = ENDS | CLOSING
OPENING = frozenset("\"'„“‚‘»«›‹([")
NEVER_FIRST = frozenset(",;:.!?…–—-%/)]}“”’»«›‹") | {"...", "--"}
EMPTY_LINES = re.compile(r"\r?\n[ \t\r]*\n\s*")
LINE = re.compile(r"[^\r\n]+")
ITEM = re.compile(r"\s*(?:[•●▪◦‣*·–—-]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")  # of a list
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

    An empty line always does. A single line end does, unless the block is wrapped text and the line so
    long that the next word would not have fitted.
    """
    found: list[int] = []
    start = 0
    for gap in (*EMPTY_LINES.finditer(text), None):
        end = gap.start() if gap else len(text)
        lines = [(m.start(), m.group()) for m in LINE.finditer(text, start, end)]
        ended = end_paragraphs([line for _, line in lines])
        found.extend(at + len(line) for (at, line), hard in zip(lines, ended, strict=False) if hard)
        if gap:
            found.append(gap.start())
            start = gap.end()
    return found


def end_paragraphs(lines: Sequence[str]) -> list[bool]:
    """Whether each line but the last ends a paragraph: no line of wrapped text does, but a short one within it."""
    if len(lines) < 2:
        return []
    full = _fill_width([line.rstrip() for line in lines])
    items = [bool(ITEM.match(line)) for line in lines]
    begins = [item and sum(items) > 1 for item in items[1:]]
    within = [fills for fills, begun in zip(full, begins, strict=True) if not begun]
    mostly = len(within) > 3 and 4 * sum(within) >= 3 * len(within)
    if mostly or is_wrapped(lines) or (any(begins) and within and all(within)):
        return [begun or not fills for fills, begun in zip(full, begins, strict=True)]
    return [True] * len(full)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines are one paragraph, wrapped at a width.

    Two lines of which the first is the longer may be a headline and what stands below it; text goes on
    in the middle of a sentence, or ends one.
    """
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) < 2 or not all(_fill_width(lines)):
        return False
    last = lines[-1].rstrip("\"'“”’‘»«›‹)]")
    return any(line.lstrip()[0].islower() for line in lines[1:]) or last[-1:] in ENDS


def _fill_width(lines: Sequence[str]) -> list[bool]:
    """Whether the first word of the next line would not have fitted into each line but the last."""
    width = max(map(len, lines))
    if not NARROW <= width <= WIDE:
        return [False] * (len(lines) - 1)
    return [len(line) + 1 + len((after.split(None, 1) or [""])[0]) > width for line, after in pairwise(lines)]


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
    """What stands between places where a sentence may end; of a piece too long, what stands between pauses."""
    begin = 0
    for n, i in enumerate(block[:-1], 1):
        if doc[i].text[-1] in MARKS and _may_end(doc, i, block[n]):
            yield from _parts(doc, block[begin:n])
            begin = n
    yield from _parts(doc, block[begin:])


def _parts(doc: Doc, piece: Sequence[int]) -> Iterator[list[int]]:
    rest = list(piece)
    while len(rest) > LONGEST:
        size = next((n for n in range(LONGEST, WINDOW, -1) if doc[rest[n - 1]].text in PAUSES), LONGEST)
        yield rest[:size]
        rest = rest[size:]
    yield rest


def _may_end(doc: Doc, i: int, following: int) -> bool:
    """Whether a sentence may end with word i: behind a mark that ends one, and what closes; not before `, sagte X`."""
    while i and doc[i].text in CLOSING and not doc[i - 1].whitespace_ and not doc[i - 1].is_space:
        i -= 1
    text, after = doc[i].text, doc[following]
    if text[-1] not in ENDS or any(char.isalnum() for char in text):
        return False
    first = after.text[0]
    if first in OPENING:
        return bool(after.i and (doc[after.i - 1].whitespace_ or doc[after.i - 1].is_space))
    return first.isupper() or first.isdigit() or not (first.isalpha() or after.text in NEVER_FIRST)
