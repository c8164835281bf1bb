"""Networks as files: what networkx reads back is what was written, whatever labels hold."""

import io
import json
from dataclasses import replace
from typing import Any, cast
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.export import FORMATS, export_graph, write_cytoscape, write_gexf, write_graphml
from kg.network import project_entities
from kg.store import GraphStore
from tests.builders import article, empty, entity, filled, mention, resolved

STRANGE = 'a\x00 <b> "c" & ]]>\ufffe \u202eאב\u202c 😀\n\r\t'
IN_XML = 'a\ufffd <b> "c" & ]]>\ufffd \u202eאב\u202c 😀'
GEXF = "{http://www.gexf.net/1.2draft}"


def export(store: GraphStore, name: str) -> bytes:
    output = io.BytesIO()
    export_graph(store, name, output)
    return output.getvalue()


def strange() -> GraphStore:
    return filled(replace(empty("x"), entities=(entity("person-x", "Person", STRANGE, mention("NATO")),)))


def dated(date: str | None) -> GraphStore:
    found = resolved("a")
    positions = tuple(replace(position, date=date) for position in found.positions)
    return filled(replace(found, article=article("a", date=date), positions=positions, events=()))


class TestGraphml:
    def read(self, data: bytes) -> "nx.MultiDiGraph[str]":
        return cast("nx.MultiDiGraph[str]", nx.read_graphml(io.BytesIO(data), force_multigraph=True))

    def test_opens_with_labels_types_and_predicates(self) -> None:
        store = filled()
        network, original = self.read(export(store, "graphml")), project_entities(store)
        assert list(network.nodes(data=True)) == list(original.nodes(data=True))
        for source, target, key, attributes in original.edges(keys=True, data=True):
            found = network.edges[source, target, key]
            assert (found["predicate"], found["weight"]) == (attributes["predicate"], attributes["weight"])
            assert found["evidence"] == "\n".join(attributes["evidence"])
        assert network.number_of_edges() == original.number_of_edges()

    def test_keeps_labels_but_what_xml_cannot_hold(self) -> None:
        network = self.read(export(strange(), "graphml"))
        assert [attributes["label"].rstrip() for _, attributes in network.nodes(data=True)] == [IN_XML]

    def test_writes_any_network(self) -> None:
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_edge("a", "b", key="k\x01", weight=0.5, names=("x", "y\x00"))
        output = io.BytesIO()
        write_graphml(network, output)
        assert list(self.read(output.getvalue()).edges(keys=True, data=True)) == [
            ("a", "b", "k\ufffd", {"weight": 0.5, "names": "x\ny\ufffd"})
        ]


class TestGexf:
    def read(self, data: bytes) -> "nx.MultiDiGraph[str]":
        return cast("nx.MultiDiGraph[str]", nx.read_gexf(io.BytesIO(data)))

    def test_opens_with_labels_types_and_predicates(self) -> None:
        store = filled()
        network, original = self.read(export(store, "gexf")), project_entities(store)
        assert {(node, a["label"], a["mentions"]) for node, a in network.nodes(data=True)} == {
            (node, a["label"], a["mentions"]) for node, a in original.nodes(data=True)
        }
        assert sorted((s, t, a["predicate"], a["evidence"]) for s, t, a in network.edges(data=True)) == sorted(
            (s, t, a["predicate"], "\n".join(a["evidence"])) for s, t, a in original.edges(data=True)
        )

    def test_keeps_labels_but_what_xml_cannot_hold(self) -> None:
        network = self.read(export(strange(), "gexf"))
        assert [attributes["label"].rstrip() for _, attributes in network.nodes(data=True)] == [IN_XML]

    @pytest.mark.parametrize(
        ("date", "spell"),
        [
            ("2024-02-03", ("2024-02-03", "2024-02-03")),
            ("2024-02", ("2024-02-01", "2024-02-29")),
            ("2023", ("2023-01-01", "2023-12-31")),
        ],
    )
    def test_edges_and_their_nodes_are_there_on_their_days(self, date: str, spell: tuple[str, str]) -> None:
        root = ElementTree.fromstring(export(dated(date), "gexf"))
        graph = root.find(f"{GEXF}graph")
        assert graph is not None
        assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
        spells = {(found.get("start"), found.get("end")) for found in root.iter(f"{GEXF}spell")}
        assert spells == {spell}
        opposes = next(e for e in root.iter(f"{GEXF}edge") if e.get("label") == "oppose")
        ends = {opposes.get("source"), opposes.get("target")}
        assert opposes.find(f"{GEXF}spells") is not None
        assert all(
            node.find(f"{GEXF}spells") is not None for node in root.iter(f"{GEXF}node") if node.get("id") in ends
        )

    @pytest.mark.parametrize("date", [None, "0000", "2024-13", "gestern"])
    def test_what_has_no_date_is_always_there(self, date: str | None) -> None:
        assert b"<spell" not in export(dated(date), "gexf")

    def test_intervals_do_not_overlap(self) -> None:
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_edge("a", "b", key="k", dates=("2024-03-05", "2024", "2025-01-01", "2024-12"))
        output = io.BytesIO()
        write_gexf(network, output)
        edge = next(ElementTree.fromstring(output.getvalue()).iter(f"{GEXF}edge"))
        spells = [(found.get("start"), found.get("end")) for found in edge.iter(f"{GEXF}spell")]
        assert spells == [("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-01-01")]

    def test_holds_no_clock(self) -> None:
        assert b"lastmodifieddate" not in export(filled(), "gexf")


class TestCytoscape:
    def read(self, data: bytes) -> Any:
        return json.loads(data)

    def test_networkx_reads_the_same_network(self) -> None:
        store = filled()
        network = cast("nx.MultiDiGraph[str]", nx.cytoscape_graph(self.read(export(store, "cytoscape"))))
        original = project_entities(store)
        assert set(network.nodes) == set(original.nodes)
        assert {(s, t, k) for s, t, k in network.edges(keys=True)} == set(original.edges(keys=True))
        for source, target, key, attributes in original.edges(keys=True, data=True):
            found = network.edges[source, target, key]
            assert found["dates"] == list(attributes["dates"])
            assert found["evidence"] == list(attributes["evidence"])

    def test_ids_are_unique_and_edges_lead_to_nodes(self) -> None:
        elements = self.read(export(filled(), "cytoscape"))["elements"]
        nodes = [node["data"]["id"] for node in elements["nodes"]]
        ids = [*nodes, *(edge["data"]["id"] for edge in elements["edges"])]
        assert len(ids) == len(set(ids))
        assert {edge["data"][end] for edge in elements["edges"] for end in ("source", "target")} <= set(nodes)

    def test_keeps_any_label(self) -> None:
        (node,) = self.read(export(strange(), "cytoscape"))["elements"]["nodes"]
        assert node["data"]["name"] == node["data"]["label"] == STRANGE

    def test_writes_a_lone_surrogate_as_a_question_mark(self) -> None:
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_node("a", label="\ud800")
        output = io.BytesIO()
        write_cytoscape(network, output)
        assert self.read(output.getvalue())["elements"]["nodes"][0]["data"]["label"] == "?"


@pytest.mark.parametrize("name", ["graphml", "gexf", "cytoscape"])
def test_of_an_empty_graph_can_be_read(name: str) -> None:
    data = export(GraphStore.in_memory(), name)
    if name == "cytoscape":
        assert json.loads(data)["elements"] == {"nodes": [], "edges": []}
    else:
        network = nx.read_gexf(io.BytesIO(data)) if name == "gexf" else nx.read_graphml(io.BytesIO(data))
        assert len(network) == 0


@pytest.mark.parametrize("name", FORMATS)
def test_lone_surrogates_do_no_harm(name: str) -> None:
    label = entity("person-x", "Person", "a\ud800b", mention("NATO"))
    data = export(filled(replace(empty("x"), entities=(label,))), name)
    assert "a\ufffdb" in data.decode() or name == "plover" or "a\\uFFFDb" in data.decode()
