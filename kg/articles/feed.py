"""RSS and Atom files by feedparser, which also reads what is not quite well-formed: an article an entry.

The text is the longest of what an entry gives, its markup taken off by `html`; most feeds give a teaser only.
"""

import io
from collections.abc import Iterator
from typing import Any

import feedparser

from kg.articles.draft import LONGEST_ID, Draft
from kg.articles.html import read_html
from kg.articles.limits import Limits
from kg.articles.markup import parse_xml
from kg.articles.pieces import Piece, compose_draft
from kg.errors import InputError


def read_feed(data: bytes, limits: Limits) -> Iterator[Piece]:
    """The entries of a feed, in its order.

    Raises:
        InputError: it holds none, or nests too deep.
    """
    _check_depth(data, limits)
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        raise InputError(f"is a feed without entries{_name_fault(found)}")
    for number, entry in enumerate(found.entries, start=1):
        try:
            yield Piece(draft=_read_entry(entry, found.feed, limits), number=number)
        except InputError as error:
            yield Piece(fault=str(error), number=number)


def _read_entry(entry: Any, feed: Any, limits: Limits) -> Draft:
    source = entry.get("source") or {}
    texts = [item.get("value") or "" for item in entry.get("content") or ()] + [entry.get("summary") or ""]
    blocks = [block for block in read_html(max(texts, key=len)).text.split("\n\n") if block]
    title = read_html(entry.get("title") or "").text
    return compose_draft(
        title,
        blocks or [title],
        limits=limits,
        date=entry.get("published") or entry.get("updated"),
        url=entry.get("link"),
        publisher=source.get("title") or feed.get("publisher") or feed.get("title"),
        author=entry.get("author"),
        language=entry.get("language") or feed.get("language"),
        id=next((id for id in (entry.get("id"), entry.get("link")) if _is_name(id)), None),
    )


def _is_name(id: str | None) -> bool:
    """Whether an id names an entry everywhere, as a URI does; a mere number is used by other feeds as well."""
    return bool(id) and ":" in str(id) and len(str(id)) <= LONGEST_ID and str(id).isprintable()


def _check_depth(data: bytes, limits: Limits) -> None:
    """Raises InputError for a feed that is well-formed and too deep; one that is not, feedparser repairs."""
    try:
        parse_xml(data, limits)
    except InputError as error:
        if "well-formed" not in str(error):
            raise


def _name_fault(found: Any) -> str:
    return f": {found.bozo_exception}" if found.get("bozo_exception") else ""
