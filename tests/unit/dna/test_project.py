"""Files of Discourse Network Analyzer as they are read, and what is refused."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kg.dna import Variables, read_project
from kg.errors import InputError
from tests.unit.dna.projects import Coded, write_project


def test_documents(tmp_path: Path) -> None:
    (document,) = read_project(write_project(tmp_path / "a.dna")).documents
    assert (document.id, document.title, document.date) == (1, " Titel  1 ", "2024-12-03")
    assert (document.author, document.source) == ("Autorin", "Zeitung")


@pytest.mark.parametrize(
    ("seconds", "day"),
    [(-1, "1969-12-31"), (0, "1970-01-01"), (86_399, "1970-01-01"), (10**15, None), (-(10**15), None), ("?", None)],
)
def test_dates_are_days_in_utc(tmp_path: Path, seconds: object, day: str | None) -> None:
    (document,) = read_project(write_project(tmp_path / "a.dna", day=seconds)).documents
    assert document.date == day


def test_codings(tmp_path: Path) -> None:
    coded = Coded(person=" Ada \n Lovelace ", organisation="Sierra Club", agreement=0, coder=None, start=3, stop=9)
    project = read_project(write_project(tmp_path / "a.dna", [coded, Coded(type=2)]))
    (coding,) = project.codings
    assert (coding.person, coding.organisation, coding.concept) == ("Ada Lovelace", "Sierra Club", "Whales are fish.")
    assert (coding.start, coding.stop, coding.coder, coding.agreement) == (3, 9, "unknown", -1)
    assert (project.name, project.version, project.others) == ("a", "3.0.7", 1)


def test_offsets_become_code_points(tmp_path: Path) -> None:
    """The program counts in UTF-16, where 😀 is two units."""
    text = "a😀bc😀d"
    codings = [Coded(start=3, stop=5), Coded(start=1, stop=8), Coded(start=2, stop=4), Coded(start=0, stop=99)]
    found = read_project(write_project(tmp_path / "a.dna", codings, texts=[text])).codings
    assert [(coding.start, coding.stop) for coding in found] == [(2, 4), (1, 6), (1, 3), (0, 97)]
    assert text[2:4] == "bc"


def test_an_integer_says_how_much(tmp_path: Path) -> None:
    path = write_project(tmp_path / "a.dna", [Coded(agreement=value) for value in (-2, 0, 3)])
    found = read_project(path, Variables(agreement="scale")).codings
    assert [coding.agreement for coding in found] == [-2, 0, 3]


def test_reads_and_never_writes(tmp_path: Path) -> None:
    path = write_project(tmp_path / "a ?#%.dna", [Coded()])
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.chmod(0o444)
    assert read_project(path).name == "a ?#%"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [found.name for found in tmp_path.iterdir()] == ["a ?#%.dna"]


class TestRefuses:
    def refused(self, path: Path, variables: Variables | None = None) -> str:
        with pytest.raises(InputError) as caught:
            read_project(path, variables)
        return str(caught.value)

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        assert self.refused(tmp_path / "x.dna").endswith("x.dna: does not exist; name a .dna file")
        assert self.refused(tmp_path).endswith("is no file; name a .dna file")

    def test_what_is_no_database(self, tmp_path: Path) -> None:
        path = tmp_path / "a.dna"
        path.write_text("Ein Text" * 100)
        assert "file is not a database; open it in that program and save it" in self.refused(path)

    def test_another_database(self, tmp_path: Path) -> None:
        path = tmp_path / "a.dna"
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE a (b)")
        assert "a SQLite database, but no project of Discourse Network Analyzer" in self.refused(path)

    @pytest.mark.parametrize("version", ["2.0 beta 25", "3.1", "30.0", "", "3.0.7\n4"])
    def test_other_versions(self, tmp_path: Path, version: str) -> None:
        path = write_project(tmp_path / "a.dna", version=version)
        assert f"was written by Discourse Network Analyzer {version!r}, kg reads projects of 3.0" in self.refused(path)

    def test_a_lost_table(self, tmp_path: Path) -> None:
        path = write_project(tmp_path / "a.dna")
        with closing(sqlite3.connect(path)) as database:
            database.execute("DROP TABLE ENTITIES")
        assert "says version 3.0.7 but lacks ENTITIES; the file is damaged" in self.refused(path)

    def test_a_cut_off_file(self, tmp_path: Path) -> None:
        path = write_project(tmp_path / "a.dna", [Coded()], texts=["Ein Text." * 5000])
        path.write_bytes(path.read_bytes()[:20_000])
        assert "cannot be read as a project" in self.refused(path)

    @pytest.mark.parametrize(
        ("variables", "message"),
        [
            (Variables(statement_type="Zitat"), "no type of statement 'Zitat'; it has: 'Annotation', 'DNA Statement'"),
            (
                Variables(person="who"),
                "no variable 'who' for the person; it has: 'agreement', 'concept', 'organization'",
            ),
            (Variables(concept=""), "has no variable '' for the concept"),
            (
                Variables(agreement="concept"),
                "the agreement 'concept' is of the type short text; wants boolean or integer",
            ),
            (Variables(person="scale"), "the person 'scale' is of the type integer; wants short text"),
            (Variables(person="", organisation=""), "person and organisation are both left out"),
        ],
    )
    def test_variables_that_there_are_not(self, tmp_path: Path, variables: Variables, message: str) -> None:
        assert message in self.refused(write_project(tmp_path / "a.dna"), variables)
