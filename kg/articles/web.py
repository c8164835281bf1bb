"""HTML pages by trafilatura: it finds the article among menus, teasers and comments better than `html` does.

`html` takes its place where trafilatura finds less than a few words or stumbles, and fills gaps in what it
says about the page. Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import trafilatura

from kg.articles.draft import Draft
from kg.articles.html import read_html
from kg.articles.limits import Limits
from kg.articles.pieces import Piece, compose_draft

_DATES = {"extensive_search": False, "original_date": True, "min_date": "1945-01-01", "max_date": "2199-12-31"}
_FEWEST_WORDS = 20


def read_web_page(file: BinaryIO, limits: Limits) -> Iterator[Piece]:
    """The one article of a page in UTF-8."""
    yield Piece(draft=read_page(file.read().decode(errors="replace"), limits))


def read_page(page: str, limits: Limits, *, url: str | None = None) -> Draft:
    """The draft of a page; `url`: where it was found, if that is known better than by the page."""
    plain = read_html(page)
    found = _extract(page, url)
    text = found.text if found is not None and found.text else ""
    if found is None or len(text.split()) < min(_FEWEST_WORDS, len(plain.text.split())):
        found, blocks = None, plain.text.split("\n\n")
    else:
        blocks = text.split("\n")
    return compose_draft(
        (found.title if found else None) or plain.title,
        blocks,
        limits=limits,
        date=(found.date if found else None) or plain.date,
        url=url or plain.url or (found.url if found else None),
        publisher=plain.publisher or (found.sitename if found else None),
        author=(found.author if found else None) or plain.author,
        language=plain.language,
    )


def _extract(page: str, url: str | None) -> Any:
    try:
        return trafilatura.bare_extraction(
            page,
            url=url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),  # its own last date is today, which is another one tomorrow
        )
    except Exception:  # noqa: BLE001 - whatever a page does to it, `html` reads it
        return None
