"""Pictures of the explorer for the README, made from the seed: `python -m tests.browser.pictures [DIR]`.

Without DIR, a folder that `kg build` has written, the seed is built first. Needs a Chromium, see `conftest.py`.
"""

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from playwright.sync_api import sync_playwright

import kg
from tests.browser.conftest import FLAGS, NAMES

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "kg" / "web" / "pictures"
Theme = Literal["dark", "light"]


def main(arguments: list[str]) -> int:
    """Write the pictures."""
    path = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as play:
        out = Path(arguments[0]) if arguments else kg.build([ROOT / "seeds"], Path(folder) / "out").out
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        for name, take in {"graph": _graph, "matrix": _matrix, "article": _article}.items():
            theme: Theme = "dark" if take is _article else "light"
            page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=theme, locale="en-GB")
            page.goto((out / "graph.html").resolve().as_uri())
            take(page)
            page.wait_for_timeout(1500)  # for what moves into its place
            page.screenshot(path=str(PICTURES / f"{name}.png"))
        browser.close()
    return 0


def _graph(page: Any) -> None:
    page.get_by_test_id("search").fill("Peskow")
    page.get_by_test_id("suggestion").first.click()


def _matrix(page: Any) -> None:
    page.get_by_test_id("view-matrix").click()
    page.get_by_test_id("matrix-cell").first.click()


def _article(page: Any) -> None:
    page.get_by_test_id("view-article").click()
    page.get_by_test_id("article-card").first.click()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
