"""What is extracted from the gold articles is not worse than it was."""

import pytest

from tests.quality.figures import GOLD, SLACK, Figures, measure_gold, names, read_floors

FLOORS = read_floors()["gold"]

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not GOLD.is_dir(), reason=f"no gold articles: {GOLD} is missing"),
]


@pytest.fixture(name="figures", scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return measure_gold(tmp_path_factory.mktemp("gold"))


@pytest.mark.parametrize(("kind", "score"), names(FLOORS))
def test_score_stands_above_its_floor(figures: Figures, kind: str, score: str) -> None:
    assert figures[kind][score] >= FLOORS[kind][score] - SLACK["gold"]


def test_every_score_has_a_floor(figures: Figures) -> None:
    assert set(names(figures)) <= set(names(FLOORS)), "python -m tests.quality.raise_floors writes them"
