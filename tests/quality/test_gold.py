"""What is extracted from gold articles is not worse than it was: those shared by all, and those of `tests/gold/fresh`.

The fresh ones were written and annotated by somebody who had not seen the rules. Five of them have been developed on
since (those of 2018, March 2022, June 2023 and 2025); the others are to stay unread by who works on the rules.
"""

import json

import pytest

from kg.pipeline import annotate_inputs
from tests.quality.figures import GOLD, SCORE, SLACK, Figures, measure_gold, names, read_floors

ROLES = ("holder", "about", "according_to", "agent", "recipient", "instrument", "object", "place", "speaker")
PARTS = tuple(GOLD)
FLOORS = read_floors()

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not SCORE.is_file(), reason=f"nothing to score gold articles with: {SCORE} is missing"),
]


@pytest.fixture(name="figures", scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figures]:
    return {part: measure_gold(tmp_path_factory.mktemp(part), part) for part in PARTS}


@pytest.mark.parametrize(
    ("part", "kind", "score"), [(part, *name) for part in PARTS for name in names(FLOORS.get(part, {}))]
)
def test_score_stands_above_its_floor(figures: dict[str, Figures], part: str, kind: str, score: str) -> None:
    assert figures[part][kind][score] >= FLOORS[part][kind][score] - SLACK[part]


@pytest.mark.parametrize("part", PARTS)
def test_every_score_has_a_floor(figures: dict[str, Figures], part: str) -> None:
    assert set(names(figures[part])) <= set(names(FLOORS[part])), "python -m tests.quality.raise_floors writes them"


def test_facts_refer_to_entities_of_their_article() -> None:
    lines = [line for line in annotate_inputs(sorted(GOLD["fresh"].glob("*.txt"))) if isinstance(line, str)]
    assert len(lines) == 10
    for found in map(json.loads, lines):
        known = {entity["id"] for entity in found["entities"]} | {None}
        facts = [*found["positions"], *found["events"], *found["statements"]]
        assert {fact.get(role) for fact in facts for role in ROLES} <= known
