"""Builds with worker processes, builds that are killed, and builds that cannot write: nothing is lost or doubled."""

import importlib.util
import json
import os
import random
import resource
import sqlite3
import time
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import GraphStore
from tests.builders import small_ontology
from tests.stopping import acknowledged, content, kill_once, run, start
from tests.stub import write_articles

HAS_DASK = importlib.util.find_spec("distributed") is not None
DASK = pytest.param(
    ("--dask", "local", "--workers", "2"),
    id="dask",
    marks=pytest.mark.skipif(not HAS_DASK, reason="no Dask; pip install 'polkg[dask]' brings it"),
)
CREWS = pytest.mark.parametrize("crew", [pytest.param(("--workers", "2"), id="processes"), DASK])
Crew = tuple[str, ...]
Content = tuple[bytes, bytes, tuple[tuple[object, ...], ...]]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("articles") / "in", 40)


@pytest.fixture(scope="module")
def whole(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What an undisturbed build without workers gives."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert run(out, [articles, "--ontology", small_ontology()])[0] == 0
    return content(out)


def arguments(articles: Path, *more: object) -> list[object]:
    return [articles, "--ontology", small_ontology(), *more]


@pytest.mark.parametrize("crew", [("--workers", "1"), ("--workers", "2"), DASK])
def test_the_same_bytes_for_any_number_and_kind_of_workers(
    crew: Crew, articles: Path, whole: Content, tmp_path: Path
) -> None:
    assert run(tmp_path / "out", arguments(articles, *crew))[0] == 0
    assert content(tmp_path / "out") == whole


@CREWS
def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    crew: Crew, articles: Path, whole: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = tmp_path / "once"
    once.write_text("017", encoding="utf-8")
    monkeypatch.setenv("KILL_ONCE", str(once))
    assert run(tmp_path / "out", arguments(articles, *crew))[0] == 0
    assert not once.exists()
    assert content(tmp_path / "out") == whole
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["read"] == {"all": 40, "new": 40, "replaced": 0, "unchanged": 0, "skipped": 0}


@pytest.mark.parametrize("workers", [0, 2])
def test_killed_builds_go_on_where_they_were(workers: int, articles: Path, whole: Content, tmp_path: Path) -> None:
    chance, held = random.Random(workers), set[str]()
    for _ in range(5):
        kill_once(tmp_path / "out", arguments(articles, "--workers", workers), chance.uniform(0.5, 4))
        found = acknowledged(tmp_path / "out")
        assert found >= held
        held = found
    status, err = run(tmp_path / "out", arguments(articles, "--workers", workers))
    assert (status, "skipped" in err) == (0, False)
    assert content(tmp_path / "out") == whole
    read = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["read"]
    assert (read["all"], read["unchanged"]) == (40, len(held))


@CREWS
def test_an_article_that_ends_its_process_is_skipped_and_no_other(crew: Crew, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", 20)
    text = (folder / "007.txt").read_text(encoding="utf-8")
    (folder / "007.txt").write_text(f"{text} TOD", encoding="utf-8")
    status, err = run(tmp_path / "out", arguments(folder, *crew))
    assert status == 0
    assert "007.txt: ends the process that analyses it" in err
    assert acknowledged(tmp_path / "out") == {f"{n:03}" for n in range(20)} - {"007"}


@CREWS
def test_workers_end_with_the_build_that_is_killed(crew: Crew, articles: Path, tmp_path: Path) -> None:
    process = start(tmp_path / "out", arguments(articles, *crew))
    deadline, children = time.monotonic() + 60, set[int]()
    while not children and time.monotonic() < deadline:
        children = find_children(process.pid)
    process.kill()
    process.communicate()
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert children
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def find_children(parent: int) -> set[int]:
    """The processes that any thread of a process has started."""
    threads = list(Path(f"/proc/{parent}/task").glob("*/children"))
    if not threads and Path(f"/proc/{parent}/status").exists():
        pytest.skip("no /proc that lists the children of a process")
    try:
        return {int(pid) for thread in threads for pid in thread.read_text().split()}
    except OSError:
        return set()  # a thread, or the process, has just ended


def test_the_second_is_told_who_builds(articles: Path, tmp_path: Path) -> None:
    with GraphStore.create(tmp_path / "out"):
        status, err = run(tmp_path / "out", arguments(articles))
        assert status == 2
        assert f"in use by another process, {os.getpid()} on " in err
    assert not (tmp_path / "out" / "kg.lock").exists()


def test_a_lock_that_was_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "kg.lock").write_text('{"pid": 1, "host": "elsewhere"}', encoding="utf-8")
    GraphStore.create(tmp_path).close()
    assert not (tmp_path / "kg.lock").exists()


def test_a_full_disk_is_told_and_the_build_goes_on_later(articles: Path, whole: Content, tmp_path: Path) -> None:
    """A limit for files takes the place of the disk: writing fails as it does there, after a part was written."""
    out = tmp_path / "out"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        status, err = run(out, arguments(articles))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (status, "Traceback" in err) == (2, False)
    assert "cannot be" in err
    assert run(out, arguments(articles))[0] == 0
    assert content(out) == whole


def test_a_manifest_of_a_newer_kg_or_a_damaged_one_is_left_alone(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    GraphStore.create(out).close()
    with sqlite3.connect(out / "manifest.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    for expected in ("format 99, this kg reads up to 1; install a newer kg", "is damaged"):
        before = (out / "manifest.sqlite").read_bytes()
        status, err = run(out, arguments(articles))
        assert status == 2
        assert expected in err
        assert (out / "manifest.sqlite").read_bytes() == before
        (out / "manifest.sqlite").write_bytes(b"nothing of the kind" * 100)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    GraphStore.create(tmp_path / "out").close()
    (tmp_path / "out").chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written: Permission denied"):
        GraphStore.create(tmp_path / "out")


def test_logs_are_lines_of_json(articles: Path, tmp_path: Path) -> None:
    status, err = run(tmp_path / "out", arguments(articles, "--log-level", "info"))
    assert status == 0
    events = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert [events[0]["event"], events[-1]["event"]] == ["begun", "done"]
    assert sum(event["articles"] for event in events if event["event"] == "acknowledged") == 40
    assert run(tmp_path / "out", arguments(articles, "--log-level", "loud"))[0] == 2
