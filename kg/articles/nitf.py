"""NITF, the news agencies' format for one article (IPTC, News Industry Text Format 3.x)."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.articles.draft import LONGEST_ID, Draft
from kg.articles.limits import Limits
from kg.articles.markup import find_first, find_named, find_words, read_words, tell_name
from kg.articles.pieces import compose_draft

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BLOCKS = frozenset("p hl2 h2 h3 h4 h5 h6 li dt dd tr".split())
_LEFT_OUT = frozenset(
    "media body.head body.end tobject docdata head header footer nav aside figure style script".split()
)
_BY = re.compile(r"^(?:by|von)\s+", re.IGNORECASE)  # as agencies begin a byline


def read_nitf(root: Element, limits: Limits) -> Draft:
    """The article in an element `nitf`.

    Raises:
        InputError: more characters than an article may have.
    """
    return compose_draft(
        find_words(root, "hl1", "hedline", "title"),
        find_paragraphs(root),
        limits=limits,
        date=_find_attribute(root, "norm", "date.issue", "date.release", "story.date"),
        publisher=_find_attribute(root, "holder", "doc.copyright")
        or _find_attribute(root, "name", "pubdata")
        or find_words(root, "distributor", "rights.owner"),
        author=_read_byline(find_first(root, "byline")),
        language=root.get(XML_LANG) or root.get("baselang"),
        id=choose_id(_find_attribute(root, "id-string", "doc-id")),
    )


def find_paragraphs(element: Element) -> Iterator[str]:
    """The paragraphs, headings and rows inside, of NITF or XHTML, without pictures, head and end of the body."""
    for child in element:
        name = tell_name(child)
        if name == "tr":
            yield " ".join(words for cell in child if (words := read_words(cell)))
        elif name in _BLOCKS:
            yield read_words(child)
        elif name not in _LEFT_OUT:
            bare = (child.text or "").strip()
            yield from list(find_paragraphs(child)) or ([read_words(child)] if bare else [])


def choose_id(id: str | None) -> str | None:
    """The id if it can name an article."""
    return id if id and len(id) <= LONGEST_ID and id.isprintable() else None


def _read_byline(byline: Element | None) -> str | None:
    """Who wrote it: the person named in the byline, else its words without "by" and without the title of the author."""
    if byline is None:
        return None
    titles = "".join(map(read_words, find_named(byline, "byttl")))
    words = find_words(byline, "person") or read_words(byline).removesuffix(titles)
    return _BY.sub("", words)


def _find_attribute(root: Element, key: str, *names: str) -> str | None:
    return next((value for name in names for found in find_named(root, name) if (value := found.get(key))), None)
