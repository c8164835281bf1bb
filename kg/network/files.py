"""Networks as files: GraphML, GEXF, a matrix or an edge list; the same bytes for the same network.

Lists (dates, sentences, articles) are joined by line feeds. What XML cannot hold is replaced by U+FFFD, and a label
in CSV that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import IO, Any
from xml.etree import ElementTree

import networkx as nx

from kg.errors import InputError
from kg.network.days import first_day, last_day

Value = str | int | float
Row = Iterable[Value]

# What XML 1.0 cannot hold, in any spelling (XML 1.0, production 2).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
DECIMALS = 9  # of sums of weights
SUFFIXES = {".graphml": "graphml", ".xml": "graphml", ".gexf": "gexf", ".csv": "matrix"}


def write_network(network: "nx.Graph[str]", form: str, output: IO[bytes]) -> None:
    """Writes a network in a format of `FORMATS`.

    Raises:
        InputError: there is no such format.
    """
    if form not in FORMATS:
        raise InputError(f"format {form!r}: wants one of {', '.join(FORMATS)}")
    FORMATS[form](network, output)


def choose_format(name: str, form: str | None) -> str:
    """The format that is asked for, else that which the name of the file says; GraphML for standard output.

    Raises:
        InputError: neither says one; names those there are.
    """
    found = form or ("graphml" if name == "-" else SUFFIXES.get(PurePath(name).suffix.casefold()))
    if found is None:
        raise InputError(f"{name}: wants a name that ends in {', '.join(SUFFIXES)}, or --format {'|'.join(FORMATS)}")
    if found not in FORMATS:
        raise InputError(f"format {found!r}: wants one of {', '.join(FORMATS)}")
    return found


def _write_graphml(network: "nx.Graph[str]", output: IO[bytes]) -> None:
    nx.write_graphml_xml(_plain(network), output, encoding="utf-8", prettyprint=True, named_key_ids=True)


def _write_gexf(network: "nx.Graph[str]", output: IO[bytes]) -> None:
    """GEXF 1.2 in which edges last from their first date to their last, for the timeline of Gephi."""
    plain = _plain(network)
    edges = zip(network.edges(data=True), plain.edges(data=True), strict=True)
    for (_, _, attributes), (_, _, written) in edges:
        dates = attributes.get("dates", ())
        days = sorted({day for text in dates for day in (first_day(text), last_day(text)) if day})
        if days:
            written.update(start=days[0], end=days[-1])
    tree = nx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    tree.add_graph(plain)
    for meta in tree.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same network is the same file tomorrow
    tree.indent(tree.xml)
    output.write(b"<?xml version='1.0' encoding='utf-8'?>\n" + ElementTree.tostring(tree.xml, encoding="utf-8"))


def _write_matrix(network: "nx.Graph[str]", output: IO[bytes]) -> None:
    """Weights, a row and a column a node; actors by topics where there are both. Several edges of a pair add up."""
    topics = [node for node, attributes in network.nodes(data=True) if attributes.get("mode") == "topic"]
    columns_only = frozenset(topics)
    rows = [node for node in network if node not in columns_only]
    columns, names = topics or rows, _name_nodes(network)
    weights: Counter[tuple[str, str]] = Counter()
    for source, target, attributes in network.edges(data=True):
        weights[source, target] += attributes["weight"]
        if not network.is_directed() and source != target:
            weights[target, source] += attributes["weight"]
    table: Iterator[Row] = (
        [names[row], *(round(weights[row, column], DECIMALS) for column in columns)] for row in rows
    )
    _write_csv(["", *(names[column] for column in columns)], table, output)


def _write_edges(network: "nx.Graph[str]", output: IO[bytes]) -> None:
    """One row an edge: both nodes by IRI and label, and all that the edge carries."""
    edges = list(network.edges(data=True))
    keys = list(dict.fromkeys(key for _, _, attributes in edges for key in attributes)) or ["weight"]
    labels = {node: _cell(attributes.get("label")) for node, attributes in network.nodes(data=True)}
    rows = (
        [source, target, labels[source], labels[target], *(_cell(attributes.get(key)) for key in keys)]
        for source, target, attributes in edges
    )
    _write_csv(["source", "target", "source_label", "target_label", *keys], rows, output)


FORMATS: Mapping[str, Callable[["nx.Graph[str]", IO[bytes]], None]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "matrix": _write_matrix,
    "edges": _write_edges,
}


def _write_csv(header: Row, rows: Iterable[Row], output: IO[bytes]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    output.write(text.getvalue().encode("utf-8", "replace"))


def _name_nodes(network: "nx.Graph[str]") -> Mapping[str, str]:
    """Labels, with the local name behind those that several nodes have."""
    labels = {node: str(attributes.get("label", "")) for node, attributes in network.nodes(data=True)}
    shared = {label for label, number in Counter(labels.values()).items() if number > 1}
    return {
        node: _guard(f"{label} ({node.rpartition('/')[2]})" if label in shared else label)
        for node, label in labels.items()
    }


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: object) -> Value:
    plain = _plain_value("" if value is None else value)
    return _guard(plain) if isinstance(plain, str) else plain


def _plain(network: "nx.Graph[str]") -> "nx.Graph[str]":
    """The same network with text and numbers alone, without what XML cannot hold."""
    plain = network.__class__()
    for node, attributes in network.nodes(data=True):
        plain.add_node(replace_forbidden(node), **_xml_values(attributes))
    for source, target, key, attributes in _keyed_edges(network):
        names = {} if key is None else {"key": replace_forbidden(key)}
        plain.add_edge(replace_forbidden(source), replace_forbidden(target), **names, **_xml_values(attributes))
    return plain


def _keyed_edges(network: "nx.Graph[str]") -> Iterator[tuple[str, str, str | None, dict[str, Any]]]:
    if isinstance(network, nx.MultiDiGraph):
        yield from network.edges(keys=True, data=True)
    else:
        yield from ((source, target, None, attributes) for source, target, attributes in network.edges(data=True))


def _xml_values(attributes: Mapping[str, Any]) -> dict[str, Value]:
    plain = ((name, _plain_value(value)) for name, value in attributes.items())
    return {name: replace_forbidden(value) if isinstance(value, str) else value for name, value in plain}


def _plain_value(value: object) -> Value:
    if isinstance(value, int | float):
        return value
    return "\n".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def replace_forbidden(text: str) -> str:
    """`text` with U+FFFD in place of every character that XML cannot hold, one for one; offsets stay."""
    return _NO_XML.sub("\ufffd", text)
