"""The entity network: who stands to what and whom, with the evidence on the edge."""

from typing import Any

from kg.network import project_entities
from kg.vocab import BASE
from tests.builders import filled, resolved, turned

PESKOW = BASE + "person-dmitri-peskow"
TOPIC = BASE + "topic-nato-membership_state-ukraine"


def edge(source: str, target: str, key: str, *articles: Any) -> dict[str, Any]:
    """The attributes of one edge."""
    return dict(project_entities(filled(*articles)).edges[source, target, key])


def test_nodes_are_entities_and_topics_with_label_type_and_mentions() -> None:
    nodes = project_entities(filled()).nodes
    assert nodes[PESKOW] == {"label": "Dmitri Peskow", "type": "Person", "mentions": 2}
    assert nodes[BASE + "state-ukraine"] == {"label": "Ukraine", "type": "State", "mentions": 4}
    assert nodes[TOPIC] == {"label": "NATO-Mitgliedschaft: Ukraine", "type": "Topic", "mentions": 2}
    assert len(nodes) == 14


def test_a_position_leads_from_holder_to_topic() -> None:
    found = edge(PESKOW, TOPIC, "position oppose asserted")
    (fact,) = found.pop("facts")
    assert fact.startswith(BASE + "position-2024-12-test_")
    assert found == {
        "kind": "position",
        "predicate": "oppose",
        "polarity": "oppose",
        "modality": "asserted",
        "according_to": "",
        "weight": 1,
        "dates": ("2024-12",),
        "articles": ("2024-12-test",),
        "evidence": (
            'Kreml-Sprecher Dmitri Peskow nannte eine NATO-Mitgliedschaft der Ukraine am Dienstag "inakzeptabel".',
        ),
    }


def test_what_others_ascribe_stays_apart() -> None:
    found = edge(
        BASE + "person-wladimir-putin",
        BASE + "topic-peace-negotiations",
        "position oppose asserted according to Mark Rutte",
    )
    assert found["according_to"] == "Mark Rutte"


def test_an_event_leads_from_agent_to_the_others() -> None:
    found = edge(BASE + "state-russland", BASE + "weapon-oreschnik", "event test-weapon asserted")
    assert (found["weight"], found["dates"], found["polarity"]) == (1, ("2024-11",), "")


def test_an_office_leads_from_person_to_organisation() -> None:
    found = edge(BASE + "person-mark-rutte", BASE + "org-nato", "office Generalsekretär asserted")
    assert (found["weight"], found["dates"]) == (1, ("2024-12",))


def test_relations_and_links_hold_the_rest_together() -> None:
    network = project_entities(filled())
    assert network.has_edge(BASE + "weapon-oreschnik", BASE + "state-russland", "relation developedBy asserted")
    assert network.has_edge(PESKOW, BASE + "state-russland", "relation actsFor")
    assert network.has_edge(TOPIC, BASE + "state-ukraine", "relation about")


def test_an_edge_counts_the_facts_it_stands_for() -> None:
    found = edge(PESKOW, TOPIC, "position oppose asserted", resolved("a"), resolved("b"), turned(resolved(), "c"))
    assert (found["weight"], found["articles"], len(found["facts"]), len(found["evidence"])) == (2, ("a", "b"), 2, 1)


def test_is_the_same_for_any_order_of_articles() -> None:
    one = project_entities(filled(resolved("a"), turned(resolved(), "b")))
    other = project_entities(filled(turned(resolved(), "b"), resolved("a")))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
