"""The network of entities and topics as files: GraphML, GEXF, and JSON for Cytoscape."""

import json
from typing import IO

import networkx as nx

from kg.network import project_entities
from kg.network.xml import write_gexf, write_graphml
from kg.store import GraphStore


def write_entities_graphml(store: GraphStore, output: IO[bytes]) -> None:
    """Entities and topics as GraphML."""
    write_graphml(project_entities(store), output)


def write_entities_gexf(store: GraphStore, output: IO[bytes]) -> None:
    """Entities and topics as GEXF."""
    write_gexf(project_entities(store), output)


def write_entities_cytoscape(store: GraphStore, output: IO[bytes]) -> None:
    """Entities and topics as JSON for Cytoscape."""
    write_cytoscape(project_entities(store), output)


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
