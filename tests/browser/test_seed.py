"""The page of the article in seeds/, as `kg build` writes it: what is certain in it."""

from pathlib import Path

import pytest

from tests.browser.conftest import OpenPage, Page
from tests.browser.test_explorer import cell, search

pytestmark = pytest.mark.model


@pytest.fixture
def page(built_seeds: Path, open_page: OpenPage) -> Page:
    return open_page(built_seeds / "graph.html")


def test_oreschnik_with_its_sentence(page: Page) -> None:
    search(page, "Oreschnik")
    evidence = page.get_by_test_id("panel").get_by_test_id("evidence")
    assert "Oreschnik" in evidence.locator("mark").all_inner_texts()
    assert any("neuartige russische Hyperschallwaffe Oreschnik" in text for text in evidence.all_inner_texts())


def test_peskow_on_membership_in_his_words(page: Page) -> None:
    page.get_by_test_id("view-matrix").click()
    cell(page).click()
    marks = page.get_by_test_id("panel").get_by_test_id("evidence").locator("mark").all_inner_texts()
    assert any("unserer Vorstellung von einer unteilbaren Sicherheit" in words for words in marks)
