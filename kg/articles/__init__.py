"""Files -> `Article`: `read_articles` for files, folders and streams, `read_text` for a string.

A text format is one module with one function from text to `Draft`; a kind of document that a library reads
(`documents`: PDF, DOCX, feeds, web archives) one from bytes to drafts, run in a process with limits.
`check_draft` makes a draft an `Article` or says everything that is wrong with it. What cannot
be read is a `Skipped`, the rest is read on.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import BinaryIO

from kg.articles.draft import check_draft
from kg.articles.files import choose_reader, read_source, read_web_page
from kg.articles.html import read_html
from kg.articles.inputs import Inputs, check_inputs, keep_stream, list_sources
from kg.config import Settings
from kg.errors import InputError
from kg.model import Article, Skipped

__all__ = ["Inputs", "read_articles", "read_text"]

_Rank = bytes  # digest of an article, then where it stands; one object, as there is one for every article
_DIGEST = 40


def read_articles(
    inputs: Inputs,
    *,
    stdin: BinaryIO | None = None,
    settings: Settings | None = None,
    tell_total: Callable[[int], None] = lambda total: None,
) -> Iterator[Article | Skipped]:
    """The articles in files, folders (recursive, sorted) and `-`, and what could not be read, with the reason.

    Every input is read twice, first to learn which ids clash: of different articles with one id the
    first in the order of (id, sha256) is kept, whatever the order of the inputs; the same article twice
    comes once. Memory holds one article at a time and a digest for each id. How many articles will come
    is told to `tell_total` before the first.

    Raises:
        InputError: nothing was named, or something that does not exist.
    """
    names, settings = check_inputs(inputs), settings or Settings()
    return _read_names(names, stdin or sys.stdin.buffer, settings, tell_total)


def read_text(text: str, *, id: str | None = None, settings: Settings | None = None) -> Article:
    """The article in a string: HTML, Markdown with front matter, seed format or plain text, told by its look.

    Raises:
        InputError: everything that is wrong with it.
    """
    name = id or "text-" + hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
    settings, reader = settings or Settings(), choose_reader(text)
    draft = read_web_page(text, settings) if reader is read_html else reader(text)
    checked = check_draft(draft, name=name, source="-", settings=settings)
    if checked.article is None:
        raise InputError("; ".join(checked.faults))
    return checked.article


def _read_names(
    names: tuple[str, ...], stdin: BinaryIO, settings: Settings, tell_total: Callable[[int], None]
) -> Iterator[Article | Skipped]:
    with keep_stream(stdin) if "-" in names else nullcontext() as kept:
        chosen = _choose_articles(_read_all(names, kept, settings))
        tell_total(len(chosen))
        yield from _drop_others(_read_all(names, kept, settings), chosen)


def _choose_articles(found: Iterable[Article | Skipped]) -> dict[str, _Rank]:
    """The first article of each id."""
    chosen: dict[str, _Rank] = {}
    for article in found:
        if isinstance(article, Article):
            rank = _rank(article)
            chosen[sys.intern(article.id)] = min(rank, chosen.get(article.id, rank))
    return chosen


def _drop_others(found: Iterable[Article | Skipped], chosen: dict[str, _Rank]) -> Iterator[Article | Skipped]:
    """What is skipped and what is chosen; an equal of a chosen one goes silently, any other is skipped."""
    done: set[str] = set()
    for article in found:
        if isinstance(article, Skipped):
            yield article
            continue
        rank = _rank(article)
        first = chosen.setdefault(article.id, rank)
        if rank == first and article.id not in done:
            done.add(sys.intern(article.id))  # the same object as in `chosen`
            yield article
        elif rank[:_DIGEST] != first[:_DIGEST]:
            yield Skipped(source=article.source, reason=_describe_clash(article.id, first[_DIGEST:].decode()))


def _read_all(names: tuple[str, ...], stdin: BinaryIO | None, settings: Settings) -> Iterator[Article | Skipped]:
    for source in list_sources(names, stdin=stdin):
        if isinstance(source, Skipped):
            yield source
        else:
            yield from read_source(source, settings)


def _rank(article: Article) -> _Rank:
    """Orders articles of one id: by text, then by what else is said of them, then by where they stand."""
    rest = repr((article.title, article.date, article.url, article.publisher, article.author, article.sections))
    digest = bytes.fromhex(article.sha256) + hashlib.blake2b(rest.encode(), digest_size=8).digest()
    return digest + article.source.encode()


def _describe_clash(id: str, source: str) -> str:
    return (
        f"its id {id!r} is taken by another article, {source}; give one of the two another name, or name the "
        "folder above both"
    )
