"""What an analyst does on the page, on a hand-built graph: search, read, compare, filter, take away."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Resolved
from kg.view import write_page
from tests.browser.conftest import OpenPage, Page
from tests.builders import filled, resolved, turned

PESKOW = "https://w3id.org/polkg/resource/person-dmitri-peskow"
MEMBERSHIP = "https://w3id.org/polkg/ontology#topic-nato-membership"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of one article of December 2024, and of its opposite a year later."""
    path = tmp_path_factory.mktemp("page") / "graph.html"
    later = dated(turned(resolved(), "2025-12-test"), "2025-12-03")
    with filled(resolved(), later) as store:
        write_page(store, path)
    return path


def dated(found: Resolved, date: str) -> Resolved:
    positions = tuple(replace(position, date=date) for position in found.positions)
    return replace(found, article=replace(found.article, date=date), positions=positions)


@pytest.fixture
def page(built: Path, open_page: OpenPage) -> Page:
    return open_page(built)


def search(page: Page, words: str) -> None:
    page.get_by_test_id("search").fill(words)
    page.get_by_test_id("suggestion").first.click()


def save(page: Page, form: str) -> bytes:
    page.get_by_test_id("export").locator("summary").click()
    with page.expect_download() as started:
        page.get_by_test_id(f"export-{form}").click()
    return Path(started.value.path()).read_bytes()


def cell(page: Page) -> Page:
    return page.locator(f'[data-testid="matrix-cell"][data-holder="{PESKOW}"][data-topic="{MEMBERSHIP}"]')


def status(page: Page) -> str:
    return str(page.get_by_test_id("status").inner_text())


def test_search_finds_and_its_click_shows_the_sentence_with_the_span_marked(page: Page) -> None:
    page.get_by_test_id("search").fill("Oresch")
    assert "Oreschnik" in page.get_by_test_id("suggestion").first.inner_text()
    page.get_by_test_id("suggestion").first.click()
    panel = page.get_by_test_id("panel")
    evidence = panel.get_by_test_id("evidence")
    assert "Oreschnik" in evidence.locator("mark").all_inner_texts()
    assert "Peskows Land testete zuvor die Hyperschallwaffe Oreschnik." in evidence.all_inner_texts()[0]


def test_search_by_another_name_and_without_umlauts(page: Page) -> None:
    page.get_by_test_id("search").fill("aussenministerium")
    assert "Außenministerium der Ukraine" in page.get_by_test_id("suggestion").first.inner_text()


def test_search_by_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("Rutte")
    page.get_by_test_id("suggestion").first.wait_for()
    page.keyboard.press("Enter")
    assert "Mark Rutte" in page.get_by_test_id("panel").inner_text()


def test_cell_of_the_matrix_shows_the_words(page: Page) -> None:
    page.get_by_test_id("view-matrix").click()
    cell(page).click()
    evidence = page.get_by_test_id("panel").get_by_test_id("evidence")
    assert '"inakzeptabel"' in evidence.first.locator("mark").all_inner_texts()


def test_a_position_that_others_ascribe_says_who(page: Page) -> None:
    search(page, "Putin")
    assert "Mark Rutte" in page.get_by_test_id("panel").inner_text()


def test_slider_changes_what_is_seen(page: Page) -> None:
    before = status(page)
    slider = page.get_by_test_id("slider-from")
    slider.focus()
    slider.press("End")
    slider.press("ArrowLeft")
    page.wait_for_function("old => document.querySelector('[data-testid=status]').innerText !== old", arg=before)
    page.get_by_test_id("view-article").click()
    assert page.get_by_test_id("article-card").count() == 1
    slider.press("Home")
    assert page.get_by_test_id("article-card").count() == 2


def test_filters_change_what_is_seen(page: Page) -> None:
    page.get_by_test_id("view-matrix").click()
    assert cell(page).count() == 1
    page.get_by_test_id("filter-polarity-support").check()
    page.get_by_test_id("filter-modality").locator("summary, button").first.click()
    page.get_by_test_id("filter-modality-hypothetical").check()
    assert cell(page).count() == 0
    page.get_by_test_id("filter-reset").click()
    assert cell(page).count() == 1


def test_timeline_shows_positions_and_events(page: Page) -> None:
    page.get_by_test_id("view-timeline").click()
    timeline = page.get_by_test_id("panel-timeline")
    assert timeline.get_by_test_id("timeline-position").count() >= 4
    assert timeline.get_by_test_id("timeline-event").count() >= 1


def test_article_has_its_spans_marked(page: Page) -> None:
    page.get_by_test_id("view-article").click()
    page.get_by_test_id("article-card").first.click()
    marks = page.get_by_test_id("article-text").get_by_test_id("article-mark").all_inner_texts()
    assert {"Dmitri Peskow", "NATO", "Oreschnik"} <= set(marks)
    assert "Kreml-Sprecher Dmitri Peskow nannte" in page.get_by_test_id("article-text").inner_text()


def test_a_link_restores_the_view(page: Page, built: Path, open_page: OpenPage) -> None:
    page.get_by_test_id("view-matrix").click()
    page.get_by_test_id("filter-polarity-oppose").check()
    cell(page).click()
    fragment = page.evaluate("location.hash")
    other = open_page(built, fragment=fragment)
    assert '"inakzeptabel"' in other.get_by_test_id("panel").locator("mark").all_inner_texts()
    assert other.get_by_test_id("filter-polarity-oppose").is_checked()
    assert other.get_by_test_id("panel-matrix").is_visible()


def test_german_and_english(page: Page) -> None:
    page.get_by_test_id("view-matrix").click()
    assert "NATO-Mitgliedschaft" in page.get_by_test_id("panel-matrix").inner_text()
    page.get_by_test_id("lang").click()
    assert "NATO membership" in page.get_by_test_id("panel-matrix").inner_text()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_light_and_dark(page: Page) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    page.get_by_test_id("theme").click()
    assert page.evaluate(colour) != before


def test_on_a_phone_nothing_is_wider_than_the_screen(built: Path, open_page: OpenPage) -> None:
    page = open_page(built, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    for view in ("graph", "matrix", "timeline", "article"):
        page.get_by_test_id(f"view-{view}").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_png(page: Page) -> None:
    assert save(page, "png").startswith(b"\x89PNG\r\n\x1a\n")


def test_svg(page: Page) -> None:
    root = ElementTree.fromstring(save(page, "svg"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Oreschnik" in "".join(root.itertext())


def test_gexf(page: Page) -> None:
    root = ElementTree.fromstring(save(page, "gexf"))
    assert root.tag.endswith("}gexf")
    labels = {node.get("label") for node in root.iter() if node.tag.endswith("}node")}
    assert {"Oreschnik", "Dmitri Peskow"} <= labels
    ids = {node.get("id") for node in root.iter() if node.tag.endswith("}node")}
    ends = {edge.get(end) for edge in root.iter() if edge.tag.endswith("}edge") for end in ("source", "target")}
    assert ends <= ids


def test_csv(page: Page) -> None:
    rows = list(csv.DictReader(io.StringIO(save(page, "csv").decode("utf-8-sig"), newline="")))
    assert any("Dmitri Peskow" in row.values() for row in rows)
    assert any("Peskows Land testete" in str(value) for row in rows for value in row.values())
