"""Discourse networks of the articles coded by hand in `tests/gold`, counted by hand.

On arms deliveries to Ukraine, asserted in August 2023, March and December 2024:

    for      Dänemark, Mette Frederiksen, Niederlande, Mark Rutte, Wolodymyr Selenskyj, Antony Blinken, Joe Biden,
             CDU/CSU, Grüne, FDP, Norbert Röttgen, Johann Wadephul, Annalena Baerbock: 13, and Ukraine three times
    against  USA, Wladimir Barbin, Sergej Lawrow, Boris Pistorius, Bundestag, Olaf Scholz: 6

What else is said there of it is conditional (Jakob Ellemann-Jensen) or only possible (David Cameron).
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.model import Entity, Position, Resolved
from kg.network import project_network, project_windows, read_options
from kg.store import GraphStore
from kg.vocab import BASE, slug
from tests.builders import article, filled, span

GOLD = Path(__file__).parents[1] / "gold"
ARMS = ("arms-deliveries_state-ukraine",)


def read_gold(path: Path) -> Resolved:
    """The positions of one coded article; ids are made of class and label."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    types = {found["label"]: found["type"] for found in gold["entities"]}
    named = {coded[role] for coded in gold["positions"] for role in ("holder", "about", "according_to")} - {None}
    entities = {label: make_entity(label, types.get(label, "Organisation")) for label in sorted(named)}
    date = path.stem[:7]
    positions = tuple(
        Position(
            id=f"p-{number}",
            holder=entities[coded["holder"]].id,
            issue=coded["issue"],
            about=entities[coded["about"]].id if coded["about"] else None,
            polarity=coded["polarity"],
            modality=coded["modality"],
            evidence=span(coded["evidence"], text),
            according_to=entities[coded["according_to"]].id if coded["according_to"] else None,
            date=date,
            rule="gold",
        )
        for number, coded in enumerate(gold["positions"])
    )
    return Resolved(article=article(path.stem, text, date), entities=tuple(entities.values()), positions=positions)


def make_entity(label: str, kind: str) -> Entity:
    return Entity(id=f"{kind.lower()}-{slug(label)}", type=kind, label=label, mentions=())


@cache
def store() -> GraphStore:
    return filled(*(read_gold(path) for path in sorted(GOLD.glob("*.json"))))


def network(kind: str, **options: Any) -> tuple[int, int, float]:
    """Nodes, ties and sum of weights."""
    found = project_network(store(), kind, read_options(kind, **options))
    return len(found), found.number_of_edges(), found.size(weight="weight")


@pytest.mark.parametrize(
    ("kind", "ties", "weight"),
    [
        ("congruence", 14 * 13 // 2 + 6 * 5 // 2, (13 * 12 // 2 + 13 * 3) + 6 * 5 // 2),
        ("conflict", 14 * 6, (13 + 3) * 6),
    ],
)
def test_who_is_with_and_against_whom_on_arms(kind: str, ties: int, weight: int) -> None:
    assert network(kind, topics=ARMS) == (20, ties, weight)
    assert network(kind, topics=ARMS, duplicates="document") == (20, ties, weight)
    assert network(kind, topics=ARMS, duplicates="range") == (20, ties, ties)


def test_the_sides_of_a_tie_are_in_its_evidence() -> None:
    found = project_network(store(), "conflict", read_options("conflict", topics=ARMS))
    names = {node: attributes["label"] for node, attributes in found.nodes(data=True)}
    (tie,) = (data for a, b, data in found.edges(data=True) if {names[a], names[b]} == {"Ukraine", "Olaf Scholz"})
    assert (tie["weight"], tie["congruence"], len(tie["facts"])) == (3, 0, 4)


def test_the_stances_by_month() -> None:
    options = read_options("conflict", topics=ARMS)
    found = {
        window.name: (len(n), n.number_of_edges())
        for window, n in project_windows(store(), "conflict", options, "months")
    }
    # August 2023: 8 for, 4 against; March 2024: 7 for, 2 against; December 2024: Ukraine alone
    assert found == {"2023-08": (12, 8 * 4), "2024-03": (9, 7 * 2), "2024-12": (1, 0)}


def test_what_is_ascribed_counts_if_asked_for() -> None:
    """NATO membership of Ukraine: Ukraine, its ministry and Selenskyj for; Peskow against, and says so of Russia."""
    topic = ("nato-membership_state-ukraine",)
    assert network("conflict", topics=topic) == (4, 3, 3)
    assert network("conflict", topics=topic, ascribed=True) == (5, 6, 6)


def test_who_changed_sides_agrees_and_disagrees() -> None:
    """The USA are for arms to Turkey, and against such for Ukraine: two topics."""
    options = read_options("actor-topic", topics=("arms-deliveries",), qualifier="subtract")
    found = project_network(store(), "actor-topic", options)
    usa = BASE + "state-usa"
    assert sorted(found.edges[usa, topic]["weight"] for topic in found[usa]) == [-1, 1]


def test_an_article_replaced_changes_its_ties_alone() -> None:
    gold = [read_gold(path) for path in sorted(GOLD.glob("*.json"))]
    without = [replace(found, positions=()) if found.article.id == "2023-08-f16-ukraine" else found for found in gold]
    found = project_network(filled(*without), "conflict", read_options("conflict", topics=ARMS))
    assert (len(found), found.number_of_edges()) == (9, 7 * 2)
