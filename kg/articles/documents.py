"""The kinds of documents that a library reads: what each needs, and its pieces, read in a process of its own."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from kg.articles.limits import Limits
from kg.articles.pieces import Piece, Reader, read_piece
from kg.errors import InputError

_GRACE = 6  # times the processor time: how long the clock may run for a piece, on a machine with other work
EXTRA = 'pip install "polkg[readers]"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document. `by_path`: may be larger than memory, and is read on where a piece ended the process."""

    what: str
    reader: str  # module and function
    libraries: tuple[str, ...]
    by_path: bool = False


KINDS = {
    "page": Kind(what="a page of HTML", reader="web:read_web_page", libraries=("trafilatura",)),
    "pdf": Kind(what="a PDF", reader="pdf:read_pdf", libraries=("pypdf", "defusedxml")),
    "docx": Kind(what="a DOCX document", reader="docx:read_docx", libraries=("defusedxml",)),
    "xml": Kind(what="an XML file", reader="xml:read_xml", libraries=("defusedxml", "feedparser")),
    "warc": Kind(what="a WARC archive", reader="warc:read_warc", libraries=("fastwarc", "trafilatura"), by_path=True),
}


def find_missing(kind: str) -> tuple[str, ...]:
    """The libraries that reading this kind needs and that are not installed."""
    return tuple(library for library in KINDS[kind].libraries if find_spec(library) is None)


def load_reader(kind: str) -> Reader:
    """The function that reads this kind; imports its libraries."""
    module, _, name = KINDS[kind].reader.partition(":")
    return cast(Reader, getattr(import_module(f"kg.articles.{module}"), name))


def read_document(kind: str, file: BinaryIO, limits: Limits, *, path: Path | None = None) -> Iterator[Piece]:
    """The articles in a document, each as a draft or the reason why not; `path`: where `file` lies, if it does.

    Raises:
        InputError: a library is missing, or nothing of the document can be read.
    """
    if missing := find_missing(kind):
        raise InputError(f"is {KINDS[kind].what}, which takes {' and '.join(missing)} to read; install it: {EXTRA}")
    if KINDS[kind].by_path:
        with _keep_path(file, path) as kept:
            yield from _read_on(kind, {"path": os.fspath(kept)}, limits)
        return
    data = file.read(limits.max_document_bytes + 1)
    if len(data) > limits.max_document_bytes:
        raise InputError(
            f"has more than the {limits.max_document_bytes} bytes that a document may have; split it, or raise "
            "KG_MAX_DOCUMENT_BYTES"
        )
    yield from _read_on(kind, {"bytes": len(data)}, limits, data)


def _read_on(kind: str, job: dict[str, Any], limits: Limits, data: bytes = b"") -> Iterator[Piece]:
    """The pieces; where one ends the process, that piece is a fault and another process reads on behind it."""
    skip = 0
    while True:
        opened = None
        try:
            for piece in _run_job({"kind": kind, "skip": skip, **job}, limits, data):
                is_empty = piece.draft is None and piece.fault is None
                opened = piece.number if is_empty else None
                if not is_empty:
                    yield piece
            return
        except _EndedError as ended:
            if opened is None:
                raise InputError(str(ended)) from ended
            yield Piece(fault=str(ended), number=opened)
            skip = opened


def _run_job(job: dict[str, Any], limits: Limits, data: bytes) -> Iterator[Piece]:
    with _lend_process(limits) as process:
        process.send(job, data)
        while (reply := process.receive()).keys() != {"done"}:
            yield read_piece(reply["piece"])
    if reply["done"] is not None:
        raise InputError(reply["done"])


class _EndedError(Exception):
    """The process ended over a document; says why."""


class _Process:
    """A process that reads documents, and the clock that ends it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._late = False
        paths = (str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", ""))
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-m", "kg.articles.child", json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
        )

    def send(self, job: dict[str, Any], data: bytes) -> None:
        pipe = cast(IO[bytes], self._popen.stdin)
        with self._clock(), suppress(BrokenPipeError):  # `receive` tells why
            pipe.write(json.dumps(job).encode() + b"\n" + data)
            pipe.flush()

    def receive(self) -> dict[str, Any]:
        with self._clock():
            line = cast(IO[bytes], self._popen.stdout).readline()
        if not line.endswith(b"\n"):
            raise _EndedError(self._describe())
        return cast(dict[str, Any], json.loads(line))

    def end(self) -> None:
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            with suppress(OSError):
                cast(IO[bytes], pipe).close()

    @contextmanager
    def _clock(self) -> Iterator[None]:
        timer = threading.Timer(_GRACE * self._limits.max_read_seconds, self._ring)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _ring(self) -> None:
        self._late = True
        self._popen.kill()

    def _describe(self) -> str:
        code = self._popen.wait()
        if self._late or code == -getattr(signal, "SIGXCPU", 0):
            return f"takes more than {self._limits.max_read_seconds} seconds to read; raise KG_MAX_READ_SECONDS"
        return f"ended the process that read it (exit code {code}), as a damaged or hostile document does; leave it out"


@atexit.register
def _end_idle() -> None:
    """Ends the processes that wait, before the interpreter does."""
    while _idle:
        owner, _, process = _idle.pop()
        if owner == os.getpid():
            process.end()


_idle: list[tuple[int, Limits, _Process]] = []  # processes that wait for the next document, each with who started it


@contextmanager
def _lend_process(limits: Limits) -> Iterator[_Process]:
    """An idle process, or a new one; it is kept for the next document if it did its job, else ended."""
    process = _take_idle(limits) or _Process(limits)
    try:
        yield process
    except BaseException:  # also when the caller stops in the middle of a document
        process.end()
        raise
    _idle.append((os.getpid(), limits, process))


def _take_idle(limits: Limits) -> _Process | None:
    """An idle process with these limits; those of other limits end, those of a process we were forked from stay."""
    while _idle:
        owner, known, process = _idle.pop()
        if owner == os.getpid() and known == limits:
            return process
        if owner == os.getpid():
            process.end()
    return None


@contextmanager
def _keep_path(file: BinaryIO, path: Path | None) -> Iterator[Path]:
    if path is not None:
        yield path.absolute()
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "document"
        with kept.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        yield kept
