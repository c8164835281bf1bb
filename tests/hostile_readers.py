"""Readers of PDFs and of web pages that do what the document says, for processes that die of what they read.

`plant` makes the processes that read documents take them in place of the real ones.
"""

import importlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import pytest

from kg.articles.draft import Draft
from kg.articles.limits import Limits
from kg.articles.pieces import Piece, compose_draft

ROOT = Path(__file__).resolve().parents[1]
SITE = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
if "kg.articles.child" in sys.orig_argv:
    from tests.hostile_readers import take_places
    take_places()
"""


def plant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every Python begins with what `folder` has for it."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def take_places() -> None:
    pdf: Any = ModuleType("kg.articles.pdf")
    pdf.read_pdf = read_pdf
    sys.modules[pdf.__name__] = pdf
    importlib.import_module("kg.articles.warc").read_page = read_page  # type: ignore[attr-defined]


def read_pdf(file: BinaryIO, limits: Limits) -> Iterator[Piece]:
    yield Piece(draft=read_page(file.read().decode(), limits))


def read_page(page: str, limits: Limits, *, url: str | None = None) -> Draft:
    """The words as they are, unless one of them is an order."""
    for word in page.split():
        ORDERS.get(word, lambda: None)()
    return compose_draft(None, [page], limits=limits, url=url)


def sleep() -> None:
    time.sleep(3600)


def turn() -> None:
    while True:
        pass


def eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def nest() -> None:
    nest()


def babble() -> None:
    sys.stdout.write("no reply\n")
    os.write(1, b"nor this\n")


ORDERS = {
    "KILL": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "SEGV": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "EXIT": lambda: os._exit(3),
    "LEAVE": lambda: sys.exit(4),
    "SLEEP": sleep,
    "TURN": turn,
    "EAT": eat,
    "NEST": nest,
    "BABBLE": babble,
}
