"""Networks as GraphML and GEXF, for Gephi, yEd, visone, igraph and networkx; the same bytes for the same network.

Lists (dates, sentences, articles) are joined by line feeds; U+FFFD stands for what XML cannot hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.characters import replace_forbidden
from kg.network.days import first_day, last_day

Value = str | int | float
Interval = tuple[str, str]  # first and last day, ISO 8601


def write_graphml(network: "nx.Graph[str]", output: IO[bytes]) -> None:
    """Writes a network as GraphML."""
    nx.write_graphml_xml(_render_plain(network), output, encoding="utf-8", prettyprint=True, named_key_ids=True)


def write_gexf(network: "nx.Graph[str]", output: IO[bytes]) -> None:
    """Writes a network as GEXF 1.2: an edge is there on the days of its facts, a node on those of its edges.

    A month or year without day stands for all its days. What has no date is always there. Edges are labelled with
    their predicate, if they have one.
    """
    plain = _render_plain(network)
    dates: dict[str, list[str]] = {node: [] for node in plain}
    edges = zip(network.edges(data=True), plain.edges(data=True), strict=True)
    for (_, _, attributes), (source, target, written) in edges:
        found = attributes.get("dates", ())
        if "predicate" in written:
            written["label"] = written["predicate"]
        _add_spells(written, found)
        dates[source].extend(found)
        dates[target].extend(found)
    for node, found in dates.items():
        _add_spells(plain.nodes[node], found)
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same network is the same file tomorrow
    writer.write(output)


def render_value(value: object) -> Value:
    """An attribute of a node or edge as text or number."""
    if isinstance(value, int | float):
        return value
    return "\n".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _add_spells(attributes: dict[str, Any], dates: Iterable[str]) -> None:
    spells = list(_merge((start, last_day(text)) for text in dates if (start := first_day(text))))
    if spells:
        attributes["spells"] = spells


def _merge(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The same days in intervals that do not overlap, in order; Gephi refuses others."""
    current: Interval | None = None
    for start, end in sorted(intervals):
        if current and start <= current[1]:
            current = current[0], max(current[1], end)
        else:
            if current:
                yield current
            current = start, end
    if current:
        yield current


def _render_plain(network: "nx.Graph[str]") -> "nx.Graph[str]":
    """The same network with text and numbers alone, without what XML cannot hold; edges in the same order."""
    plain = network.__class__()
    for node, attributes in network.nodes(data=True):
        plain.add_node(replace_forbidden(node), **_render_values(attributes))
    for source, target, key, attributes in _keyed_edges(network):
        names = {} if key is None else {"key": replace_forbidden(str(key))}
        plain.add_edge(replace_forbidden(source), replace_forbidden(target), **names, **_render_values(attributes))
    return plain


def _keyed_edges(network: "nx.Graph[str]") -> Iterator[tuple[str, str, object, dict[str, Any]]]:
    if isinstance(network, nx.MultiDiGraph):
        yield from network.edges(keys=True, data=True)
    else:
        yield from ((source, target, None, attributes) for source, target, attributes in network.edges(data=True))


def _render_values(attributes: Mapping[str, Any]) -> dict[str, Value]:
    plain = ((name, render_value(value)) for name, value in attributes.items())
    return {name: replace_forbidden(value) if isinstance(value, str) else value for name, value in plain}
