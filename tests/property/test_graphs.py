"""What holds of any graph: names tell things apart, texts survive, and order does not matter."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from itertools import permutations

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kg import vocab
from kg.errors import QueryError
from kg.export import FORMATS, export_graph
from kg.model import Entity, Position, Resolved, Span, Statement
from kg.query import check_query, run_query
from kg.rdf import render_quads
from kg.sentences import sentence_around
from kg.store import GraphStore, render_trig, render_turtle
from kg.store.turtle import sort_lines
from kg.verify import verify_offsets
from tests.builders import ENTITIES, HERE, POSITIONS, STATEMENTS, article, empty, put, resolved, turned

UNHURRIED = settings(deadline=None)  # time is never a test
NAMES = st.text(max_size=30) | st.text(alphabet="ab-_.äß/ 01", max_size=8)
OFFSETS = st.integers(0, 30)
CHARACTERS = st.characters(codec="utf-8")  # every code point but lone surrogates
GRAPH = vocab.BASE + "graph-article-x"
TERMS = st.builds(Literal, st.text(CHARACTERS, max_size=20)) | st.sampled_from(
    [
        Literal("Kiew", language="de"),
        Literal(5),
        Literal(True),
        Literal("0.9", datatype=NamedNode(vocab.XSD + "decimal")),
        Literal("2024-12", datatype=NamedNode(vocab.XSD + "gYearMonth")),
        NamedNode(vocab.KG + "support"),
        NamedNode(vocab.BASE + "a.b."),
        NamedNode("urn:x:y"),
    ]
)
NODES = st.sampled_from([NamedNode(vocab.BASE + name) for name in ("a", "b_1-2", "c.", "%20")])
PREDICATES = st.sampled_from([NamedNode(vocab.RDF + "type"), NamedNode(vocab.KG + "p"), NamedNode("urn:p")])
QUADS = st.lists(st.builds(Quad, NODES, PREDICATES, TERMS, st.just(NamedNode(GRAPH))), max_size=20)


def write(store: GraphStore, name: str) -> bytes:
    output = io.BytesIO()
    export_graph(store, name, output)
    return output.getvalue()


class TestMinting:
    @UNHURRIED
    @given(NAMES, NAMES)
    def test_articles_differ_as_their_ids_do(self, one: str, other: str) -> None:
        assert (vocab.mint_article(one) == vocab.mint_article(other)) == (one == other)

    @UNHURRIED
    @given(NAMES, NAMES)
    def test_entities_differ_as_their_ids_do(self, one: str, other: str) -> None:
        assert (vocab.mint_entity(one) == vocab.mint_entity(other)) == (one == other)

    @UNHURRIED
    @given(st.tuples(NAMES, st.none() | NAMES), st.tuples(NAMES, st.none() | NAMES))
    def test_topics_differ_as_issue_and_entity_do(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        assert (vocab.mint_topic(*one) == vocab.mint_topic(*other)) == (one == other)

    @UNHURRIED
    @given(st.tuples(NAMES, OFFSETS, OFFSETS), st.tuples(NAMES, OFFSETS, OFFSETS))
    def test_spans_differ_as_articles_and_offsets_do(
        self, one: tuple[str, int, int], other: tuple[str, int, int]
    ) -> None:
        assert (vocab.mint_mention(*one) == vocab.mint_mention(*other)) == (one == other)
        assert vocab.mint_mention(*one) != vocab.mint_span(*other)

    @UNHURRIED
    @given(
        st.tuples(NAMES, OFFSETS, OFFSETS, st.lists(st.none() | NAMES, max_size=3)),
        st.tuples(NAMES, OFFSETS, OFFSETS, st.lists(st.none() | NAMES, max_size=3)),
    )
    def test_facts_differ_as_their_content_does(
        self, one: tuple[str, int, int, list[str]], other: tuple[str, int, int, list[str]]
    ) -> None:
        assert (vocab.mint_fact("position", *one) == vocab.mint_fact("position", *other)) == (one == other)

    @UNHURRIED
    @given(NAMES)
    def test_gives_iris(self, name: str) -> None:
        for iri in (
            vocab.mint_article(name),
            vocab.mint_entity(name),
            vocab.mint_topic(name, name),
            vocab.mint_mention(name, 0, 1),
            vocab.mint_role(name),
            vocab.mint_extraction(name, name),
        ):
            NamedNode(iri)
            assert iri.isascii()


@UNHURRIED
@given(st.text(alphabet='aB .!?"„“\n1Ä', max_size=60), st.data())
def test_a_sentence_covers_its_span_and_lies_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start=start, end=data.draw(st.integers(start, len(text))))
    found = sentence_around(text, span)
    assert found.covers(span)
    assert found.end <= len(text)


@UNHURRIED
@given(st.text(CHARACTERS, min_size=1, max_size=60), st.data())
def test_offsets_hold_in_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start=start, end=data.draw(st.integers(start, len(text))))
    store = GraphStore.in_memory()
    put(store, Resolved(article=article("x", text), entities=(), positions=(replace(POSITIONS[0], evidence=span),)))
    assert list(verify_offsets(store)) == []


class TestTurtle:
    @UNHURRIED
    @given(QUADS)
    def test_comes_back_as_it_went(self, quads: list[Quad]) -> None:
        lines = sort_lines(str(quad.triple) for quad in quads)
        text = "".join(render_turtle(lines, vocab.prefixes()))
        expected = {quad.triple for quad in quads}
        assert {quad.triple for quad in pyoxigraph.parse(text, RdfFormat.TURTLE)} == expected
        assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(expected)

    @UNHURRIED
    @given(QUADS)
    def test_trig_comes_back_as_it_went(self, quads: list[Quad]) -> None:
        lines = sort_lines(f"{quad.graph_name} {quad.triple}" for quad in quads)
        text = "".join(render_trig(lines, vocab.prefixes()))
        assert set(pyoxigraph.parse(text, RdfFormat.TRIG)) == set(quads)

    @UNHURRIED
    @given(QUADS.flatmap(lambda quads: st.tuples(st.just(quads), st.permutations(quads))))
    def test_is_the_same_for_any_order(self, orders: tuple[list[Quad], list[Quad]]) -> None:
        one, other = (
            "".join(render_turtle(sort_lines((str(quad.triple) for quad in order), run=50), vocab.prefixes()))
            for order in orders
        )
        assert one == other


class TestStore:
    @UNHURRIED
    @given(QUADS, QUADS)
    def test_replacing_an_article_equals_a_fresh_one(self, old: list[Quad], new: list[Quad]) -> None:
        store, fresh = GraphStore.in_memory(), GraphStore.in_memory()
        store.replace_article(GRAPH, old)
        store.replace_article(GRAPH, new)
        fresh.replace_article(GRAPH, new)
        assert set(store.database) == set(fresh.database)

    @UNHURRIED
    @given(QUADS, QUADS)
    def test_articles_that_share_triples_come_and_go_alone(self, one: list[Quad], other: list[Quad]) -> None:
        graph = NamedNode(vocab.BASE + "graph-article-y")
        store, fresh = GraphStore.in_memory(), GraphStore.in_memory()
        store.replace_article(GRAPH, one)
        fresh.replace_article(GRAPH, one)
        store.replace_article(graph.value, [Quad(q.subject, q.predicate, q.object, graph) for q in other])
        store.delete_article(graph.value)
        assert set(store.database) == set(fresh.database)

    @pytest.mark.parametrize("name", FORMATS)
    def test_order_of_articles_does_not_matter(self, name: str) -> None:
        found = set()
        for order in permutations([resolved("a"), turned(resolved(), "b"), empty("c")]):
            store = GraphStore.in_memory()
            for one in order:
                put(store, one)
            store.refresh_derived()
            found.add(write(store, name))
        assert len(found) == 1

    @UNHURRIED
    @given(st.permutations(ENTITIES), st.permutations(STATEMENTS), st.permutations(POSITIONS))
    def test_order_of_facts_does_not_matter(
        self, entities: list[Entity], statements: list[Statement], positions: list[Position]
    ) -> None:
        found = replace(resolved(), entities=tuple(entities), statements=tuple(statements), positions=tuple(positions))
        assert set(render_quads(found)) == set(render_quads(resolved()))


@UNHURRIED
@given(st.text(alphabet="{}()[]<>?:.#'\"\\ \nSERVICEservice_aæ1@-", max_size=60))
def test_any_query_is_answered_or_refused(text: str) -> None:
    try:
        answered = run_query(GraphStore.in_memory(), text) is not None
    except QueryError as error:
        answered = bool(str(error))
    assert answered


@UNHURRIED
@given(st.text(max_size=200))
def test_checking_a_query_reads_any_text(text: str) -> None:
    try:
        check_query(text)
    except QueryError:
        return


def test_hash_seed_does_not_matter() -> None:
    """Two processes with other hash seeds write the same bytes."""
    code = (
        "import sys; from tests.builders import filled, resolved, turned; from kg.export import FORMATS, export_graph\n"
        "store = filled(resolved('a'), turned(resolved(), 'b'))\n"
        "[export_graph(store, name, sys.stdout.buffer) for name in FORMATS]"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=HERE.parent,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parent)},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1
