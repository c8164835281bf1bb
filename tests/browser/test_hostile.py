"""Hostile text in titles, names, publishers and texts stays text, in every view and in what is saved."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.model import Entity, Event, Mention, Position, Resolved, Span, Statement
from kg.view import write_page
from tests.browser.conftest import WATCH, OpenPage, Page
from tests.browser.hostile import HOSTILE
from tests.browser.test_explorer import save
from tests.builders import article, empty, filled

FOREIGN = "img,iframe,object,embed,form,video,audio,base,link,script:not([id]),style,marquee,math,template,xmp"
VIEWS = ("graph", "matrix", "timeline", "article")


def test_the_corpus_is_large() -> None:
    assert len(HOSTILE) >= 100


def test_it_runs_where_text_is_taken_for_markup(chromium: Any) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto("about:blank")
    page.evaluate(
        "texts => { for (const text of texts) document.body.insertAdjacentHTML('beforeend', text); }", HOSTILE
    )
    page.wait_for_function("window.pwned.length > 20")
    assert page.evaluate("window.pwned.length") > 20
    context.close()


def hostile_article(number: int, strings: tuple[str, ...]) -> Resolved:
    """An article called by the first of the strings, in which each is somebody who holds a position and acts."""
    sentences = [f"{text} fordert {text} und trifft {text}." for text in strings]
    text = "\n".join((strings[0], "", *sentences))
    found = article(f"{strings[0]} {number}", text, "2024-12")
    entities, positions, statements, events = [], [], [], []
    start = len(strings[0]) + 2
    for place, (name, sentence) in enumerate(zip(strings, sentences, strict=True)):
        whole, words = Span(start=start, end=start + len(sentence)), Span(start=start, end=start + len(name))
        ref = f"person-{number}-{place}"
        entities.append(
            Entity(id=ref, type="Person", label=name, mentions=(Mention(span=words, text=name, kind="name"),))
        )
        positions.append(
            Position(
                id=f"p-{place}",
                holder=ref,
                issue="nato-membership",
                about=ref,
                polarity="support",
                modality="asserted",
                evidence=whole,
                condition=words,
                date="2024-12",
                rule=name,
            )
        )
        statements.append(Statement(id=f"s-{place}", form="direct", medium="speech", content=(whole,), speaker=ref))
        others = f"person-{number}-{(place + 1) % len(strings)}"
        events.append(
            Event(id=f"e-{place}", type="meet", evidence=words, modality="asserted", agent=ref, recipient=others)
        )
        start += len(sentence) + 1
    return Resolved(
        article=replace(found, publisher=strings[0], author=strings[0], url=strings[0]),
        entities=tuple(entities),
        positions=tuple(positions),
        statements=tuple(statements),
        events=tuple(events),
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "graph.html"
    chunks = [HOSTILE[start : start + 8] for start in range(0, len(HOSTILE), 8)]
    articles = [hostile_article(number, strings) for number, strings in enumerate(chunks)]
    titles = [empty(f"titel-{number:03}", f"{text}\n\n{text}") for number, text in enumerate(HOSTILE)]
    with filled(*articles, *titles) as store:
        write_page(store, path)
    return path


@pytest.fixture
def page(built: Path, open_page: OpenPage) -> Page:
    """The page without the protection of its policy: what would run, runs."""
    return open_page(built, bypass_csp=True)


def look_at_everything(page: Page) -> Iterator[str]:
    """Every view, and in each the panels that it opens."""
    for view in VIEWS:
        page.get_by_test_id(f"view-{view}").click()
        yield view
    for number in range(0, page.get_by_test_id("article-card").count(), 8):
        page.get_by_test_id("article-card").nth(number).click()
        for mark in page.get_by_test_id("article-mark").all()[:1]:
            mark.click()
        yield f"article {number}"
        page.get_by_test_id("article-all").click()
    page.get_by_test_id("view-matrix").click()
    page.get_by_test_id("matrix-cell").first.click()
    yield "cell"
    for text in HOSTILE[::12]:
        page.get_by_test_id("search").fill(text)
        page.get_by_test_id("search").press("Enter")
        yield f"search {text}"


def test_nothing_runs_and_no_element_is_made(page: Page) -> None:
    own = page.evaluate("selector => document.querySelectorAll(selector).length", FOREIGN)
    for place in look_at_everything(page):
        assert page.evaluate("window.pwned") == [], place
        assert page.evaluate("selector => document.querySelectorAll(selector).length", FOREIGN) == own, place
        found = page.evaluate(
            "[...document.querySelectorAll('#app *')].flatMap(e => [...e.attributes]).map(a => a.name)"
            ".filter(name => name.startsWith('on'))"
        )
        assert found == [], place


def test_no_address_of_an_article_is_a_link_but_of_the_web(page: Page) -> None:
    page.get_by_test_id("view-article").click()
    page.get_by_test_id("article-card").first.click()
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    assert not [link for link in links if not link.startswith(("#", "http"))]


def test_with_its_policy_the_page_is_as_quiet(built: Path, open_page: OpenPage) -> None:
    page = open_page(built)
    for view in VIEWS:
        page.get_by_test_id(f"view-{view}").click()
    assert page.evaluate("window.pwned") == []


def test_what_is_saved_is_well_formed(page: Page) -> None:
    ElementTree.fromstring(save(page, "gexf"))
    svg = ElementTree.fromstring(save(page, "svg"))
    assert not [element for element in svg.iter() if element.tag.endswith(("}script", "}foreignObject", "}image"))]
    rows = list(csv.reader(io.StringIO(save(page, "csv").decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@"))]
