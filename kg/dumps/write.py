"""A graph written as a dump: the same graph gives the same bytes, compressed or not."""

import gzip
import hashlib
from collections.abc import Iterator
from typing import IO

from kg import vocab
from kg.dumps.frame import Totals, kept_graphs, render_first, render_last
from kg.store import GraphStore, graph_lines, graph_names

LEVEL = 6  # of compression


def dump_graph(store: GraphStore, output: IO[bytes], *, compress: bool = False) -> Totals:
    """Writes all that makes the graph to `output`, one named graph at a time; what was written.

    Memory holds one named graph, the largest is the knowledge base.
    """
    if not compress:
        return _write_lines(store, output)
    with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=output, mtime=0) as packed:
        return _write_lines(store, packed)


def _write_lines(store: GraphStore, output: IO[bytes] | gzip.GzipFile) -> Totals:
    digest, quads, articles = hashlib.sha256(), 0, 0
    output.write(render_first(store.base))
    for graph in _dumped_graphs(store):
        articles += graph not in kept_graphs(store.base)
        lines = [line[:-1] + f"<{graph}> .\n".encode() for line in graph_lines(store.database, graph)]
        quads += len(lines)
        written = b"".join(lines)
        digest.update(written)
        output.write(written)
    totals = Totals(articles=articles, quads=quads, sha256=digest.hexdigest())
    output.write(render_last(totals))
    return totals


def _dumped_graphs(store: GraphStore) -> Iterator[str]:
    start, kept = vocab.mint_graph("article-", base=store.base), kept_graphs(store.base)
    return (name for name in graph_names(store.database) if name in kept or name.startswith(start))
