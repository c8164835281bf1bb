"""Every offset leads back to the characters it names, or is reported."""

import hashlib
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import GraphStore
from kg.verify import Mismatch, count_spans, verify_offsets
from kg.vocab import BASE, KG, XSD
from tests.builders import article, empty, entity, filled, mention, resolved, turned

GRAPH = NamedNode(BASE + "graph-article-2024-12-test")
MENTION = NamedNode(BASE + "mention-2024-12-test_10-14")


def change(store: GraphStore, subject: NamedNode, name: str, value: Literal | None) -> None:
    """Puts another value, or none, in place of what stands in the graph of the article."""
    for quad in list(store.database.quads_for_pattern(subject, NamedNode(KG + name), None, GRAPH)):
        store.database.remove(quad)
    if value is not None:
        store.database.add(Quad(subject, NamedNode(KG + name), value, GRAPH))


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def test_finds_nothing_in_what_was_rendered() -> None:
    store = filled(resolved("a"), turned(resolved(), "b"), empty("c"))
    assert list(verify_offsets(store)) == []
    assert count_spans(store) > 80


def test_counts_code_points() -> None:
    text = "😀 Kiew\r\nÄ\u0308 Moskau"
    state = entity("state-russland", "State", "Russland", mention("Moskau", text=text), mention("Kiew", text=text))
    assert list(verify_offsets(filled(replace(empty("x", text), entities=(state,))))) == []


@pytest.mark.parametrize(
    ("name", "value", "begin", "end", "expected", "found"),
    [
        ("anchorOf", Literal("NATA"), 10, 14, "NATA", "NATO"),
        ("beginIndex", integer(11), 11, 14, "NATO", "ATO"),
        ("endIndex", integer(15), 10, 15, "NATO", "NATO-"),
        ("endIndex", integer(9), 10, 9, "NATO", "nothing"),
        ("beginIndex", integer(-4), -4, 14, "NATO", "nothing"),
        ("endIndex", integer(99_999), 10, 99_999, "NATO", "nothing"),
        ("endIndex", None, 10, -1, "NATO", "nothing"),
        ("anchorOf", None, 10, 14, "nothing", "NATO"),
    ],
)
def test_reports_a_span_that_is_off(
    name: str, value: Literal | None, begin: int, end: int, expected: str, found: str
) -> None:
    store = filled()
    change(store, MENTION, name, value)
    assert list(verify_offsets(store)) == [
        Mismatch(
            article=BASE + "article-2024-12-test",
            node=MENTION.value,
            begin=begin,
            end=end,
            expected=expected,
            found=found,
        )
    ]


def test_reports_a_text_that_was_changed() -> None:
    store = filled()
    change(store, NamedNode(BASE + "article-2024-12-test"), "text", Literal(article().text.replace("NATO", "XXXX")))
    found = list(verify_offsets(store))
    assert (found[0].begin, found[0].expected) == (None, hashlib.sha256(article().text.encode()).hexdigest())
    assert {mismatch.found for mismatch in found if mismatch.expected == "NATO"} == {"XXXX"}


def test_reports_an_article_without_text() -> None:
    store = filled()
    change(store, NamedNode(BASE + "article-2024-12-test"), "text", None)
    assert [mismatch.found for mismatch in verify_offsets(store)] == ["0 texts"]


def test_says_where_in_words() -> None:
    mismatch = Mismatch(article="urn:a", node="urn:m", begin=1, end=3, expected="ab", found="x")
    assert str(mismatch) == "urn:a 1:3: says 'ab', has 'x' (urn:m)"
