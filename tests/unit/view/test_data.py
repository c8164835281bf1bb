"""The data of the page against its contract, kg/web/src/data.ts, and against the graph."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.view import Limits, render_data
from tests.builders import TEXT, TITLE, article, empty, filled, resolved

CONTRACT = Path(__file__).parents[3] / "kg" / "web" / "src" / "data.ts"

Data = dict[str, Any]


@pytest.fixture(scope="module")
def data() -> Data:
    with filled() as store:
        return render_data(store)


def number(data: Data, label: str) -> int:
    return next(at for at, node in enumerate(data["nodes"]) if node["label"] == label)


def words(data: Data, evidence: Data) -> str:
    return str(data["articles"][evidence["article"]]["text"][evidence["start"] : evidence["end"]])


def interfaces() -> dict[str, set[str]]:
    text = CONTRACT.read_text(encoding="utf-8")
    found = re.finditer(r"export interface (\w+) \{\n(.*?)\n\}", text, re.DOTALL)
    return {match[1]: set(re.findall(r"^  (\w+):", match[2], re.MULTILINE)) for match in found}


def test_holds_what_the_contract_says_and_nothing_else(data: Data) -> None:
    kinds = interfaces()
    assert set(data) == kinds["Data"]
    assert set(data["meta"]) == kinds["Meta"]
    for key, kind in (
        ("nodes", "Node"),
        ("edges", "Edge"),
        ("positions", "Position"),
        ("statements", "Statement"),
        ("events", "Event"),
        ("articles", "Article"),
    ):
        assert data[key]
        assert all(set(record) == kinds[kind] for record in data[key]), kind
    assert all(set(edge["evidence"][0]) == kinds["Evidence"] for edge in data["edges"] if edge["evidence"])


def test_a_position_with_its_words(data: Data) -> None:
    peskow, membership = number(data, "Dmitri Peskow"), number(data, "NATO-Mitgliedschaft")
    held = [p for p in data["positions"] if p["holder"] == peskow and p["topic"] == membership]
    assert [(p["polarity"], p["modality"], p["date"], p["confidence"]) for p in held] == [
        ("oppose", "asserted", "2024-12", 0.95)
    ]
    assert words(data, held[0]["evidence"]) == '"inakzeptabel"'
    assert data["nodes"][held[0]["about"]]["label"] == "Ukraine"
    text, evidence = data["articles"][0]["text"], held[0]["evidence"]
    assert text[evidence["from"] : evidence["until"]].startswith("Kreml-Sprecher Dmitri Peskow nannte")


def test_what_others_ascribe_says_who(data: Data) -> None:
    putin = number(data, "Wladimir Putin")
    (held,) = [p for p in data["positions"] if p["holder"] == putin]
    assert data["nodes"][held["accordingTo"]]["label"] == "Mark Rutte"


def test_an_edge_of_each_kind(data: Data) -> None:
    nodes = data["nodes"]
    edges = {
        (nodes[e["source"]]["label"], e["kind"], e["predicate"], nodes[e["target"]]["label"]) for e in data["edges"]
    }
    assert ("Dmitri Peskow", "position", "opposes", "NATO-Mitgliedschaft") in edges
    assert ("Russland", "event", "test-weapon", "Oreschnik") in edges
    assert ("Mark Rutte", "office", "Generalsekretär", "NATO") in edges
    assert ("Oreschnik", "relation", "developedBy", "Russland") in edges
    assert ("NATO-Mitgliedschaft", "relation", "about", "Ukraine") in edges
    assert ("Dmitri Peskow", "relation", "actsFor", "Russland") in edges


def test_mentions_are_sorted_and_name_their_nodes(data: Data) -> None:
    (shown,) = data["articles"]
    assert (shown["title"], shown["text"]) == (TITLE, TEXT)
    assert shown["mentions"] == sorted(shown["mentions"])
    found = {(TEXT[start:end], data["nodes"][node]["label"]) for start, end, node in shown["mentions"]}
    assert ("Kreml", "Russland") in found
    assert len(shown["mentions"]) == sum(n["mentions"] for n in data["nodes"] if n["type"] != "Topic")


def test_statements_and_events(data: Data) -> None:
    said = [(s["form"], [TEXT[slice(*span)] for span in s["content"]]) for s in data["statements"]]
    assert ("direct", ['"inakzeptabel"']) in said
    (test,) = [event for event in data["events"] if event["type"] == "test-weapon"]
    assert (test["time"], data["nodes"][test["object"]]["label"]) == ("2024-11", "Oreschnik")


def test_names_are_in_two_languages(data: Data) -> None:
    names = data["meta"]["names"]
    assert names["Person"] == {"de": "Person", "en": "person"}
    assert names["oppose"] == {"de": "Ablehnung", "en": "opposition"}
    assert names["position"]["de"] == "Position"
    assert names["direct"]["de"] == "direkt"


def test_dates_of_the_graph_are_days(data: Data) -> None:
    assert (data["meta"]["from"], data["meta"]["until"]) == ("2024-12-01", "2024-12-01")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://example.org/ javascript:", None),
        ("//example.org", None),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, shown: str | None) -> None:
    with filled(replace(empty("a"), article=replace(article(), url=url))) as store:
        assert render_data(store)["articles"][0]["url"] == shown


def test_a_large_graph_is_cut_and_says_so() -> None:
    with filled(resolved(), empty("2024-12-leer")) as store:
        data = render_data(store, Limits(nodes=3, text=10))
    assert [node["label"] for node in data["nodes"]][:2] == ["NATO", "Ukraine"]
    assert data["meta"]["cut"] == 11
    assert all(edge["source"] < 3 > edge["target"] for edge in data["edges"])


def test_of_texts_that_do_not_fit_the_evidence_stays() -> None:
    with filled(resolved(), empty("2024-12-leer")) as store:
        data = render_data(store, Limits(text=10))
    (shown,) = data["articles"]
    assert len(shown["text"]) < len(TEXT)
    assert "[…]" in shown["text"]
    assert {words(data, p["evidence"]) for p in data["positions"]} >= {'"inakzeptabel"'}
    assert all(0 <= start < end <= len(shown["text"]) for start, end, _ in shown["mentions"])


def test_the_order_of_articles_does_not_matter() -> None:
    with filled(resolved("a"), resolved("b")) as one, filled(resolved("b"), resolved("a")) as other:
        assert render_data(one) == render_data(other)


def test_an_empty_graph() -> None:
    with filled(empty("nichts")) as store:
        data = render_data(store)
    assert (data["nodes"], data["edges"], len(data["articles"])) == ([], [], 1)
