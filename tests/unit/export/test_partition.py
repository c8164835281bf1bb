"""N-Quads in parts: together the whole, each graph in one part, the same bytes every time."""

import gzip
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export import export_graph, export_parts
from kg.export.partition import choose_part
from tests.builders import empty, filled, resolved, turned


def read_parts(folder: Path) -> list[list[bytes]]:
    return [gzip.decompress(path.read_bytes()).splitlines(keepends=True) for path in sorted(folder.iterdir())]


def test_parts_make_the_whole(tmp_path: Path) -> None:
    with filled(resolved("a"), turned(resolved(), "b"), empty("c")) as store:
        assert "wrote 4 parts" in export_parts(store, tmp_path / "parts", 4)
        with (tmp_path / "whole").open("wb") as whole:
            export_graph(store, "nquads", whole)
        first = [path.read_bytes() for path in sorted((tmp_path / "parts").iterdir())]
        export_parts(store, tmp_path / "parts", 4)
    parts = read_parts(tmp_path / "parts")
    assert [path.read_bytes() for path in sorted((tmp_path / "parts").iterdir())] == first
    assert sorted(line for part in parts for line in part) == sorted(
        (tmp_path / "whole").read_bytes().splitlines(keepends=True)
    )
    for number, part in enumerate(parts):
        assert {choose_part(line.split()[-2].decode()[1:-1], 4) for line in part} <= {number}


def test_a_graph_keeps_its_part() -> None:
    assert [choose_part(f"urn:{letter}", 10) for letter in "abcdef"] == [2, 7, 0, 9, 8, 7]
    assert {choose_part(f"urn:{number}", 16) for number in range(400)} == set(range(16))


@pytest.mark.parametrize("parts", [0, -1, 501])
def test_number_of_parts(tmp_path: Path, parts: int) -> None:
    with filled() as store, pytest.raises(InputError, match=f"--partition {parts}: wants a number of parts from 1 to"):
        export_parts(store, tmp_path / "x", parts)
    assert not (tmp_path / "x").exists()


def test_parts_of_another_time_are_not_mixed_in(tmp_path: Path) -> None:
    with filled() as store:
        export_parts(store, tmp_path, 3)
        with pytest.raises(InputError, match=r"holds part-000-of-003\.nq\.gz, which a loader would take too"):
            export_parts(store, tmp_path, 2)
