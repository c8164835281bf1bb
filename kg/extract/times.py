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
PARTS_OF_DAY = "morgen|vormittag|mittag|nachmittag|abend|nacht"
RELATIVE = {"heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2}
NUMBERS = dict(zip("einem einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(),
                   (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), strict=True))  # fmt: skip
UNITS = {"Tag": "day", "Woche": "week", "Monat": "month", "Jahr": "year"}
_LAST = r"vergangenen?|vergangener|letzten?|letzter|vorigen?|voriger|zurückliegenden"
_NEXT = r"kommenden?|kommender|nächsten?|nächster"
_THIS = r"diesen?|dieser|diesem|laufenden?|laufender"
TURNS = {"last": -1, "this": 0, "next": 1}

_DAY = re.compile(rf"\b(\d{{1,2}})\.\s?({'|'.join(MONTHS)})(?:\s(\d{{4}}))?")
_NUMERIC = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})\b")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})(?:\s(\d{{4}}))?\b")
_YEAR = re.compile(
    r"\b(?:[Ii]m Jahre?|[Ss]eit|[Ii]n|[Vv]on|[Aa]nfang|Ende|Mitte|Frühjahr|Frühling|Sommer|Herbst|Winter|"
    r"[Bb]ereits|[Ss]chon|[Ee]rstmals|[Bb]is)\s((?:19|20)\d{2})\b"
)
_WORD = re.compile(
    rf"\b(?:({_LAST}|{_NEXT}|{_THIS})\s)?({'|'.join((*WEEKDAYS, 'Sonnabend'))})(?:{PARTS_OF_DAY})?s?\b"
    rf"|(?<!\bam )(?<!\bAm )(?<!\bguten )\b({'|'.join(RELATIVE)})\b"
)
_AGO = re.compile(rf"\b([Vv]or|[Ii]n)\s(\d{{1,2}}|{'|'.join(NUMBERS)})\s({'|'.join(UNITS)})(?:en|n|e)?\b")
_TURN = re.compile(
    rf"\b(?:(?P<last>{_LAST})|(?P<next>{_NEXT})|(?P<this>{_THIS}))\s(?P<unit>Monate?s?|Jahre?s?)\b"
    r"|\b(?P<before>[Vv]orjahr|[Vv]ormonat)(?:e?s)?\b",
    re.IGNORECASE,
)


def find_times(article: Article, start: int, end: int, *, ahead: bool = False) -> Iterator[tuple[int, str]]:
    """(offset, ISO date) of each time expression between two offsets, most exact kinds first.

    With `ahead`, of what is still to come: a weekday is the next one, not the last.
    """
    text = article.text[start:end]
    for match in _DAY.finditer(text):
        year = match[3] or _year_of(article, MONTHS[match[2]])
        if year and 1 <= int(match[1]) <= 31:
            yield start + match.start(), f"{year}-{MONTHS[match[2]]:02d}-{int(match[1]):02d}"
    for match in _NUMERIC.finditer(text):
        if int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
            yield start + match.start(), f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    for match in _WORD.finditer(text):
        found = _day_named(article, match, ahead=ahead)
        if found:
            yield start + match.start(), found
    for match in _AGO.finditer(text):
        found = _at_distance(article, match)
        if found:
            yield start + match.start(), found
    for match in _MONTH.finditer(text):
        year = match[2] or _year_of(article, MONTHS[match[1]])
        if year:
            yield start + match.start(), f"{year}-{MONTHS[match[1]]:02d}"
    for match in _TURN.finditer(text):
        found = _turned(article, match)
        if found:
            yield start + match.start(), found
    for match in _YEAR.finditer(text):
        yield start + match.start(), match[1]


def _year_of(article: Article, month: int) -> str | None:
    """The year of a month named without one: the last such month before the article, or its own."""
    if not article.date or len(article.date) < 7:
        return None
    year, own = int(article.date[:4]), int(article.date[5:7])
    return str(year if month <= own + 1 else year - 1)


def _day_of(article: Article) -> datetime.date | None:
    """The day of the article, if its date has one."""
    return datetime.date.fromisoformat(article.date) if article.date and len(article.date) >= 10 else None


def _day_named(article: Article, match: re.Match[str], *, ahead: bool) -> str | None:
    """A weekday or heute, gestern ...: known only if the article's date has a day."""
    day = _day_of(article)
    if day is None:
        return None
    if match[3]:
        return str(day + datetime.timedelta(days=RELATIVE[match[3]]))
    number = 5 if match[2] == "Sonnabend" else WEEKDAYS.index(match[2])
    turn = _turn_of(match[1] or "")
    back = (day.weekday() - number) % 7
    if turn == "next" or (ahead and turn != "last"):
        return str(day + datetime.timedelta(days=(7 - back) % 7 or (7 if turn == "next" else 0)))
    return str(day - datetime.timedelta(days=back or (7 if turn == "last" else 0)))


def _turn_of(word: str) -> str:
    kinds = {"last": _LAST, "next": _NEXT, "this": _THIS}
    return next((kind for kind, pattern in kinds.items() if re.fullmatch(pattern, word)), "")


def _at_distance(article: Article, match: re.Match[str]) -> str | None:
    """Vor zwei Wochen, in drei Tagen: of days exact, of weeks and months the month, of years the year."""
    count = NUMBERS.get(match[2]) or int(match[2])
    unit, sign = UNITS[match[3]], -1 if match[1].lower() == "vor" else 1
    day = _day_of(article)
    if unit in ("day", "week"):
        moved = day + datetime.timedelta(days=sign * count * (7 if unit == "week" else 1)) if day else None
        return str(moved)[: 10 if unit == "day" else 7] if moved else None
    return _shifted(article, unit, sign * count)


def _turned(article: Article, match: re.Match[str]) -> str | None:
    """Im vergangenen Jahr, kommenden Monat, im Vorjahr."""
    if match["before"]:
        return _shifted(article, "year" if "jahr" in match["before"].lower() else "month", -1)
    turn = next(name for name in TURNS if match[name])
    return _shifted(article, "year" if match["unit"].lower().startswith("jahr") else "month", TURNS[turn])


def _shifted(article: Article, unit: str, by: int) -> str | None:
    """The month or year of the article moved by some."""
    date = article.date or ""
    if unit == "year":
        return str(int(date[:4]) + by) if date else None
    if len(date) < 7:
        return None
    months = int(date[:4]) * 12 + int(date[5:7]) - 1 + by
    return f"{months // 12}-{months % 12 + 1:02d}"
