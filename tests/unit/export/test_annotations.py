"""Web Annotations: valid by the model's rules, read by rdflib without network, and pointing at the right words."""

import io
import json
import socket
from typing import Any

import pytest
import rdflib

from kg.export import export_graph
from kg.store import GraphStore
from tests.builders import TEXT, empty, entity, filled, mention, resolved, turned

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
MOTIVATIONS = {"identifying", "classifying"}


def read(store: GraphStore) -> Any:
    output = io.BytesIO()
    export_graph(store, "webannotation", output)
    return json.loads(output.getvalue())


def items(store: GraphStore) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(store)["first"]["items"]
    return found


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def test_has_the_shape_of_the_model() -> None:
    document = read(filled())
    assert (document["type"], document["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert document["total"] == len(document["first"]["items"]) > 20
    assert len({item["id"] for item in document["first"]["items"]}) == document["total"]
    for item in document["first"]["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        assert item["body"]
        for target in targets(item):
            assert target["source"].startswith("https://w3id.org/polkg/resource/article-")
            assert [selector["type"] for selector in target["selector"]] == [
                "TextPositionSelector",
                "TextQuoteSelector",
            ]


@pytest.mark.parametrize("before", ["", "😀 אב \U0001f468\u200d\U0001f469 "])
def test_selectors_point_at_the_words_in_code_points(before: str) -> None:
    text = before + "Die NATO tagt.\r\nEnde"
    found = empty("x", text)
    named = entity("org-nato", "Alliance", "NATO", mention("NATO", text=text))
    from dataclasses import replace

    (item,) = items(filled(replace(found, entities=(named,))))
    position, quote = item["target"]["selector"]
    assert text[position["start"] : position["end"]] == quote["exact"] == "NATO"
    assert quote["prefix"] + quote["exact"] + quote["suffix"] == text


def test_every_selector_agrees_with_the_text() -> None:
    for item in items(filled()):
        for target in targets(item):
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert TEXT[start:end] == quote["exact"]
            assert TEXT[:start].endswith(quote["prefix"])
            assert TEXT[end:].startswith(quote["suffix"])


def test_rdflib_reads_it_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asks the network")

    store = filled(resolved("a"), turned(resolved(), "b"))
    data = json.dumps(read(store))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    graph = rdflib.Graph().parse(data=data, format="json-ld")
    annotations = set(graph.subjects(rdflib.RDF.type, OA.Annotation))
    assert {str(node) for node in annotations} == {item["id"] for item in items(store)}
    for node in annotations:
        assert {str(m).removeprefix(str(OA)) for m in graph.objects(node, OA.motivatedBy)} <= MOTIVATIONS
        selectors = list(graph.objects(node, OA.hasTarget / OA.hasSelector))
        assert sum((s, rdflib.RDF.type, OA.TextPositionSelector) in graph for s in selectors) * 2 == len(selectors)
    starts = {literal.toPython() for literal in graph.objects(None, OA.start) if isinstance(literal, rdflib.Literal)}
    assert all(isinstance(start, int) for start in starts)


def test_facts_are_described() -> None:
    bodies = {body["value"] for item in items(filled()) for body in item["body"] if "value" in body}
    assert any(text.startswith("Position oppose asserted: holder Dmitri Peskow; topic ") for text in bodies)
    assert "Relation developedBy: subject Oreschnik; object Russland" in bodies


def test_of_an_empty_graph_there_are_none() -> None:
    document = read(GraphStore.in_memory())
    assert (document["total"], document["first"]["items"]) == (0, [])
