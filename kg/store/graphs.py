"""The named graphs of a store one after the other, each as sorted lines: what leaves graph by graph is made of them."""

import hashlib
from collections.abc import Iterator

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.store.turtle import sort_lines


def graph_names(database: Store) -> Iterator[str]:
    """The IRIs of the named graphs that hold something, sorted by code point."""
    names = sort_lines(graph.value for graph in database.named_graphs() if isinstance(graph, NamedNode))
    return (name for name in names if any(database.quads_for_pattern(None, None, None, NamedNode(name))))


def graph_lines(database: Store, graph: str) -> list[bytes]:
    """The triples of one graph as canonical N-Triples, a line each without its line feed, sorted."""
    written = database.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph)) or b""
    return sorted(written.split(b"\n")[:-1])


def digest_lines(lines: list[bytes]) -> str:
    """SHA-256 of the lines, each with its line feed, in hexadecimal digits."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line + b"\n")
    return digest.hexdigest()
