"""Whatever the bytes: an article whose sections slice, or a reason; and reading is a function of content."""

import io
import json
import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import read_articles, read_text
from kg.articles.dates import read_date
from kg.articles.files import choose_reader
from kg.errors import InputError
from kg.model import Article, Skipped

HEADS = st.sampled_from(
    ["", " date 2024-12 Titel\n", "date 2024-13 T\n", "---\ntitle: T\n---\n", "---\na: [\n", "<!doctype html>", "# T\n"]
)
TEXTS = st.builds(str.__add__, HEADS, st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<article>",
            "</article>",
            "<nav>",
            "<script>",
            "</script>",
            "<h1>",
            "&amp;",
            "Wort ",
            "\n",
            "<",
        ]
    ),
    max_size=40,
).map("".join)
MARKDOWN = st.lists(
    st.sampled_from(["# ", "> ", "- ", "```", "\n", "\r\n", "Wort ", "---", " ", "*", "[a]: b", "<!-- x -->", "."]),
    max_size=40,
).map("".join)


def check(found: Article | Skipped) -> None:
    if isinstance(found, Skipped):
        assert found.reason
        return
    assert found.id
    assert found.title
    found.text.encode()
    starts = [0]
    for span in found.sections:
        piece = span.slice(found.text)
        assert piece == piece.strip() != ""
        assert span.start >= starts[-1]
        starts.append(span.end)
    assert found.sections


@given(st.one_of(st.binary(max_size=300), TEXTS.map(str.encode)))
@settings(deadline=None)  # the first page or document starts a process
def test_any_bytes_on_standard_input(data: bytes) -> None:
    for found in read_articles("-", stdin=io.BytesIO(data)):
        check(found)


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@given(text=st.one_of(TEXTS, MARKUP, MARKDOWN))
def test_every_reader_on_any_text(format: str, text: str) -> None:
    draft = choose_reader(text, format)(text)
    assert all(0 <= span.start < span.end <= len(draft.text) for span in draft.sections)
    if format != "html":
        assert draft.text == text


@given(TEXTS)
@settings(deadline=None)
def test_text_is_kept_as_it_is_unless_it_is_html(text: str) -> None:
    try:
        article = read_text(text)
    except InputError:
        return
    check(article)
    assert article.text == text or text.lstrip().startswith("<")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=6,
)
FIELDS = st.dictionaries(st.sampled_from(["id", "title", "text", "date", "url", "publisher", "author", "x"]), JSON)


@given(st.lists(FIELDS, max_size=4))
def test_any_json_lines(rows: list[dict[str, object]]) -> None:
    data = "\n".join(json.dumps(row) for row in rows).encode()
    for found in read_articles("-", stdin=io.BytesIO(b'{"text": "Eins."}\n' + data)):
        check(found)


@given(st.dictionaries(st.text(string.ascii_lowercase, min_size=1, max_size=3), st.sampled_from("ABC"), min_size=1))
@settings(max_examples=25, deadline=None)
def test_order_of_inputs_does_not_matter(files: dict[str, str]) -> None:
    rows = [json.dumps({"id": name[:1], "text": f"Rutte traf {other}."}) for name, other in files.items()]
    there, back = (
        sorted(
            (article.id, article.text)
            for article in read_articles("-", stdin=io.BytesIO("\n".join(order).encode()))
            if isinstance(article, Article)
        )
        for order in (rows, rows[::-1])
    )
    assert there == back


@given(st.dates())
def test_every_day_is_a_date_at_every_precision(day: object) -> None:
    value = str(day)
    for length in (4, 7, 10):
        assert read_date(value[:length]) == value[:length]
    assert read_date(f"{value}T10:00:00+01:00") == value


@given(st.text(max_size=12))
def test_a_date_is_read_as_written_or_not_at_all(value: str) -> None:
    assert read_date(value) in (None, value.strip())


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_files_and_standard_input_agree(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin"
        path.write_bytes(data)
        from_file = list(read_articles(path))
    from_stream = list(read_articles("-", stdin=io.BytesIO(data)))
    assert [getattr(found, "text", None) for found in from_file] == [
        getattr(found, "text", None) for found in from_stream
    ]


HEADS_OF_KINDS = {
    "pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n",
    "docx": b"PK\x03\x04",
    "rss": b"<rss><channel><item><title>",
    "xml": b"<nitf><body><p>",
    "warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n",
    "html": b"<html><body><p>",
}


@pytest.mark.parametrize("suffix", HEADS_OF_KINDS)
@given(data=st.binary(max_size=300), with_head=st.booleans())
@settings(max_examples=30, deadline=None)
def test_any_bytes_named_as_a_document(suffix: str, data: bytes, with_head: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{suffix}"
        path.write_bytes(HEADS_OF_KINDS[suffix] * with_head + data)
        found = list(read_articles(path))
    assert found
    for article in found:
        check(article)
