"""Other formats carry the same graph, whatever the texts hold."""

import io
import json
import socket
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from kg.errors import InputError
from kg.export import FOLDER_FORMATS, FORMATS, export_folder, export_graph, list_formats
from kg.store import GraphStore
from tests.builders import empty, filled, resolved, turned

PARSERS = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}
OXIGRAPH = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}
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


@pytest.mark.parametrize("name", PARSERS)
def test_of_an_empty_graph_can_be_read(name: str) -> None:
    assert read(export(GraphStore.in_memory(), name), name) == set()


@pytest.mark.parametrize("name", PARSERS)
def test_oxigraph_reads_the_same(name: str) -> None:
    store = filled(resolved("a"), empty("x", HOSTILE))
    form = {**OXIGRAPH, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}[name]
    found = {str(quad.triple) for quad in parse(io.BytesIO(export(store, name)), form)}
    assert found == set(store.lines(graphs=False))


def test_named_graphs_are_kept() -> None:
    store = filled(resolved("a"), turned(resolved(), "b"))
    for name in ("trig", "nquads"):
        found = {f"{quad.graph_name} {quad.triple}" for quad in parse(io.BytesIO(export(store, name)), OXIGRAPH[name])}
        assert found == set(store.lines(graphs=True))


def test_json_ld_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asks the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert read(export(filled(), "jsonld"), "jsonld")


def test_json_ld_is_json() -> None:
    assert json.loads(export(filled(), "jsonld"))


def test_another_format_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no format is named 'doc'; there are: turtle, trig, nquads, jsonld"):
        export(filled(), "doc")


def test_a_folder_of_files_is_no_stream(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="csv is a folder of files; give a folder"):
        export(filled(), "csv")
    with pytest.raises(InputError, match="turtle is one file"):
        export_folder(filled(), "turtle", tmp_path)
    with pytest.raises(InputError, match="no format is named 'doc'"):
        export_folder(filled(), "doc", tmp_path)


def test_every_format_is_listed_with_a_line() -> None:
    found = dict(list_formats())
    assert list(found) == [*FORMATS, *FOLDER_FORMATS]
    assert all(line and "\n" not in line for line in found.values())
