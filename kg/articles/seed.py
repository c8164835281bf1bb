"""The seed format: first line `date YYYY-MM TITLE` or `date YYYY-MM-DD TITLE`, body below."""

import re

from kg.articles.draft import Draft, trim_spans

_HEADER = re.compile(r"\s*date[ \t]+(?P<date>[0-9]\S*)(?P<title>[^\r\n]*)", re.IGNORECASE)


def is_seed(text: str) -> bool:
    """Whether the first line that is not blank is `date` and something that begins like one."""
    return _HEADER.match(text) is not None


def read_seed(text: str) -> Draft:
    """The draft of a text for which `is_seed` holds; title and body are its sections."""
    header = _HEADER.match(text)
    if header is None:
        raise ValueError("no seed: the first line wants `date YYYY-MM TITLE`")
    line = text.count("\n", 0, header.start("date")) + 1
    sections = trim_spans(text, header.span("title"), (header.end(), len(text)))
    return Draft(
        text=text,
        title=header["title"].strip(),
        date=header["date"],
        date_place=f"line {line}",
        sections=sections,
        faults=tuple(_find_faults(text, header, line)),
    )


def _find_faults(text: str, header: re.Match[str], line: int) -> list[str]:
    faults = []
    if not header["title"].strip():
        faults.append(f"line {line}: no title after the date; wants `date YYYY-MM TITLE`")
    if not text[header.end() :].strip():
        faults.append(f"line {line}: no text below the header line; check that the file was saved whole")
    return faults
