"""How long the explorer's page takes: to write, and to open in Chromium, for a graph of some size.

    python -m tests.benchmark.page [ARTICLES]

Prints seconds and sizes; nothing here is a test. The default gives about 5,000 nodes and 15,000 edges.
"""

import random
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.model import Entity, Event, Mention, Position, Resolved, Span
from kg.view import find_bundle, render_data, write_page
from tests.builders import article, filled

ISSUES = ("nato-membership", "sanctions", "peace-negotiations", "military-support")
ACTORS = 5_000
PER_ARTICLE = 15  # facts


def draw_article(number: int, draw: random.Random) -> Resolved:
    """Actors, a few of them frequent, who act on each other or hold positions, a sentence a fact."""
    entities: dict[str, Entity] = {}
    positions, events, lines, start = [], [], ["Titel"], 7
    for place in range(PER_ARTICLE):
        pair = [int(ACTORS * draw.random() ** 2) for _ in range(2)]
        line = f"Akteur {pair[0]} äußert sich in einem Satz, der so lang ist wie die meisten, zu Akteur {pair[1]}."
        whole = Span(start=start, end=start + len(line))
        for actor in pair:
            at = start + line.index(f"Akteur {actor}")
            words = Mention(span=Span(start=at, end=at + len(f"Akteur {actor}")), text=f"Akteur {actor}", kind="name")
            known = entities.get(
                f"person-{actor}", Entity(id=f"person-{actor}", type="Person", label=words.text, mentions=())
            )
            entities[known.id] = replace(known, mentions=tuple({*known.mentions, words}))
        ends = [f"person-{actor}" for actor in pair]
        if place % 3:
            events.append(
                Event(
                    id=f"e-{place}", type="meet", evidence=whole, modality="asserted", agent=ends[0], recipient=ends[1]
                )
            )
        else:
            positions.append(
                Position(
                    id=f"p-{place}",
                    holder=ends[0],
                    issue=draw.choice(ISSUES),
                    about=None,
                    polarity="support",
                    modality="asserted",
                    evidence=whole,
                )
            )
        lines.append(line)
        start += len(line) + 1
    text = "\n".join((lines[0], "", *lines[1:]))
    date = f"20{number % 20 + 5:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return Resolved(
        article=article(f"a-{number}", text, date),
        entities=tuple(entities.values()),
        positions=tuple(positions),
        events=tuple(events),
    )


def tell(what: str, since: float) -> None:
    sys.stdout.write(f"{what}: {time.perf_counter() - since:.1f} s\n")


def open_page(path: Path) -> None:
    """Time until the canvas is there and the status line tells what is shown."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        since = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_function("document.querySelector('[data-testid=status]')?.innerText")
        tell(f"opens ({page.get_by_test_id('status').inner_text()})", since)
        browser.close()


def main() -> None:
    draw = random.Random(1)
    articles = [draw_article(number, draw) for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1_100)]
    with filled(*articles) as store, TemporaryDirectory() as folder:
        since = time.perf_counter()
        data = render_data(store)
        tell(f"data ({len(data['nodes'])} nodes, {len(data['edges'])} edges)", since)
        since = time.perf_counter()
        path = Path(folder) / "graph.html"
        write_page(store, path)
        tell(f"page ({path.stat().st_size / 1e6:.1f} MB)", since)
        if find_bundle():
            open_page(path)


if __name__ == "__main__":
    main()
