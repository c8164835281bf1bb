"""What the readers of documents hand on: a piece for every article in a file, found or not.

A reader is a function from a file, open at its beginning, and limits to pieces. It may raise InputError
for the whole file, and what its library raises besides: it runs in a process of its own (`child`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from kg.articles.dates import read_date
from kg.articles.draft import Draft, is_web_address, join_text, looks_like_title
from kg.articles.limits import Limits
from kg.errors import InputError
from kg.model import Span

_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T.*)?")
_NO_BREAK = {"Cc", "Cf", "Cs", "Cn", "Co"}  # controls, bidi and other marks without a glyph, surrogates, private use
_JOINERS = "\u200c\u200d"  # change how letters look, and what they mean in some languages
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article, or why there is none.

    With neither it says, by its number, that reading that article begins, or without one that something
    was passed over. `number` counts the articles of a file that may hold many, from 1.
    """

    draft: Draft | None = None
    fault: str | None = None
    number: int | None = None


Reader = Callable[..., Iterator[Piece]]  # file, limits; of a kind that is read on in another process, also `skip`


def write_piece(piece: Piece) -> dict[str, Any]:
    """The piece as an object of JSON."""
    return asdict(piece)


def read_piece(found: dict[str, Any]) -> Piece:
    """The piece that `write_piece` wrote."""
    draft = found["draft"]
    if draft is not None:
        sections = tuple(Span(**span) for span in draft["sections"])
        draft = Draft(**{**draft, "sections": sections, "faults": tuple(draft["faults"])})
    return Piece(draft=draft, fault=found["fault"], number=found["number"])


def clean_text(text: str) -> str:
    """Text as a document holds it, without characters that are none: controls, bidi marks, half surrogates."""
    lines = _LINE_ENDS.sub("\n", text)
    return "".join(c for c in lines if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _NO_BREAK)


def compose_draft(
    title: str | None,
    blocks: Iterable[str],
    *,
    limits: Limits,
    date: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    language: str | None = None,
    id: str | None = None,
) -> Draft:
    """A draft whose text is the title and the blocks, cleaned, a blank line between them; offsets refer to it.

    Metadata that is none (a date like "soon", a URL of `javascript:`) is dropped: a document's author, not the
    user, wrote it, and the article is worth more than its date. Without a title the first block may be it.

    Raises:
        InputError: more characters than an article may have.
    """
    kept = _clean_blocks(blocks, limits)
    title = _join_words(title) or (kept[0] if kept and looks_like_title(kept[0]) else None)
    text, sections = join_text(title, kept)
    return Draft(
        text=text,
        sections=sections,
        title=title,
        date=date_of(date),
        url=url.strip() if url and is_web_address(url.strip()) else None,
        publisher=_join_words(publisher),
        author=_join_words(author),
        language=language.replace("_", "-") if language and _LANGUAGE.fullmatch(language) else None,
        id=id,
    )


def date_of(value: str | None) -> str | None:
    """The day (or month, or year) in a date as ISO 8601, news formats or e-mail write it; None if it is none."""
    value = (value or "").strip()
    compact = _COMPACT_DATE.fullmatch(value)
    if compact:
        return read_date("-".join(compact.groups()))
    if found := read_date(value):
        return found
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _clean_blocks(blocks: Iterable[str], limits: Limits) -> list[str]:
    kept, size = [], 0
    for block in blocks:
        text = clean_text(block).strip()
        if any(map(str.isalnum, text)):  # not a line of stars or dashes
            kept.append(text)
            size += len(text)
        if size > limits.max_article_chars:
            raise InputError(
                f"holds more than the {limits.max_article_chars} characters that one article may have; split it, or "
                "raise KG_MAX_ARTICLE_CHARS"
            )
    return kept


def _join_words(value: str | None) -> str | None:
    return " ".join(clean_text(value).split()) or None if value else None
