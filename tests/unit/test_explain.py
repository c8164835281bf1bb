"""For any node or edge: which words in which article say so, and which rule found them."""

from dataclasses import replace

import pytest

from kg.errors import QueryError
from kg.explain import Evidence, explain_node
from kg.network import project_entities
from kg.store import GraphStore
from kg.vocab import BASE
from tests.builders import STATEMENTS, filled, resolved, span, turned


@pytest.fixture(name="store", scope="module")
def fill_store() -> GraphStore:
    return filled()


def roles(store: GraphStore, name: str) -> list[tuple[str, str]]:
    return [(evidence.kind, evidence.role) for evidence in explain_node(store, name).evidence]


def test_an_entity_is_explained_by_its_mentions_and_facts(store: GraphStore) -> None:
    found = explain_node(store, "person-dmitri-peskow")
    assert (found.label, found.types, found.reasons) == ("Dmitri Peskow", ("Person",), ("name in the knowledge base",))
    assert roles(store, "person-dmitri-peskow") == [
        ("Office", "heldBy"),
        ("Mention", "refersTo"),
        ("Position", "holder"),
        ("Statement", "speaker"),
        ("Mention", "refersTo"),
    ]


def test_an_edge_is_explained_by_its_words(store: GraphStore) -> None:
    network = project_entities(store)
    topic = BASE + "topic-nato-membership_state-ukraine"
    (fact,) = network.edges[BASE + "person-dmitri-peskow", topic, "position oppose asserted"]["facts"]
    place = span('"inakzeptabel"')
    (evidence,) = explain_node(store, fact).evidence
    assert evidence == Evidence(
        fact=fact,
        kind="Position",
        role="itself",
        words='"inakzeptabel"',
        begin=place.start,
        end=place.end,
        sentence='Kreml-Sprecher Dmitri Peskow nannte eine NATO-Mitgliedschaft der Ukraine am Dienstag "inakzeptabel".',
        sentence_begin=43,
        article="2024-12-test",
        title="Streit um NATO-Mitgliedschaft der Ukraine",
        published="2024-12",
        source="2024-12-test.txt",
        rule="positions.stance",
        version=evidence.version,
        says="oppose NATO-Mitgliedschaft: Ukraine (asserted)",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("person-dmitri-peskow", {"Sprecher", "", "direct", "oppose NATO-Mitgliedschaft: Ukraine (asserted)"}),
        ("weapon-oreschnik", {"", "developedBy", "test-weapon (asserted)"}),
    ],
)
def test_every_fact_says_in_short_what_it_says(store: GraphStore, name: str, said: set[str]) -> None:
    assert {evidence.says for evidence in explain_node(store, name).evidence} == said


def test_a_topic_is_explained_by_positions_on_it(store: GraphStore) -> None:
    found = explain_node(store, "topic-nato-membership_state-ukraine")
    assert found.label == "NATO-Mitgliedschaft: Ukraine"
    assert roles(store, found.iri) == [("Position", "topic"), ("Position", "topic")]


def test_what_a_position_is_about_leads_to_it(store: GraphStore) -> None:
    assert ("Position", "about") in roles(store, "state-ukraine")


def test_a_mention_is_explained_by_its_sentence(store: GraphStore) -> None:
    (evidence,) = explain_node(store, "mention-2024-12-test_10-14").evidence
    assert (evidence.words, evidence.sentence) == ("NATO", "Streit um NATO-Mitgliedschaft der Ukraine")
    assert evidence.rule == ""


def test_a_statement_in_parts_has_each_of_them() -> None:
    parts = (STATEMENTS[0].content[0], STATEMENTS[1].content[0])
    found = filled(replace(resolved(), statements=(replace(STATEMENTS[0], content=parts),), positions=()))
    assert roles(found, "person-dmitri-peskow").count(("Statement", "speaker")) == 2


def test_articles_come_in_order() -> None:
    found = explain_node(filled(turned(resolved(), "b"), resolved("a")), "state-ukraine").evidence
    assert [evidence.article for evidence in found] == sorted(evidence.article for evidence in found)
    assert len({(evidence.fact, evidence.role) for evidence in found}) == len(found)


@pytest.mark.parametrize("name", ["state-ukraine", "r:state-ukraine", BASE + "state-ukraine", f"<{BASE}state-ukraine>"])
def test_takes_names_in_any_form(store: GraphStore, name: str) -> None:
    assert explain_node(store, name).iri == BASE + "state-ukraine"


@pytest.mark.parametrize("name", ["state-atlantis", "", "a b", "https://example.org/", "'} DROP ALL"])
def test_an_unknown_name_is_an_error_that_says_how(store: GraphStore, name: str) -> None:
    with pytest.raises(QueryError, match=r"nothing in the graph is named .* give an IRI, or a name such as"):
        explain_node(store, name)


def test_what_only_the_knowledge_base_knows_has_no_evidence(store: GraphStore) -> None:
    assert explain_node(store, "state-albanien").evidence == ()
