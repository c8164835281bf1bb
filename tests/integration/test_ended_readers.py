"""A document that ends, stops or swells the process that reads it costs itself alone."""

import json
import sys
from pathlib import Path

import pytest

from kg.articles import documents, read_articles
from kg.config import Settings
from kg.model import Article, Skipped
from tests.builders import TEXT, small_ontology
from tests.hostile_readers import plant
from tests.stopping import acknowledged, run

for library in ("defusedxml", "fastwarc", "pypdf", "trafilatura"):
    pytest.importorskip(library)
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of processes are those of Linux")

# Four seconds, not one: on a machine with other work a process may need more than one to begin.
TIGHT = Settings(max_read_seconds=4, max_read_memory=1_000_000_000)
REASONS = {
    "KILL": "ended the process that read it (exit code -9)",
    "SEGV": "ended the process that read it (exit code -11)",
    "EXIT": "ended the process that read it (exit code 3)",
    "LEAVE": "ended the process that read it (exit code 4)",
    "SLEEP": "takes more than 4 seconds to read; raise KG_MAX_READ_SECONDS",
    "TURN": "takes more than 4 seconds to read; raise KG_MAX_READ_SECONDS",
    "EAT": "takes more than 1000000000 bytes of memory to read; raise KG_MAX_READ_MEMORY",
    "NEST": "nests too deep to be read",
}


@pytest.fixture(autouse=True)
def _hostile_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents._end_idle()  # they have the real ones
    plant(tmp_path / "site", monkeypatch)
    monkeypatch.setattr(documents, "_GRACE", 2)


@pytest.mark.parametrize("order", REASONS)
def test_the_document_is_skipped_with_its_reason_and_the_rest_is_read(order: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in {"a.pdf": TEXT, "b.pdf": f"%PDF {order}", "c.txt": TEXT, "d.pdf": TEXT}.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = list(read_articles(folder, settings=TIGHT))
    assert [one.id for one in found if isinstance(one, Article)] == ["a", "c", "d"]
    [skipped] = (one for one in found if isinstance(one, Skipped))
    assert skipped.source.endswith("b.pdf")
    assert REASONS[order] in skipped.reason


@pytest.mark.parametrize("order", ["KILL", "TURN"])
def test_an_archive_is_read_on_behind_the_page(order: str, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"".join(map(render_page, (TEXT, order, TEXT + " Noch einmal."))))
    found = list(read_articles(tmp_path / "a.warc", settings=TIGHT))
    assert [one.id for one in found if isinstance(one, Article)] == ["a-1", "a-3"]
    [skipped] = (one for one in found if isinstance(one, Skipped))
    assert skipped.source.endswith("a.warc#2")
    assert REASONS[order] in skipped.reason


def test_what_a_library_prints_is_no_reply(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text(f"{TEXT} BABBLE", encoding="utf-8")
    [found] = read_articles(tmp_path / "a.pdf", settings=TIGHT)
    assert isinstance(found, Article), found


def test_a_build_names_them_all_and_builds_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MAX_READ_SECONDS", "4")
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("KILL", "EXIT", "TURN", "gut"):
        (folder / f"{name}.pdf").write_text(f"{TEXT} {name}", encoding="utf-8")
    status, err = run(tmp_path / "out", [folder, "--ontology", small_ontology(), "--workers", 1])
    assert status == 0, err
    assert acknowledged(tmp_path / "out") == {"gut"}
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["read"] == {"all": 4, "new": 1, "replaced": 0, "unchanged": 0, "skipped": 3}
    reasons = {Path(one["source"]).stem: one["reason"] for one in report["skipped"]}
    assert all(REASONS[name] in reason for name, reason in reasons.items())


def render_page(words: str) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + words.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        "WARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-12-03T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
