"""The German model is not worse than it was, on data that it was not trained on."""

import pytest

from tests.quality.figures import DATA, SLACK, Figures, measure_model, names, read_floors

FLOORS = read_floors()["model"]

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no data to measure on: {DATA} is missing"),
]


@pytest.fixture(name="figures", scope="module")
def measure() -> Figures:
    return measure_model()


@pytest.mark.parametrize(("part", "score"), names(FLOORS))
def test_score_stands_above_its_floor(figures: Figures, part: str, score: str) -> None:
    assert figures[part][score] >= FLOORS[part][score] - SLACK["model"]


def test_every_score_has_a_floor(figures: Figures) -> None:
    assert set(names(figures)) <= set(names(FLOORS)), "python -m tests.quality.raise_floors writes them"
