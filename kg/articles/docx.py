"""DOCX, what Word and LibreOffice write: ZIP and XML, so the standard library and defusedxml read it.

Kept are the paragraphs of the body, tables and tracked insertions included; deletions, footnotes,
headers, footers and pictures are left out (ECMA-376 part 1, 17.3, 17.13.5).
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from kg.articles.limits import Limits
from kg.articles.markup import find_first, find_named, find_words, parse_xml, tell_name
from kg.articles.pieces import Piece, compose_draft
from kg.articles.zipped import open_archive, read_member
from kg.errors import InputError

_LEFT_OUT = frozenset("del moveFrom drawing pict object instrText Fallback".split())
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(file: BinaryIO, limits: Limits) -> Iterator[Piece]:
    """The one article of a document.

    Raises:
        InputError: not a DOCX document, or one beyond the limits.
    """
    archive = open_archive(file, limits)
    data = read_member(archive, "word/document.xml")
    if data is None:
        raise InputError("is a ZIP archive without word/document.xml, so no DOCX; save the text as DOCX or .txt")
    core = read_member(archive, "docProps/core.xml")
    app = read_member(archive, "docProps/app.xml")
    about = parse_xml(core, limits) if core else Element("none")
    company = parse_xml(app, limits) if app else Element("none")
    paragraphs = list(_find_paragraphs(parse_xml(data, limits)))
    draft = compose_draft(
        _choose_title(paragraphs) or find_words(about, "title"),
        (text for _, text in paragraphs),
        limits=limits,
        date=find_words(about, "created", "modified"),
        publisher=find_words(company, "Company"),
        author=find_words(about, "creator"),
        language=find_words(about, "language"),
    )
    yield Piece(draft=draft)


def _find_paragraphs(root: Element) -> Iterator[tuple[str, str]]:
    """Style and text of each paragraph that has text."""
    for paragraph in find_named(root, "p"):
        if text := "".join(_find_text(paragraph)).strip():
            style = find_first(paragraph, "pStyle")
            yield _read_value(style), text


def _find_text(element: Element) -> Iterator[str]:
    for child in element:
        name = tell_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name != "p" and name not in _LEFT_OUT:  # a paragraph inside one, in a text box, comes by itself
            yield from _find_text(child)


def _read_value(element: Element | None) -> str:
    return next(iter(element.attrib.values()), "") if element is not None else ""


def _choose_title(paragraphs: list[tuple[str, str]]) -> str | None:
    """The first paragraph in the style of a title or of a heading, whose names Word translates."""
    for names in (("title", "titel"), ("heading1", "berschrift1")):
        found = next((text for style, text in paragraphs if style.casefold().endswith(names)), None)
        if found:
            return found
    return None
