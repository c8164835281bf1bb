"""Parameters of the shipped queries: what a user writes becomes a term, and only terms reach a query."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import QueryError
from kg.query import Parameter, bind_params, bind_variables, kinds, named_queries, named_query, run_query, tabulate
from kg.query.named import read_named
from kg.query.terms import find_term
from kg.store import GraphStore
from kg.vocab import BASE, KG
from tests.builders import ENTITIES, entity, filled, mention, resolved


@pytest.fixture(name="store", scope="module")
def fill_store() -> GraphStore:
    return filled()


def holders(store: GraphStore, **params: str | int) -> list[str]:
    text = bind_params(named_query("positions"), params, store)
    return [row[0] for row in tabulate(store, run_query(store, text)).rows]


class TestTerms:
    @pytest.mark.parametrize(
        ("kind", "value", "local"),
        [
            ("issue", "nato-membership", "topic-nato-membership"),
            ("issue", "NATO-Mitgliedschaft", "topic-nato-membership"),
            ("issue", "nato MEMBERSHIP", "topic-nato-membership"),
            ("issue", "kg:topic-nato-membership", "topic-nato-membership"),
            ("issue", f"<{KG}topic-nato-membership>", "topic-nato-membership"),
            ("issue", "sanctions", "topic-sanctions"),  # has no notation
            ("polarity", "oppose", "oppose"),
            ("polarity", "Ablehnung", "oppose"),
            ("modality", "hypothetical", "hypothetical"),
            ("form", "free-indirect", "form-free-indirect"),
            ("medium", "speech", "medium-speech"),
            ("status", "inforce", "inForce"),
            ("event-type", "test-weapon", "event-test-weapon"),
        ],
    )
    def test_of_concepts(self, store: GraphStore, kind: str, value: str, local: str) -> None:
        assert find_term(store, kind, value) == NamedNode(KG + local)

    @pytest.mark.parametrize(
        ("kind", "value", "local"),
        [
            ("actor", "Dmitri Peskow", "person-dmitri-peskow"),
            ("actor", " dmitri peskow ", "person-dmitri-peskow"),
            ("actor", "Peskow", "person-dmitri-peskow"),
            ("actor", "person-dmitri-peskow", "person-dmitri-peskow"),
            ("actor", "r:person-dmitri-peskow", "person-dmitri-peskow"),
            ("actor", f"{BASE}person-dmitri-peskow", "person-dmitri-peskow"),
            ("actor", "Kreml", "state-russland"),
            ("entity", "Oreschnik", "weapon-oreschnik"),
            ("weapon", "Oreschnik", "weapon-oreschnik"),
            ("treaty", "Budapester Memorandum", "treaty-budapester-memorandum"),
            ("actor", "Albanien", "state-albanien"),  # known, though no article mentions it
        ],
    )
    def test_of_entities(self, store: GraphStore, kind: str, value: str, local: str) -> None:
        assert find_term(store, kind, value) == NamedNode(BASE + local)

    def test_of_dates_numbers_and_words(self, store: GraphStore) -> None:
        assert str(find_term(store, "date", "2024-12")).endswith("gYearMonth>")
        assert find_term(store, "number", "3") == Literal(3)
        assert find_term(store, "text", 'a "b"') == Literal('a "b"')
        assert find_term(store, "article", "2024-12-test") == Literal("2024-12-test")

    @pytest.mark.parametrize(
        ("kind", "value", "message"),
        [
            ("issue", "nato", "no issue is called 'nato'; there are: military-support, nato-membership, peace-nego"),
            (
                "polarity",
                "for",
                "no polarity is called 'for'; there are: ambivalent, conditional, neutral, oppose, sup",
            ),
            ("actor", "Peskov", "no actor is called 'Peskov'; near it: Dmitri Peskow (person-dmitri-peskow)"),
            ("actor", "Selensky", "no actor is called 'Selensky'; near it: Wolodymyr Selenskyj (person-wolodymyr-sele"),
            ("actor", "Oreschnik", "no actor is called 'Oreschnik'; give a name such as"),
            ("actor", "", "no actor is called ''; give a name such as Wolodymyr Selenskyj"),
            ("date", "2024-13", "'2024-13' is no date; give YYYY, YYYY-MM or YYYY-MM-DD, such as 2024-12"),
            ("date", "gestern", "'gestern' is no date"),
            ("number", "-1", "'-1' is no whole number; give one such as 2"),
            ("article", "2024-12", "no article has the id '2024-12'; near it: 2024-12-test"),
        ],
    )
    def test_of_nothing_are_refused(self, store: GraphStore, kind: str, value: str, message: str) -> None:
        with pytest.raises(QueryError, match="^" + re.escape(message)):
            find_term(store, kind, value)

    def test_of_several_are_listed(self) -> None:
        """Two whom articles mention by one name; one whom none mentions does not count."""
        two = (
            entity("person-max-beck", "Person", "Beck", mention("Trump"), known=False),
            entity("person-eva-beck", "Person", "Beck", mention("Putin"), known=False),
            entity("person-udo-beck", "Person", "Beck", known=False),
        )
        store = filled(replace(resolved(), entities=(*ENTITIES, *two)))
        message = "'Beck' may be Beck (person-eva-beck), Beck (person-max-beck); give the name in brackets"
        with pytest.raises(QueryError, match="^" + re.escape(message)):
            find_term(store, "actor", "Beck")
        assert find_term(store, "actor", "person-udo-beck") == NamedNode(BASE + "person-udo-beck")


class TestBinding:
    def test_without_parameters_finds_all(self, store: GraphStore) -> None:
        assert len(holders(store)) == 4

    @pytest.mark.parametrize(
        ("params", "found"),
        [
            ({"topic": "nato-membership"}, ["Dmitri Peskow", "Wolodymyr Selenskyj"]),
            ({"topic": "nato-membership", "actor": "Selenskyj"}, ["Wolodymyr Selenskyj"]),
            ({"camp": "Russland"}, ["Dmitri Peskow"]),
            ({"about": "Ukraine"}, ["Dmitri Peskow", "Donald Trump", "Wolodymyr Selenskyj"]),
            ({"polarity": "support"}, ["Wolodymyr Selenskyj"]),
            ({"modality": "hypothetical"}, ["Donald Trump"]),
            ({"speaker": "Rutte"}, ["Wladimir Putin"]),
            ({"from": "2024", "until": "2024-12-01", "polarity": "support"}, ["Wolodymyr Selenskyj"]),
            ({"from": "2024-12-24", "polarity": "support"}, ["Wolodymyr Selenskyj"]),
            ({"from": "2025"}, []),
            ({"until": "2024-11"}, []),
            ({"actor": "Albanien"}, []),
        ],
    )
    def test_restricts(self, store: GraphStore, params: dict[str, str], found: list[str]) -> None:
        assert holders(store, **params) == found

    def test_names_all_faults_at_once(self, store: GraphStore) -> None:
        with pytest.raises(QueryError) as raised:
            holders(store, colour="red", polarity="for", actor="Niemand Nirgends")
        lines = str(raised.value).splitlines()
        assert lines[0].startswith("the query positions has no parameter 'colour'; it has: topic, about, actor, ")
        assert lines[1].startswith("actor: no actor is called 'Niemand Nirgends'")
        assert lines[2].startswith("polarity: no polarity is called 'for'")

    def test_takes_numbers_as_numbers(self, store: GraphStore) -> None:
        text = bind_params(named_query("actors"), {"least": 4}, store)
        assert [row[0] for row in tabulate(store, run_query(store, text)).rows] == ["NATO", "Ukraine"]

    def test_refuses_what_is_no_unicode(self, store: GraphStore) -> None:
        with pytest.raises(QueryError, match=r"actor: .* is no valid Unicode"):
            holders(store, actor="\ud800")

    @pytest.mark.parametrize(
        ("query", "bound"),
        [
            ("SELECT * { ?x ?p ?X }", "SELECT * { ?x ?p <urn:x> }"),
            ("SELECT * { ?x ?p $X }", "SELECT * { ?x ?p <urn:x> }"),
            ("ASK { FILTER(!BOUND(?X) || ?X = ?y) }", "ASK { FILTER(!(true) || <urn:x> = ?y) }"),
            ("ASK { FILTER(bound ( ?X )) }", "ASK { FILTER((true )) }"),
            ("ASK { FILTER(BOUND(?Y)) }", "ASK { FILTER(BOUND(?Y)) }"),
            ("ASK { ?s ?p '?X' } # ?X", "ASK { ?s ?p '?X' } # ?X"),
            ("ASK { ?s <urn:?X> ?XY }", "ASK { ?s <urn:?X> ?XY }"),
        ],
    )
    def test_replaces_variables_alone(self, query: str, bound: str) -> None:
        assert bind_variables(query, {"X": NamedNode("urn:x")}) == bound

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_keeps_any_text_what_it_is(self, value: str) -> None:
        """No text closes its literal: whatever is given comes back as it was."""
        found = run_query(
            GraphStore.in_memory(), bind_variables("SELECT (STR(?X) AS ?value) {}", {"X": Literal(value)})
        )
        assert isinstance(found, QuerySolutions)
        assert [row["value"] for row in found] == [Literal(value)]

    @pytest.mark.parametrize("value", ['" } DROP ALL #', "'''", "\\", "> } #", "SERVICE <urn:x> {}", "\x00\n\r", "?s"])
    def test_is_safe_from_what_would_end_a_literal(self, store: GraphStore, value: str) -> None:
        text = bind_params(named_query("statements"), {"words": value}, store)
        assert tabulate(store, run_query(store, text)).rows == ()


class TestDeclarations:
    def test_are_read_from_the_top_of_the_file(self) -> None:
        text = "# title: T\n# description: What.\n# param least: number = 2; how many\n#   at least\nASK {}\n"
        assert read_named("x", text).parameters == (
            Parameter(name="least", kind="number", meaning="how many at least", default="2"),
        )

    def test_that_cannot_be_read_are_refused(self) -> None:
        with pytest.raises(QueryError, match=r"x\.rq: param least: wants KIND; MEANING or KIND = DEFAULT; MEANING"):
            read_named("x", "# title: T\n# description: What.\n# param least: how many\nASK {}\n")

    @pytest.mark.parametrize("name", named_queries())
    def test_are_of_known_kinds_and_used(self, name: str) -> None:
        query = named_query(name)
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
        assert {parameter.kind for parameter in query.parameters} <= set(kinds())
        assert set(re.findall(r"\?([A-Z]+)\b", body)) == {parameter.name.upper() for parameter in query.parameters}

    @pytest.mark.parametrize("name", named_queries())
    def test_have_defaults_that_the_query_takes_itself(self, store: GraphStore, name: str) -> None:
        """So that the file does the same on another server, where nothing is bound."""
        query = named_query(name)
        bound = tabulate(store, run_query(store, bind_params(query, {}, store)))
        assert bound == tabulate(store, run_query(store, query.text))

    @pytest.mark.parametrize("name", named_queries())
    def test_bind_one_by_one(self, store: GraphStore, name: str) -> None:
        """With any parameter the query is valid."""
        query = named_query(name)
        for parameter in query.parameters:
            value = {"actor": "Ukraine", "treaty": "Budapester Memorandum", "weapon": "Oreschnik"}.get(parameter.kind)
            if parameter.kind == "weapon-category":
                continue  # the small knowledge base has none
            given = value or VALUES.get(parameter.kind, "2024-12")
            assert tabulate(store, run_query(store, bind_params(query, {parameter.name: given}, store))).columns


VALUES = {
    "article": "2024-12-test",
    "entity": "NATO",
    "event-type": "reject",
    "form": "direct",
    "issue": "nato-membership",
    "medium": "speech",
    "modality": "asserted",
    "number": "1",
    "polarity": "support",
    "status": "inForce",
    "text": "frieden",
}
