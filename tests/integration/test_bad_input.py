"""What goes wrong is said in one message with place, value and next step, and an exit status; never a traceback."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.store import GraphStore
from tests.integration.conftest import Run

GERMAN = "date 2024-12 Der Kreml droht\n\nMoskau betrachte die Erweiterung als Bedrohung, sagte Peskow am Dienstag.\n"
ENGLISH = (
    "The president said on Tuesday in Brussels that the alliance would extend its support for Ukraine. This was "
    "necessary, he told reporters, in order to improve the situation at the front before the winter.\n"
)


@pytest.fixture
def empty_graph(tmp_path: Path) -> Path:
    folder = tmp_path / "graph"
    with GraphStore.create(folder) as store:
        store.flush()
    return folder


BAD_FILES: dict[str, tuple[str, bytes, Sequence[str]]] = {
    "empty file": ("a.txt", b"", ["a.txt: is empty (0 bytes)"]),
    "PDF named .txt": ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", ["a.txt: is a PDF, not text"]),
    "Latin-1": (
        "a.txt",
        "Der Präsident sprach.".encode("latin-1"),
        ["a.txt: byte 6 (line 1) is 0xE4", "'Präsident'", "iconv -f WINDOWS-1252"],
    ),
    "date that is none": (
        "a.txt",
        GERMAN.replace("2024-12", "2024-13").encode(),
        ["a.txt: line 1: '2024-13' is no date", "YYYY-MM"],
    ),
    "English": ("a.txt", ENGLISH.encode(), ["a.txt: reads as English", "kg reads German articles"]),
    "binary": ("a.txt", b"a\0b", ["a.txt: is binary, not text (NUL at byte 1)"]),
}


class TestNothingToRead:
    """Where no input gives an article, nothing is written and the exit status is 2."""

    @pytest.mark.parametrize("command", ["build", "annotate"])
    @pytest.mark.parametrize("name", BAD_FILES)
    def test_bad_file(self, run: Run, tmp_path: Path, name: str, command: str) -> None:
        file, content, messages = BAD_FILES[name]
        (tmp_path / file).write_bytes(content)
        options = ("-o", tmp_path / "out") if command == "build" else ()
        code, out, err = run(command, tmp_path / file, *options)
        assert (code, out) == (2, "")
        assert err.startswith("kg: error: no article to read:")
        assert all(message in err for message in messages)
        assert not (tmp_path / "out").exists()

    def test_large_file(self, run: Run, tmp_path: Path) -> None:
        with (tmp_path / "a.txt").open("wb") as file:
            for _ in range(50):
                file.write(b"Der Kreml droht. " * 62_500)
        code, _, err = run("build", tmp_path / "a.txt", "-o", tmp_path / "out")
        assert code == 2
        assert "a.txt: 53125000 bytes are more than the 10000000" in err
        assert "KG_MAX_FILE_BYTES" in err

    def test_missing_path(self, run: Run, tmp_path: Path) -> None:
        code, out, err = run("build", tmp_path / "nichts", tmp_path, "-o", tmp_path / "out")
        assert (code, out) == (2, "")
        assert err.startswith("kg: error: no such file or folder:")
        assert "nichts" in err
        assert not (tmp_path / "out").exists()

    def test_empty_folder(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run("build", tmp_path, "-o", tmp_path / "out")
        assert code == 2
        assert "holds no articles, no files; wants files that end in .txt" in err

    def test_every_bad_input_is_named(self, run: Run, tmp_path: Path) -> None:
        for number, (_, content, _) in enumerate(BAD_FILES.values()):
            (tmp_path / f"{number}.txt").write_bytes(content)
        _, _, err = run("build", tmp_path, "-o", tmp_path / "out")
        assert all(f"{number}.txt: " in err for number in range(len(BAD_FILES)))

    def test_broken_json_lines(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text('{"text": 1}\n\n{"text": "Drei\n', encoding="utf-8")
        code, _, err = run("annotate", tmp_path / "a.jsonl")
        assert code == 2
        assert "a.jsonl#1: text: wants a string, found a number" in err
        assert "a.jsonl#3: line 3: is no JSON" in err


class TestOutput:
    def test_folder_of_others(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
        code, _, err = run("build", tmp_path / "a.txt", "-o", tmp_path)
        assert code == 2
        assert "is no kg folder; name an empty or a new one" in err
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

    def test_file(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
        code, _, err = run("build", tmp_path / "a.txt", "-o", tmp_path / "a.txt")
        assert code == 2
        assert "is a file; name a folder" in err

    def test_missing_option(self, run: Run) -> None:
        code, _, err = run("build", "seeds")
        assert code == 2
        assert "Missing option '--out'" in err

    def test_export_to_a_place_that_is_none(self, run: Run, empty_graph: Path, tmp_path: Path) -> None:
        code, _, err = run("export", empty_graph, "--format", "turtle", "-o", tmp_path / "none" / "a.ttl")
        assert code == 2
        assert "a.ttl: cannot be written: No such file or directory" in err


class TestGraphFolder:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["query", "{}", "ASK {}"],
            ["export", "{}", "--format", "turtle"],
            ["network", "{}", "--kind", "entities", "-o", "-"],
            ["explain", "{}", "state-ukraine"],
            ["validate", "{}"],
            ["verify", "{}"],
        ],
        ids=lambda arguments: str(arguments[0]),
    )
    def test_that_is_none(self, run: Run, tmp_path: Path, arguments: list[str]) -> None:
        code, out, err = run(*(argument.replace("{}", str(tmp_path)) for argument in arguments))
        assert (code, out) == (2, "")
        assert "no kg folder here; make one with: kg build" in err


class TestQuestion:
    def test_syntax_error(self, run: Run, empty_graph: Path) -> None:
        code, out, err = run("query", empty_graph, "SELECT ?a WHERE { ?a ?b }")
        assert (code, out) == (2, "")
        assert err.startswith("kg: error: line 1, column 26: no valid SPARQL")

    def test_unknown_name(self, run: Run, empty_graph: Path) -> None:
        code, _, err = run("query", empty_graph, "--name", "postions")
        assert code == 2
        assert "no query is named 'postions'; there are: actors" in err

    def test_none_and_two(self, run: Run, empty_graph: Path) -> None:
        for arguments in ([], ["ASK {}", "--name", "positions"]):
            code, _, err = run("query", empty_graph, *arguments)
            assert code == 2
            assert "give one of QUERY, --file FILE, --name NAME" in err

    def test_missing_file(self, run: Run, empty_graph: Path, tmp_path: Path) -> None:
        code, _, err = run("query", empty_graph, "--file", tmp_path / "a.rq")
        assert code == 2
        assert "a.rq: cannot be read: No such file" in err

    def test_unknown_format(self, run: Run, empty_graph: Path) -> None:
        code, _, err = run("query", empty_graph, "ASK {}", "--format", "xlsx")
        assert code == 2
        assert "format 'xlsx' does not fit SELECT or ASK; use one of: csv" in err
        code, _, err = run("export", empty_graph, "--format", "xlsx")
        assert code == 2
        assert "no format is named 'xlsx'; there are: turtle" in err

    def test_unknown_network(self, run: Run, empty_graph: Path) -> None:
        code, _, err = run("network", empty_graph, "--kind", "people", "-o", "-")
        assert code == 2
        assert "no kind of network is named 'people'; there are: entities" in err

    def test_network_in_an_unknown_format(self, run: Run, empty_graph: Path) -> None:
        code, _, err = run("network", empty_graph, "--kind", "entities", "-o", "a.png")
        assert code == 2
        assert "a.png: wants a name that ends in .graphml" in err

    def test_unknown_node(self, run: Run, empty_graph: Path) -> None:
        code, _, err = run("explain", empty_graph, "state-atlantis")
        assert code == 2
        assert "nothing in the graph is named 'state-atlantis'" in err

    def test_unknown_form(self, run: Run) -> None:
        code, _, err = run("annotate", "seeds", "--as", "xml")
        assert code == 2
        assert "no form is named 'xml'; there are: json, conllu, iob" in err

    def test_message_does_not_drive_the_terminal(self, run: Run) -> None:
        _, _, err = run("annotate", "\x1b[31mrot")
        assert "\x1b" not in err


def test_setting_that_cannot_be_used(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MAX_FILE_BYTES", "viel")
    code, _, err = run("annotate", "seeds")
    assert code == 2
    assert "KG_MAX_FILE_BYTES='viel': wants a whole number above 0" in err


def test_missing_pipeline(run: Run) -> None:
    code, _, err = run("annotate", "seeds", "--pipeline", "de_none")
    assert code == 2
    assert "pipeline 'de_none': spaCy cannot load it" in err


@pytest.mark.model
class TestTheRestIsBuilt:
    def test_line_3_is_broken(self, run: Run, tmp_path: Path) -> None:
        lines = (
            '{"text": "Rutte traf Scholz."}\n{"text": "Scholz traf Rutte."}\n{"text": "Drei\n{"text": "Rutte kam."}\n'
        )
        (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
        code, out, err = run("build", tmp_path / "a.jsonl", "-o", tmp_path / "out")
        assert code == 0
        assert "a.jsonl#3: line 3: is no JSON" in err
        assert out.splitlines()[0].split() == ["Articles", "3"]

    def test_strict(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
        (tmp_path / "b.txt").write_text(ENGLISH, encoding="utf-8")
        assert run("build", tmp_path, "-o", tmp_path / "out")[0] == 0
        assert run("build", tmp_path, "-o", tmp_path / "out", "--strict")[0] == 1
        assert run("annotate", tmp_path / "a.txt", tmp_path / "b.txt", "--strict")[0] == 1

    def test_any_language(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "b.txt").write_text(ENGLISH, encoding="utf-8")
        assert run("annotate", tmp_path / "b.txt", "--any-language", "--as", "iob")[0] == 0


def test_reader_that_stops_early(empty_graph: Path) -> None:
    code = f"{sys.executable} -m kg export {empty_graph} --format turtle | head -c 1"
    found = subprocess.run(["bash", "-o", "pipefail", "-c", code], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
