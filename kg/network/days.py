"""Dates as the projections count them, and the windows that a span of time is cut into.

A date that names no more than a month or a year counts as its first day, so that every fact lies in one window.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.errors import InputError

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MOST_DAYS = 36_525  # of one window: a hundred years


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A span of days, ISO 8601, both ends within it; `name` can stand in the name of a file."""

    first: str
    last: str
    name: str


def first_day(text: str) -> str:
    """The first day of a day, month or year in ISO 8601; "" for what is none of them."""
    match = _DATE.fullmatch(text)
    try:
        return date(*(int(part) if part else 1 for part in match.groups())).isoformat() if match else ""
    except (TypeError, ValueError):
        return ""


def last_day(text: str) -> str:
    """The last day of a day, month or year in ISO 8601; "" for what is none of them."""
    start = first_day(text)
    if not start or len(text) == 10:
        return start
    month = int(text[5:7]) if len(text) == 7 else 12
    return date(int(text[:4]), month, monthrange(int(text[:4]), month)[1]).isoformat()


def check_day(name: str, text: str | None) -> None:
    """Raises InputError where `text`, the value of the option `name`, is no date."""
    if text is not None and not first_day(text):
        raise InputError(f"{name} {text!r}: wants a day, month or year: 2024-12-31, 2024-12 or 2024")


def is_within(day: str, since: str | None, until: str | None) -> bool:
    """Whether a first day lies between two dates, both included; without either, every fact is."""
    if since is None and until is None:
        return True
    return bool(day) and (since is None or first_day(since) <= day) and (until is None or day <= last_day(until))


def cut_windows(days: Iterable[str], size: str, *, since: str | None = None) -> Iterator[Window]:
    """The windows in which one of the days lies, in order.

    Args:
        days: first days of facts; "" for those without a date, which lie in no window.
        size: "months" or "years" of the calendar, or a number of days, counted from `since` or the first day.
        since: where windows of days begin.

    Raises:
        InputError: `size` is none of them.
    """
    known = sorted({day for day in days if day})
    if size in ("months", "years"):
        length = 7 if size == "months" else 4
        for name in sorted({day[:length] for day in known}):
            yield Window(first=first_day(name), last=last_day(name), name=name)
        return
    length = _read_length(size)
    start = date.fromisoformat(first_day(since) if since else known[0]) if known else date.min
    for number in sorted({(date.fromisoformat(day) - start).days // length for day in known}):
        first = start + timedelta(days=number * length)
        last = first + timedelta(days=min(length - 1, (date.max - first).days))
        name = first.isoformat() if length == 1 else f"{first.isoformat()}_{last.isoformat()}"
        yield Window(first=first.isoformat(), last=last.isoformat(), name=name)


def _read_length(size: str) -> int:
    length = int(size) if size.isascii() and size.isdecimal() and len(size) < 7 else 0
    if not 0 < length <= MOST_DAYS:
        raise InputError(f"window {size!r}: wants months, years, or a number of days from 1 to {MOST_DAYS}")
    return length
