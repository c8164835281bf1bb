"""XML that strangers wrote: no DTD, no entities, no more depth than allowed; and the text in it.

Parsed by defusedxml, which refuses what expat would follow.
"""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kg.articles.limits import Limits
from kg.errors import InputError


def parse_xml(data: bytes, limits: Limits) -> Element:
    """The root element.

    Raises:
        InputError: no well-formed XML, a document type definition, or nested too deep.
    """
    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > limits.max_depth:
                raise InputError(f"nests XML deeper than {limits.max_depth} elements; raise KG_MAX_DEPTH if it must")
            root = element
    except DefusedXmlException as error:
        raise InputError(describe_dtd()) from error
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(f"is no well-formed XML: {error}; get it again from where it came from") from error
    if root is None:
        raise InputError("is no XML: it holds no element")
    return root


def describe_dtd() -> str:
    """The reason why a document with a DTD is not read."""
    return "declares a document type (DTD), which can hold bombs and reach for other files; remove `<!DOCTYPE ...>`"


def tell_name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find_named(element: Element, *names: str) -> Iterator[Element]:
    """The elements inside that bear one of the names, in any namespace, in the order of the document."""
    return (found for found in element.iter() if tell_name(found) in names)


def read_words(element: Element | None) -> str:
    """All text inside, every run of blanks made one."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def find_first(element: Element, *names: str) -> Element | None:
    """The first element inside that bears the first name that any of them bears."""
    return next((found for name in names for found in find_named(element, name)), None)


def find_words(element: Element, *names: str) -> str | None:
    """The text of the first element with one of the names that has any."""
    return next((words for name in names for found in find_named(element, name) if (words := read_words(found))), None)
