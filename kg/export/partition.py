"""The graph as compressed N-Quads in parts, for the bulk loaders of databases: every named graph whole in one part."""

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path

from kg.errors import InputError
from kg.export.files import make_folder, open_whole
from kg.store import GraphStore, render_nquads

MOST = 500  # parts; all of them are open at a time
LEVEL = 6  # of compression


def export_parts(store: GraphStore, folder: Path, parts: int) -> str:
    """Writes `parts` files of N-Quads into `folder`: together what `--format nquads` writes. Says what to do with them.

    Which part a graph goes to follows from its name alone, so it stays there when others come and go.

    Raises:
        InputError: so many parts cannot be, or the folder holds other parts or cannot be written.
    """
    if not 1 <= parts <= MOST:
        raise InputError(f"--partition {parts}: wants a number of parts from 1 to {MOST}")
    make_folder(folder)
    names = [f"part-{number:03}-of-{parts:03}.nq.gz" for number in range(parts)]
    strange = sorted({path.name for path in folder.glob("*.nq.gz")} - set(names))
    if strange:
        raise InputError(f"{folder}: holds {strange[0]}, which a loader would take too; name an empty folder")
    with ExitStack() as stack:
        streams = [stack.enter_context(_open_packed(folder / name)) for name in names]
        for graph, lines in groupby(store.lines(graphs=True), key=_graph_of):
            stream = streams[choose_part(graph, parts)]
            for line in render_nquads(lines):
                stream.write(line.encode())
    return f"wrote {parts} parts to {folder}; load them with the bulk loader of your database"


def choose_part(graph: str, parts: int) -> int:
    """The number of the part that holds a graph, from 0: a hash of the IRI, the same on every machine."""
    return int.from_bytes(hashlib.sha256(graph.encode()).digest()[:8], "big") % parts


def _graph_of(line: str) -> str:
    return line.split(" ", 1)[0][1:-1]


@contextmanager
def _open_packed(path: Path) -> Iterator[gzip.GzipFile]:
    """A compressed file to write, whole or not at all; without name and time, so that the bytes are stable."""
    with (
        open_whole(path) as stream,
        gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=stream, mtime=0) as packed,
    ):
        yield packed
