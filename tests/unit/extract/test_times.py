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


class TestRelative:
    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("am 5.12.1994", "1994-12-05"),
            ("vor drei Tagen", "2024-11-30"),
            ("in zwei Tagen", "2024-12-05"),
            ("vor zwei Wochen", "2024-11"),
            ("vor einem Monat", "2024-11"),
            ("in zwei Monaten", "2025-02"),
            ("vor zehn Jahren", "2014"),
            ("im vergangenen Jahr", "2023"),
            ("im Vorjahr", "2023"),
            ("im kommenden Jahr", "2025"),
            ("im vergangenen Monat", "2024-11"),
            ("im Sommer 2023", "2023"),
            ("am Dienstagabend", "2024-12-03"),
            ("am kommenden Freitag", "2024-12-06"),
            ("am vergangenen Dienstag", "2024-11-26"),
        ],
    )
    def test_is_counted_from_the_article_as_exactly_as_it_says(self, text: str, iso: str) -> None:
        assert times(text)[0] == iso

    def test_weekday_of_what_is_to_come_is_the_next(self) -> None:
        text = "am Freitag"
        found = list(find_times(article("x", text, "2024-12-03"), 0, len(text), ahead=True))
        assert found == [(3, "2024-12-06")]

    @pytest.mark.parametrize("text", ["vor wenigen Wochen", "am Morgen", "guten Tag"])
    def test_what_says_no_number_is_no_time(self, text: str) -> None:
        assert times(text) == []
