"""Counts add up in any order, and the report has the same bytes."""

import json
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.model import Article, BuildReport, Entity, Event, Mention, Position, Resolved, Skipped, Span
from kg.report import Tally, count_facts, list_examples, tally_facts, write_report

SPAN = Span(start=0, end=1)


def make_resolved(id: str, *entities: tuple[str, str, int], positions: tuple[Position, ...] = ()) -> Resolved:
    article = Article(
        id=id, text="a", title="t", date=None, language="de", source="s", sha256="0", sections=(SPAN,)
    )  # fmt: skip
    return Resolved(
        article=article,
        entities=tuple(
            Entity(
                id=label.casefold(),
                type=type,
                label=label,
                mentions=tuple(Mention(span=SPAN, text="a", kind="name") for _ in range(number)),
            )
            for type, label, number in entities
        ),
        positions=positions,
        events=(Event(id="e", type="meet", evidence=SPAN, modality="asserted"),),
    )


def make_position(holder: str, polarity: str = "support", modality: str = "asserted") -> Position:
    return Position(
        id="p",
        holder=holder,
        issue="nato-membership",
        about="ukraine",
        polarity=polarity,
        modality=modality,
        evidence=SPAN,
    )


ONE = make_resolved(
    "1", ("State", "Ukraine", 3), ("Person", "Peskow", 1), positions=(make_position("peskow", "oppose"),)
)
TWO = make_resolved("2", ("State", "Ukraine", 1), ("Treaty", "INF-Vertrag", 1), ("WeaponSystem", "Taurus", 2))


def add(*resolved: Resolved) -> Tally:
    total: Tally = Counter()
    for one in resolved:
        total.update(tally_facts(one))
    return total


def test_different_entities_are_counted_once() -> None:
    counts = count_facts(add(ONE, TWO))
    assert counts["articles"] == 2
    assert counts["actors"] == 2
    assert (counts["treaties"], counts["weapon systems"], counts["places"]) == (1, 1, 0)
    assert (counts["positions"], counts["events"], counts["statements"]) == (1, 2, 0)


def test_order_of_articles_does_not_matter() -> None:
    assert add(ONE, TWO) == add(TWO, ONE)
    assert list(count_facts(add(ONE, TWO)).items()) == list(count_facts(add(TWO, ONE)).items())


def test_examples_come_by_number_of_mentions_then_name() -> None:
    assert list(list_examples(add(ONE, TWO), "actors", most=2)) == ["Ukraine (4)", "Peskow"]
    assert list(list_examples(add(ONE, TWO), "actors", most=1)) == ["Ukraine (4)"]


@pytest.mark.parametrize(
    ("polarity", "modality", "words"),
    [
        ("oppose", "asserted", "Peskow opposes nato-membership: Ukraine"),
        ("support", "possible", "Peskow supports nato-membership: Ukraine [possible]"),
        ("ambivalent", "asserted", "Peskow is ambivalent on nato-membership: Ukraine"),
    ],
)
def test_positions_are_put_in_words(polarity: str, modality: str, words: str) -> None:
    resolved = make_resolved(
        "1",
        ("State", "Ukraine", 1),
        ("Person", "Peskow", 1),
        positions=(make_position("peskow", polarity, modality),),
    )
    assert list(list_examples(tally_facts(resolved), "positions", most=3)) == [words]


def test_report_is_sorted_and_has_no_times(tmp_path: Path) -> None:
    skipped = (Skipped(source="b", reason="x"), Skipped(source="a", reason="ü"))
    texts = []
    for order in (skipped, skipped[::-1]):
        write_report(
            BuildReport(articles=1, skipped=order, counts={"actors": 2}), tmp_path / "report.json", model="de 1"
        )
        texts.append((tmp_path / "report.json").read_bytes())
    assert texts[0] == texts[1]
    found = json.loads(texts[0])
    assert list(found) == ["versions", "articles", "counts", "read", "skipped"]
    assert found["read"] == {"all": 3, "new": 1, "replaced": 0, "unchanged": 0, "skipped": 2}
    assert found["skipped"] == [{"source": "a", "reason": "ü"}, {"source": "b", "reason": "x"}]
    assert found["versions"]["model"] == "de 1"


def test_report_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_report(BuildReport(articles=0, skipped=()), tmp_path / "none" / "report.json", model="")
