"""The figures that have floors, measured: facts against gold articles, statements against the Wikinews quotations, the
German model against held-out data.

All are percentages. `floors.json` holds for each the best that was reached; a test fails where one falls short of it
by more than the slack, which is what 8-bit arithmetic differs by from one processor to another.
"""

import json
import subprocess
import sys
from pathlib import Path

from kg.model import Skipped
from kg.pipeline import annotate_inputs
from kg.training.measure import measure_entities, measure_parsing
from tests.quality.quotations import read_quotations, render_inputs, score_statements

SHARED = Path(__file__).parents[3] / "shared"
SCORE = SHARED / "gold" / "score.py"
GOLD = {"gold": SHARED / "gold" / "dev", "fresh": Path(__file__).parents[1] / "gold" / "fresh"}  # folders of articles
DATA = SHARED / "data"
FLOORS = Path(__file__).with_name("floors.json")
SLACK = {"gold": 1.0, "fresh": 1.0, "model": 0.5, "quotations": 1.0}
SCORED = ("f1", "core_recall")  # precision and recall may be traded; ratios of the matched alone are no floor
OTHER_TAGS = {  # PUD's are not those of the STTS; months, adverbial adjectives, als and wie have other classes in GSD
    ("pud-news", "xpos"),
    ("pud-news", "upos"),
}

Figures = dict[str, dict[str, float]]  # what was measured -> score -> percent


def read_floors() -> dict[str, Figures]:
    """The floors of `gold`, `fresh`, `model` and `quotations`."""
    floors: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def names(figures: Figures) -> list[tuple[str, str]]:
    """Everything that is scored, with the scores it has."""
    return [(part, name) for part, scores in figures.items() for name in scores]


def measure_gold(work: Path, part: str = "gold") -> Figures:
    """Scores of every kind of fact in the gold articles of one of `GOLD`; `work` is a folder to write into."""
    found = work / "found.jsonl"
    found.write_text("".join(_annotate(sorted(GOLD[part].glob("*.txt")))), encoding="utf-8")
    command = [sys.executable, str(SCORE), str(GOLD[part]), str(found), "--json"]
    scored = subprocess.run(command, capture_output=True, text=True, check=False)
    if scored.returncode:
        raise RuntimeError(f"score.py: {scored.stderr}")
    table: dict[str, dict[str, float]] = json.loads(scored.stdout)
    return {kind: {n: round(100 * row[n], 1) for n in SCORED if n in row} for kind, row in table.items()}


def measure_quotations(work: Path) -> Figures:
    """F1 of statements in the articles of the Wikinews quotations (dev), without the nested ones and with them."""
    articles = read_quotations("dev")
    inputs = work / "wikinews.jsonl"
    inputs.write_text("".join(render_inputs(articles)), encoding="utf-8")
    found = [json.loads(line) for line in _annotate([inputs])]
    parts = {"wikinews-dev": False, "wikinews-dev-all": True}
    scored = {part: score_statements(articles, found, nested=nested) for part, nested in parts.items()}
    return {part: {name: round(value, 1) for name, value in scores.items()} for part, scores in scored.items()}


def _annotate(inputs: list[Path]) -> list[str]:
    """What `kg annotate` prints; raises what it would skip."""
    lines = list(annotate_inputs(inputs))
    skipped = [f"{item.source}: {item.reason}" for item in lines if isinstance(item, Skipped)]
    if skipped:
        raise RuntimeError("\n".join(skipped))
    return [line for line in lines if isinstance(line, str)]


def measure_model() -> Figures:
    """Scores of the model that the package ships, as in its model card."""
    parsing = measure_parsing(DATA)
    found = {
        part: {name: round(value, 2) for name, value in scores.items() if (part, name) not in OTHER_TAGS}
        for part, scores in parsing.items()
    }
    _, _, f1 = measure_entities(DATA)
    return {**found, "germeval-dev": {"f1": round(f1, 2)}}
