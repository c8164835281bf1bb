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

    def test_formats_are_listed(self, run: Run) -> None:
        code, out, err = run("export", "--formats")
        assert (code, err) == (0, "")
        assert {line.split()[0] for line in out.splitlines()} >= {"turtle", "gexf", "csv", "neo4j", "plover"}

    def test_tables_go_into_a_folder(self, run: Run, folder: Path, tmp_path: Path) -> None:
        code, out, err = run("export", folder, "--format", "csv", "-o", tmp_path / "tables")
        assert (code, out) == (0, "")
        assert "positions.csv" in err
        with (tmp_path / "tables" / "positions.csv").open(encoding="utf-8", newline="") as file:
            assert "Dmitri Peskow" in {row["holder_label"] for row in csv.DictReader(file)}

    def test_neo4j_tells_how_to_import(self, run: Run, folder: Path, tmp_path: Path) -> None:
        code, _, err = run("export", folder, "--format", "neo4j", "-o", tmp_path / "neo4j")
        assert code == 0
        assert "neo4j-admin database import full neo4j" in err

    def test_tables_want_a_folder(self, run: Run, folder: Path) -> None:
        code, out, err = run("export", folder, "--format", "csv")
        assert (code, out) == (2, "")
        assert "csv is a folder of files; name one: -o DIR" in err

    def test_folder_and_format_are_wanted(self, run: Run, folder: Path) -> None:
        for arguments in ([folder], ["--format", "csv"], []):
            code, _, err = run("export", *arguments)
            assert code == 2
            assert "kg export --formats lists them" in err

    def test_the_page(self, run: Run, folder: Path) -> None:
        code, out, _ = run("export", folder, "--format", "html")
        assert code == 0
        assert out.startswith("<!doctype html>")


def test_network(run: Run, folder: Path, tmp_path: Path) -> None:
    code, _, _ = run("network", folder, "--kind", "entities", "-o", tmp_path / "a.graphml")
    assert code == 0
    network = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert {"label", "type"} <= set(next(iter(network.nodes.values())))


class TestDiscourseNetwork:
    def test_by_the_name_of_the_file(self, run: Run, folder: Path, tmp_path: Path) -> None:
        for name, start in (("a.graphml", "<?xml"), ("a.gexf", "<?xml"), ("a.csv", ",")):
            assert run("network", folder, "--kind", "conflict", "-o", tmp_path / name) == (0, "", "")
            assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)

    def test_options_are_heeded(self, run: Run, folder: Path) -> None:
        options = ("--topic", "nato-membership", "--polarity", "oppose", "--modality", "asserted", "--level", "state")
        code, out, _ = run(
            "network", folder, "--kind", "actor-topic", "-o", "-", "--format", "matrix", *options, "--from", "2024"
        )
        assert (code, out) == (0, ",NATO-Mitgliedschaft: Ukraine\nRussland,1\n")

    def test_windows_are_files(self, run: Run, folder: Path, tmp_path: Path) -> None:
        code, out, err = run("network", folder, "--kind", "conflict", "-o", tmp_path / "a.csv", "--window", "months")
        assert (code, out, err) == (0, "", "kg: wrote 1 networks\n")
        assert [path.name for path in tmp_path.glob("*.csv")] == ["a_2024-12.csv"]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["--window", "months"], "several windows do not go to standard output; name a file with -o"),
            (["--normalisation", "activity"], "wants one of no, average, jaccard, cosine, vector-cosine"),
            (["--topic", "wale"], "topic 'wale': the graph has no position on it; it has: "),
            (["--type", "Schiff"], "type 'Schiff': wants one of Actor, "),
            (["--from", "morgen"], "from 'morgen': wants a day, month or year"),
            (["--format", "dl"], "format 'dl': wants one of graphml, gexf, matrix, edges"),
        ],
    )
    def test_bad_options(self, run: Run, folder: Path, options: list[str], message: str) -> None:
        code, out, err = run("network", folder, "--kind", "conflict", "-o", "-", *options)
        assert (code, out) == (2, "")
        assert message in err


def test_explain(run: Run, folder: Path) -> None:
    code, out, _ = run("explain", folder, "person-dmitri-peskow")
    assert code == 0
    assert out.startswith("Dmitri Peskow (Person)\n")
    assert "Position as holder" in out
    assert "2024-12-test: " in out


class TestSearch:
    def test_without_a_terminal_it_is_csv(self, run: Run, folder: Path) -> None:
        code, out, err = run("search", folder, "oreschnik", "--type", "entities")
        rows = list(csv.DictReader(io.StringIO(out)))
        assert (code, err) == (0, "")
        assert [(row["label"], row["type"], row["marks"]) for row in rows] == [("Oreschnik", "WeaponSystem", "0-9")]
        assert (folder / "search.sqlite").is_file()

    def test_an_argument_with_spaces_is_a_phrase(self, run: Run, folder: Path) -> None:
        (line,) = run("search", folder, "einem frieden", "--format", "json")[1].splitlines()
        found = json.loads(line)
        assert (found["kind"], found["article"]) == ("sentences", "2024-12-test")
        assert [found["text"][start:end] for start, end in found["marks"]] == ["einem Frieden"]

    def test_table_names_the_place(self, run: Run, folder: Path) -> None:
        _, out, _ = run("search", folder, "testete", "--format", "table")
        assert "2024-12-test 318-" in " ".join(out.split())

    def test_nothing_found(self, run: Run, folder: Path) -> None:
        assert run("search", folder, "Walfisch", "--format", "json") == (
            (0, "", "kg: nothing found; give fewer words, or only their beginnings\n")
        )


class TestRemove:
    def test_article_goes(self, run: Run, folder: Path) -> None:
        code, out, err = run("remove", folder, "2024-12-test")
        assert (code, out) == (0, "")
        assert err.startswith("kg: removed 1 of 1 articles from ")
        assert run("query", folder, "ASK { ?a a kg:Article }")[1] == "false"

    def test_unknown_article(self, run: Run, folder: Path) -> None:
        code, _, err = run("remove", folder, "2024-12-tset")
        assert code == 2
        assert "near it: 2024-12-test" in err


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
        for name in ("build", "import", "query", "export", "network", "explain", "validate", "verify", "annotate")
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
