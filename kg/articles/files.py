"""One source -> its articles: which reader, within which limits."""

import io
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from kg.articles.decode import check_head, decode_text, tell_kind
from kg.articles.documents import KINDS, find_missing, read_document
from kg.articles.draft import Draft, check_draft
from kg.articles.html import find_encoding, looks_like_html, read_html
from kg.articles.inputs import Source
from kg.articles.jsonl import is_json_object, read_json_line
from kg.articles.limits import choose_limits
from kg.articles.markdown import has_front_matter, read_markdown
from kg.articles.plain import read_plain
from kg.articles.seed import is_seed, read_seed
from kg.config import Settings
from kg.errors import InputError
from kg.model import Article, Skipped

_HEAD = 4096


def read_source(source: Source, settings: Settings) -> Iterator[Article | Skipped]:
    """The articles in a source, and what of it could not be read."""
    try:
        with source.open() as file:
            head = file.read(_HEAD)
            file.seek(0)
            kind = source.format if source.format in KINDS else tell_kind(head) if source.format is None else None
            if kind is not None:
                yield from _read_document(kind, source, file, settings)
                return
            check_head(head)
            is_lines = source.format == "jsonl" or (source.format is None and _looks_like_lines(head, file))
            yield from _read_lines(source, file, settings) if is_lines else _read_one(source, file, settings)
    except InputError as error:
        yield Skipped(source=source.name, reason=str(error))
    except OSError as error:
        yield Skipped(source=source.name, reason=f"cannot be read: {error.strerror or error}")


def choose_reader(text: str, format: str | None = None) -> Callable[[str], Draft]:
    """The reader for a text of that format, or of the format that it looks like."""
    if format == "html" or (format is None and looks_like_html(text)):
        return read_html
    if format == "markdown" or (format is None and has_front_matter(text)):
        return read_markdown
    return read_seed if is_seed(text) else read_plain


def _read_one(source: Source, file: BinaryIO, settings: Settings) -> Iterator[Article | Skipped]:
    data = file.read(settings.max_file_bytes + 1)
    if len(data) > settings.max_file_bytes:
        raise InputError(_describe_size(file.seek(0, os.SEEK_END), settings))
    text = decode_text(data, encoding=find_encoding(data) if source.format == "html" else "utf-8")
    reader = choose_reader(text, source.format)
    draft = read_web_page(text, settings) if reader is read_html else reader(text)
    yield _finish(draft, name=source.id, source=source.name, settings=settings)


def read_web_page(page: str, settings: Settings) -> Draft:
    """The draft of a page by trafilatura, if it is installed and can read it; else by `html`."""
    if find_missing("page"):
        return read_html(page)
    try:
        data = io.BytesIO(page.encode(errors="replace"))
        # to the end: a process that is left in the middle of a document is ended, and the next page wants another
        pieces = list(read_document("page", data, choose_limits(settings)))
        return next(piece.draft for piece in pieces if piece.draft)
    except (InputError, StopIteration):
        return read_html(page)


def _read_document(kind: str, source: Source, file: BinaryIO, settings: Settings) -> Iterator[Article | Skipped]:
    for piece in read_document(kind, file, choose_limits(settings), path=source.path):
        name, place = source.id, source.name
        if piece.number is not None:
            name, place = f"{name}-{piece.number}", f"{place}#{piece.number}"
        if piece.draft is not None:
            yield _finish(piece.draft, name=name, source=place, settings=settings)
        else:
            yield Skipped(source=place, reason=piece.fault or "holds no article")


def _read_lines(source: Source, file: BinaryIO, settings: Settings) -> Iterator[Article | Skipped]:
    for number, line in _split_lines(file, settings.max_file_bytes):
        place = f"{source.name}#{number}"
        try:
            if len(line) > settings.max_file_bytes:
                raise InputError(_describe_size(len(line), settings))
            draft = read_json_line(decode_text(line, line=number))
        except InputError as error:
            yield Skipped(source=place, reason=f"line {number}: {error}")
        else:
            yield _finish(draft, name=f"{source.id}-{number}", source=place, settings=settings)


def _split_lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank with their numbers; of a line above the limit only what shows that it is."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        end = line
        while len(end) > limit and not end.endswith(b"\n"):
            end = file.readline(limit + 1)
        if line.strip():
            yield number, line


def _finish(draft: Draft, *, name: str, source: str, settings: Settings) -> Article | Skipped:
    checked = check_draft(draft, name=name, source=source, settings=settings)
    return checked.article or Skipped(source=source, reason="; ".join(checked.faults))


def _looks_like_lines(head: bytes, file: BinaryIO) -> bool:
    """Whether content of unknown format is JSON Lines; leaves the file at its beginning."""
    if not head.lstrip().startswith((b"{", b"[{")):
        return False
    first = file.readline(1_000_000)
    file.seek(0)
    if not is_json_object(first.decode(errors="replace")):
        raise InputError("is JSON, wants JSON Lines, one object a line; convert it with: jq -c '.[]' OLD > NEW")
    return True


def _describe_size(size: int, settings: Settings) -> str:
    return (
        f"{size} bytes are more than the {settings.max_file_bytes} that a file with one article, or a line of "
        "JSONL, may have; split it, or raise KG_MAX_FILE_BYTES"
    )
