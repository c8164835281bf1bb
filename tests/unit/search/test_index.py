"""The index holds what the store holds, whatever happened to either since."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.search import index as module
from kg.search.index import FILE, find_entries, open_index, refresh_index, update_index
from kg.search.sources import ENTITIES, SENTENCES, Entry, Source, read_sources
from kg.search.words import read_terms
from kg.store import GraphStore
from kg.vocab import BASE, mint_article_graph
from tests.builders import empty, filled, put, resolved, turned


def rows(store: GraphStore, folder: Path | None = None) -> list[tuple[object, ...]]:
    """All entries with their words, sorted."""
    with open_index(store, folder) as index:
        found = index.execute("SELECT entry.*, word.folded FROM entry JOIN word ON word.rowid = entry.id").fetchall()
        return sorted((row[1:] for row in found), key=str)


def find(store: GraphStore, folder: Path | None, words: str, *kinds: str) -> list[Entry]:
    with open_index(store, folder) as index:
        return list(find_entries(index, read_terms(words), kinds or (ENTITIES, SENTENCES), 100))


class TestEntries:
    def test_entities_have_all_their_names_and_their_class(self) -> None:
        (found,) = find(filled(), None, '"Wolodymyr Selenskyj"', ENTITIES)
        assert (found.kind, found.label, found.type) == (ENTITIES, "Wolodymyr Selenskyj", "Person")

    def test_what_no_article_mentions_is_not_found(self) -> None:
        assert not find(filled(empty("a", "Nichts.\n\nGar nichts.")), None, "NATO")

    def test_every_sentence_can_be_found_with_its_place(self) -> None:
        text = "Titel\n\nIn diesem Satz wurde nichts gefunden. Und in dem auch nicht."
        (found,) = find(filled(empty("a", text)), None, "Satz")
        assert (found.article, found.title, found.published) == ("a", "Titel", "2024-12")
        assert text[found.begin : found.end] == found.text == "In diesem Satz wurde nichts gefunden."
        assert found.iri == f"{BASE}sentence-a_{found.begin}-{found.end}"

    def test_topics_are_named_things_too(self) -> None:
        assert [entry.type for entry in find(filled(), None, "Mitgliedschaft Ukraine") if entry.kind == ENTITIES] == [
            "Topic"
        ]

    def test_sentences_are_those_of_the_graph(self) -> None:
        store = filled()
        found = {entry.iri for entry in find(store, None, "NATO") if entry.kind == SENTENCES}
        assert f"{BASE}sentence-2024-12-test_43-143" in found
        assert all(any(store.database.quads_for_pattern(NamedNode(iri), None, None)) for iri in found)


class TestFile:
    def test_follows_the_store(self, tmp_path: Path) -> None:
        store = filled(resolved("a"))
        update_index(store, tmp_path)
        put(store, turned(resolved(), "b"))
        put(store, empty("a", "Neu.\n\nEin anderer Text."))
        store.refresh_derived()
        assert rows(store, tmp_path) == rows(store)
        store.delete_article(mint_article_graph("b"))
        store.refresh_derived()
        assert rows(store, tmp_path) == rows(store) == rows(filled(empty("a", "Neu.\n\nEin anderer Text.")))

    def test_is_written_only_where_something_changed(self, tmp_path: Path) -> None:
        store = filled(resolved("a"), empty("b"))
        update_index(store, tmp_path)
        before = (tmp_path / FILE).read_bytes()
        update_index(store, tmp_path)
        assert (tmp_path / FILE).read_bytes() == before

    def test_has_the_same_bytes_for_any_order_of_articles(self, tmp_path: Path) -> None:
        articles = [resolved("a"), turned(resolved(), "b"), empty("c")]
        for name, order in (("one", articles), ("two", articles[::-1])):
            (tmp_path / name).mkdir()
            update_index(filled(*order), tmp_path / name)
        assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "two" / FILE).read_bytes()

    @pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00 but damaged"])
    def test_damaged_is_made_again(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / FILE).write_bytes(content)
        assert rows(filled(), tmp_path) == rows(filled())
        assert (tmp_path / FILE).read_bytes().startswith(b"SQLite format 3\x00")

    def test_of_another_version_is_made_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        update_index(filled(empty("a")), tmp_path)
        monkeypatch.setattr(module, "_TABLES", module._TABLES.replace("user_version = 1", "user_version = 2"))
        monkeypatch.setattr(module, "VERSION", 2)
        assert rows(filled(), tmp_path) == rows(filled())

    def test_that_cannot_be_written_is_replaced_by_memory(self, tmp_path: Path) -> None:
        (tmp_path / FILE).mkdir()
        assert rows(filled(), tmp_path) == rows(filled())
        assert rows(filled(), tmp_path / "missing") == rows(filled())

    def test_in_use_is_replaced_by_memory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "WAIT", 0.01)
        update_index(filled(empty("a")), tmp_path)
        other = sqlite3.connect(tmp_path / FILE)
        other.execute("BEGIN EXCLUSIVE")
        assert rows(filled(), tmp_path) == rows(filled())
        other.close()

    def test_without_fts5_there_is_a_message(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "_TABLES", "CREATE VIRTUAL TABLE word USING fts99(folded);")
        with pytest.raises(StoreError, match="SQLite has FTS5"):
            rows(filled())


def test_only_what_changed_is_read_again() -> None:
    store = filled(resolved("a"), empty("b"))
    with open_index(store, None) as index:
        put(store, empty("b", "Anders.\n\nGanz anders."))
        read: list[str] = []
        refresh_index(index, (watch(source, read) for source in read_sources(store)))
    assert read == [f"{BASE}article-b"]


def watch(source: Source, read: list[str]) -> Source:
    def read_entries() -> Iterator[Entry]:
        read.append(source.iri)
        return source.read()

    return replace(source, read=read_entries)
