"""Copies of a database that others may write to."""

import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.serve.snapshot import Snapshots
from kg.store import GraphStore

A = NamedNode("urn:a")


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path) -> Path:
    with GraphStore.create(tmp_path) as store:
        add(store, "one")
    return tmp_path


def add(store: GraphStore, value: str) -> None:
    store.database.add(Quad(A, A, Literal(value)))
    store.flush()


def values(folder: Path) -> list[str]:
    with GraphStore.open(folder) as store:
        return sorted(quad.object.value for quad in store.database if isinstance(quad.object, Literal))


def test_are_read_like_the_folder(folder: Path) -> None:
    snapshots = Snapshots(folder)
    with snapshots.reading() as copy:
        assert values(copy) == ["one"]
    snapshots.close()
    assert sorted(path.name for path in folder.iterdir()) == ["kg.json", "store"]


def test_are_taken_anew_when_something_has_changed(folder: Path) -> None:
    snapshots = Snapshots(folder)
    with snapshots.reading() as old:
        pass
    with snapshots.reading() as same:
        assert same == old
    with GraphStore.create(folder) as store:
        add(store, "two")
    with snapshots.reading() as new:
        assert values(new) == ["one", "two"]
        assert not old.exists()
    snapshots.close()


def test_stay_as_long_as_they_are_read(folder: Path) -> None:
    snapshots = Snapshots(folder)
    with snapshots.reading() as old:
        with GraphStore.create(folder) as store:
            add(store, "two")
            Store.optimize(store.database)  # rewrites the files
        with snapshots.reading() as new:
            assert (values(old), values(new)) == (["one"], ["one", "two"])
    assert not old.exists()
    snapshots.close()


def test_do_not_change_the_folder(folder: Path) -> None:
    def listing() -> list[tuple[str, int, int]]:
        return sorted(
            (path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in (folder / "store").iterdir()
        )

    before = listing()
    snapshots = Snapshots(folder)
    with snapshots.reading() as copy:
        values(copy)
    snapshots.close()
    assert listing() == before


def test_are_found_elsewhere_when_the_folder_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    make = tempfile.mkdtemp

    def refuse(**given: object) -> str:
        if given.get("dir") == folder:
            raise PermissionError
        return make(**given)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    snapshots = Snapshots(folder)
    with snapshots.reading() as copy:
        assert values(copy) == ["one"]
        assert folder not in copy.parents
    snapshots.close()


def test_are_had_by_many_at_once(folder: Path) -> None:
    snapshots = Snapshots(folder)
    found: list[list[str]] = []

    def read() -> None:
        with snapshots.reading() as copy:
            found.append(values(copy))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    snapshots.close()
    assert found == [["one"]] * 8


def test_want_a_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no kg folder here"):
        Snapshots(tmp_path)
    assert not list(tmp_path.iterdir())
