"""A graph in other formats. `FORMATS` lists them; each writer sends bytes to a stream, the same for the same graph."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

import networkx as nx
from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg import vocab
from kg.errors import InputError
from kg.network import project_entities
from kg.store import GraphStore, render_nquads, render_trig, render_turtle
from kg.view import render_page

# What XML 1.0 cannot hold, in any spelling.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a graph."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[GraphStore, IO[bytes]], None]


def export_graph(store: GraphStore, name: str, output: IO[bytes]) -> None:
    """Writes the graph to `output` in the format of that name.

    Raises:
        InputError: there is no such format; the message lists those there are.
    """
    found = FORMATS.get(name)
    if found is None:
        raise InputError(f"no format is named {name!r}; there are: {', '.join(FORMATS)}")
    found.write(store, output)


def write_graphml(network: "nx.MultiDiGraph[str]", output: IO[bytes]) -> None:
    """Writes a network as GraphML: lists joined by line feeds, characters that XML cannot hold replaced."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in network.nodes(data=True):
        plain.add_node(_xml_text(node), **_xml_values(attributes))
    for source, target, key, attributes in network.edges(keys=True, data=True):
        plain.add_edge(_xml_text(source), _xml_text(target), key=_xml_text(str(key)), **_xml_values(attributes))
    nx.write_graphml_xml(plain, output, encoding="utf-8", prettyprint=True, named_key_ids=True)


def _write_turtle(store: GraphStore, output: IO[bytes]) -> None:
    _write_text(render_turtle(store.lines(graphs=False), vocab.prefixes(store.base)), output)


def _write_trig(store: GraphStore, output: IO[bytes]) -> None:
    _write_text(render_trig(store.lines(graphs=True), vocab.prefixes(store.base)), output)


def _write_nquads(store: GraphStore, output: IO[bytes]) -> None:
    _write_text(render_nquads(store.lines(graphs=True)), output)


def _write_jsonld(store: GraphStore, output: IO[bytes]) -> None:
    with _sorted_quads(store.lines(graphs=True)) as quads:
        serialize(quads, output, RdfFormat.JSON_LD, prefixes=dict(vocab.prefixes(store.base)))


def _write_rdfxml(store: GraphStore, output: IO[bytes]) -> None:
    """The union of the graphs. XML holds no control characters: offsets into texts with such ones do not move."""
    graph = f"<{vocab.mint_graph('union', base=store.base)}>"
    with _sorted_quads(f"{graph} {_xml_line(line)}" for line in store.lines(graphs=False)) as quads:
        serialize(
            (quad.triple for quad in quads),
            cast("IO[bytes]", _ReturnKeeper(output)),
            RdfFormat.RDF_XML,
            prefixes=dict(vocab.prefixes(store.base)),
        )


def _write_network(store: GraphStore, output: IO[bytes]) -> None:
    write_graphml(project_entities(store), output)


def _write_html(store: GraphStore, output: IO[bytes]) -> None:
    _write_text(render_page(store), output)


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format(name="turtle", suffix=".ttl", media_type="text/turtle", write=_write_turtle),
        Format(name="trig", suffix=".trig", media_type="application/trig", write=_write_trig),
        Format(name="nquads", suffix=".nq", media_type="application/n-quads", write=_write_nquads),
        Format(name="jsonld", suffix=".jsonld", media_type="application/ld+json", write=_write_jsonld),
        Format(name="rdfxml", suffix=".rdf", media_type="application/rdf+xml", write=_write_rdfxml),
        Format(name="graphml", suffix=".graphml", media_type="application/graphml+xml", write=_write_network),
        Format(name="html", suffix=".html", media_type="text/html", write=_write_html),
    )
}


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
    return "\ufffd" if _NO_XML.match(chr(int(match[1] or match[2], 16))) else match[0]


class _ReturnKeeper:
    """A stream that writes carriage returns as references: XML readers turn bare ones into line feeds."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def write(self, data: bytes) -> int:
        self._output.write(data.replace(b"\r", b"&#xD;"))
        return len(data)

    def flush(self) -> None:
        self._output.flush()


def _xml_text(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _xml_values(attributes: Mapping[str, object]) -> dict[str, str | int | float]:
    return {name: _xml_value(value) for name, value in attributes.items()}


def _xml_value(value: object) -> str | int | float:
    if isinstance(value, int | float):
        return value
    return _xml_text("\n".join(value) if isinstance(value, tuple) else str(value))
