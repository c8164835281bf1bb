"""The sample project of Discourse Network Analyzer, against the figures of that program's own tests.

Its tests (rDNA, `test-network.R`) count the two-mode network of organisations and concepts (7 x 6, sum 40) and the
one-mode network of organisations (7 x 7, sum 276), both with the agreement ignored. The other figures are counted
here once more from the tables, by the definitions.
"""

import csv
import io
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest

import kg
from kg.config import Settings
from kg.network.days import first_day
from tests.builders import small_ontology
from tests.integration.conftest import Run
from tests.unit.dna.projects import Coded, write_project

SAMPLE = Path(__file__).parents[3] / "shared" / "suites" / "dna" / "sample.dna"
SMALL = Settings(ontology=small_ontology())  # the shipped one takes seconds to load
needs_sample = pytest.mark.skipif(not SAMPLE.is_file(), reason=f"the sample project is not at {SAMPLE}")

_CODINGS = """
SELECT organisation.Value, concept.Value, agreement.Value FROM DATABOOLEAN AS agreement
JOIN DATASHORTTEXT AS a ON a.StatementId = agreement.StatementId AND a.VariableId = 2
JOIN ENTITIES AS organisation ON organisation.ID = a.Entity
JOIN DATASHORTTEXT AS b ON b.StatementId = agreement.StatementId AND b.VariableId = 3
JOIN ENTITIES AS concept ON concept.ID = b.Entity"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dna") / "out"
    kg.import_dna(SAMPLE, out, settings=SMALL)
    return out


def matrix(run: Run, folder: Path, kind: str, *options: object) -> dict[tuple[str, str], float]:
    """A network as `kg network` writes it: (row, column) -> weight."""
    code, out, err = run("network", folder, "--kind", kind, "-o", "-", "--format", "matrix", *options)
    assert (code, err) == (0, "")
    header, *rows = csv.reader(io.StringIO(out))
    return {(row[0], column): float(value) for row in rows for column, value in zip(header[1:], row[1:], strict=True)}


def shape(found: dict[tuple[str, str], float]) -> tuple[int, int]:
    return len({row for row, _ in found}), len({column for _, column in found})


@needs_sample
class TestSample:
    LEVEL = ("--level", "organisation")

    def test_two_mode_network(self, run: Run, folder: Path) -> None:
        found = matrix(run, folder, "actor-topic", *self.LEVEL)
        assert (shape(found), sum(found.values()), sum(map(bool, found.values()))) == ((7, 6), 40, 22)

    def test_one_mode_network_with_agreement_ignored(self, run: Run, folder: Path) -> None:
        found = matrix(run, folder, "cooccurrence", *self.LEVEL)
        assert (shape(found), sum(found.values()), sum(map(bool, found.values()))) == ((7, 7), 276, 2 * 21)
        assert found["Environmental Protection Agency", "Alliance to Save Energy"] == 10
        assert found["Environmental Protection Agency", "Energy and Environmental Analysis, Inc."] == 2

    @pytest.mark.parametrize(("kind", "opposite", "total"), [("congruence", 0, 160), ("conflict", 1, 116)])
    def test_one_mode_networks_by_agreement(self, run: Run, folder: Path, kind: str, opposite: int, total: int) -> None:
        with closing(sqlite3.connect(f"{SAMPLE.as_uri()}?mode=ro", uri=True)) as database:
            counts = Counter(database.execute(_CODINGS).fetchall())
        organisations, concepts = ({key[place] for key in counts} for place in (0, 1))
        expected = {
            pair: sum(
                counts[pair[0], concept, value] * counts[pair[1], concept, abs(value - opposite)]
                for concept in concepts
                for value in (0, 1)
            )
            for pair in combinations(sorted(organisations), 2)
        }
        found = matrix(run, folder, kind, *self.LEVEL)
        assert {pair: found[pair] for pair in expected} == expected
        assert sum(found.values()) == total

    def test_from_the_first_to_the_last_day(self, run: Run, folder: Path) -> None:
        asked = ("--from", "2005-01-26", "--until", "2005-02-16")
        assert sum(matrix(run, folder, "actor-topic", *asked).values()) == 40
        assert sum(matrix(run, folder, "actor-topic", "--from", "2005-01-27").values()) == 36
        assert sum(matrix(run, folder, "actor-topic", "--until", "2005-02-15").values()) == 24

    def test_windows(self, run: Run, folder: Path, tmp_path: Path) -> None:
        code, _, err = run(
            "network", folder, "--kind", "congruence", "-o", tmp_path / "a.gexf", "--window", "months", *self.LEVEL
        )
        assert (code, err) == (0, "kg: wrote 2 networks\n")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a_2005-01.gexf", "a_2005-02.gexf"]

    def test_verifies_and_validates(self, run: Run, folder: Path) -> None:
        assert run("verify", folder)[0] == 0
        assert run("validate", folder, "--ontology", small_ontology())[:2] == (0, "conforms: no violation found\n")

    def test_queries_work_on_it(self, run: Run, folder: Path) -> None:
        code, out, _ = run("query", folder, "--name", "positions", "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(out)))
        assert (code, len(rows)) == (0, 40)
        assert {row["polarity"] for row in rows} == {"support", "oppose"}

    def test_importing_again_changes_nothing(self, folder: Path) -> None:
        before = (folder / "graph.ttl").read_bytes()
        result = kg.import_dna(SAMPLE, folder, settings=SMALL)
        assert (folder / "graph.ttl").read_bytes() == before
        assert (result.report.articles, result.report.counts["positions"], result.report.skipped) == (7, 40, ())

    def test_python_says_the_same(self, folder: Path) -> None:
        result = kg.import_dna(SAMPLE, folder, settings=SMALL)
        network = result.network("cooccurrence", level="organisation", measures=True)
        assert network.size(weight="weight") == 138
        assert {"degree", "betweenness", "community"} <= next(iter(network.nodes.values())).keys()
        assert list(result.networks("congruence", window="years")) == ["2005"]
        assert first_day(result.query("SELECT ?d { ?a kg:published ?d } ORDER BY ?d")[0]["d"]) == "2005-01-26"  # type: ignore[arg-type]


class TestCommand:
    def imported(self, run: Run, *arguments: object) -> tuple[int, str, str]:
        return run("import", *arguments, "--ontology", small_ontology())

    def test_imports_beside_what_is_there(self, run: Run, tmp_path: Path) -> None:
        one = write_project(tmp_path / "one.dna", [Coded(person="A")])
        two = write_project(tmp_path / "two.dna", [Coded(person="A", agreement=0), Coded()])
        assert self.imported(run, one, "-o", tmp_path / "out")[0] == 0
        code, out, err = self.imported(run, two, "-o", tmp_path / "out")
        assert code == 0
        assert out.startswith("Articles")
        assert err == (
            "kg: skipped two.dna statement 2: names neither person nor organisation; complete it in the project\n"
            f"kg: wrote {tmp_path / 'out'}\n"
        )
        found = matrix(run, tmp_path / "out", "actor-topic", "--qualifier", "subtract")
        assert found == {("A", "Whales are fish."): 0}

    def test_strict_tells_what_was_skipped(self, run: Run, tmp_path: Path) -> None:
        path = write_project(tmp_path / "a.dna", [Coded()])
        assert self.imported(run, path, "-o", tmp_path / "out", "--strict")[0] == 1

    def test_other_versions_are_an_error(self, run: Run, tmp_path: Path) -> None:
        path = write_project(tmp_path / "a.dna", version="2.0 beta 25")
        code, _, err = self.imported(run, path, "-o", tmp_path / "out")
        assert code == 2
        assert "was written by Discourse Network Analyzer '2.0 beta 25', kg reads projects of 3.0" in err
        assert not (tmp_path / "out").exists()

    def test_variables_of_another_codebook(self, run: Run, tmp_path: Path) -> None:
        path = write_project(tmp_path / "a.dna", [Coded(person="A", organisation="X", agreement=-2)])
        code, _, _ = self.imported(run, path, "-o", tmp_path / "out", "--person", "", "--agreement", "scale")
        assert code == 0
        assert matrix(run, tmp_path / "out", "actor-topic", "--qualifier", "subtract") == {
            ("X", "Whales are fish."): -1
        }
