"""The page in a browser: Debian's or any other Chromium, driven by playwright, without a network."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.view import find_bundle

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright; pip install 'polkg[dev]' brings it")

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader"
).split()
# What a page may not do is noted where it happens, the policy of the page notwithstanding.
WATCH = """
window.pwned = [];
for (const name of ["alert", "confirm", "prompt", "pwn"])
  window[name] = (...args) => { window.pwned.push(`${name} ${args}`); };
document.addEventListener("securitypolicyviolation", (event) =>
  window.pwned.push(`policy ${event.violatedDirective} ${event.blockedURI}`));
"""
PATIENCE = 120_000  # milliseconds; an ordinary machine needs a hundredth

Page = Any
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(NAMES)} is there, and KG_CHROMIUM names none")
    if find_bundle() is None:
        pytest.skip("the explorer is not bundled: npm ci && npm run build in kg/web, or pip install -e .")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS, timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[OpenPage]:
    """Opens a file; at the end nothing has been asked for but that file, nothing is wrong and nothing foreign ran."""
    with _watched(chromium) as open_file:
        yield open_file


@contextmanager
def _watched(chromium: Any) -> Iterator[OpenPage]:
    contexts, faults = [], []

    def open_file(path: Path, *, fragment: str = "", **options: Any) -> Page:
        options = {"locale": "de-DE", "viewport": {"width": 1300, "height": 850}} | options
        context = chromium.new_context(offline=True, accept_downloads=True, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.add_init_script(WATCH)
        address = path.resolve().as_uri()
        allowed = (address, "data:", "blob:")
        page.on("request", lambda r: faults.append(f"asks for {r.url}") if not r.url.startswith(allowed) else None)
        page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.goto(address + fragment)
        return page

    yield open_file
    for context in contexts:
        for page in context.pages:
            faults += page.evaluate("window.pwned")
        context.close()
    assert not faults
