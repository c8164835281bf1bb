"""What a format's reader hands on, and the checks that every draft passes before it is an `Article`."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.articles.dates import WANTED_DATE, read_date
from kg.articles.language import describe_foreign
from kg.config import Settings
from kg.model import Article, Span

LONGEST_ID = 200
_TITLE_END = re.compile(r"[.!?;,:…][\"'“”»«)]*$")
_LONGEST_TITLE = 200
_SHOWN = 60  # characters of a value in a message
_FEWEST_LETTERS, _MANY_SIGNS = 0.1, 1_000  # share of what is not blank; fewer signs cost nothing to analyse
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as a reader found it, nothing checked; `faults` are those the reader saw itself."""

    text: str
    sections: tuple[Span, ...]
    title: str | None = None
    date: str | None = None
    date_place: str = "date"  # where the date stands, for the message
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    id: str | None = None
    language: str | None = None  # BCP 47, as the document declares it
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Either an article or the faults that kept it from being one."""

    article: Article | None = None
    faults: tuple[str, ...] = field(default=())


def check_draft(draft: Draft, *, name: str, source: str, settings: Settings) -> Checked:
    """The article in `draft`, or everything that is wrong with it; `name` is its id if it has none."""
    faults = (*draft.faults, *_find_faults(draft, settings))
    if faults:
        return Checked(faults=faults)
    id = unicodedata.normalize("NFC", draft.id or name)
    return Checked(
        article=Article(
            id=id,
            text=draft.text,
            title=_clean(draft.title) or id,
            date=read_date(draft.date) if draft.date else None,
            language=_choose_language(draft.language),
            source=source,
            sha256=hashlib.sha256(draft.text.encode()).hexdigest(),
            sections=draft.sections,
            url=draft.url or None,
            publisher=_clean(draft.publisher),
            author=_clean(draft.author),
        )
    )


def join_text(title: str | None, blocks: Iterable[str]) -> tuple[str, tuple[Span, ...]]:
    """A text of title and blocks, a blank line between them, and its sections: the title, all the blocks.

    A block that is the title once more is left out.
    """
    body = "\n\n".join(block for block in blocks if block != title)
    text = f"{title}\n\n{body}" if title and body else body
    start = len(text) - len(body)
    ranges = ((0, max(start - 2, 0)), (start, len(text)))
    return text, tuple(Span(start=first, end=end) for first, end in ranges if first < end)


def trim_span(text: str, start: int, end: int) -> Span | None:
    """The span without the blanks at its ends; None if nothing is left."""
    part = text[start:end]
    stripped = part.strip()
    if not stripped:
        return None
    start += len(part) - len(part.lstrip())
    return Span(start=start, end=start + len(stripped))


def trim_spans(text: str, *ranges: tuple[int, int]) -> tuple[Span, ...]:
    """The ranges that hold more than blanks, trimmed."""
    return tuple(span for start, end in ranges if (span := trim_span(text, start, end)))


def looks_like_title(line: str) -> bool:
    """Whether a first line is a headline: short, and not ended like a sentence."""
    line = line.strip()
    return 0 < len(line) <= _LONGEST_TITLE and not _TITLE_END.search(line)


def is_web_address(url: str) -> bool:
    """Whether it is an absolute http or https URL without characters that a URL must not have."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not set(url) & set(' <>"{}|\\^`\r\n\t')


def _find_faults(draft: Draft, settings: Settings) -> Iterator[str]:
    yield from _find_bad_characters(draft)
    yield from _find_bad_text(draft, settings)
    if draft.date and read_date(draft.date) is None:
        shown = repr(draft.date[:_SHOWN])
        yield f"{draft.date_place}: {shown} is no date; wants {WANTED_DATE}; mend it or leave the date out"
    if draft.url and not is_web_address(draft.url):
        yield f"url: {draft.url[:_SHOWN]!r} is no web address; wants http://... or https://...; mend it or leave it out"
    if draft.id and (len(draft.id) > LONGEST_ID or not draft.id.isprintable()):
        yield f"id: {draft.id[:_SHOWN]!r} cannot name an article; wants up to {LONGEST_ID} printable characters"


def _find_bad_characters(draft: Draft) -> Iterator[str]:
    for key in ("text", "title", "publisher", "author"):
        value = getattr(draft, key) or ""
        at = next((i for i, char in enumerate(value) if char == "\0" or "\ud800" <= char <= "\udfff"), None)
        if at is not None:
            what = "a NUL" if value[at] == "\0" else f"half a surrogate pair (U+{ord(value[at]):04X})"
            yield f"{key}: {what} at character {at} is no text; write the file again as plain UTF-8"


def _find_bad_text(draft: Draft, settings: Settings) -> Iterator[str]:
    if not draft.sections and not draft.faults:
        yield "holds no article text; check that the file was saved whole"
    elif len(draft.text) > settings.max_article_chars:
        yield (
            f"{len(draft.text)} characters are more than the {settings.max_article_chars} that one article may "
            "have; split it, or raise KG_MAX_ARTICLE_CHARS"
        )
    elif scarce := _describe_scarcity(_prose(draft)):
        yield scarce
    elif settings.check_language and (foreign := describe_foreign(_prose(draft))):
        yield foreign


def _describe_scarcity(text: str) -> str | None:
    """Why a text with hardly a letter is none: each sign would be a word to analyse, and a million take minutes."""
    signs = len(text) - sum(map(str.isspace, text))
    letters = sum(map(str.isalpha, text)) if signs >= _MANY_SIGNS else signs
    if letters >= _FEWEST_LETTERS * signs:
        return None
    return f"is no prose: {letters} of {signs} characters are letters; get its text again, or leave it out"


def _choose_language(declared: str | None) -> str:
    """The kind of German that a document declares; templates declare anything, so else the words decide: German."""
    return declared if declared and declared.partition("-")[0].casefold() == "de" else "de"


def _prose(draft: Draft) -> str:
    return "\n".join(span.slice(draft.text) for span in draft.sections)


def _clean(value: str | None) -> str | None:
    """A title or name in one line, without marks that turn the direction of the text around it."""
    return " ".join(_BIDI.sub("", value).split()) or None if value else None
