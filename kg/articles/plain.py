"""Plain text: all of it is the article; a first line that looks like a headline is the title."""

import re

from kg.articles.draft import Draft, looks_like_title, trim_spans
from kg.articles.html import looks_like_html

_FIRST_LINE = re.compile(r"\s*(?P<title>[^\r\n]+)")


def read_plain(text: str) -> Draft:
    """The draft of a text without a header."""
    first = _FIRST_LINE.match(text)
    faults = ("is HTML, not plain text; give it a name that ends in .html",) if looks_like_html(text) else ()
    if first and looks_like_title(first["title"]):
        sections = trim_spans(text, first.span("title"), (first.end(), len(text)))
        return Draft(text=text, title=first["title"], sections=sections, faults=faults)
    return Draft(text=text, sections=trim_spans(text, (0, len(text))), faults=faults)
