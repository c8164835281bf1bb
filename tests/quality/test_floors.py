"""Floors only rise."""

from tests.quality.figures import SLACK, read_floors
from tests.quality.raise_floors import raise_floors


def test_a_better_figure_raises_its_floor() -> None:
    assert raise_floors({"a": {"f1": 70.0}}, {"a": {"f1": 71.29}}) == {"a": {"f1": 71.2}}


def test_a_worse_one_leaves_it() -> None:
    assert raise_floors({"a": {"f1": 70.0}}, {"a": {"f1": 69.9}}) == {"a": {"f1": 70.0}}


def test_a_new_one_gets_its_own() -> None:
    assert raise_floors({"a": {"f1": 70.0}}, {"b": {"las": 80.0}}) == {"a": {"f1": 70.0}, "b": {"las": 80.0}}


def test_floors_are_percentages() -> None:
    floors = read_floors()
    assert floors.keys() == SLACK.keys()
    assert all(0 <= value <= 100 for part in floors.values() for scores in part.values() for value in scores.values())
