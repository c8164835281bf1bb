"""Networks as files: GraphML, GEXF, a matrix or an edge list; the same bytes for the same network.

Lists (dates, sentences, articles) are joined by line feeds. A label in CSV that a spreadsheet would take for a formula
begins with an apostrophe.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import IO

import networkx as nx

from kg.characters import guard_cell
from kg.errors import InputError
from kg.network.xml import Value, render_value, write_gexf, write_graphml

Row = Iterable[Value]

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
    "graphml": write_graphml,
    "gexf": write_gexf,
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
        node: guard_cell(f"{label} ({node.rpartition('/')[2]})" if label in shared else label)
        for node, label in labels.items()
    }


def _cell(value: object) -> Value:
    plain = render_value("" if value is None else value)
    return guard_cell(plain) if isinstance(plain, str) else plain
