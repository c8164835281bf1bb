"""The graph as RDF: Turtle, TriG, N-Quads, JSON-LD and RDF/XML. JSON-LD carries its context with it."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg import vocab
from kg.characters import replace_forbidden
from kg.store import GraphStore, render_nquads, render_trig, render_turtle

_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")


def write_turtle(store: GraphStore, output: IO[bytes]) -> None:
    """The union of the graphs."""
    _write_text(render_turtle(store.lines(graphs=False), vocab.prefixes(store.base)), output)


def write_trig(store: GraphStore, output: IO[bytes]) -> None:
    """The graphs by name."""
    _write_text(render_trig(store.lines(graphs=True), vocab.prefixes(store.base)), output)


def write_nquads(store: GraphStore, output: IO[bytes]) -> None:
    """The graphs by name, a quad a line."""
    _write_text(render_nquads(store.lines(graphs=True)), output)


def write_jsonld(store: GraphStore, output: IO[bytes]) -> None:
    """The graphs by name; the context is the prefixes, in the document."""
    with _sorted_quads(store.lines(graphs=True)) as quads:
        serialize(quads, output, RdfFormat.JSON_LD, prefixes=dict(vocab.prefixes(store.base)))


def write_rdfxml(store: GraphStore, output: IO[bytes]) -> None:
    """The union of the graphs. XML holds no control characters: offsets into texts with such ones do not move."""
    graph = f"<{vocab.mint_graph('union', base=store.base)}>"
    with _sorted_quads(f"{graph} {_xml_line(line)}" for line in store.lines(graphs=False)) as quads:
        serialize(
            (quad.triple for quad in quads),
            cast("IO[bytes]", _ReturnKeeper(output)),
            RdfFormat.RDF_XML,
            prefixes=dict(vocab.prefixes(store.base)),
        )


def _write_text(parts: Iterable[str], output: IO[bytes]) -> None:
    for part in parts:
        output.write(part.encode())


@contextmanager
def _sorted_quads(lines: Iterable[str]) -> Iterator[Iterator[Quad]]:
    """The quads of sorted lines, read back from a file so that memory stays flat."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", suffix=".nq") as file:
        file.writelines(render_nquads(lines))
        file.flush()
        yield iter(parse(path=file.name, format=RdfFormat.N_QUADS))


def _xml_line(line: str) -> str:
    """A line of N-Triples in which U+FFFD stands for every escaped character that XML cannot hold."""
    return _ESCAPED.sub(lambda match: match[0] if match[3] else _xml_escape(match), line)


def _xml_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1] or match[2], 16))
    return match[0] if replace_forbidden(character) == character else "\ufffd"


class _ReturnKeeper:
    """A stream that writes carriage returns as references: XML readers turn bare ones into line feeds."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def write(self, data: bytes) -> int:
        self._output.write(data.replace(b"\r", b"&#xD;"))
        return len(data)

    def flush(self) -> None:
        self._output.flush()
