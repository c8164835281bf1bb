"""Measures everything and raises the floors that were passed; none is ever lowered.

python -m tests.quality.raise_floors [gold|fresh|model|quotations ...]
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.quality.figures import FLOORS, Figures, measure_gold, measure_model, measure_quotations, names, read_floors


def main(parts: list[str]) -> int:
    """Write `floors.json` anew and say what has changed."""
    floors = read_floors()
    for part in parts or ["gold", "fresh", "model", "quotations"]:
        figures = _measure(part)
        for line in _describe(floors.get(part, {}), figures):
            sys.stdout.write(f"{part} {line}\n")
        floors[part] = raise_floors(floors.get(part, {}), figures)
    FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def raise_floors(floors: Figures, figures: Figures) -> Figures:
    """Every floor and every figure, the higher of the two where there are both; figures cut to tenths."""
    raised = {part: dict(scores) for part, scores in floors.items()}
    for part, name in names(figures):
        scores = raised.setdefault(part, {})
        scores[name] = max(scores.get(name, 0.0), math.floor(figures[part][name] * 10 + 1e-6) / 10)
    return raised


def _measure(part: str) -> Figures:
    if part == "model":
        return measure_model()
    with TemporaryDirectory() as work:
        return measure_quotations(Path(work)) if part == "quotations" else measure_gold(Path(work), part)


def _describe(floors: Figures, figures: Figures) -> Iterator[str]:
    for part, name in names(figures):
        floor, figure = floors.get(part, {}).get(name), figures[part][name]
        yield f"{part} {name}: {figure:.1f}" + ("" if floor is None else f" (floor {floor:.1f})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
