"""PDF by pypdf: lines made paragraphs again, words divided at line ends joined, running heads and page numbers out.

Scans without a text layer hold no text. What the text kept looks like is decided here; offsets refer to it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, FloatObject

from kg.articles.draft import Draft
from kg.articles.limits import Limits
from kg.articles.markup import find_first, find_words, parse_xml
from kg.articles.pieces import Piece, compose_draft, date_of
from kg.errors import InputError

_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=(?!und\b|oder\b|bzw\b|sowie\b)[a-zäöüß])")
_PAGE_NUMBER = re.compile(r"\W*(?:(?:Seite|S\.|Page)\s*)?[0-9]{1,4}(?:\s*(?:/|von|of)\s*[0-9]{1,4})?\W*", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?i)^(?:untitled|unbenannt|ohne titel|microsoft word\b.*|.*\.(?:docx?|pdf|odt|indd|tex|qxd|rtf))$"
)
_PDF_DATE = re.compile(r"D:([0-9]{4})([0-9]{2})?([0-9]{2})?")
_SHORT_LINE = 0.7  # of the longest line of its page: the last of a paragraph, or a heading
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD, _MOST_LONG = 25, 0.1  # letters, and share of all; German has 0.003, a PDF whose spaces are lost over 0.3
_WORD_GAP, _WIDE_GAP = 180, 1_000  # thousandths of the size of the type; kerning is narrower than the first
_EDGE_LINES = 2  # at top and bottom of a page, where running heads and page numbers stand
_FEWEST_PAGES = 3  # fewer do not show what recurs

Pages = list[list[str]]


def read_pdf(file: BinaryIO, limits: Limits) -> Iterator[Piece]:
    """The one article of a PDF.

    Raises:
        InputError: damaged, encrypted, beyond the limits, or without text.
    """
    try:
        reader = _open_pdf(file, limits)
        pages = list(_read_pages(reader, limits))
        if _run_together(pages):
            pages = list(_read_pages(reader, limits, adapt=_widen_gaps))
        if not any(map(any, pages)):
            raise InputError("holds no text, only pictures as a scan does; run OCR over it, or save its text as .txt")
        if _run_together(pages):
            raise InputError("has words that run together, as its spaces cannot be told; save its text as .txt")
        yield Piece(draft=_compose(reader, pages, limits))
    except PyPdfError as error:
        raise InputError(f"is a damaged PDF: {error}; print it to PDF again, or save its text as .txt") from error


def _open_pdf(file: BinaryIO, limits: Limits) -> PdfReader:
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted:
        raise InputError("is an encrypted PDF; save it without a password")
    if len(reader.pages) > limits.max_pages:
        raise InputError(
            f"has {len(reader.pages)} pages, more than {limits.max_pages}; split it, or raise KG_MAX_PAGES"
        )
    return reader


def _read_pages(reader: PdfReader, limits: Limits, adapt: Callable[..., None] | None = None) -> Iterator[list[str]]:
    """The lines of each page; `adapt` is given every operation of it first."""
    left = 2 * limits.max_article_chars  # running heads and the like are not cut off yet
    for page in reader.pages:
        text = page.extract_text(visitor_operand_before=adapt)
        left -= len(text)
        if left < 0:
            raise InputError(f"holds more than {limits.max_article_chars} characters; raise KG_MAX_ARTICLE_CHARS")
        yield [line.strip() for line in text.splitlines()]


def _run_together(pages: Pages) -> bool:
    """Whether many words are longer than any, as where no space was seen between them."""
    sizes = [len(word) for page in pages for line in page for word in _WORD.findall(line)]
    return sum(size for size in sizes if size >= _LONG_WORD) > _MOST_LONG * sum(sizes)


def _widen_gaps(operator: bytes, operands: Any, *_: object) -> None:
    """Makes a gap between words as wide as pypdf takes for a space, and moves back behind it.

    It wants half the width of a space, and where a font has none, as those of TeX, that of another character may be
    taken for it.
    """
    if operator == b"TJ" and operands and isinstance(operands[0], ArrayObject):
        operands[0][:] = [part for given in operands[0] for part in _widen(given)]


def _widen(given: Any) -> Iterator[Any]:
    if isinstance(given, int | float) and -_WIDE_GAP < given <= -_WORD_GAP:
        yield from (FloatObject(-_WIDE_GAP), FloatObject(_WIDE_GAP + float(given)))
    else:
        yield given


def _compose(reader: PdfReader, pages: Pages, limits: Limits) -> Draft:
    info = {key: str(value) for key, value in (reader.metadata or {}).items() if isinstance(value, str)}
    packet = _read_packet(reader, limits)
    title = info.get("/Title") or packet.get("title") or ""
    return compose_draft(
        None if _NO_TITLE.match(title.strip()) else title,
        _join_lines(_drop_running_heads(pages)),
        limits=limits,
        date=_read_pdf_date(info.get("/CreationDate", "")) or packet.get("date"),
        publisher=packet.get("publisher"),
        author=info.get("/Author") or packet.get("creator"),
        language=_read_language(reader) or packet.get("language"),
    )


def _read_packet(reader: PdfReader, limits: Limits) -> dict[str, str]:
    """Dublin Core in the XMP packet, where publishers say who they are."""
    try:
        stream = reader.root_object.get("/Metadata")
        root = parse_xml(stream.get_object().get_data(), limits) if stream is not None else None
    except (InputError, PyPdfError, AttributeError, KeyError, TypeError):
        return {}
    names = ("title", "creator", "publisher", "language", "date")
    description = find_first(root, "RDF") if root is not None else None
    return {name: words for name in names if description is not None and (words := find_words(description, name))}


def _read_language(reader: PdfReader) -> str | None:
    language = reader.root_object.get("/Lang")
    return language if isinstance(language, str) else None


def _read_pdf_date(value: str) -> str | None:
    match = _PDF_DATE.match(value)
    return date_of("-".join(part for part in match.groups() if part)) if match else None


def _drop_running_heads(pages: Pages) -> Pages:
    """The pages without page numbers and lines that stand at the edge of most of them."""
    counts = Counter(key for page in pages for key in {_shape(page[i]) for i in _find_edges(page)})
    most = max(_FEWEST_PAGES, len(pages) // 2 + 1)
    return [_drop_edges(page, lambda line: counts[_shape(line)] >= most) for page in pages]


def _drop_edges(page: list[str], recurs: Callable[[str], bool]) -> list[str]:
    edges = _find_edges(page)
    return [line for i, line in enumerate(page) if not (i in edges and (recurs(line) or _PAGE_NUMBER.fullmatch(line)))]


def _find_edges(page: list[str]) -> set[int]:
    filled = [i for i, line in enumerate(page) if line]
    return {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}


def _shape(line: str) -> str:
    return re.sub(r"[0-9]+", "0", line)


def _join_lines(pages: Pages) -> Iterator[str]:
    """Paragraphs: up to a blank line or a short one; a paragraph goes on over the end of a page."""
    lines: list[str] = []
    for page in pages:
        longest = max((len(line) for line in page), default=0)
        for line in page:
            if line:
                lines.append(line)
            if lines and len(line) < _SHORT_LINE * longest:
                yield _join_words(lines)
                lines = []
    if lines:
        yield _join_words(lines)


def _join_words(lines: list[str]) -> str:
    return _DIVIDED.sub("", "\n".join(lines)).replace("\n", " ")
