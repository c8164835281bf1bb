"""NITF, the news agencies' format for one article (IPTC, News Industry Text Format 3.x)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.articles.draft import LONGEST_ID, Draft
from kg.articles.limits import Limits
from kg.articles.markup import find_first, find_named, find_words, read_words, tell_name
from kg.articles.pieces import compose_draft

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BLOCKS = frozenset("p hl2 li dt dd td th".split())
_LEFT_OUT = frozenset("media body.head body.end tobject docdata head".split())


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
        publisher=_find_attribute(root, "holder", "doc.copyright") or _find_attribute(root, "name", "pubdata"),
        author=find_words(root, "person", "byline") if find_first(root, "byline") is not None else None,
        language=root.get(XML_LANG),
        id=choose_id(_find_attribute(root, "id-string", "doc-id")),
    )


def find_paragraphs(element: Element) -> Iterator[str]:
    """The paragraphs inside, without those of pictures and of head and end of the body."""
    for child in element:
        if tell_name(child) in _BLOCKS:
            yield read_words(child)
        elif tell_name(child) not in _LEFT_OUT:
            yield from find_paragraphs(child)


def choose_id(id: str | None) -> str | None:
    """The id if it can name an article."""
    return id if id and len(id) <= LONGEST_ID and id.isprintable() else None


def _find_attribute(root: Element, key: str, *names: str) -> str | None:
    return next((value for name in names for found in find_named(root, name) if (value := found.get(key))), None)
