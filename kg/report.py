"""What a build found, counted: for `report.json` and for the table at the end of `kg build`.

A tally is a `Counter` whose keys begin with the kind of what is counted; tallies of articles add up, in
any order. It grows with the number of different entities and positions, not with that of articles.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg import __version__
from kg.errors import StoreError
from kg.model import BuildReport, Position, Resolved

Tally = Counter[tuple[str, ...]]

ACTORS = frozenset(
    "Person State Organisation InternationalOrganisation Alliance GovernmentBody Party ArmedGroup Group Actor".split()
)
_ROOMS = {"Place": "places", "Treaty": "treaties", "WeaponSystem": "weapon systems"}
_VERBS = {"support": "supports", "oppose": "opposes"}
_FACTS = ("statements", "events", "offices", "relations")


def tally_facts(resolved: Resolved) -> Tally:
    """The facts of one article, counted."""
    tally: Tally = Counter()
    labels = {entity.id: entity.label for entity in resolved.entities}
    for entity in resolved.entities:
        tally[room(entity.type), entity.id, entity.label] += len(entity.mentions)
    for position in resolved.positions:
        tally["positions", *_word_position(position, labels)] += 1
    tally["articles",] = 1
    for kind in _FACTS:
        tally[kind,] += len(getattr(resolved, kind))
    return tally


def room(type: str) -> str:
    """The row of the table in which a class of entities is counted."""
    return "actors" if type in ACTORS else _ROOMS.get(type, "other things")


def count_facts(tally: Tally) -> dict[str, int]:
    """How many different entities of each kind, and how many facts; by kind, sorted."""
    counts: Counter[str] = Counter(dict.fromkeys(("actors", "positions", *_ROOMS.values(), *_FACTS), 0))
    counts.update(kind for kind, *_ in {key[:2] for key in tally if len(key) == 3})
    for kind, *rest in tally:
        if len(rest) != 2:
            counts[kind] += tally[kind, *rest]
    return dict(sorted(counts.items()))


def list_examples(tally: Tally, kind: str, *, most: int) -> Iterator[str]:
    """What was found most often of a kind, with its number, most frequent first."""
    found: Counter[str] = Counter()
    for key, number in tally.items():
        if key[0] == kind:
            found[key[-1] if len(key) == 3 else _join_position(key[1:])] += number
    for label, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]:
        yield f"{label} ({number})" if number > 1 else label


def write_report(report: BuildReport, path: Path, *, model: str) -> None:
    """Writes `report.json`: the same bytes for the same articles in any order; no times in it.

    Raises:
        StoreError: the place cannot be written.
    """
    content = {
        "versions": {"kg": __version__, "model": model},
        "articles": report.articles,
        "counts": dict(report.counts),
        "skipped": [{"source": source, "reason": reason} for source, reason in _sort_skipped(report)],
    }
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def _sort_skipped(report: BuildReport) -> list[tuple[str, str]]:
    return sorted((skipped.source, skipped.reason) for skipped in report.skipped)


def _word_position(position: Position, labels: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    return (
        labels.get(position.holder, position.holder),
        position.polarity,
        position.modality,
        position.issue,
        labels.get(position.about or "", position.about or ""),
    )


def _join_position(words: tuple[str, ...]) -> str:
    holder, polarity, modality, issue, about = words
    stance = _VERBS.get(polarity, f"is {polarity} on")
    hedge = "" if modality == "asserted" else f" [{modality}]"
    return f"{holder} {stance} {issue}{f': {about}' if about else ''}{hedge}"
