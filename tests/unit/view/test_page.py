"""The page as text: one file, escaped, with a policy that allows its own script and style alone."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.view import page, render_page, write_page
from kg.view.page import Bundle, escape_json, find_bundle
from tests.builders import empty, filled, resolved

BUNDLE = Bundle(script='console.log("stub");', style="body{margin:0}")


class Elements(HTMLParser):
    """The elements of a page with their attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", {}, []))

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1][2].append(data)

    def texts(self, tag: str) -> list[str]:
        return ["".join(text) for name, _, text in self.found if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    with filled() as store:
        return "".join(render_page(store, bundle=BUNDLE))


@pytest.fixture
def unbundled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "find_bundle", lambda: None)


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy(text: str) -> dict[str, str]:
    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    return dict(part.strip().split(" ", 1) for part in content.split(";"))


def test_data_script_and_style_are_in_the_page(text: str) -> None:
    elements = Elements(text)
    data, script = elements.texts("script")
    assert json.loads(data)["version"] == 1
    assert (script, elements.texts("style")) == (BUNDLE.script, [BUNDLE.style])
    assert text.index('<div id="app">') < text.index('id="kg-data"') < text.index(BUNDLE.script)


def test_policy_allows_these_alone(text: str) -> None:
    assert policy(text) == {
        "default-src": "'none'",
        "script-src": digest(BUNDLE.script),
        "style-src": digest(BUNDLE.style),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_nothing_is_loaded_and_no_attribute_runs(text: str) -> None:
    for tag, attributes, _ in Elements(text).found:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "href", "style")}


def test_head(text: str) -> None:
    elements = Elements(text)
    assert elements.texts("title") == ["Streit um NATO-Mitgliedschaft der Ukraine"]
    assert text.startswith('<!doctype html>\n<html lang="de">')
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in text


def test_without_javascript_there_is_a_table(text: str) -> None:
    (table,) = re.findall(r"<noscript>(.*)</noscript>", text, re.DOTALL)
    cells = Elements(table).texts("td")
    assert "Dmitri Peskow" in cells
    assert "NATO-Mitgliedschaft: Ukraine" in cells
    assert "Ablehnung (hypothetisch)" in cells
    assert any("nannte eine NATO-Mitgliedschaft" in cell for cell in cells)


@pytest.mark.usefixtures("unbundled")
def test_without_a_bundle_the_table_is_the_page() -> None:
    with filled() as store:
        text = "".join(render_page(store))
    assert "<script" not in text
    assert "noscript" not in text
    assert policy(text)["script-src"] == "'none'"
    assert policy(text)["style-src"] == digest(Elements(text).texts("style")[0])
    assert "Dmitri Peskow" in Elements(text).texts("td")


def test_same_graph_same_bytes(tmp_path: Path) -> None:
    for name, articles in (("a", ("x", "y")), ("b", ("y", "x"))):
        with filled(*(resolved(article) for article in articles)) as store:
            write_page(store, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    "hostile", ["</script><script>", "<!--", "]]>", "&lt;", "a\u2028b\u2029c", "\x00\x1b", "\ud7ff"]
)
def test_json_cannot_end_its_element(hostile: str) -> None:
    written = escape_json({hostile: [hostile]})
    assert not set(written) & set("<>&\u2028\u2029\x00\x1b")
    assert json.loads(written) == {hostile: [hostile]}


def test_hostile_text_stays_text() -> None:
    hostile = '</title></script></noscript><img src=x onerror=alert(1)>"\x00\u202e'
    found = empty("a", f"{hostile}\n\n{hostile}")
    with filled(replace(found, article=replace(found.article, publisher=hostile))) as store:
        text = "".join(render_page(store, bundle=BUNDLE))
    elements = Elements(text)
    assert "img" not in {tag for tag, _, _ in elements.found}
    assert json.loads(elements.texts("script")[0])["articles"][0]["publisher"] == hostile
    assert elements.texts("title") == [hostile.replace("\x00", "\ufffd")]


def test_a_bundle_that_would_end_its_element_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "web" / "dist").mkdir(parents=True)
    (tmp_path / "web" / "dist" / "explorer.css").write_text("", encoding="utf-8")
    monkeypatch.setattr("kg.view.page.resources.files", lambda name: tmp_path)
    for script, fine in (("1", True), ("'</script>'", False), ("/*<!--*/", False)):
        (tmp_path / "web" / "dist" / "explorer.js").write_text(script, encoding="utf-8")
        find_bundle.cache_clear()
        assert (find_bundle() is not None) == fine
    find_bundle.cache_clear()
