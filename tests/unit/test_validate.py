"""What `kg` writes keeps its shapes; what breaks them is named, in English and German."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import KnowledgeError
from kg.store import GraphStore
from kg.validate import ValidationReport, validate_graph
from kg.vocab import BASE, KG, RDF, XSD
from tests.builders import empty, filled, resolved, small_ontology, turned

GRAPH = NamedNode(BASE + "graph-article-2024-12-test")
A = NamedNode(RDF + "type")


def kg(local: str) -> NamedNode:
    return NamedNode(KG + local)


def validate(store: GraphStore) -> ValidationReport:
    return validate_graph(store, small_ontology())


def first_of(store: GraphStore, name: str) -> NamedNode:
    """The first resource of a class in the article."""
    found = [quad.subject for quad in store.database.quads_for_pattern(None, A, kg(name), GRAPH)]
    return min((node for node in found if isinstance(node, NamedNode)), key=str)


def put(store: GraphStore, subject: NamedNode, name: str, *values: NamedNode | Literal) -> None:
    """Puts other values in place of those of a property."""
    for quad in list(store.database.quads_for_pattern(subject, kg(name), None, GRAPH)):
        store.database.remove(quad)
    store.database.extend(Quad(subject, kg(name), value, GRAPH) for value in values)


def test_what_was_rendered_conforms() -> None:
    report = validate(filled(resolved("a"), turned(resolved(), "b"), empty("c")))
    assert report.violations == ()
    assert report.conforms
    assert report.text == "conforms: no violation found"


def test_an_empty_graph_conforms() -> None:
    assert validate(GraphStore.in_memory()).conforms


@pytest.mark.parametrize(
    ("kind", "name", "values", "message"),
    [
        ("Position", "holder", [], "exactly one holder"),
        ("Position", "holder", [kg("x"), kg("y")], "exactly one holder"),
        ("Position", "holder", [NamedNode(BASE + "weapon-oreschnik")], "exactly one holder"),
        ("Position", "topic", [], "exactly one topic"),
        ("Position", "polarity", [kg("maybe")], "polarity of a position"),
        ("Position", "modality", [], "modality of a position"),
        ("Position", "evidence", [], "position has evidence"),
        ("Position", "extractedBy", [], "names the rule"),
        ("Position", "confidence", [Literal("2", datatype=NamedNode(XSD + "decimal"))], "from 0 to 1"),
        ("Position", "date", [Literal("bald")], "a day, a month or a year"),
        ("Statement", "form", [kg("form-loud")], "direct, indirect"),
        ("Statement", "content", [], "has content"),
        ("Statement", "speaker", [NamedNode(BASE + "weapon-oreschnik")], "at most one speaker"),
        ("Event", "eventType", [kg("event-nonsense")], "exactly one type of the scheme"),
        ("Event", "modality", [kg("maybe")], "modality of an event"),
        ("Event", "agent", [Literal("Russland")], "agent of an event"),
        ("Office", "heldBy", [NamedNode(BASE + "org-nato")], "held by exactly one person"),
        ("Office", "role", [], "has a role"),
        ("Topic", "issue", [kg("topic-weather")], "exactly one issue"),
        ("Mention", "beginIndex", [Literal("1.5", datatype=NamedNode(XSD + "decimal"))], "begins at one whole number"),
        ("Mention", "endIndex", [Literal("0", datatype=NamedNode(XSD + "integer"))], "does not end before it begins"),
        ("Mention", "anchorOf", [], "repeats its characters"),
        ("Mention", "refersTo", [], "refers to an entity"),
        ("Mention", "mentionKind", [kg("kind-guess")], "name, nominal, pronoun"),
        ("Article", "textSha256", [Literal("abc")], "64 hexadecimal digits"),
        ("Article", "published", [Literal("2024-13")], "a day, a month or a year"),
        ("Extraction", "rule", [], "names one rule or model"),
        ("Relation", "extractedBy", [], "names the rule"),
    ],
)
def test_a_broken_promise_is_named(kind: str, name: str, values: list[NamedNode | Literal], message: str) -> None:
    store = filled()
    node = first_of(store, kind)
    put(store, node, name, *values)
    violations = validate(store).violations
    assert any(message in found.message for found in violations), violations
    assert all(found.message_de and found.message_de != found.message for found in violations)


def test_a_violation_says_where() -> None:
    store = filled()
    node = first_of(store, "Position")
    put(store, node, "polarity", kg("maybe"))
    (violation,) = validate(store).violations
    assert violation.focus_node == "r:" + node.value.removeprefix(BASE)
    assert (violation.path, violation.value) == ("kg:polarity", "kg:maybe")
    assert validate(store).text.startswith(f"{violation.focus_node} kg:polarity kg:maybe: The polarity")


def test_articles_are_checked_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.validate.BATCH", 1)
    store = filled(resolved("2024-12-test"), turned(resolved(), "b"))
    assert validate(store).conforms
    put(store, first_of(store, "Position"), "polarity")
    assert len(validate(store).violations) == 1


def test_shapes_with_a_fault_are_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"shapes\.ttl"):
        validate_graph(filled(), tmp_path)
    (tmp_path / "shapes.ttl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"shapes\.ttl"):
        validate_graph(filled(), tmp_path)
