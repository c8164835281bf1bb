"""A graph on disk and in memory: articles come, change and go, each alone; a folder that is not ours stays as it is."""

import json
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import KnowledgeError, StoreError
from kg.rdf import render_quads
from kg.store import MANIFEST, GraphStore
from kg.vocab import BASE, KG, mint_article_graph
from tests.builders import empty, fill, filled, put, resolved, small_ontology, turned

GRAPH = BASE + "graph-article-x"


def quad(value: str, graph: str = GRAPH) -> Quad:
    return Quad(NamedNode(BASE + "s"), NamedNode(KG + "p"), Literal(value), NamedNode(graph))


def contents(store: GraphStore) -> set[Quad]:
    return set(store.database)


def lines(store: GraphStore) -> list[str]:
    return list(store.lines(graphs=True))


class TestArticles:
    def test_come_and_go_alone(self) -> None:
        store = filled(resolved("a"))
        before = contents(store)
        put(store, turned(resolved(), "b"))
        assert store.article_graphs() == (mint_article_graph("a"), mint_article_graph("b"))
        assert store.delete_article(mint_article_graph("b"))
        assert contents(store) == before
        assert store.article_graphs() == (mint_article_graph("a"),)

    def test_are_replaced_whole(self) -> None:
        store = filled(resolved("a"))
        put(store, empty("a", "Neu.\n\nText."))
        store.refresh_derived()
        assert contents(store) == contents(filled(empty("a", "Neu.\n\nText.")))

    def test_replaced_by_themselves_change_nothing(self) -> None:
        store = filled(resolved("a"))
        before = contents(store)
        put(store, resolved("a"))
        assert contents(store) == before

    def test_written_together_are_there_as_if_written_alone(self) -> None:
        store, alone = GraphStore.in_memory(), GraphStore.in_memory()
        other = BASE + "graph-article-y"
        articles = [(GRAPH, [quad("old")]), (other, [quad("b", other)]), (GRAPH, [quad("new")])]
        store.replace_articles(articles)
        for graph, quads in articles:
            alone.replace_article(graph, quads)
        assert contents(store) == contents(alone)

    def test_before_an_error_are_kept(self) -> None:
        store = GraphStore.in_memory()
        with pytest.raises(StoreError, match="cannot be written here"):
            store.replace_articles([(GRAPH, [quad("a")]), (BASE + "graph-article-y", [quad("b")])])
        assert set(store.graph_quads(GRAPH)) == {quad("a")}

    def test_that_are_not_there_cannot_be_deleted(self) -> None:
        assert not filled().delete_article(mint_article_graph("b"))

    def test_hold_no_quads_of_other_graphs(self) -> None:
        with pytest.raises(StoreError, match="cannot be written here"):
            GraphStore.in_memory().replace_article(GRAPH, [quad("a", BASE + "other")])

    @pytest.mark.parametrize(
        "value", ['"', "\\", "\\u0041", "\n\r\t", "\x00\x01\x7f", "} ; DROP ALL", "\ufffe😀", "'''"]
    )
    def test_keep_any_text_when_replaced(self, value: str) -> None:
        store = GraphStore.in_memory()
        store.replace_article(GRAPH, [quad("old")])
        store.replace_article(GRAPH, [quad(value)])
        assert set(store.graph_quads(GRAPH)) == {quad(value)}
        store.replace_article(GRAPH, [quad("new")])
        assert set(store.graph_quads(GRAPH)) == {quad("new")}


def test_lines_are_the_quads() -> None:
    store = filled(resolved("a"))
    hostile = ['"', "\\", "\n\r\t\b\f", "\x00\x01\x7f\x85\u2028", " .", "<> .\n<a>", "\ufffe😀"]
    store.replace_article(GRAPH, [quad(value) for value in hostile])
    assert lines(store) == sorted({f"{found.graph_name} {found.triple}" for found in store.quads()})
    assert list(store.lines(graphs=False)) == sorted({str(found.triple) for found in store.quads()})


class TestDefaultGraph:
    """It holds every triple of the named graphs once, so that a query counts right."""

    def triples(self, store: GraphStore) -> set[str]:
        return {str(found.triple) for found in store.database.quads_for_pattern(None, None, None, DefaultGraph())}

    def test_is_the_union_of_the_named_graphs(self) -> None:
        store = filled(resolved("a"), turned(resolved(), "b"))
        named = {str(found.triple) for found in store.database if found.graph_name != DefaultGraph()}
        assert self.triples(store) == named

    def test_keeps_what_another_graph_holds_too(self) -> None:
        store = GraphStore.in_memory()
        other = BASE + "graph-article-y"
        store.replace_article(GRAPH, [quad("both"), quad("one")])
        store.replace_article(other, [quad("both", other)])
        store.replace_article(GRAPH, [])
        assert self.triples(store) == {str(quad("both").triple)}
        store.delete_article(other)
        assert self.triples(store) == set()


class TestOntology:
    def test_lies_in_graphs_of_its_own(self) -> None:
        store = GraphStore.in_memory()
        store.load_ontology(small_ontology())
        ukraine = list(store.database.quads_for_pattern(NamedNode(BASE + "state-ukraine"), None, None))
        assert {found.graph_name for found in ukraine} == {DefaultGraph(), NamedNode(BASE + "graph-knowledge")}
        assert set(store.graph_quads(BASE + "graph-ontology"))
        assert store.article_graphs() == ()

    def test_has_no_lexicon_and_no_shapes(self) -> None:
        store = GraphStore.in_memory()
        store.load_ontology(small_ontology())
        for name in (
            KG + "trigger-nato-membership-01",
            KG + "etrigger-reject-01",
            BASE + "bodykind-ministerium",
            KG + "PositionShape",
        ):
            assert not list(store.database.quads_for_pattern(NamedNode(name), None, None))

    def test_loaded_again_changes_nothing(self) -> None:
        store = filled()
        before = contents(store)
        store.load_ontology(small_ontology())
        assert contents(store) == before

    def test_takes_the_base_of_the_graph(self) -> None:
        store = filled(base="urn:x:")
        assert not [line for line in lines(store) if BASE in line]
        assert [line for line in lines(store) if line.startswith("<urn:x:graph-knowledge> <urn:x:state-ukraine>")]

    def test_with_a_fault_says_where(self, tmp_path: Path) -> None:
        (tmp_path / "core.ttl").write_text("@prefix kg: <urn:x:> .\nkg:a kg:b\n", encoding="utf-8")
        with pytest.raises(KnowledgeError, match=r"core\.ttl.*line 3"):
            GraphStore.in_memory().load_ontology(tmp_path)


class TestFolder:
    def test_keeps_what_was_written(self, tmp_path: Path) -> None:
        with GraphStore.create(tmp_path / "out") as store:
            fill(store, resolved())
            expected = lines(store)
        with GraphStore.open(tmp_path / "out") as store:
            assert lines(store) == expected

    def test_can_be_opened_for_writing_again(self, tmp_path: Path) -> None:
        with GraphStore.create(tmp_path) as store:
            fill(store, resolved("a"))
        with GraphStore.create(tmp_path) as store:
            put(store, resolved("b"))
            assert len(store.article_graphs()) == 2

    def test_keeps_its_base(self, tmp_path: Path) -> None:
        GraphStore.create(tmp_path, base="urn:x:").close()
        with GraphStore.open(tmp_path) as store:
            assert store.base == "urn:x:"
        with pytest.raises(StoreError, match="written with base urn:x:"):
            GraphStore.create(tmp_path)

    def test_that_holds_something_else_is_refused_and_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
        for open_store in (GraphStore.create, GraphStore.open):
            with pytest.raises(StoreError, match="no kg folder"):
                open_store(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_left_by_a_broken_start_is_taken_up(self, tmp_path: Path) -> None:
        (tmp_path / "kg.json.part").write_text("{", encoding="utf-8")
        GraphStore.create(tmp_path).close()
        assert (tmp_path / "kg.json").is_file()

    def test_that_is_a_file_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_text("mine", encoding="utf-8")
        for open_store in (GraphStore.create, GraphStore.open):
            with pytest.raises(StoreError, match="is a file"):
                open_store(path)
        assert path.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x", "base": ""}', "\x00"])
    def test_with_a_damaged_manifest_is_refused(self, tmp_path: Path, text: str) -> None:
        (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
        for open_store in (GraphStore.create, GraphStore.open):
            with pytest.raises(StoreError, match="is not what kg writes"):
                open_store(tmp_path)

    def test_of_a_newer_kg_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / MANIFEST).write_text(json.dumps({"format": 99, "base": BASE}), encoding="utf-8")
        with pytest.raises(StoreError, match=r"format 99.*install a newer kg"):
            GraphStore.create(tmp_path)

    def test_that_is_missing_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="no kg folder here; make one with"):
            GraphStore.open(tmp_path / "nix")
        assert not (tmp_path / "nix").exists()

    def test_with_a_damaged_database_is_refused(self, tmp_path: Path) -> None:
        GraphStore.create(tmp_path).close()
        (tmp_path / "store" / "CURRENT").write_text("x", encoding="utf-8")
        for open_store in (GraphStore.create, GraphStore.open):
            with pytest.raises(StoreError, match="the database cannot be opened"):
                open_store(tmp_path)

    def test_has_one_writer(self, tmp_path: Path) -> None:
        with GraphStore.create(tmp_path), pytest.raises(StoreError, match="in use by another process"):
            GraphStore.create(tmp_path)

    def test_has_many_readers(self, tmp_path: Path) -> None:
        GraphStore.create(tmp_path).close()
        with GraphStore.open(tmp_path) as one, GraphStore.open(tmp_path) as other:
            assert list(one.article_graphs()) == list(other.article_graphs()) == []

    def test_in_a_place_that_cannot_be_made_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreError):
            GraphStore.create(tmp_path / "file" / "out")


class TestWriting:
    def test_turtle_has_the_union_of_the_graphs(self, tmp_path: Path) -> None:
        store = filled(resolved("a"), turned(resolved(), "b"))
        store.write_turtle(tmp_path / "graph.ttl")
        graph = rdflib.Graph().parse(tmp_path / "graph.ttl")
        assert len(graph) == len({str(found.triple) for found in store.quads()})

    def test_trig_and_nquads_have_the_quads(self, tmp_path: Path) -> None:
        store = filled(resolved("a"), turned(resolved(), "b"))
        store.write_trig(tmp_path / "graph.trig")
        store.write_nquads(tmp_path / "graph.nq")
        expected = set(store.quads())
        for name in ("graph.trig", "graph.nq"):
            assert set(pyoxigraph.parse(path=str(tmp_path / name))) == expected

    def test_gives_the_same_bytes_for_any_order_of_articles(self, tmp_path: Path) -> None:
        articles = [resolved("a"), turned(resolved(), "b"), empty("c")]
        for name, order in (("one", articles), ("two", articles[::-1])):
            store = filled(*order)
            store.write_turtle(tmp_path / f"{name}.ttl")
            store.write_trig(tmp_path / f"{name}.trig")
        for suffix in ("ttl", "trig"):
            assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()

    def test_leaves_no_half_written_file(self, tmp_path: Path) -> None:
        (tmp_path / "graph.ttl").mkdir()
        with pytest.raises(StoreError, match="cannot be written"):
            filled().write_turtle(tmp_path / "graph.ttl")
        assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


class TestDataset:
    def test_has_the_same_quads_for_rdflib(self) -> None:
        store = filled()
        dataset = store.to_dataset()
        expected = rdflib.Dataset()
        expected.parse(data="".join(f"{found} .\n" for found in map(str, store.quads())), format="nquads")
        assert set(dataset.quads()) == set(expected.quads())

    def test_answers_over_the_union_of_the_graphs(self) -> None:
        rows = list(filled().to_dataset().query("SELECT ?x { ?x a kg:Position ; kg:holder/rdfs:label ?y }"))
        assert len(rows) == 4

    def test_is_a_copy(self) -> None:
        store = filled()
        store.to_dataset().update("DROP ALL")
        assert lines(store) == lines(filled())


@pytest.mark.parametrize(("limit", "flushes"), [(1, 3), (10_000, 0)])
def test_is_flushed_now_and_then(monkeypatch: pytest.MonkeyPatch, limit: int, flushes: int) -> None:
    monkeypatch.setattr("kg.store.database.FLUSH_AFTER", limit)
    store = GraphStore.in_memory()
    calls: list[GraphStore] = []
    monkeypatch.setattr(GraphStore, "flush", lambda store: calls.append(store))
    for name in ("a", "b", "c"):
        put(store, empty(name))
    assert len(calls) == flushes


def test_articles_are_written_in_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader sees the old article or the new one, never a mixture: there is one call that writes."""
    store = filled(resolved("a"))
    calls: list[str] = []

    class Watched:
        def __getattr__(self, name: str) -> object:
            calls.append(name)
            return getattr(database, name)

    database = store.database
    monkeypatch.setattr(store, "database", Watched())
    store.replace_article(mint_article_graph("a"), render_quads(empty("a")))
    assert [name for name in calls if name != "quads_for_pattern"] == ["update"]
