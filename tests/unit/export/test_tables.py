"""Tables: what the csv module and pyarrow read back is what the articles say, character by character."""

import builtins
import csv
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.export import FOLDER_FORMATS, export_folder
from kg.export.rows import read_rows
from kg.export.schema import TABLES, Row
from kg.model import Resolved
from kg.store import GraphStore
from tests.builders import TEXT, empty, entity, filled, mention, resolved, turned

TEXTS = (
    "=1+1", "+49", "-3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'", "''=1", "a,b;c", 'd"e"', "f\ng\rh\r\ni",
    "\x00\x07\x1f", "<b>&amp;</b>", "\u202eאב\u202c", "😀", " x ", "\u2028\x85",
)  # fmt: skip


def strange() -> Resolved:
    names = (entity(f"person-{n}", "Person", text, mention("NATO", nth=n % 3)) for n, text in enumerate(TEXTS))
    return replace(empty("x"), entities=tuple(names))


def read_csv(folder: Path, name: str) -> list[dict[str, str]]:
    """As a program reads it: the apostrophe taken off again."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{k: v.removeprefix("'") for k, v in row.items()} for row in csv.DictReader(file, strict=True)]


def plain(row: Row, name: str) -> dict[str, str]:
    """A row as it should stand in CSV once the apostrophe is off."""
    cells = {column.name: row.get(column.name) for column in TABLES[name].columns}
    return {
        key: "" if cell is None else json.dumps(cell, ensure_ascii=False) if isinstance(cell, tuple) else str(cell)
        for key, cell in cells.items()
    }


def rows(store: GraphStore, name: str) -> list[Row]:
    return [row for table, row in read_rows(store) if table == name]


@pytest.fixture(params=["facts", "texts"])
def store(request: pytest.FixtureRequest) -> GraphStore:
    return filled(resolved("a"), turned(resolved(), "b")) if request.param == "facts" else filled(strange())


class TestRows:
    def test_a_position_says_who_what_where(self) -> None:
        row = next(r for r in rows(filled(), "positions") if r["holder"] == "person-dmitri-peskow")
        assert (row["holder_label"], row["issue"], row["about"]) == (
            "Dmitri Peskow",
            "nato-membership",
            "state-ukraine",
        )
        assert (row["polarity"], row["modality"], row["date"]) == ("oppose", "asserted", "2024-12")
        assert (row["confidence"], row["strength"], row["rule"]) == (0.95, 0.9, "positions.stance")
        assert TEXT[int(str(row["start"])) : int(str(row["end"]))] == row["text"] == '"inakzeptabel"'
        assert str(row["sentence"]).startswith("Kreml-Sprecher Dmitri Peskow nannte")
        assert str(row["statement"]).startswith("statement-2024-12-test_")

    def test_who_ascribes_a_position_is_told(self) -> None:
        row = next(r for r in rows(filled(), "positions") if r["holder"] == "person-wladimir-putin")
        assert (row["according_to_label"], row["about"]) == ("Mark Rutte", None)

    def test_an_event(self) -> None:
        row = next(r for r in rows(filled(), "events") if r["type"] == "test-weapon")
        assert (row["agent_label"], row["object"], row["date"]) == ("Russland", "weapon-oreschnik", "2024-11")

    def test_statements_offices_and_relations(self) -> None:
        store = filled()
        assert {(r["speaker_label"], r["form"], r["cue"]) for r in rows(store, "statements")} >= {
            ("Mark Rutte", "direct", "sagte")
        }
        assert {(r["person"], r["role"], r["organisation_label"]) for r in rows(store, "offices")} == {
            ("person-mark-rutte", "Generalsekretär", "NATO"),
            ("person-dmitri-peskow", "Sprecher", "Russland"),
        }
        assert [(r["subject"], r["predicate"], r["object"]) for r in rows(store, "relations")] == [
            ("weapon-oreschnik", "developedBy", "state-russland")
        ]

    def test_an_entity_adds_up_over_articles(self) -> None:
        found = {r["entity"]: r for r in rows(filled(resolved("a"), turned(resolved(), "b")), "entities")}
        ukraine = found["state-ukraine"]
        assert (ukraine["type"], ukraine["label"], ukraine["mentions"], ukraine["articles"]) == (
            "State",
            "Ukraine",
            8,
            2,
        )
        assert found["person-dmitri-peskow"]["acts_for"] == "state-russland"

    def test_every_passage_is_what_stands_there(self) -> None:
        for table, row in read_rows(filled()):
            if "start" in row and " […] " not in str(row["text"]):
                assert TEXT[int(str(row["start"])) : int(str(row["end"]))] == row["text"], table

    def test_what_is_referred_to_is_an_entity(self) -> None:
        found = filled(resolved("a"))
        entities = {row["entity"] for row in rows(found, "entities")}
        roles = ("holder", "about", "agent", "recipient", "object", "person", "organisation", "speaker", "subject")
        named = {row.get(role) for _, row in read_rows(found) for role in roles} - {None}
        assert named <= entities

    def test_columns_are_those_of_the_schema(self) -> None:
        for table, row in read_rows(filled()):
            assert set(row) <= {column.name for column in TABLES[table].columns}

    def test_keys_are_unique(self, store: GraphStore) -> None:
        for table in TABLES.values():
            keys = [row[table.columns[0].name] for row in rows(store, table.name)]
            assert not table.key or len(keys) == len(set(keys))


class TestCsv:
    def test_every_cell_comes_back(self, store: GraphStore, tmp_path: Path) -> None:
        export_folder(store, "csv", tmp_path)
        for name in TABLES:
            assert read_csv(tmp_path, name) == [plain(row, name) for row in rows(store, name)]

    def test_no_cell_begins_like_a_formula(self, tmp_path: Path) -> None:
        export_folder(filled(strange()), "csv", tmp_path)
        for name in TABLES:
            with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                cells = [cell for row in csv.reader(file) for cell in row]
            assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]

    def test_lists_are_json(self, tmp_path: Path) -> None:
        export_folder(filled(), "csv", tmp_path)
        names = {row["entity"]: json.loads(row["other_names"]) for row in read_csv(tmp_path, "entities")}
        assert names["person-dmitri-peskow"] == ["Peskows"]

    def test_columns_are_described(self, tmp_path: Path) -> None:
        export_folder(filled(), "csv", tmp_path)
        package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
        for resource in package["resources"]:
            with (tmp_path / resource["path"]).open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            assert header == [field["name"] for field in resource["schema"]["fields"]]
            assert all(field["description"] for field in resource["schema"]["fields"])


class TestParquet:
    def read(self, folder: Path, name: str) -> list[dict[str, Any]]:
        parquet = pytest.importorskip("pyarrow.parquet")
        found: list[dict[str, Any]] = parquet.read_table(folder / f"{name}.parquet").to_pylist()
        return found

    def test_every_cell_comes_back_as_it_is(self, store: GraphStore, tmp_path: Path) -> None:
        pytest.importorskip("pyarrow")
        export_folder(store, "parquet", tmp_path)
        for name, table in TABLES.items():
            expected = [{column.name: row.get(column.name) for column in table.columns} for row in rows(store, name)]
            found = self.read(tmp_path, name)
            assert [{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()} for row in found] == expected

    def test_many_rows_go_out_in_groups(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        monkeypatch.setattr("kg.export.tables.ROW_GROUP", 3)
        export_folder(filled(), "parquet", tmp_path)
        assert parquet.ParquetFile(tmp_path / "entities.parquet").num_row_groups > 2
        assert len(self.read(tmp_path, "entities")) == len(rows(filled(), "entities"))

    def test_without_pyarrow_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = builtins.__import__

        def refuse(name: str, *rest: Any, **more: Any) -> Any:
            if name.startswith("pyarrow"):
                raise ImportError(name)
            return real(name, *rest, **more)

        for name in [name for name in sys.modules if name.startswith("pyarrow")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setattr(builtins, "__import__", refuse)
        with pytest.raises(InputError, match=r"pip install 'polkg\[parquet\]'"):
            export_folder(filled(), "parquet", tmp_path / "p")
        assert not (tmp_path / "p").exists()


class TestNeo4j:
    """Read as neo4j-admin reads it: typed headers, ids that all relationships find."""

    def read(self, folder: Path, name: str) -> tuple[list[str], list[list[str]]]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *found = csv.reader(file, strict=True)
        return header, found

    def nodes(self, folder: Path) -> Mapping[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob("*.csv")):
            if path.stem != "relationships":
                header, lines = self.read(folder, path.stem)
                assert header[0].endswith(":ID")
                assert header[-1] == ":LABEL"
                for line in lines:
                    assert len(line) == len(header)
                    assert line[0] not in found
                    found[line[0]] = dict(zip(header, line, strict=True))
        return found

    def test_every_relationship_joins_two_nodes(self, store: GraphStore, tmp_path: Path) -> None:
        export_folder(store, "neo4j", tmp_path)
        nodes, (header, lines) = self.nodes(tmp_path), self.read(tmp_path, "relationships")
        assert header[:3] == [":START_ID", ":END_ID", ":TYPE"]
        assert lines
        assert not [line for line in lines if line[0] not in nodes or line[1] not in nodes or not line[2]]

    def test_facts_are_nodes_with_their_parts(self, tmp_path: Path) -> None:
        export_folder(filled(), "neo4j", tmp_path)
        nodes, (_, lines) = self.nodes(tmp_path), self.read(tmp_path, "relationships")
        assert nodes["state-ukraine"][":LABEL"].split("\x1f") == ["State", "Actor", "Entity"]
        held = {line[1]: line[0] for line in lines if line[2] == "HOLDER"}
        position = held["person-dmitri-peskow"]
        assert nodes[position]["polarity:string"] == "oppose"
        assert nodes[position][":LABEL"].split("\x1f") == ["Position", "Fact"]
        triples = {tuple(line[:3]) for line in lines}
        topic = "topic-nato-membership_state-ukraine"
        assert {
            (position, topic, "TOPIC"),
            (topic, "state-ukraine", "ABOUT"),
            (position, "article:2024-12-test", "IN_ARTICLE"),
            ("person-dmitri-peskow", topic, "OPPOSES"),
            ("weapon-oreschnik", "state-russland", "DEVELOPED_BY"),
            ("person-dmitri-peskow", "state-russland", "ACTS_FOR"),
        } <= triples

    def test_texts_are_as_they_are(self, tmp_path: Path) -> None:
        export_folder(filled(strange()), "neo4j", tmp_path)
        nodes = self.nodes(tmp_path)
        assert [nodes[f"person-{n}"]["label:string"] for n in range(len(TEXTS))] == list(TEXTS)

    def test_the_command_names_the_files(self, tmp_path: Path) -> None:
        told = export_folder(filled(), "neo4j", tmp_path)
        command = told.splitlines()[-1]
        assert command in (tmp_path / "README.txt").read_text(encoding="utf-8")
        assert {path.name for path in tmp_path.glob("*.csv")} == {
            word.partition("=")[2] for word in command.split() if word.endswith(".csv")
        }


@pytest.mark.parametrize("name", FOLDER_FORMATS)
class TestFolder:
    def test_same_files_for_any_order_of_articles(self, name: str, tmp_path: Path) -> None:
        one, other = filled(resolved("a"), turned(resolved(), "b")), filled(turned(resolved(), "b"), resolved("a"))
        export_folder(one, name, tmp_path / "one")
        export_folder(other, name, tmp_path / "other")
        files = sorted(path.name for path in (tmp_path / "one").iterdir())
        assert files == sorted(path.name for path in (tmp_path / "other").iterdir())
        assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "other" / f).read_bytes() for f in files)

    def test_an_empty_graph_gives_headers(self, name: str, tmp_path: Path) -> None:
        export_folder(GraphStore.in_memory(), name, tmp_path)
        assert not [path for path in tmp_path.iterdir() if not path.read_bytes() or path.suffix == ".part"]

    def test_a_file_is_no_folder(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "f").write_text("x")
        with pytest.raises(InputError, match="is a file; this format is a folder of files"):
            export_folder(filled(), name, tmp_path / "f")
        assert (tmp_path / "f").read_text() == "x"

    def test_a_place_that_cannot_be_written_is_named(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "f").write_text("x")
        with pytest.raises(InputError, match="cannot be made"):
            export_folder(filled(), name, tmp_path / "f" / "g")
