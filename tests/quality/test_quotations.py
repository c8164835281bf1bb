"""Statements in the Wikinews quotations are not found worse than they were; and the scorer counts as its docstring says."""

import json
from typing import Any

import pytest

from tests.quality.figures import SLACK, Figures, measure_quotations, names, read_floors
from tests.quality.quotations import QUOTES, match_article, score_statements

FLOORS = read_floors()["quotations"]
TEXT = "Sie sagte , es regne . Er schwieg ."

measured = [
    pytest.mark.model,
    pytest.mark.skipif(not QUOTES.is_dir(), reason=f"no quotations to measure on: {QUOTES} is missing"),
]


@pytest.fixture(name="figures", scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return measure_quotations(tmp_path_factory.mktemp("quotations"))


class TestFloors:
    pytestmark = measured

    @pytest.mark.parametrize(("part", "score"), names(FLOORS))
    def test_score_stands_above_its_floor(self, figures: Figures, part: str, score: str) -> None:
        assert figures[part][score] >= FLOORS[part][score] - SLACK["quotations"]

    def test_every_score_has_a_floor(self, figures: Figures) -> None:
        assert set(names(figures)) <= set(names(FLOORS)), "python -m tests.quality.raise_floors writes them"


def tokens() -> list[dict[str, int]]:
    found, at = [], 0
    for n, word in enumerate(TEXT.split()):
        found.append({"id": n, "charBegin": at, "charEnd": at + len(word)})
        at += len(word) + 1
    return found


def article(*annotations: dict[str, Any]) -> dict[str, Any]:
    return {"documentName": "a", "tokens": tokens(), "annotations": list(annotations)}


def gold(
    message: list[int], speaker: list[int], *, nested: bool = False, cue: tuple[int, ...] = (1,)
) -> dict[str, Any]:
    parts = {"quote": message, "speaker": speaker, "cue": list(cue), "frame": [], "addressee": []}
    spans = {name: {"tokenIds": ids} for name, ids in parts.items()}
    return {**spans, "type": "Indirect", "medium": "Speech", "isNested": nested}


def statement(words: str, speaker: str = "Sie", *, nested_in: str | None = None) -> dict[str, Any]:
    def spans(of: str) -> list[dict[str, int]]:
        return [{"start": TEXT.index(of), "end": TEXT.index(of) + len(of)}] if of else []

    return {
        "content": spans(words), "cue": spans("sagte"), "speaker_spans": spans(speaker), "frame_spans": [],
        "addressee_spans": [], "form": "indirect", "medium": "speech", "nested_in": nested_in,
    }  # fmt: skip


def score(of: dict[str, Any], *statements: dict[str, Any], nested: bool = False) -> dict[str, float]:
    found = json.loads(json.dumps([{"article": {"id": "a"}, "statements": list(statements)}]))
    return score_statements([of], found, nested=nested)


class TestScorer:
    def test_what_is_the_same_scores_full(self) -> None:
        scores = score(article(gold([3, 4], [0])), statement("es regne"))
        assert (scores["message"], scores["speaker"], scores["joint"], scores["Indirect"]) == (100, 100, 100, 100)

    def test_counts_tokens(self) -> None:
        scores = score(article(gold([3, 4], [0])), statement("regne"))
        assert scores["message"] == pytest.approx(100 * 2 * 1 * 0.5 / 1.5)

    def test_a_quotation_too_many_costs_precision(self) -> None:
        scores = score(article(gold([3, 4], [0])), statement("es regne"), statement("Er schwieg"))
        assert scores["message"] == pytest.approx(100 * 2 * 0.5 * 1 / 1.5)

    def test_matches_so_that_overlap_is_greatest(self) -> None:
        pairs = match_article(
            article(gold([3, 4], [0]), gold([3], [0])), [statement("es"), statement("es regne")], nested=True
        )
        assert [pair.recall("message") for pair in pairs] == [1, 1]

    def test_leaves_nested_ones_out(self) -> None:
        of = article(gold([3, 4], [0]), gold([4], [0], nested=True))
        inner = statement("regne", nested_in="s-1")
        assert score(of, statement("es regne"), inner)["message"] == 100
        assert score(of, statement("es regne"), inner, nested=True)["message"] == 100
        assert score(of, statement("es regne"), nested=True)["message"] < 100

    def test_nothing_found_is_nothing(self) -> None:
        assert score(article(gold([3, 4], [0])))["joint"] == 0
        assert score_statements([article(gold([3, 4], [0]))], [], nested=False)["message"] == 0
