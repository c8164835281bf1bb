"""Where text breaks before any model has read it: sections, paragraphs, lines, and windows of words.

A window is what the encoder reads at once. Windows end at paragraph ends and, in long paragraphs,
where a sentence may end; whether it does end there, the model says.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

WINDOW = 100  # words; the model is trained on windows up to 110
LONGEST = 240  # words; a sentence longer than this is read in parts
SECTIONS = "kg_sections"  # key in Doc.user_data: spans (start, end) of prose in code points
ENDS = frozenset(".!?…:")
CLOSING = frozenset("\"'“”’»«)]")
NARROW, WIDE = 40, 130  # characters; lines of hard-wrapped text are between the two


def paragraphs(doc: Doc) -> Iterator[list[int]]:
    """Indices of the words of each paragraph; white space is left out, and what is in no section."""
    sections = doc.user_data.get(SECTIONS) or ((0, len(doc.text)),)
    text = doc.text
    breaks = hard_breaks(text)
    for start, end in sections:
        block: list[int] = []
        last = start
        for token in _within(doc, start, end):
            if block and any(last <= b < token.idx for b in _between(breaks, last, token.idx)):
                yield block
                block = []
            block.append(token.i)
            last = token.idx
        if block:
            yield block


def _within(doc: Doc, start: int, end: int) -> Iterator[object]:
    return (t for t in doc if not t.is_space and t.idx >= start and t.idx < end)


def _between(breaks: Sequence[int], low: int, high: int) -> Sequence[int]:
    import bisect

    return breaks[bisect.bisect_left(breaks, low) : bisect.bisect_left(breaks, high)]


def hard_breaks(text: str) -> list[int]:
    """Offsets of line ends that end a paragraph.

    An empty line always does. A single line end does, unless the block is wrapped text: every line of
    it so long that the next word would not have fitted.
    """
    found: list[int] = []
    at = 0
    for block in text.split("\n\n"):
        lines = block.split("\n")
        if len(lines) > 1 and not is_wrapped(lines):
            position = at
            for line in lines[:-1]:
                position += len(line)
                found.append(position)
                position += 1
        at += len(block)
        if at < len(text):
            found.append(at)
        at += 2
    return found


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines are one paragraph, wrapped at a width."""
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) < 2:
        return False
    width = max(len(line) for line in lines)
    if not NARROW <= width <= WIDE:
        return False
    return all(
        len(line) + 1 + len(after.split(None, 1)[0]) > width
        for line, after in zip(lines, lines[1:], strict=False)
    )


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
    return ended and not (after[0].islower() or after in CLOSING and doc[i].whitespace_ == "")
