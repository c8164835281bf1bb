"""An XML file: which of the kinds it is, by the name of its root element, and its articles."""

import io
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

from kg.articles.feed import read_feed
from kg.articles.limits import Limits
from kg.articles.markup import describe_dtd, parse_xml
from kg.articles.newsml import read_newsml
from kg.articles.nitf import read_nitf
from kg.articles.pieces import Piece
from kg.errors import InputError

_FEEDS = frozenset(("rss", "feed", "RDF"))
_NEWSML = frozenset(("newsMessage", "newsItem", "packageItem"))
_KNOWN = "RSS, Atom, NITF and NewsML-G2"


class _RootFoundError(Exception):
    """Ends the parser at the root element; its argument is the name."""


def read_xml(file: BinaryIO, limits: Limits) -> Iterator[Piece]:
    """The articles of a feed, of an article in NITF or of a message in NewsML-G2.

    Raises:
        InputError: none of these, a DTD, or beyond the limits.
    """
    data = file.read().lstrip()
    root = _tell_root(data)
    if root in _FEEDS:
        return read_feed(data, limits)
    if root == "nitf":
        return iter((Piece(draft=read_nitf(parse_xml(data, limits), limits)),))
    if root in _NEWSML:
        return read_newsml(parse_xml(data, limits), limits)
    raise InputError(f"is XML with the root element {root[:60]!r}; kg reads {_KNOWN}; save the text as .txt or .html")


def _tell_root(data: bytes) -> str:
    """The local name of the root element; only what stands before it is looked at."""

    def refuse(*_: object) -> None:
        raise InputError(describe_dtd())

    def stop(name: str, _: dict[str, str]) -> None:
        raise _RootFoundError(name)

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        parser.ParseFile(io.BytesIO(data))
    except _RootFoundError as found:
        return str(found.args[0]).rpartition(":")[2]
    except (ExpatError, ValueError, LookupError) as error:
        raise InputError(f"is no XML: {error}; get it again from where it came from") from error
    raise InputError("is no XML: it holds no element; get it again from where it came from")
