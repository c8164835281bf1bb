"""Articles go with what they alone say, and nothing goes where one of them is not there."""

from pathlib import Path

import pytest

from kg.errors import InputError, StoreError
from kg.outputs import write_outputs
from kg.removal import remove_articles
from kg.search import FILE, search_graph
from kg.store import GraphStore
from tests.builders import empty, fill, resolved, turned


def build(folder: Path, *names: str, base: str = "urn:x:") -> Path:
    articles = {"a": resolved("a"), "b": turned(resolved(), "b"), "c c": empty("c c", "Nur hier.\n\nEin Walfisch.")}
    with GraphStore.create(folder, base=base) as store:
        fill(store, *(articles[name] for name in names))
        write_outputs(store, folder)
    return folder


def test_equals_a_graph_without_them(tmp_path: Path) -> None:
    folder, fresh = build(tmp_path / "one", "a", "b", "c c"), build(tmp_path / "two", "b")
    assert remove_articles(folder, ["c c", "a", "a"]) == 1
    assert (folder / "graph.ttl").read_bytes() == (fresh / "graph.ttl").read_bytes()
    with GraphStore.open(folder) as store, GraphStore.open(fresh) as other:
        assert set(store.database) == set(other.database)
        assert search_graph(store, folder, "Ukraine") == search_graph(other, fresh, "Ukraine")
        assert not search_graph(store, folder, "Walfisch")


def test_unknown_ids_are_named_with_their_like_and_nothing_goes(tmp_path: Path) -> None:
    folder = build(tmp_path, "a", "c c")
    before = (folder / "graph.ttl").read_bytes()
    with pytest.raises(InputError, match=r"'c d'; near it: c c\n.*'zzz'; list them: kg query"):
        remove_articles(folder, ["a", "c d", "zzz"])
    assert (folder / "graph.ttl").read_bytes() == before
    with GraphStore.open(folder) as store:
        assert len(store.article_graphs()) == 2


def test_without_a_graph_there_is_nothing_to_remove(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no kg folder here"):
        remove_articles(tmp_path, ["a"])
    assert not list(tmp_path.iterdir())


def test_outputs_lie_beside_the_store(tmp_path: Path) -> None:
    names = {path.name for path in build(tmp_path, "a").iterdir()}
    assert names == {"graph.html", "graph.ttl", "kg.json", FILE, "store"}
