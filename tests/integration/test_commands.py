"""The commands over a graph: data on standard output, messages on standard error, the right exit status."""

import csv
import io
import json
import os
import threading
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad

from kg import vocab
from kg.store import GraphStore
from tests.builders import fill, resolved, small_ontology
from tests.integration.conftest import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with GraphStore.create(tmp_path / "graph") as store:
        fill(store, resolved())
        store.flush()
    return tmp_path / "graph"


class TestQuery:
    def test_without_a_terminal_it_is_csv(self, run: Run, folder: Path) -> None:
        code, out, err = run("query", folder, "--name", "positions")
        rows = list(csv.DictReader(io.StringIO(out)))
        assert (code, err) == (0, "")
        assert {row["holder"] for row in rows} >= {"Dmitri Peskow", "Wolodymyr Selenskyj"}

    def test_table(self, run: Run, folder: Path) -> None:
        _, out, _ = run("query", folder, "--name", "positions", "--format", "table")
        assert out.startswith("holder")
        assert "    sentence: " in out

    def test_triples_are_turtle(self, run: Run, folder: Path) -> None:
        _, out, _ = run("query", folder, "CONSTRUCT { ?a a kg:Article } WHERE { ?a a kg:Article }")
        assert len(rdflib.Graph().parse(data=out, format="turtle")) == 1

    @pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
    def test_formats(self, run: Run, folder: Path, form: str) -> None:
        code, out, _ = run("query", folder, "SELECT ?a { ?a a kg:Article }", "--format", form)
        assert code == 0
        assert "article-2024-12-test" in out

    def test_from_a_file(self, run: Run, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "a.rq").write_text("ASK { ?a a kg:Article }", encoding="utf-8")
        assert run("query", folder, "--file", tmp_path / "a.rq")[1] == "true"

    def test_from_standard_input(self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("ASK { ?a a kg:Nothing }"))
        assert run("query", folder, "--file", "-")[:2] == (0, "false")

    def test_names_need_no_folder(self, run: Run) -> None:
        code, out, _ = run("query", "--names")
        assert code == 0
        assert "positions" in out
        assert "treaties" in out


class TestExport:
    @pytest.mark.parametrize(("form", "parser"), [("turtle", "turtle"), ("trig", "trig"), ("nquads", "nquads")])
    def test_to_standard_output(self, run: Run, folder: Path, form: str, parser: str) -> None:
        code, out, _ = run("export", folder, "--format", form)
        assert code == 0
        assert len(rdflib.Dataset(default_union=True).parse(data=out, format=parser)) > 100

    def test_to_a_file(self, run: Run, folder: Path, tmp_path: Path) -> None:
        code, out, _ = run("export", folder, "--format", "graphml", "-o", tmp_path / "a.graphml")
        assert (code, out) == (0, "")
        assert nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True).number_of_nodes() > 5
        assert not (tmp_path / "a.graphml.part").exists()

    def test_the_page(self, run: Run, folder: Path) -> None:
        code, out, _ = run("export", folder, "--format", "html")
        assert code == 0
        assert out.startswith("<!doctype html>")


def test_network(run: Run, folder: Path, tmp_path: Path) -> None:
    code, _, _ = run("network", folder, "--kind", "entities", "-o", tmp_path / "a.graphml")
    assert code == 0
    network = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert {"label", "type"} <= set(next(iter(network.nodes.values())))


def test_explain(run: Run, folder: Path) -> None:
    code, out, _ = run("explain", folder, "person-dmitri-peskow")
    assert code == 0
    assert out.startswith("Dmitri Peskow (Person)\n")
    assert "Position as holder" in out
    assert "2024-12-test: " in out


class TestValidate:
    def test_conforms(self, run: Run, folder: Path) -> None:
        assert run("validate", folder, "--ontology", small_ontology())[:2] == (0, "conforms: no violation found\n")

    def test_violation(self, run: Run, folder: Path) -> None:
        break_graph(folder, vocab.KG + "holder")
        code, out, _ = run("validate", folder, "--ontology", small_ontology())
        assert code == 1
        assert "holder" in out


class TestVerify:
    def test_all_as_written(self, run: Run, folder: Path) -> None:
        code, out, err = run("verify", folder)
        assert (code, out) == (0, "")
        assert err.endswith("spans in 1 articles, 0 mismatches\n")

    def test_mismatch(self, run: Run, folder: Path) -> None:
        break_graph(folder, vocab.KG + "anchorOf")
        code, out, _ = run("verify", folder)
        assert code == 1
        assert "says 'nothing'" in out


def break_graph(folder: Path, predicate: str) -> None:
    """Takes one triple with that predicate out of the article's graph."""
    with GraphStore.create(folder) as store:
        graph = NamedNode(store.article_graphs()[0])
        quad = min(store.database.quads_for_pattern(None, NamedNode(predicate), None, graph), key=str)
        store.database.remove(quad)
        store.database.remove(Quad(*quad.triple))
        store.flush()


def test_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert (code, out.split()[0]) == (0, "kg")


def test_help_names_every_command(run: Run) -> None:
    _, out, _ = run("--help")
    assert all(
        f"\n  {name} " in out
        for name in ("build", "query", "export", "network", "explain", "validate", "verify", "annotate")
    )


@pytest.mark.model
class TestSeeds:
    def test_build_shows_what_was_found(self, run: Run, tmp_path: Path) -> None:
        code, out, err = run("build", "seeds", "-o", tmp_path / "out")
        assert code == 0
        assert err.startswith(f"kg: wrote {tmp_path / 'out'}; ")
        assert [line.split()[0] for line in out.splitlines() if line[0] != " "] == [
            "Articles", "Actors", "Positions", "Treaties", "Weapon",
        ]  # fmt: skip
        assert "Budapester Memorandum" in out
        assert "Oreschnik" in out

    def test_verify_and_validate(self, run: Run, built_seeds: Path) -> None:
        assert run("verify", built_seeds)[0] == 0
        assert run("validate", built_seeds)[0] == 0

    def test_annotate(self, run: Run) -> None:
        code, out, _ = run("annotate", "seeds")
        assert code == 0
        assert json.loads(out)["article"]["id"] == "2024-12-ukraine-nato"
        assert run("annotate", "seeds", "--as", "conllu")[1].startswith(
            "# newdoc id = 2024-12-ukraine-nato\n# sent_id = 1"
        )
        assert "\tB-PER" in run("annotate", "seeds", "--as", "iob")[1]


def test_pipe_is_written_to_and_stays_one(run: Run, folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    code, _, _ = run("export", folder, "--format", "nquads", "-o", pipe)
    reader.join(timeout=30)
    assert code == 0
    assert b"article-2024-12-test" in got[0]
    assert pipe.is_fifo()
