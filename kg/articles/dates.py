"""Dates as articles give them: a year, a month or a day, ISO 8601."""

import re
from datetime import date

WANTED_DATE = "YYYY, YYYY-MM or YYYY-MM-DD, such as 2024-12 or 2024-12-03"
_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}.*)?)?)?")


def read_date(value: str) -> str | None:
    """The date as precise as `value` says it, a time of day cut off; None if it is no date."""
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)
