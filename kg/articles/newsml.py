"""NewsML-G2, the news agencies' envelope (IPTC): its news items with text inside, as NITF, XHTML or plain."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.articles.draft import Draft
from kg.articles.html import read_html
from kg.articles.limits import Limits
from kg.articles.markup import find_first, find_named, find_words, read_words
from kg.articles.nitf import XML_LANG, choose_id, find_paragraphs
from kg.articles.pieces import Piece, compose_draft
from kg.errors import InputError

_WITHOUT_TEXT = frozenset("picture graphic video audio animation composite".split())
_MARKUP = re.compile(r"\s*<(?:p|div|html|body|h[1-6])\b[^<>]*>", re.IGNORECASE)


def read_newsml(root: Element, limits: Limits) -> Iterator[Piece]:
    """The news items in a message, or the one that it is.

    Raises:
        InputError: it holds none.
    """
    items = list(find_named(root, "newsItem"))
    if not items:
        raise InputError("is NewsML-G2 without a newsItem, so without a text; leave it out")
    for number, item in enumerate(items, start=1):
        try:
            yield Piece(draft=_read_item(item, limits), number=number if len(items) > 1 else None)
        except InputError as error:
            yield Piece(fault=str(error), number=number)


def _read_item(item: Element, limits: Limits) -> Draft:
    kind = _name_party(find_first(item, "itemClass"))
    if kind in _WITHOUT_TEXT:
        raise InputError(f"is a news item of the class {kind!r}, which has no article text; leave it out")
    about = find_first(item, "contentMeta")
    language = find_first(about, "language") if about is not None else None
    return compose_draft(
        find_words(item, "headline", "hl1", "title"),
        _find_blocks(item),
        limits=limits,
        date=find_words(item, "contentCreated", "firstCreated", "versionCreated"),
        publisher=_name_party(find_first(item, "provider")),
        author=find_words(item, "by") or _name_party(find_first(item, "creator")),
        language=(language.get("tag") if language is not None else None) or item.get(XML_LANG),
        id=choose_id(item.get("guid")),
    )


def _find_blocks(item: Element) -> Iterator[str]:
    for content in find_named(item, "inlineXML"):
        yield from list(find_paragraphs(content)) or [read_words(content)]
    for content in find_named(item, "inlineData"):
        text = "".join(content.itertext())
        # agencies send paragraphs of HTML as "text/plain" too
        is_html = "html" in content.get("contenttype", "") or _MARKUP.match(text)
        yield from (read_html(text).text if is_html else text).split("\n\n")


def _name_party(party: Element | None) -> str | None:
    """A provider or creator by the name in it, else as its attributes call it, without the scheme of a code."""
    if party is None:
        return None
    code = party.get("qcode", "").rpartition(":")[2]
    return find_words(party, "name") or read_words(party) or party.get("literal") or code or None
