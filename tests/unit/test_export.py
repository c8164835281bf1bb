"""Other formats carry the same graph, whatever the texts hold."""

import io
import json
from dataclasses import replace
from typing import cast

import networkx as nx
import pytest
import rdflib

from kg.errors import InputError
from kg.export import FORMATS, export_graph, write_graphml
from kg.network import project_entities
from kg.store import GraphStore
from tests.builders import empty, entity, filled, mention, resolved, turned

PARSERS = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}
HOSTILE = "a \"b\" 'c' <d> & \\ \r\n\t ]]> </script> \u202e\u2028\x85 😀"


def export(store: GraphStore, name: str) -> bytes:
    output = io.BytesIO()
    export_graph(store, name, output)
    return output.getvalue()


def read(data: bytes, name: str) -> set[tuple[object, ...]]:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format=PARSERS[name])
    return {triple[:3] for triple in dataset.quads()}


@pytest.mark.parametrize("name", PARSERS)
def test_rdf_formats_hold_every_triple(name: str) -> None:
    store = filled(resolved("a"), turned(resolved(), "b"))
    assert read(export(store, name), name) == {triple[:3] for triple in store.to_dataset().quads()}


@pytest.mark.parametrize("name", PARSERS)
def test_rdf_formats_keep_any_text(name: str) -> None:
    store = filled(empty("x", HOSTILE))
    assert read(export(store, name), name) == {triple[:3] for triple in store.to_dataset().quads()}


@pytest.mark.parametrize("name", sorted(PARSERS.keys() - {"rdfxml"}))
def test_rdf_formats_but_xml_keep_control_characters(name: str) -> None:
    store = filled(empty("x", "a\x00b\x0b\x1f\ufffe"))
    assert read(export(store, name), name) == {triple[:3] for triple in store.to_dataset().quads()}


def test_xml_replaces_one_for_one_what_it_cannot_hold() -> None:
    store = filled(empty("x", "a\x00b\\u0000\x0b\ufffe"))
    texts = {str(triple[2]) for triple in read(export(store, "rdfxml"), "rdfxml") if str(triple[1]).endswith("#text")}
    assert texts == {"a\ufffdb\\u0000\ufffd\ufffd"}


@pytest.mark.parametrize("name", FORMATS)
def test_gives_the_same_bytes_for_any_order_of_articles(name: str) -> None:
    one = export(filled(resolved("a"), turned(resolved(), "b")), name)
    assert one == export(filled(turned(resolved(), "b"), resolved("a")), name)


@pytest.mark.parametrize("name", FORMATS)
def test_of_an_empty_graph_can_be_read(name: str) -> None:
    data = export(GraphStore.in_memory(), name)
    if name in PARSERS:
        assert read(data, name) == set()
    elif name == "html":
        assert data.startswith(b"<!doctype html>")
    else:
        assert len(nx.read_graphml(io.BytesIO(data))) == 0


def test_json_ld_is_json() -> None:
    assert json.loads(export(filled(), "jsonld"))


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
        strange = entity("person-x", "Person", 'a\x00 <b> "c" & ]]>\ufffe', mention("NATO"))
        network = self.read(export(filled(replace(empty("x"), entities=(strange,))), "graphml"))
        assert [attributes["label"] for _, attributes in network.nodes(data=True)] == ['a\ufffd <b> "c" & ]]>\ufffd']

    def test_writes_any_network(self) -> None:
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_edge("a", "b", key="k\x01", weight=0.5, names=("x", "y\x00"))
        output = io.BytesIO()
        write_graphml(network, output)
        assert list(self.read(output.getvalue()).edges(keys=True, data=True)) == [
            ("a", "b", "k\ufffd", {"weight": 0.5, "names": "x\ny\ufffd"})
        ]


def test_another_format_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no format is named 'doc'; there are: turtle, trig, nquads, jsonld"):
        export(filled(), "doc")
