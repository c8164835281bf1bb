"""From what a user names (files, folders, `-`) to the sources that hold articles, each one openable again."""

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.model import Skipped

FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".pdf": "pdf",
    ".docx": "docx",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".rdf": "xml",
    ".nitf": "xml",
    ".newsml": "xml",
    ".warc": "warc",
    ".warc.gz": "warc",
}
_DOCUMENTS = frozenset(".doc .odt .rtf .epub .mbox .eml .gz .zip".split())
_MEMORY = 16_000_000  # bytes of standard input kept in memory, more goes to a temporary file

_LEADS_OUT = "is a link to a file outside the folder that was named; name the file itself if you want it read"

Inputs = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file or standard input. `name`: as the user gave it; `id`: what a single article in it is called."""

    name: str
    id: str
    format: str | None  # one of the values of FORMATS; None: to be told by the content
    path: Path | None = None
    stream: BinaryIO | None = None

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The bytes from the beginning; raises OSError."""
        if self.stream is not None:
            self.stream.seek(0)
            return nullcontext(self.stream)
        return cast(Path, self.path).open("rb")


def check_inputs(inputs: Inputs) -> tuple[str, ...]:
    """The inputs as strings.

    Raises:
        InputError: nothing was named, or something that does not exist; names all of it.
    """
    names = tuple(os.fspath(name) for name in ((inputs,) if isinstance(inputs, str | os.PathLike) else inputs))
    if not names:
        raise InputError("no input: name files or folders with articles, or - for standard input")
    missing = [name for name in names if name != "-" and not os.path.lexists(name)]
    if missing:
        listed = ", ".join(repr(show_path(name)) for name in missing)
        raise InputError(f"no such file or folder: {listed}; seen from {Path.cwd()}")
    return names


def list_sources(names: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Source | Skipped]:
    """The sources in the order given; a folder is walked, in sorted order, when it is reached.

    `stdin` must be seekable, see `keep_stream`.
    """
    for name in names:
        path = Path(name)
        if name == "-" and stdin:
            yield Source(name="-", id="stdin", format=None, stream=stdin)
        elif path.is_dir():
            yield from _walk_folder(path)
        elif path.is_file():
            yield Source(name=show_path(name), id=_name(_cut_suffix(path)), format=_tell_format(path), path=path)
        else:
            reason = "is neither a file nor a folder; pipe its content into kg and name - instead"
            yield Skipped(source=show_path(name), reason=reason)


def keep_stream(stream: BinaryIO) -> BinaryIO:
    """All of a stream in a temporary file that can be read again; the caller closes it."""
    kept = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_MEMORY))  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(stream, kept)
    return kept


def show_path(path: str | os.PathLike[str]) -> str:
    """A path as text that can be printed and stored, whatever bytes the file system has in it."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk_folder(folder: Path) -> Iterator[Source | Skipped]:
    empty, others = True, 0
    closed: list[OSError] = []
    for path in _list_files(folder, closed):
        source = show_path(path)
        if _tell_format(path):
            empty = False
            below = path.relative_to(folder).with_name(_cut_suffix(path))
            yield (
                Source(name=source, id=_name(below.as_posix()), format=_tell_format(path), path=path)
                if _lies_below(path, folder)
                else Skipped(source=source, reason=_LEADS_OUT)
            )
        elif path.suffix.casefold() in _DOCUMENTS:
            empty = False
            yield Skipped(source=source, reason=f"{path.suffix} is not read; save its text as .txt (UTF-8) or .html")
        else:
            others += 1
    yield from (Skipped(source=show_path(e.filename), reason=f"cannot be read: {e.strerror}") for e in closed)
    if empty and not closed:
        found = f"{others} other files" if others else "no files"
        reason = f"holds no articles, {found}; wants files that end in {', '.join(FORMATS)}"
        yield Skipped(source=show_path(folder), reason=reason)


def _list_files(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Files below a folder, sorted, none that is hidden or not a regular file; linked folders are not entered.

    Folders that cannot be read are added to `closed`.
    """
    for where, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(where, name) for name in sorted(files) if not name.startswith("."))
        yield from (path for path in paths if path.is_file())


def _lies_below(path: Path, folder: Path) -> bool:
    """Whether a file is no link, or one to a file in the same folder: a folder from a stranger may link to secrets."""
    return not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())


def _tell_format(path: Path) -> str | None:
    return FORMATS.get(_tell_suffix(path))


def _tell_suffix(path: Path) -> str:
    """The last suffix, and the one before it if only the two together are a format."""
    double = "".join(path.suffixes[-2:]).casefold()
    return double if double in FORMATS else path.suffix.casefold()


def _cut_suffix(path: Path) -> str:
    return path.name[: len(path.name) - len(_tell_suffix(path))] or path.name


def _name(stem: str) -> str:
    return unicodedata.normalize("NFC", show_path(stem))
