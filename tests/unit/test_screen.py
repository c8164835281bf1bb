"""What people see: nothing is cut off, and no text of an article drives the terminal."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from kg.explain import Evidence, Explanation
from kg.model import BuildReport
from kg.query import Table
from kg.report import count_facts, tally_facts
from kg.result import BuildResult
from kg.screen import follow, plain, show_explanation, show_progress, show_rows, show_summary
from tests.builders import resolved


def make_screen(width: int) -> tuple[Console, io.StringIO]:
    written = io.StringIO()
    return Console(file=written, width=width, markup=False, emoji=False, highlight=False), written


def test_plain_keeps_length_and_drops_what_drives_a_terminal() -> None:
    text = "a\x1b[31m\tb\nc\u202ed"
    assert plain(text) == "a\ufffd[31m b c\ufffdd"
    assert len(plain(text)) == len(text)


ROWS = Table(
    columns=("holder", "sentence"), rows=(("Rutte", "Wir werden alle mehr tun müssen, sagte er."), ("[b]", ""))
)


def test_a_table_that_fits() -> None:
    console, written = make_screen(100)
    show_rows(console, ROWS)
    assert written.getvalue() == (
        "holder  sentence\nRutte   Wir werden alle mehr tun müssen, sagte er.\n[b]\n"
    )  # fmt: skip


def test_wide_columns_go_below_where_room_is_short() -> None:
    console, written = make_screen(40)
    show_rows(console, ROWS)
    lines = [line.rstrip() for line in written.getvalue().splitlines()]
    assert lines[:3] == ["holder", "Rutte", "    sentence: Wir werden alle mehr tun"]


def test_no_rows() -> None:
    console, written = make_screen(40)
    show_rows(console, Table(columns=("a", "b"), rows=()))
    assert written.getvalue() == "a  b\n"


def test_explanation_shows_place_words_and_rule() -> None:
    evidence = Evidence(
        fact="f",
        kind="Position",
        role="holder",
        words="mahnte",
        begin=106,
        end=112,
        sentence="Rutte mahnte Hilfe an.",
        sentence_begin=100,
        article="2024-12-x",
        title="Titel",
        published="2024-12",
        source="x.txt",
        rule="stance",
        version="0.1.0",
    )
    console, written = make_screen(100)
    show_explanation(
        console, Explanation(iri="urn:r", label="Rutte", types=("Person",), reasons=("surname",), evidence=(evidence,))
    )
    assert [line.strip() for line in written.getvalue().splitlines()] == [
        "Rutte (Person)",
        "urn:r",
        "surname",
        "",
        "2024-12-x: Titel (2024-12), x.txt",
        "Rutte mahnte Hilfe an.",
        "Position as holder 106-112: mahnte (stance 0.1.0)",
    ]


def test_summary_of_a_build() -> None:
    tally = tally_facts(resolved())
    report = BuildReport(articles=1, skipped=(), counts=count_facts(tally))
    console, written = make_screen(80)
    show_summary(console, BuildResult(out=Path("out"), report=report, tally=tally), most=2)
    assert [line.split() for line in written.getvalue().splitlines()] == [
        ["Articles", "1"],
        ["Actors", "9", "NATO", "(4)"],
        ["Ukraine", "(4)"],
        ["Positions", "4", "Dmitri", "Peskow", "opposes", "nato-membership:", "Ukraine"],
        ["Donald", "Trump", "opposes", "military-support:", "Ukraine", "[hypothetical]"],
        ["Treaties", "1", "Budapester", "Memorandum"],
        ["Weapon", "systems", "1", "Oreschnik"],
    ]


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_silent_without_a_terminal(terminal: bool) -> None:
    written = io.StringIO()
    with show_progress(Console(file=written, force_terminal=terminal, width=80)) as progress:
        progress(1, 2, "x")
    assert bool(written.getvalue()) == terminal


def test_progress_tells_steps_rate_and_time_left() -> None:
    written = io.StringIO()
    clock = iter(range(0, 1000, 2))
    console = Console(file=written, force_terminal=True, width=120, get_time=lambda: float(next(clock)))
    with show_progress(console) as bar:
        bar.step("loading [b]")
        bar(0, 40, "a")
        for done in range(1, 30):
            bar(done, 40, "b\x1b[31m")
    assert "loading [b]" in written.getvalue()
    assert "29/40" in written.getvalue()
    assert re.search(r"\d/(s|min)", written.getvalue())
    assert re.search(r"\d:\d\d:\d\d.*\d:\d\d:\d\d", written.getvalue())
    assert "b\x1b[31m" not in written.getvalue()


def test_what_is_followed_is_unchanged() -> None:
    written = io.StringIO()
    assert list(follow(Console(file=written, width=80), ("a", "b"), "letters")) == ["a", "b"]
    assert written.getvalue() == ""
