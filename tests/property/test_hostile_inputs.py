"""Some of what `python -m tests.fuzz.inputs` runs: inputs made from their numbers, and the smaller of the hostile ones."""

import pytest

from kg.model import Article, Skipped
from tests.docs import world
from tests.fuzz import check
from tests.fuzz.generate import Given, list_hostile, make_given
from tests.fuzz.parses import guess_parse

for library in ("defusedxml", "fastwarc", "feedparser", "pypdf", "trafilatura"):
    pytest.importorskip(library)
SMALL = 20_000  # bytes
UNSEEN = {"decomposed", "bidi", "title-is-markup", "title-is-formula", "id-climbs-out"}


@pytest.fixture(autouse=True)
def _small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "load_knowledge", world)


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_random_inputs(first: int) -> None:
    for number in range(first, first + 20):
        assert list(check.check_given(make_given(number), check.analyse_guess)), number


@pytest.mark.parametrize("given", [given for given in list_hostile() if len(given.data) < SMALL], ids=lambda g: g.name)
def test_hostile_inputs(given: Given) -> None:
    found = list(check.check_given(given, check.analyse_guess))
    if given.name != "warc-lies-of-its-length":  # a part of it may be read
        assert [type(one) for one in found] == [Article if given.name in UNSEEN else Skipped]


def test_the_same_number_gives_the_same_input_and_the_same_parse() -> None:
    assert [make_given(number) for number in range(40)] == [make_given(number) for number in range(40)]
    assert guess_parse("Kiew lehnt ab.", 1).to_json() == guess_parse("Kiew lehnt ab.", 1).to_json()


def test_what_does_not_hold_is_found() -> None:
    with pytest.raises(check.BrokenError, match="no reason"):
        check.check_reason(Skipped(source="a", reason=" "))
