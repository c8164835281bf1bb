"""Dates in the text, as exact as it says, counted from the date of the article."""

import pytest

from kg.extract.times import find_times
from tests.builders import article


def times(text: str, date: str | None = "2024-12-03") -> list[str]:
    return [iso for _, iso in find_times(article("x", text, date), 0, len(text))]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("am 5. Dezember 1994", "1994-12-05"),
        ("am 24.Februar 2022", "2022-02-24"),
        ("am 1. Dezember", "2024-12-01"),
        ("am 20. Februar", "2024-02-20"),
        ("am 5. Jänner 2020", "2020-01-05"),
        ("im März 2023", "2023-03"),
        ("im November", "2024-11"),
        ("im Jahr 2008", "2008"),
        ("seit 2014", "2014"),
        ("Ende 1989", "1989"),
        ("heute", "2024-12-03"),
        ("gestern", "2024-12-02"),
        ("übermorgen", "2024-12-05"),
        ("am Montag", "2024-12-02"),
        ("am Dienstag", "2024-12-03"),
        ("am Mittwoch", "2024-11-27"),
        ("am Sonnabend", "2024-11-30"),
    ],
)
def test_an_expression_is_a_date(text: str, iso: str) -> None:
    assert times(text)[0] == iso


@pytest.mark.parametrize("text", ["1994 Menschen", "Augustin", "2014", "im Jahr 3000", "Montagehalle"])
def test_other_numbers_and_words_are_none(text: str) -> None:
    assert times(text) == []


def test_an_impossible_day_leaves_the_month() -> None:
    assert times("am 45. Dezember") == ["2024-12"]


class TestYear:
    def test_of_a_month_without_one_is_the_last_such_month(self) -> None:
        assert times("im November", "2024-01-15") == ["2023-11"]

    def test_of_a_month_about_to_come_is_the_articles(self) -> None:
        assert times("im Februar", "2024-01-15") == ["2024-02"]

    @pytest.mark.parametrize("date", [None, "2024"])
    def test_is_unknown_without_the_month_of_the_article(self, date: str | None) -> None:
        assert times("im November", date) == []


@pytest.mark.parametrize("date", [None, "2024", "2024-12"])
def test_days_are_unknown_without_the_day_of_the_article(date: str | None) -> None:
    assert times("gestern oder am Montag", date) == []


def test_each_has_its_offset_in_the_article() -> None:
    text = "Gestern nicht, am 5. Dezember 1994 und seit 2014 schon"
    found = list(find_times(article("x", text, "2024-12-03"), 10, len(text)))
    assert [text[at:].split()[0] for at, _ in found] == ["5.", "Dezember", "seit"]
