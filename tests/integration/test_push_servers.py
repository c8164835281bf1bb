"""`kg push` to real servers: the same quads there as in the store, cut off at any moment and repeated."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.rdf import render_quads
from kg.store import GraphStore
from tests.builders import empty, resolved, small_ontology
from tests.graph_servers import GraphServerProcess, find_oxigraph, find_virtuoso, run_oxigraph, run_virtuoso

ROOT = Path(__file__).parents[2]
ARTICLES = 80
KILLS = 3
HOSTILE = 'Titel </script> "\\" {}\n\nZeile\u2028eins \x01 <urn:x> "; DROP ALL . \U0001f600\r\n\tzwei\x85.'
DECIMAL = NamedNode(vocab.XSD + "decimal")

Run = Callable[[Path], AbstractContextManager[GraphServerProcess]]
SERVERS: dict[str, tuple[Run, Callable[[], str | None], str]] = {
    "oxigraph": (run_oxigraph, find_oxigraph, "pip install oxigraph"),
    "virtuoso": (run_virtuoso, find_virtuoso, "apt-get install virtuoso-opensource"),
}


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphServerProcess]:
    run, find, bring = SERVERS[request.param]
    if find() is None:
        pytest.skip(f"no {request.param}: {bring} brings it")
    with run(tmp_path_factory.mktemp(request.param)) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    one = resolved()
    made = (replace(one, article=replace(one.article, id=f"a{number}")) for number in range(ARTICLES))
    with GraphStore.create(tmp_path / "graph", base="https://example.org/kg/") as store:
        store.load_ontology(small_ontology())
        store.replace_articles(
            (vocab.mint_article_graph(found.article.id, base=store.base), render_quads(found, base=store.base))
            for found in (*made, empty("c c", HOSTILE))
        )
        store.refresh_derived()
    return tmp_path / "graph"


def start_push(folder: Path, server: GraphServerProcess, *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "kg", "push", str(folder), server.url, *options]
    if server.user:
        command += ["--user", server.user]
    environment = {**os.environ, "KG_PASSWORD": server.password}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def push(folder: Path, server: GraphServerProcess, *options: str) -> str:
    process = start_push(folder, server, *options)
    said = process.communicate()[1]
    assert process.returncode == 0, said
    return said


def of_equal_values(quads: set[Quad]) -> set[Quad]:
    """The quads with decimals in their shortest form: Virtuoso keeps numbers, and writes "0.90" as "0.9"."""
    return {Quad(q.subject, q.predicate, _shorten(q.object), q.graph_name) for q in quads}


def _shorten(term: object) -> "NamedNode | Literal":
    if isinstance(term, Literal) and term.datatype == DECIMAL:
        return Literal(f"{float(term.value):.6f}".rstrip("0").rstrip("."), datatype=DECIMAL)
    assert isinstance(term, NamedNode | Literal)
    return term


def named(folder: Path) -> set[Quad]:
    with GraphStore.open(folder) as store:
        return {quad for quad in store.database if isinstance(quad.graph_name, NamedNode)}


def graphs_of(quads: set[Quad]) -> list[str]:
    return sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)})


def test_killed_at_random_and_repeated_gives_what_the_store_has(folder: Path, server: GraphServerProcess) -> None:
    wanted, chance = named(folder), random.Random(1)
    started = time.monotonic()
    push(folder, server)
    whole = time.monotonic() - started
    for _ in range(KILLS):
        process = start_push(folder, server, "--all")
        time.sleep(chance.uniform(0.3, 1) * whole)
        process.kill()
        process.communicate()
    said = push(folder, server)
    assert f"{ARTICLES + 4} unchanged" in push(folder, server), said
    assert of_equal_values(server.quads(graphs_of(wanted))) == of_equal_values(wanted)


def test_changes_follow_and_what_is_gone_goes(folder: Path, server: GraphServerProcess) -> None:
    push(folder, server)
    before = graphs_of(named(folder))
    with GraphStore.create(folder, base="https://example.org/kg/") as store:
        for number in range(20):
            store.delete_article(vocab.mint_article_graph(f"a{number}", base=store.base))
        new = empty("a30", "Neu.\n\nAnders.")
        store.replace_article(vocab.mint_article_graph("a30", base=store.base), render_quads(new, base=store.base))
        store.refresh_derived()
    assert "1 graphs written" in (said := push(folder, server)) or "2 graphs written" in said
    assert "20 deleted" in said
    wanted = named(folder)
    assert of_equal_values(server.quads(before)) == of_equal_values(wanted)


def test_wrong_credentials_are_said(folder: Path, server: GraphServerProcess) -> None:
    if server.user is None:
        pytest.skip("this server asks for none")
    process = start_push(folder, GraphServerProcess(url=server.url, user="dba", password="falsch"))
    said = process.communicate()[1]
    assert process.returncode == 2
    assert "wants to know who you are, or refuses it" in said
    assert "falsch" not in said
