"""A graph goes into a dump and comes back the same; what is no whole dump leaves nothing behind."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.dumps import dump_graph, restore_graph
from kg.errors import InputError, StoreError
from kg.outputs import write_outputs
from kg.store import GraphStore
from tests.builders import empty, fill, resolved, turned

HOSTILE = 'Titel </script> "\\" {}\n\nZeile\u2028eins \x01 <urn:x> "; DROP ALL . \U0001f600\r\n\tzwei\x85.'
BASE = "https://example.org/kg/"


def build(folder: Path, *, base: str = BASE) -> Path:
    with GraphStore.create(folder, base=base) as store:
        fill(store, resolved("a"), turned(resolved(), "b"), empty("c c", HOSTILE))
        write_outputs(store, folder)
    return folder


def write_dump(folder: Path, *, compress: bool = False) -> bytes:
    written = io.BytesIO()
    with GraphStore.open(folder) as store:
        dump_graph(store, written, compress=compress)
    return written.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built") / "graph")


@pytest.fixture(scope="module")
def dump(built: Path) -> bytes:
    return write_dump(built)


@pytest.mark.parametrize("compress", [False, True])
def test_comes_back_the_same(tmp_path: Path, built: Path, compress: bool) -> None:
    file, out = tmp_path / "any-name", tmp_path / "out"
    file.write_bytes(write_dump(built, compress=compress))
    assert restore_graph(file, out) == 3
    with GraphStore.open(built) as old, GraphStore.open(out) as new:
        assert set(old.database) == set(new.database)
        assert new.base == BASE
    assert {path.name for path in out.iterdir()} == {path.name for path in built.iterdir()}
    for name in ("graph.ttl", "kg.json"):
        assert (out / name).read_bytes() == (built / name).read_bytes()
    assert write_dump(out, compress=compress) == file.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("any-name", "out")] == []


def test_bytes_do_not_depend_on_the_order_of_articles(tmp_path: Path, dump: bytes) -> None:
    with GraphStore.create(tmp_path / "x", base=BASE) as store:
        fill(store, empty("c c", HOSTILE), turned(resolved(), "b"), resolved("a"))
    assert write_dump(tmp_path / "x") == dump
    assert write_dump(tmp_path / "x", compress=True) == write_dump(tmp_path / "x", compress=True)


def test_is_n_quads_between_two_comments(dump: bytes) -> None:
    first, *quads, last, rest = dump.split(b"\n")
    assert rest == b""
    assert first == b'# kg-dump {"base": "https://example.org/kg/", "format": 1}'
    said = json.loads(last.removeprefix(b"# kg-dump-end "))
    assert (said["articles"], said["quads"]) == (3, len(quads))
    assert all(line.startswith(b"<") and line.endswith(b"> .") for line in quads)
    assert b"graph-derived" not in dump


def change(line: int, new: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [*lines[: line - 1], new, *lines[line:]]


NODE = b"<https://example.org/kg/graph-article-a>"
FAULTS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "nothing": (lambda lines: [], "line 1: is no dump of kg; kg dump DIR -o FILE writes one"),
    "other N-Quads": (lambda lines: lines[1:], "line 1: is no dump of kg"),
    "no JSON": (change(1, b"# kg-dump {]"), "line 1: is not as kg wrote it"),
    "no object": (change(1, b"# kg-dump 7"), "line 1: is not as kg wrote it"),
    "no format": (change(1, b'# kg-dump {"base": "urn:x:"}'), "line 1: has no format"),
    "newer": (change(1, b'# kg-dump {"base": "urn:x:", "format": 2}'), "line 1: format 2, .* up to 1; install a newer"),
    "no base": (change(1, b'# kg-dump {"format": 1}'), "line 1: base='none': wants an absolute"),
    "bad base": (change(1, b'# kg-dump {"base": "x y", "format": 1}'), "line 1: base='x y': wants an absolute"),
    "syntax": (change(5, b"<urn:a> <urn:b> x <urn:g> ."), "line 5: is no N-Quads: "),
    "not UTF-8": (change(5, b'<urn:a> <urn:b> "\xff" ' + NODE + b" ."), "line 5: is no N-Quads: "),
    "comment": (change(5, b"# nothing"), "line 5: holds no quad"),
    "blank line": (change(5, b""), "line 5: holds no quad"),
    "blank node": (change(5, b"_:x <urn:b> <urn:c> " + NODE + b" ."), "line 5: has a blank node"),
    "other graph": (change(5, b"<urn:a> <urn:b> <urn:c> <urn:g> ."), "line 5: belongs to the graph <urn:g>"),
    "no graph": (change(5, b"<urn:a> <urn:b> <urn:c> ."), "line 5: belongs to the graph DEFAULT"),
    "order": (lambda lines: [lines[0], lines[-2], *lines[1:-2], lines[-1]], "line 3: .* comes after .*kg's order"),
    "a line less": (lambda lines: [*lines[:4], *lines[5:]], r"line \d+: says 3 articles, .* was changed; take another"),
    "another word": (
        lambda lines: [line.replace(b"NATO", b"OTAN") for line in lines],
        r"line \d+: says .* was changed",
    ),
    "cut between lines": (lambda lines: lines[:-1], r"line \d+: the dump breaks off here"),
    "bad end": (lambda lines: [*lines[:-1], b'# kg-dump-end {"x": 1}'], r"line \d+: is not as kg wrote it"),
    "more": (lambda lines: [*lines, lines[3]], r"line \d+: stands after the end"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_dump_is_refused_with_its_line(tmp_path: Path, dump: bytes, name: str) -> None:
    alter, message = FAULTS[name]
    file, out = tmp_path / "x.nq", tmp_path / "out"
    file.write_bytes(b"".join(line + b"\n" for line in alter(dump.split(b"\n")[:-1])))
    with pytest.raises(InputError, match=message) as raised:
        restore_graph(file, out)
    assert str(raised.value).startswith(f"{file}, line ")
    assert list(tmp_path.iterdir()) == [file]


def test_compressed_and_cut_off(tmp_path: Path, built: Path) -> None:
    packed, file = write_dump(built, compress=True), tmp_path / "x.nq.gz"
    for damaged in (packed[: len(packed) // 2], packed[:-4], packed[:300] + b"\0\0\0\0" + packed[304:]):
        file.write_bytes(damaged)
        with pytest.raises(InputError, match=r"line \d+: (cannot be read further|the dump breaks off|is no N-Quads)"):
            restore_graph(file, tmp_path / "out")
        assert list(tmp_path.iterdir()) == [file]


def test_lines_without_end_are_not_read_to_their_end(
    tmp_path: Path, dump: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.dumps.read.LONGEST", 2_000)
    file = tmp_path / "x.nq.gz"
    file.write_bytes(gzip.compress(dump.split(b"\n", 1)[0] + b"\n" + b"x" * 1_000_000))
    with pytest.raises(InputError, match="line 2: is longer than 2000 bytes"):
        restore_graph(file, tmp_path / "out")


def test_is_parsed_in_blocks_and_lines_are_counted_across_them(
    tmp_path: Path, dump: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.dumps.read.BLOCK", 7)
    file = tmp_path / "x.nq"
    file.write_bytes(dump)
    assert restore_graph(file, tmp_path / "one") == 3
    lines = dump.split(b"\n")
    file.write_bytes(b"\n".join([*lines[:29], b"x", *lines[30:]]))
    with pytest.raises(InputError, match="line 30: is no N-Quads"):
        restore_graph(file, tmp_path / "two")


class TestPlace:
    def test_writes_over_nothing(self, tmp_path: Path, dump: bytes) -> None:
        file = tmp_path / "x.nq"
        file.write_bytes(dump)
        full = tmp_path / "full"
        full.mkdir()
        (full / "mine.txt").write_text("x")
        for place, message in ((full, "holds files already"), (file, "is a file; name a new folder")):
            with pytest.raises(StoreError, match=message):
                restore_graph(file, place)
        graph = build(tmp_path / "graph")
        with pytest.raises(StoreError, match="holds a graph already"):
            restore_graph(file, graph)
        assert (full / "mine.txt").exists()

    def test_may_be_an_empty_folder(self, tmp_path: Path, dump: bytes) -> None:
        (tmp_path / "x.nq").write_bytes(dump)
        (tmp_path / "out").mkdir()
        assert restore_graph(tmp_path / "x.nq", tmp_path / "out") == 3

    def test_what_a_killed_restore_left_goes(self, tmp_path: Path, dump: bytes) -> None:
        (tmp_path / "x.nq").write_bytes(dump)
        build(tmp_path / "out.restoring", base="urn:other:")
        assert restore_graph(tmp_path / "x.nq", tmp_path / "out") == 3
        assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x.nq"]

    def test_two_restores_do_not_meet(self, tmp_path: Path, dump: bytes) -> None:
        (tmp_path / "x.nq").write_bytes(dump)
        with (
            GraphStore.create(tmp_path / "out.restoring", base=BASE),
            pytest.raises(StoreError, match="in use by another process"),
        ):
            restore_graph(tmp_path / "x.nq", tmp_path / "out")

    def test_what_is_not_ours_stays(self, tmp_path: Path, dump: bytes) -> None:
        (tmp_path / "x.nq").write_bytes(dump)
        (tmp_path / "out.restoring").mkdir()
        (tmp_path / "out.restoring" / "mine.txt").write_text("x")
        with pytest.raises(StoreError, match="move it out of the way"):
            restore_graph(tmp_path / "x.nq", tmp_path / "out")
        assert (tmp_path / "out.restoring" / "mine.txt").exists()

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"x\.nq: cannot be read: No such file"):
            restore_graph(tmp_path / "x.nq", tmp_path / "out")
