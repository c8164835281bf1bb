"""Adding, replacing and deleting an article changes its graph alone, and equals a rebuild."""

import sqlite3
from collections import defaultdict
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad

from kg import vocab
from kg.model import Resolved
from kg.search.index import open_index, refresh_index
from kg.search.sources import read_sources
from kg.store import GraphStore, render_turtle
from kg.vocab import mint_article_graph
from tests.builders import article, filled, put, resolved, turned

UNHURRIED = settings(deadline=None, max_examples=25)  # time is never a test
IDS = ("a", "b", "c")
FACTS = ("entities", "statements", "positions", "events", "offices", "relations")
DERIVED = vocab.mint_graph("derived")
TAILS = st.sampled_from(["", "Zweiter Satz. Dritter Satz.", 'Ein "Text" mit <b> und \x01.', "} ; DROP ALL #"])


@st.composite
def articles(draw: st.DrawFn) -> Resolved:
    """The hand-built article with some of its facts, its positions turned or not, and more text at its end."""
    id, tail, whole = draw(st.sampled_from(IDS)), draw(TAILS), resolved()
    found = turned(whole, id) if draw(st.booleans()) else whole
    kept = {name: draw(st.lists(st.sampled_from(getattr(found, name)), unique=True)) for name in FACTS}
    return replace(
        found, article=article(id, f"{whole.article.text} {tail}"), **{name: tuple(some) for name, some in kept.items()}
    )


STEPS = st.lists(articles() | st.sampled_from(IDS), min_size=1, max_size=6)


def graphs(store: GraphStore) -> dict[str, set[Quad]]:
    """The named graphs but that of what is derived, with their quads."""
    found = defaultdict(set)
    for quad in store.database:
        found[str(quad.graph_name)].add(quad)
    return {name: quads for name, quads in found.items() if name not in (f"<{DERIVED}>", str(DefaultGraph()))}


def turtle(store: GraphStore) -> str:
    return "".join(render_turtle(store.lines(graphs=False), vocab.prefixes()))


def apply(store: GraphStore, step: Resolved | str, present: dict[str, Resolved]) -> str:
    """Puts or deletes an article, in the store and among the present ones; gives its graph."""
    if isinstance(step, str):
        graph = mint_article_graph(step)
        assert store.delete_article(graph) == (present.pop(step, None) is not None)
        return graph
    present[step.article.id] = step
    put(store, step)
    return mint_article_graph(step.article.id)


def rebuild(present: dict[str, Resolved]) -> GraphStore:
    fresh = filled(resolved("z"))
    fresh.delete_article(mint_article_graph("z"))
    for found in present.values():
        put(fresh, found)
    fresh.refresh_derived()
    return fresh


@UNHURRIED
@given(STEPS, st.data())
def test_articles_come_change_and_go_alone_and_it_equals_a_rebuild(
    steps: list[Resolved | str], data: st.DataObject
) -> None:
    store = rebuild({})
    present: dict[str, Resolved] = {}
    for step in steps:
        before = graphs(store)
        name = f"<{apply(store, step, present)}>"
        after = graphs(store)
        assert {key for key in before | after if before.get(key) != after.get(key)} <= {name}
        if data.draw(st.booleans()):
            store.refresh_derived()
    store.refresh_derived()
    fresh = rebuild(present)
    assert set(store.database) == set(fresh.database)
    assert turtle(store) == turtle(fresh)


@UNHURRIED
@given(STEPS)
def test_the_index_follows_step_by_step(steps: list[Resolved | str]) -> None:
    store = rebuild({})
    present: dict[str, Resolved] = {}
    with open_index(store, None) as index:
        for step in steps:
            apply(store, step, present)
            store.refresh_derived()
            refresh_index(index, read_sources(store))
        with open_index(rebuild(present), None) as fresh:
            assert entries(index) == entries(fresh)
            assert [ranks(index, word) for word in ("ukraine", "satz")] == [
                ranks(fresh, word) for word in ("ukraine", "satz")
            ]


def entries(index: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The rows but for their numbers, which tell when they came."""
    rows = index.execute(
        "SELECT entry.*, folded, digest FROM entry JOIN word ON word.rowid = id JOIN source ON source.iri = source"
    )
    return sorted((row[1:] for row in rows), key=str)


def ranks(index: sqlite3.Connection, word: str) -> list[tuple[object, ...]]:
    query = "SELECT bm25(word), iri FROM word JOIN entry ON id = word.rowid WHERE word MATCH ? ORDER BY 1, 2"
    return index.execute(query, (f'"{word}"',)).fetchall()
