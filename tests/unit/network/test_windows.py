"""Windows of time: each fact in exactly one, and each window the network of its own dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.network import KINDS, project_network, project_windows, read_options
from kg.network.days import cut_windows, first_day, last_day
from kg.store import GraphStore
from tests.builders import filled, resolved
from tests.unit.network.stances import document

DATES = ("2023-11-30", "2024-01", "2024-01-31", "2024-02-29", "2024-12-31", "2025")


def dated() -> GraphStore:
    return filled(*(document(date, "a+n b-n", date=date) for date in DATES), document("never", "a+n"))


def names(size: str, **options: str) -> list[str]:
    found = project_windows(dated(), "conflict", read_options("conflict", **options), size)
    return [window.name for window, _ in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("2024-02-30", "", ""),
        ("0000", "", ""),
        ("", "", ""),
        ("next year", "", ""),
    ],
)
def test_first_and_last_day(text: str, first: str, last: str) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


def test_months_and_years_are_those_of_the_calendar() -> None:
    assert names("months") == ["2023-11", "2024-01", "2024-02", "2024-12", "2025-01"]
    assert names("years") == ["2023", "2024", "2025"]


def test_days_are_counted_from_the_first() -> None:
    assert names("60") == [
        "2023-11-30_2024-01-28", "2024-01-29_2024-03-28", "2024-11-24_2025-01-22",
    ]  # fmt: skip
    assert names("365", since="2024") == ["2024-01-01_2024-12-30", "2024-12-31_2025-12-30"]
    assert names("1", since="2024-02", until="2024-02") == ["2024-02-29"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", ["months", "years", "90"])
def test_a_window_is_the_network_of_its_dates(kind: str, size: str) -> None:
    store = filled(*(document(date, "a+n b-n a+n", date=date) for date in DATES), resolved())
    repeated = {} if kind == "entities" else {"duplicates": "range"}
    for window, network in project_windows(store, kind, read_options(kind, **repeated), size):
        options = read_options(kind, since=window.first, until=window.last, **repeated)
        other = project_network(store, kind, options)
        assert list(network.nodes(data=True)) == list(other.nodes(data=True))
        assert list(network.edges(data=True)) == list(other.edges(data=True))


@pytest.mark.parametrize("size", ["weeks", "0", "-1", "36526", "99999999999", "1.5", "٣", ""])
def test_other_sizes_are_refused(size: str) -> None:
    with pytest.raises(InputError, match="wants months, years, or a number of days from 1 to 36525"):
        names(size)


def test_without_dates_there_is_no_window() -> None:
    assert list(cut_windows(["", ""], "7")) == []
    assert list(cut_windows([], "months")) == []


@given(st.lists(st.dates().map(lambda day: day.isoformat()), min_size=1), st.integers(1, 36_525))
def test_every_day_lies_in_one_window(days: list[str], size: int) -> None:
    windows = list(cut_windows(days, str(size)))
    assert windows == sorted(windows)
    for day in days:
        assert len([window for window in windows if window.first <= day <= window.last]) == 1
