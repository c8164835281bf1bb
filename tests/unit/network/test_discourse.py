"""Discourse networks: every definition and normalisation counted by hand.

Of the actors a, b, c in `DEBATE`: a supports n twice and opposes p once; b supports n once, opposes p twice and
supports m once; c opposes n three times.

    n(a) = 3, n(b) = 4, n(c) = 3
    congruence(a, b) = 2*1 (n) + 1*2 (p) = 4    conflict(a, b) = 0
    congruence(a, c) = 0                        conflict(a, c) = 2*3 (n) = 6
    congruence(b, c) = 0                        conflict(b, c) = 1*3 (n) = 3
"""

from dataclasses import replace
from math import sqrt
from typing import Any

import pytest

from kg.errors import InputError
from kg.model import Office
from kg.network import project_network, read_options
from kg.store import GraphStore
from tests.builders import entity, filled, resolved, span
from tests.unit.network.stances import coded, document, iri, topic

DEBATE = "a+n a+n a-p b+n b-p b-p b+m c-n c-n c-n"
A, B, C = (iri(f"person-{letter}") for letter in "abc")


def weights(store: GraphStore, kind: str, **options: Any) -> dict[str, float]:
    """The weights of a network, by the last letters of both nodes, of topics their first letter."""
    network = project_network(store, kind, read_options(kind, **options))
    name = {node: node.rpartition("-")[2] if node.startswith(iri("person")) else node for node in network}
    return {
        f"{name[source]} {name[target].removeprefix(iri('topic-'))[:1]}": found["weight"]
        for source, target, found in network.edges(data=True)
    }


class TestOneMode:
    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("congruence", {"a b": 4}),
            ("conflict", {"a c": 6, "b c": 3}),
            ("subtract", {"a b": 4, "a c": -6, "b c": -3}),
            ("cooccurrence", {"a b": 4, "a c": 6, "b c": 3}),
        ],
    )
    def test_kinds(self, kind: str, expected: dict[str, float]) -> None:
        assert weights(coded(DEBATE), kind) == expected

    @pytest.mark.parametrize(
        ("normalisation", "ab", "ac", "bc"),
        [
            ("no", 4, -6, -3),
            ("average", 4 / ((3 + 4) / 2), -6 / ((3 + 3) / 2), -3 / ((4 + 3) / 2)),
            # only one says: a b: b on m 1; matches 2*1 + 1*2. a c: all of both; no match. b c: likewise.
            ("jaccard", 4 / (1 + 4), -6 / (3 + 3), -3 / (4 + 3)),
            ("cosine", 4 / (3 * 4), -6 / (3 * 3), -3 / (4 * 3)),
            # lengths: a (2, 1), b (1, 2, 1), c (3)
            ("vector-cosine", 4 / (sqrt(5) * sqrt(6)), -6 / (sqrt(5) * 3), -3 / (sqrt(6) * 3)),
        ],
    )
    def test_normalisations(self, normalisation: str, ab: float, ac: float, bc: float) -> None:
        found = weights(coded(DEBATE), "subtract", normalisation=normalisation)
        assert found == pytest.approx({"a b": ab, "a c": ac, "b c": bc})

    def test_the_textbook_cosine_of_equal_profiles_is_one(self) -> None:
        found = weights(coded("a+n a+n a-p b+n b+n b-p"), "congruence", normalisation="vector-cosine")
        assert found == {"a b": 1}

    def test_what_is_neither_lies_halfway(self) -> None:
        store = coded("a+n b0n c-n")
        everything = ("support", "oppose", "neutral")
        assert weights(store, "congruence", polarities=everything) == {"a b": 0.5, "b c": 0.5}
        assert weights(store, "conflict", polarities=everything) == {"a b": 0.5, "b c": 0.5, "a c": 1}
        assert weights(store, "conflict") == {"a c": 1}

    def test_cooccurrence_asks_for_no_agreement(self) -> None:
        assert weights(coded("a+n b?n"), "cooccurrence") == {"a b": 1}

    def test_balance_of_nothing_is_no_tie(self) -> None:
        network = project_network(coded("a+n b+n a+p b-p"), "subtract", read_options("subtract"))
        assert (network.number_of_nodes(), network.number_of_edges()) == (2, 0)

    def test_who_stands_alone_is_a_node(self) -> None:
        network = project_network(coded("a+n b+p"), "congruence", read_options("congruence"))
        assert (list(network), network.number_of_edges()) == ([A, B], 0)

    def test_an_edge_says_what_it_stands_for(self) -> None:
        network = project_network(coded("a+n a+p b+n b-p"), "congruence", read_options("congruence"))
        found = network.edges[A, B]
        assert (found["weight"], found["congruence"], found["conflict"]) == (1, 1, 1)
        assert found["topics"] == ("NATO-Mitgliedschaft",)
        assert len(found["facts"]) == 2
        assert all(fact.startswith(iri("position-d_")) for fact in found["facts"])

    def test_a_node_says_what_it_is(self) -> None:
        network = project_network(coded(DEBATE), "congruence", read_options("congruence"))
        assert network.nodes[B] == {
            "label": "B", "type": "Person", "mentions": 0, "mode": "actor", "bipartite": 0, "frequency": 4,
        }  # fmt: skip


class TestTwoMode:
    def test_counts_positions(self) -> None:
        assert weights(coded(DEBATE), "actor-topic") == {"a n": 2, "a p": 1, "b n": 1, "b p": 2, "b m": 1, "c n": 3}

    def test_subtracts_those_against(self) -> None:
        found = weights(coded("a+n a+n a-n b-n b+p b-p"), "actor-topic", qualifier="subtract")
        assert found == {"a n": 1, "b n": -1}

    def test_activity_divides_by_all_of_the_actor(self) -> None:
        found = weights(coded(DEBATE), "actor-topic", normalisation="activity")
        expected = {"a n": 2 / 3, "a p": 1 / 3, "b n": 1 / 4, "b p": 2 / 4, "b m": 1 / 4, "c n": 1}
        assert found == pytest.approx(expected)

    def test_prominence_divides_by_all_on_the_topic(self) -> None:
        found = weights(coded(DEBATE), "actor-topic", normalisation="prominence")
        expected = {"a n": 2 / 6, "b n": 1 / 6, "c n": 3 / 6, "a p": 1 / 3, "b p": 2 / 3, "b m": 1}
        assert found == pytest.approx(expected)

    def test_subtracting_keeps_the_divisor(self) -> None:
        found = weights(coded("a+n a+n a-n b+n"), "actor-topic", qualifier="subtract", normalisation="activity")
        assert found == pytest.approx({"a n": 1 / 3, "b n": 1})

    def test_an_edge_says_what_it_stands_for(self) -> None:
        store = filled(document("d", "a+n a-n", date="2024-12"), document("e", "a+n", date="2024-11-05"))
        found = dict(project_network(store, "actor-topic", read_options("actor-topic")).edges[A, topic("n")])
        assert len(found.pop("facts")) == 3
        assert len(found.pop("evidence")) == 1
        assert found == {
            "weight": 3, "support": 2, "oppose": 1, "conditional": 0, "ambivalent": 0, "neutral": 0,
            "polarity": "mixed", "dates": ("2024-11-05", "2024-12"), "articles": ("e", "d"),
        }  # fmt: skip

    def test_both_modes_are_marked(self) -> None:
        network = project_network(coded("a+n"), "actor-topic", read_options("actor-topic"))
        assert [(found["mode"], found["bipartite"], found["type"]) for found in network.nodes.values()] == [
            ("actor", 0, "Person"), ("topic", 1, "Topic"),
        ]  # fmt: skip


class TestDuplicates:
    STORE = staticmethod(
        lambda: filled(
            document("d", "a+n a+n a-n b+n", date="2024-01-01"),
            document("e", "a+n", date="2024-01-03"),
            document("f", "a+n", date="2024-01-09"),
            document("g", "a+n", date="2024-12-30"),
            document("h", "a+n", date="2025-01-02"),
        )
    )

    @pytest.mark.parametrize(
        ("duplicates", "times"),  # of a being for n: twice in d, once in each of e to h
        [("all", 6), ("document", 5), ("week", 3), ("month", 3), ("year", 2), ("range", 1)],
    )
    def test_count_once_each(self, duplicates: str, times: int) -> None:
        assert weights(self.STORE(), "congruence", duplicates=duplicates) == {"a b": times}

    def test_do_not_ask_for_polarity_where_it_is_ignored(self) -> None:
        store = coded("a+n a-n a-n")
        assert weights(store, "actor-topic", duplicates="document") == {"a n": 1}
        assert weights(coded("a+n a-n a-n b+n"), "conflict", duplicates="document") == {"a b": 1}


class TestFilters:
    def test_dates_are_included_at_both_ends(self) -> None:
        store = filled(*(document(day, "a+n", date=day) for day in ("2024-01-31", "2024-02", "2024-02-29", "2024-03")))
        assert weights(store, "actor-topic", since="2024-02", until="2024-02") == {"a n": 2}
        assert weights(store, "actor-topic", since="2024-01-31") == {"a n": 4}
        assert weights(store, "actor-topic", until="2024-02-28") == {"a n": 2}

    def test_what_has_no_date_lies_in_no_range(self) -> None:
        assert weights(coded("a+n"), "actor-topic", since="1900") == {}

    @pytest.mark.parametrize(
        "name",
        ["nato-membership", "NATO-Mitgliedschaft", "nato membership", "topic-nato-membership", topic("n")],
    )
    def test_topics_by_any_of_their_names(self, name: str) -> None:
        assert weights(coded(DEBATE), "actor-topic", topics=[name]) == {"a n": 2, "b n": 1, "c n": 3}

    def test_an_issue_means_all_topics_of_it(self) -> None:
        store = filled(resolved())
        assert len(weights(store, "actor-topic", topics=("nato-membership",))) == 2
        assert len(weights(store, "actor-topic", topics=("nato-membership_state-ukraine",))) == 2

    def test_polarity_and_modality(self) -> None:
        assert weights(coded(DEBATE), "actor-topic", polarities=("oppose",)) == {"a p": 1, "b p": 2, "c n": 3}
        store = coded("a+n", modality="hypothetical")
        assert weights(store, "actor-topic") == {}
        assert weights(store, "actor-topic", modalities=("hypothetical",)) == {"a n": 1}

    def test_types_with_those_below(self) -> None:
        state = entity("person-b", "State", "B")
        store = filled(document("d", "a+n b+n", entities=[state]))
        assert weights(store, "actor-topic", types=("State",)) == {"b n": 1}
        assert weights(store, "actor-topic", types=("Actor",)) == {"a n": 1, "b n": 1}

    def test_what_others_ascribe_is_not_the_actors_own(self) -> None:
        """Rutte says that Putin does not want peace."""
        plain = project_network(filled(), "actor-topic", read_options("actor-topic"))
        asked = project_network(filled(), "actor-topic", read_options("actor-topic", ascribed=True))
        assert set(asked) - set(plain) == {iri("person-wladimir-putin"), iri("topic-peace-negotiations")}


class TestLevel:
    def entities(self) -> Any:
        return (
            entity("person-a", "Person", "A", acts_for="body-x"),
            entity("body-x", "GovernmentBody", "X", acts_for="state-ukraine"),
            entity("state-ukraine", "State", "Ukraine"),
        )

    @pytest.mark.parametrize(
        ("level", "name"), [("actor", "person-a"), ("organisation", "body-x"), ("state", "state-ukraine")]
    )
    def test_who_stands_for_a_person(self, level: str, name: str) -> None:
        store = filled(document("d", "a+n", entities=self.entities()))
        network = project_network(store, "actor-topic", read_options("actor-topic", level=level))
        assert list(network) == [iri(name), topic("n")]

    def test_persons_of_a_state_add_up(self) -> None:
        other = entity("person-b", "Person", "B", acts_for="state-ukraine")
        store = filled(document("d", "a+n b-n c+n", entities=[*self.entities(), other]))
        network = project_network(store, "conflict", read_options("conflict", level="state"))
        assert network.edges[C, iri("state-ukraine")]["weight"] == 1
        assert network.nodes[iri("state-ukraine")]["frequency"] == 2

    def test_the_office_named_in_the_article_counts(self) -> None:
        """Selenskyj, whom the article calls president, with nothing in the knowledge base."""
        found = resolved()
        entities = tuple(replace(e, acts_for=None) if "selenskyj" in e.id else e for e in found.entities)
        said = span("ukrainische Präsident Wolodymyr Selenskyj")
        office = Office(
            id="o", person="person-wolodymyr-selenskyj", role="Präsident", organisation="state-ukraine", evidence=said
        )
        store = filled(replace(found, entities=entities, offices=(office,)))
        network = project_network(store, "actor-topic", read_options("actor-topic", level="state"))
        assert iri("state-ukraine") in network
        assert iri("person-wolodymyr-selenskyj") not in network

    @pytest.mark.parametrize(("date", "name"), [("2024-12", "org-nato"), ("2024-09", "person-mark-rutte")])
    def test_else_the_office_held_on_the_day(self, date: str, name: str) -> None:
        """Rutte leads NATO since October 2024."""
        found = document("d", "a+n", date=date)
        positions = tuple(replace(position, holder="person-mark-rutte") for position in found.positions)
        entities = (entity("person-mark-rutte", "Person", "Mark Rutte"),)
        store = filled(replace(found, positions=positions, entities=entities))
        network = project_network(store, "actor-topic", read_options("actor-topic", level="organisation"))
        assert list(network) == [iri(name), topic("n")]


class TestOptions:
    @pytest.mark.parametrize(
        ("kind", "options", "message"),
        [
            ("people", {}, "no kind of network is named 'people'; there are: entities, actor-topic, congruence"),
            ("congruence", {"normalisation": "activity"}, "'activity': wants one of no, average, jaccard, cosine"),
            ("actor-topic", {"normalisation": "jaccard"}, "'jaccard': wants one of no, activity, prominence"),
            ("entities", {"level": "state"}, "the network entities has no option level"),
            ("congruence", {"qualifier": "subtract"}, "has no option qualifier"),
            ("congruence", {"since": "gestern"}, "from 'gestern': wants a day, month or year"),
            ("congruence", {"until": "2024-02-30"}, "until '2024-02-30': wants a day, month or year"),
            ("congruence", {"since": "2025", "until": "2024"}, "from '2025' lies after until '2024'"),
            ("congruence", {"polarities": ("for",)}, "polarity 'for': wants one of support, oppose"),
            ("congruence", {"modalities": ("sure",)}, "modality 'sure': wants one of asserted"),
            ("congruence", {"duplicates": "day"}, "duplicates 'day': wants one of all, document"),
            ("congruence", {"colour": "red"}, "a network has no option 'colour'"),
        ],
    )
    def test_bad_ones_are_named(self, kind: str, options: dict[str, Any], message: str) -> None:
        with pytest.raises(InputError) as caught:
            read_options(kind, **options)
        assert message in str(caught.value)

    def test_topics_and_types_are_those_of_the_graph(self) -> None:
        with pytest.raises(InputError, match=r"topic 'whales': .*it has: military-support, nato-membership"):
            project_network(coded(DEBATE), "congruence", read_options("congruence", topics=("whales",)))
        with pytest.raises(InputError, match=r"type 'Ship'.*WeaponSystem"):
            project_network(coded(DEBATE), "congruence", read_options("congruence", types=("Ship",)))


def test_is_the_same_for_any_order_of_articles() -> None:
    one, other = document("d", "a+n b-n"), document("e", "b+n c-n", date="2024")
    for kind in ("actor-topic", "subtract"):
        first, second = (
            project_network(filled(*found), kind, read_options(kind)) for found in ((one, other), (other, one))
        )
        assert list(first.nodes(data=True)) == list(second.nodes(data=True))
        assert list(first.edges(data=True)) == list(second.edges(data=True))
