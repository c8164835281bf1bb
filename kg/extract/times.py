"""When: dates in the text, absolute or relative to the date of the article, as ISO 8601 of the precision given."""

import datetime
import re
from collections.abc import Iterator

from kg.model import Article

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("Januar", "Jänner"), ("Februar", "Feber"), ("März",), ("April",), ("Mai",), ("Juni",), ("Juli",),
            ("August",), ("September",), ("Oktober",), ("November",), ("Dezember",),
        ),
        1,
    )
    for name in names
}  # fmt: skip
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
RELATIVE = {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2}

_DAY = re.compile(rf"\b(\d{{1,2}})\.\s?({'|'.join(MONTHS)})(?:\s(\d{{4}}))?")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})(?:\s(\d{{4}}))?\b")
_YEAR = re.compile(r"\b(?:[Ii]m Jahre?|[Ss]eit|[Ii]n|[Vv]on|[Aa]nfang|Ende|Mitte)\s((?:19|20)\d{2})\b")
_WORD = re.compile(rf"\b({'|'.join((*WEEKDAYS, 'Sonnabend'))}|{'|'.join(RELATIVE)})\b")


def find_times(article: Article, start: int, end: int) -> Iterator[tuple[int, str]]:
    """(offset, ISO date) of each time expression between two offsets, most exact kinds first."""
    text = article.text[start:end]
    for match in _DAY.finditer(text):
        year = match[3] or _year_of(article, MONTHS[match[2]])
        if year and 1 <= int(match[1]) <= 31:
            yield start + match.start(), f"{year}-{MONTHS[match[2]]:02d}-{int(match[1]):02d}"
    for match in _WORD.finditer(text):
        found = _relative(article, match[1])
        if found:
            yield start + match.start(), found
    for match in _MONTH.finditer(text):
        year = match[2] or _year_of(article, MONTHS[match[1]])
        if year:
            yield start + match.start(), f"{year}-{MONTHS[match[1]]:02d}"
    for match in _YEAR.finditer(text):
        yield start + match.start(), match[1]


def _year_of(article: Article, month: int) -> str | None:
    """The year of a month named without one: the last such month before the article, or its own."""
    if not article.date or len(article.date) < 7:
        return None
    year, own = int(article.date[:4]), int(article.date[5:7])
    return str(year if month <= own + 1 else year - 1)


def _relative(article: Article, word: str) -> str | None:
    """A weekday or heute, gestern ...: known only if the article's date has a day."""
    if not article.date or len(article.date) < 10:
        return None
    day = datetime.date.fromisoformat(article.date)
    if word in RELATIVE:
        return str(day + datetime.timedelta(days=RELATIVE[word]))
    number = 5 if word == "Sonnabend" else WEEKDAYS.index(word)
    back = (day.weekday() - number) % 7
    return str(day - datetime.timedelta(days=back))
