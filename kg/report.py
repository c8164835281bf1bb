"""What a build found, counted: for `report.json` and for the table at the end of `kg build`.

A tally counts by kind, id and label: entities have all three, positions a kind and a label, other facts a
kind alone. Tallies of articles add up, in any order, and grow with the number of different entities and
positions, not with that of articles.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg import __version__
from kg.model import BuildReport, Position, Resolved
from kg.store import write_file

Tally = Counter[tuple[str, str, str]]
ARTICLES = ("articles", "", "")

ACTORS = frozenset(
    "Person State Organisation InternationalOrganisation Alliance GovernmentBody Party ArmedGroup Group Actor".split()
)
_ROWS = {"Place": "places", "Treaty": "treaties", "WeaponSystem": "weapon systems"}
_VERBS = {"support": "supports", "oppose": "opposes"}
_FACTS = ("statements", "events", "offices", "relations")


def tally_facts(resolved: Resolved) -> Tally:
    """The facts of one article, counted."""
    tally: Tally = Counter()
    labels = {entity.id: entity.label for entity in resolved.entities}
    for entity in resolved.entities:
        tally[_choose_row(entity.type), entity.id, entity.label] += len(entity.mentions)
    for position in resolved.positions:
        tally["positions", "", _word_position(position, labels)] += 1
    for kind in _FACTS:
        tally[kind, "", ""] += len(getattr(resolved, kind))
    tally[ARTICLES] += 1
    return tally


def count_facts(tally: Tally) -> dict[str, int]:
    """How many different entities of each kind, and how many facts; by kind, sorted."""
    counts: Counter[str] = Counter(dict.fromkeys(("actors", "positions", *_ROWS.values(), *_FACTS), 0))
    counts.update(kind for kind, _ in {(kind, id) for kind, id, _ in tally if id})
    for (kind, id, _), number in tally.items():
        counts[kind] += 0 if id else number
    return dict(sorted(counts.items()))


def list_examples(tally: Tally, kind: str, *, most: int) -> Iterator[str]:
    """What was found most often of a kind, with its number, most frequent first."""
    found: Counter[str] = Counter()
    for (other, _, label), number in tally.items():
        if other == kind and label:
            found[label] += number
    for label, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]:
        yield f"{label} ({number})" if number > 1 else label


def write_report(report: BuildReport, path: Path, *, model: str) -> None:
    """Writes `report.json`: the same bytes for the same articles in any order, apart from `seconds`, which is its end.

    Raises:
        StoreError: the place cannot be written.
    """
    content: dict[str, object] = {
        "versions": {"kg": __version__, "model": model},
        "articles": report.articles,
        "counts": dict(report.counts),
        "read": _count_read(report),
        "skipped": [{"source": source, "reason": reason} for source, reason in _sort_skipped(report)],
    }
    if report.seconds:
        content["seconds"] = {stage: round(seconds, 3) for stage, seconds in report.seconds.items()}
    write_file(path, [json.dumps(content, ensure_ascii=False, indent=2) + "\n"])


def _count_read(report: BuildReport) -> dict[str, int]:
    """What became of all that was read; the first number is the sum of the others."""
    parts = {
        "new": report.articles - report.replaced - report.unchanged,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "skipped": len(report.skipped),
    }
    return {"all": sum(parts.values()), **parts}


def _sort_skipped(report: BuildReport) -> list[tuple[str, str]]:
    return sorted((skipped.source, skipped.reason) for skipped in report.skipped)


def _choose_row(type: str) -> str:
    """The row of the table in which a class of entities is counted."""
    return "actors" if type in ACTORS else _ROWS.get(type, "other things")


def _word_position(position: Position, labels: Mapping[str, str]) -> str:
    holder = labels.get(position.holder, position.holder)
    stance = _VERBS.get(position.polarity, f"is {position.polarity} on")
    about = f": {labels.get(position.about, position.about)}" if position.about else ""
    hedge = "" if position.modality == "asserted" else f" [{position.modality}]"
    return f"{holder} {stance} {position.issue}{about}{hedge}"
