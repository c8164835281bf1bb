"""What has to hold whatever is read: no fault but a reason, an end in time, and every offset slices."""

import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType

from kg.articles import read_articles
from kg.articles.files import read_source
from kg.articles.inputs import list_sources
from kg.config import Settings
from kg.extract import extract_facts
from kg.knowledge import Knowledge, read_knowledge
from kg.loading import pack_article
from kg.model import Article, Resolved, Skipped
from kg.rdf import read_packed
from kg.resolve import resolve_entities
from kg.store import GraphStore
from kg.verify import verify_offsets
from kg.vocab import BASE
from tests.fuzz.generate import Given
from tests.fuzz.parses import guess_parse

LIMIT = 10.0  # seconds of processor time for reading an input, and for analysing so many of its characters:
SHARE = 100_000
Analyse = Callable[[Article], Resolved]


class BrokenError(Exception):
    """Something does not hold."""


@cache
def load_knowledge() -> Knowledge:
    return read_knowledge(None)


def analyse_guess(article: Article) -> Resolved:
    """The facts of an article whose words are parsed at random."""
    doc = guess_parse(article.text, article.sha256)
    return resolve_entities(extract_facts(doc, article, load_knowledge()), load_knowledge())


def check_given(given: Given, analyse: Analyse) -> Iterator[Article | Skipped]:
    """Reads an input from a file and analyses what it holds; gives what was read.

    Raises:
        BrokenError: an offset does not slice, a reason is missing, or it takes too long.
    """
    settings = choose_settings(given)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{given.suffix}"
        path.write_bytes(given.data)
        with end_in_time():
            read = list(read_articles(path, settings=settings))
    yield from check_read(read, analyse)


def read_together(inputs: Sequence[Given]) -> Iterator[list[Article | Skipped]]:
    """What is read of each input: once, and documents by one process, which is much faster.

    Raises:
        BrokenError: one takes too long.
    """
    with tempfile.TemporaryDirectory() as folder:
        for number, given in enumerate(inputs):
            path = Path(folder) / f"{number}{given.suffix}"
            path.write_bytes(given.data)
            with end_in_time():
                yield [
                    found
                    for source in list_sources([str(path)])
                    for found in (
                        [source] if isinstance(source, Skipped) else read_source(source, choose_settings(given))
                    )
                ]


def choose_settings(given: Given) -> Settings:
    """Random inputs are seldom German."""
    return Settings(check_language=not given.name.startswith("random"))


def check_read(read: Sequence[Article | Skipped], analyse: Analyse) -> Iterator[Article | Skipped]:
    """Analyses what was read of an input, and gives it.

    Raises:
        BrokenError: see `check_given`.
    """
    if not read:
        raise BrokenError("neither an article nor a reason")
    for found in read:
        if isinstance(found, Skipped):
            check_reason(found)
        else:
            with end_in_time(1 + len(found.text) // SHARE):
                check_facts(found, analyse(found))
        yield found


def check_reason(skipped: Skipped) -> None:
    if not skipped.reason.strip() or len(skipped.reason) > 2_000 or "\n" in skipped.reason:
        raise BrokenError(f"no reason to be shown: {skipped.reason[:200]!r}")
    if "report this" in skipped.reason:
        raise BrokenError(skipped.reason)


def check_facts(article: Article, resolved: Resolved) -> None:
    """Every section and every span in the graph is sliced anew, from what would be stored."""
    for span in article.sections:
        if span.slice(article.text) != span.slice(article.text).strip() or span.start == span.end:
            raise BrokenError(f"section {span} has blanks at its ends, or nothing")
    built = pack_article(resolved, base=BASE)
    with GraphStore.in_memory() as store:
        store.replace_article(built.graph, read_packed(built.quads))
        mismatch = next(verify_offsets(store), None)
    if mismatch is not None:
        raise BrokenError(str(mismatch))


@contextmanager
def end_in_time(shares: int = 1) -> Iterator[None]:
    """Raises BrokenError after `LIMIT` seconds a share, of this process's time, whatever else the machine does."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise BrokenError(f"takes more than {shares * LIMIT:.0f} seconds")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, shares * LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
