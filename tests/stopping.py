"""Builds that are killed at random moments, and what is left: python -m tests.stopping KILLS [WORKERS] [KG ARGUMENTS].

With arguments, those of `kg build` without -o, the real model analyses; without, the stub does, over 60 articles. A build
is killed, and goes on when it is started again, until it has come to its end; then comes the next, until there were so
many kills. A Dask cluster of its own dies with the build (KG ARGUMENTS: --dask local).
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from kg.store import GraphStore, open_manifest
from tests.builders import small_ontology
from tests.stub import write_articles

SOONEST, LATEST = 3.0, 17.0  # seconds until a kill, so that a long build is killed in each of its parts
ROOT = Path(__file__).resolve().parents[1]
STUB = ("-m", "tests.stub")
Entries = tuple[tuple[object, ...], ...]


def start(out: Path, arguments: Sequence[object]) -> "subprocess.Popen[str]":
    """A build in a process of its own, which acknowledges a few articles at a time."""
    return subprocess.Popen(
        [sys.executable, *STUB, "build", *map(str, arguments), "-o", str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}", "CHUNK": "200000"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(out: Path, arguments: Sequence[object]) -> tuple[int, str]:
    """Exit status and messages of a build."""
    process = start(out, arguments)
    _, err = process.communicate(timeout=3600)
    return process.returncode, err


def kill_once(out: Path, arguments: Sequence[object], after: float) -> bool:
    """Kills a build after so many seconds; whether it had not ended before."""
    process = start(out, arguments)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def acknowledged(out: Path) -> set[str]:
    """The graphs of the articles that the manifest of a folder has."""
    if not (out / "manifest.sqlite").exists():
        return set()
    with open_manifest(out):
        pass  # brings back what a kill left half written
    with sqlite3.connect(out / "manifest.sqlite") as database:
        return {id for (id,) in database.execute("SELECT id FROM article")}


def content(out: Path) -> tuple[bytes, bytes, Entries]:
    """`graph.trig`, `graph.ttl` and the index of words, in bytes and rows that can be compared."""
    with GraphStore.open(out) as store:
        store.write_trig(out / "graph.trig")
        named = {quad.triple for quad in store.database if str(quad.graph_name) != "DEFAULT"}
        union = {quad.triple for quad in store.database if str(quad.graph_name) == "DEFAULT"}
        assert named == union, (
            f"the default graph is not the union: {len(union - named)} more, {len(named - union)} less"
        )
    with sqlite3.connect(out / "search.sqlite") as index:
        rows = index.execute("SELECT source, kind, iri, text, folded FROM entry JOIN word ON word.rowid = entry.id")
        found = tuple(sorted(rows, key=repr))
    return (out / "graph.trig").read_bytes(), (out / "graph.ttl").read_bytes(), found


def main() -> None:
    kills, rest = int(sys.argv[1]), sys.argv[3:]
    workers = sys.argv[2] if len(sys.argv) > 2 else "0"
    home = Path(tempfile.mkdtemp(prefix="kg-kills-"))
    given: list[object] = [*rest] or [write_articles(home / "in", 60), "--ontology", small_ontology()]
    arguments = [*given, "--workers", workers]
    if rest:
        os.environ["REAL"] = "1"
    began = time.monotonic()
    status, err = run(home / "whole", arguments)
    assert status == 0, err
    length, expected = time.monotonic() - began, content(home / "whole")
    done = rounds = lost = 0
    while done < kills:
        out, rounds, held = home / "out", rounds + 1, set[str]()
        shutil.rmtree(out, ignore_errors=True)
        while done < kills:
            killed = kill_once(out, arguments, random.uniform(min(SOONEST, length / 10), min(LATEST, length)))
            found = acknowledged(out)
            lost += len(held - found)
            held = found
            if not killed:
                break
            done += 1
            if done % 20 == 0:
                sys.stderr.write(f"{done} kills, {len(held)} articles acknowledged\n")
        status, err = run(out, arguments)
        assert status == 0, err
        assert content(out) == expected, f"{out} is not what an undisturbed build gives"
        sys.stderr.write(f"{done} kills, {rounds} resumed builds equal to the undisturbed one, {lost} articles lost\n")
        assert not lost
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
