"""What workers give back of an article, and who writes it: into the store, to disk, then into the manifest."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import NamedTuple

from kg.log import tell
from kg.model import Article, Resolved
from kg.rdf import read_packed, render_graph, render_packed
from kg.report import Tally, tally_facts
from kg.store import Entry, GraphStore, Manifest

CHUNK = 8_000_000  # bytes of N-Quads (about 30,000 quads) that are written, and acknowledged, at a time
PATIENCE = 10.0  # seconds after which less is: as much work is lost at most where the power fails


class Built(NamedTuple):
    """The facts of one article, ready to be written."""

    entry: Entry
    graph: str
    quads: bytes  # as N-Quads

    @property
    def tally(self) -> Tally:
        """What was found, counted."""
        return read_tally(self.entry.tally)


def digest_article(article: Article) -> str:
    """Changes with everything that was read of an article, where it was read from included: the graph says that too."""
    return hashlib.sha256(repr(astuple(article)).encode()).hexdigest()


def pack_article(resolved: Resolved, *, base: str) -> Built:
    """The facts of an article in a form that travels between processes."""
    graph, quads = render_graph(resolved, base=base)
    tally = json.dumps([[*key, number] for key, number in tally_facts(resolved).items()], ensure_ascii=False)
    entry = Entry(id=resolved.article.id, content=digest_article(resolved.article), tally=tally)
    return Built(entry=entry, graph=graph, quads=render_packed(quads))


def read_tally(text: str) -> Tally:
    """The tally of an article as its entry in the manifest keeps it."""
    return Counter({(kind, id, label): number for kind, id, label, number in json.loads(text)})


def load_articles(found: Iterable[Built], store: GraphStore, manifest: Manifest, origin: str) -> Iterator[Built]:
    """`found` unchanged; some articles at a time are written. What was given when `found` breaks off is written too."""
    waiting: list[Built] = []
    size, written = 0, time.monotonic()
    try:
        for built in found:
            waiting.append(built)
            size += len(built.quads)
            yield built
            if size >= CHUNK or time.monotonic() - written >= PATIENCE:
                _write(waiting, store, manifest, origin)
                size, written = 0, time.monotonic()
    finally:
        _write(waiting, store, manifest, origin)


def _write(waiting: list[Built], store: GraphStore, manifest: Manifest, origin: str) -> None:
    """In this order: a build that is killed in between does again what was not acknowledged."""
    chunk = tuple(waiting)
    waiting.clear()
    if chunk:
        store.replace_articles((built.graph, read_packed(built.quads)) for built in chunk)
        store.flush()
        manifest.enter((built.entry for built in chunk), origin)
        tell("info", "acknowledged", articles=len(chunk), last=chunk[-1].entry.id)
