"""Coverage-guided fuzzing by atheris (`pip install 'polkg[fuzz]'`): python -m tests.fuzz.coverage TARGET [OPTIONS] [CORPUS].

TARGET is a kind of input, text, markdown, html, jsonl, docx, pdf, xml, page or warc, or annotate: bytes that are an
article and, after a line of dashes, the numbers by which its words are parsed at random. OPTIONS are libFuzzer's, such
as -runs=10000 or -max_total_time=600. The seeds of each target come from `generate`, so no corpus is kept; new inputs
go to a folder CORPUS, if one is named.
"""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["kg", "pypdf", "feedparser", "trafilatura", "defusedxml", "html", "zipfile"]):
    from kg.articles import files, read_text
    from kg.articles.documents import KINDS, load_reader
    from kg.articles.jsonl import read_json_line
    from kg.articles.limits import choose_limits
    from kg.config import Settings
    from kg.errors import InputError
    from kg.extract import extract_facts
    from kg.resolve import resolve_entities

import io

from tests.fuzz.check import check_facts, load_knowledge
from tests.fuzz.generate import HEAVY, MAKERS
from tests.fuzz.parses import guess_parse

SETTINGS = Settings(check_language=False, max_article_chars=20_000)
SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html", "page": ".html", "annotate": ".txt"}
SEEDS = 40


def read_as_text(format: str, data: bytes) -> None:
    """A reader of text: every section lies inside."""
    text = data.decode("utf-8", "replace")
    draft = files.choose_reader(text, format)(text)
    if not all(0 <= span.start < span.end <= len(draft.text) for span in draft.sections):
        raise IndexError("a section lies outside")


def read_lines(data: bytes) -> None:
    for line in data.decode("utf-8", "replace").splitlines():
        read_json_line(line)


def read_document(kind: str, data: bytes) -> None:
    """A reader of documents, in this process: what its library raises is a reason, what ours does not."""
    for piece in load_reader(kind)(io.BytesIO(data), choose_limits(SETTINGS)):
        if piece.draft is not None and any(span.end > len(piece.draft.text) for span in piece.draft.sections):
            raise IndexError("a section lies outside")


def annotate(data: bytes) -> None:
    """An article, parsed by the rest of the bytes."""
    text, _, seed = data.decode("utf-8", "replace").partition("\n---\n")
    article = read_text(text, settings=SETTINGS)
    doc = guess_parse(article.text, seed)
    check_facts(article, resolve_entities(extract_facts(doc, article, load_knowledge()), load_knowledge()))


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{format: partial(read_as_text, format) for format in ("text", "markdown", "html")},
    **{kind: partial(read_document, kind) for kind in KINDS},
    "jsonl": read_lines,
    "annotate": annotate,
}
EXCUSED = ("pdf", "warc", "page")  # the process around these turns whatever a library raises into a reason


def run_target(name: str, data: bytes) -> None:
    """One input: InputError is an answer, as is for a document to be too large or too deep; any other error is found."""
    try:
        TARGETS[name](data)
    except InputError:
        return
    except Exception as error:
        if name in EXCUSED or (name in KINDS and isinstance(error, RecursionError | MemoryError)):
            return
        raise


def write_seeds(name: str, folder: Path) -> None:
    make = (MAKERS | HEAVY)[SUFFIXES.get(name, f".{name}")]
    for number in range(SEEDS):
        (folder / f"seed-{number}").write_bytes(make(Random(number)))


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        raise SystemExit(f"{__doc__}\nTARGET is one of: {', '.join(sorted(TARGETS))}")
    name, folder = sys.argv.pop(1), Path(tempfile.mkdtemp(prefix="kg-fuzz-"))
    write_seeds(name, folder)
    load_knowledge()
    atheris.Setup([*sys.argv, str(folder)], partial(run_target, name))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
