"""Networks of networkx as files for Gephi, Cytoscape and networkx itself; lists are joined by line feeds in XML."""

import calendar
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import IO

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.export.characters import replace_forbidden
from kg.network import project_entities
from kg.store import GraphStore

Interval = tuple[str, str]  # first and last day, ISO 8601

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def write_entities_graphml(store: GraphStore, output: IO[bytes]) -> None:
    """Entities and topics as GraphML."""
    write_graphml(project_entities(store), output)


def write_entities_gexf(store: GraphStore, output: IO[bytes]) -> None:
    """Entities and topics as GEXF."""
    write_gexf(project_entities(store), output)


def write_entities_cytoscape(store: GraphStore, output: IO[bytes]) -> None:
    """Entities and topics as JSON for Cytoscape."""
    write_cytoscape(project_entities(store), output)


def write_graphml(network: "nx.MultiDiGraph[str]", output: IO[bytes]) -> None:
    """Writes a network as GraphML: lists joined by line feeds, characters that XML cannot hold replaced."""
    nx.write_graphml_xml(_plain(network), output, encoding="utf-8", prettyprint=True, named_key_ids=True)


def write_gexf(network: "nx.MultiDiGraph[str]", output: IO[bytes]) -> None:
    """Writes a network as GEXF 1.2: an edge is there on the days of its facts, a node on those of its edges.

    A month or year without day stands for all its days. What has no date is always there. Edges are labelled with
    their predicate; U+FFFD stands for what XML cannot hold.
    """
    plain = _plain(network)
    for source, target, key, attributes in network.edges(keys=True, data=True):
        written = plain.edges[replace_forbidden(source), replace_forbidden(target), replace_forbidden(str(key))]
        written["label"] = written.get("predicate", "")
        _add_spells(written, attributes.get("dates", ()))
    for node in network:
        incident = (*network.in_edges(node, data="dates"), *network.out_edges(node, data="dates"))
        _add_spells(plain.nodes[replace_forbidden(node)], (day for _, _, dates in incident for day in dates or ()))
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same network is the same file tomorrow
    writer.write(output)


def write_cytoscape(network: "nx.MultiDiGraph[str]", output: IO[bytes]) -> None:
    """Writes a network as the JSON that Cytoscape and Cytoscape.js read; lists stay lists, text stays as it is."""
    document = nx.cytoscape_data(network)
    for number, edge in enumerate(document["elements"]["edges"]):
        edge["data"]["id"] = f"e{number}"  # Cytoscape.js wants ids that no node has
    for node in document["elements"]["nodes"]:
        node["data"]["name"] = node["data"].get("label") or node["data"]["id"]
    for part in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document):
        output.write(part.encode("utf-8", "replace"))
    output.write(b"\n")


def _add_spells(attributes: dict[str, object], dates: Iterable[str]) -> None:
    spells = list(_merge(found for text in dates if (found := _read_interval(text))))
    if spells:
        attributes["spells"] = spells


def _read_interval(text: str) -> Interval | None:
    """First and last day of an ISO 8601 day, month or year; none for anything else."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    last = first.replace(month=month or 12)
    return first.isoformat(), last.replace(day=day or calendar.monthrange(last.year, last.month)[1]).isoformat()


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


def _plain(network: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """The same network with text and numbers alone, without what XML cannot hold."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in network.nodes(data=True):
        plain.add_node(replace_forbidden(node), **_plain_values(attributes))
    for source, target, key, attributes in network.edges(keys=True, data=True):
        start, end, name = replace_forbidden(source), replace_forbidden(target), replace_forbidden(str(key))
        plain.add_edge(start, end, key=name, **_plain_values(attributes))
    return plain


def _plain_values(attributes: Mapping[str, object]) -> dict[str, str | int | float]:
    return {name: _plain_value(value) for name, value in attributes.items()}


def _plain_value(value: object) -> str | int | float:
    if isinstance(value, int | float):
        return value
    return replace_forbidden("\n".join(value) if isinstance(value, tuple) else str(value))
