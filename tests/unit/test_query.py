"""Asking a graph: the queries that come with `kg`, any others, and what is refused."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
import rdflib

from kg.errors import QueryError
from kg.query import (
    DEPTH_LIMIT,
    SIZE_LIMIT,
    Table,
    check_query,
    named_queries,
    named_query,
    run_query,
    tabulate,
    write_result,
)
from kg.store import GraphStore
from tests.builders import POSITIONS, STATEMENTS, filled, resolved, turned

NAMES = [
    "actors",
    "articles",
    "attribution-chains",
    "co-mentions",
    "coalitions",
    "conditions",
    "contradictions",
    "corroborated",
    "deliveries",
    "event-dyads",
    "events",
    "evidence",
    "hypothetical",
    "modalities",
    "offices",
    "offices-at",
    "opponents",
    "position-changes",
    "positions",
    "positions-over-time",
    "sentences",
    "single-source",
    "statements",
    "threats",
    "topic-over-time",
    "topics",
    "treaties",
    "treaty-events",
    "weapon-flows",
    "weapons",
    "who-quotes-whom",
]
ELSEWHERE = {  # what the articles of tests.builders are too few for; tests/unit/test_named_queries.py has others
    "coalitions",
    "conditions",
    "deliveries",
    "event-dyads",
    "opponents",
    "threats",
    "treaty-events",
    "weapon-flows",
}


@pytest.fixture(name="store", scope="module")
def fill_store() -> GraphStore:
    return filled()


def ask(store: GraphStore, name: str) -> Table:
    return tabulate(store, run_query(store, named_query(name).text))


def write(store: GraphStore, query: str, kind: str) -> str:
    output = io.BytesIO()
    write_result(run_query(store, query), kind, output)
    return output.getvalue().decode()


class TestNamedQueries:
    def test_are_listed_by_name(self) -> None:
        assert list(named_queries()) == NAMES

    def test_of_another_name_are_none(self) -> None:
        with pytest.raises(QueryError, match="no query is named 'nix'; there are: actors, articles, "):
            named_query("nix")

    @pytest.mark.parametrize("name", NAMES)
    def test_say_what_they_find(self, name: str) -> None:
        query = named_query(name)
        assert re.fullmatch(r"[A-Z][\w ]+", query.title)
        assert query.description.endswith(".")
        assert "  " not in query.description

    @pytest.mark.parametrize("name", NAMES)
    def test_have_a_fixed_order(self, name: str) -> None:
        one = ask(filled(resolved("a"), turned(resolved(), "b")), name)
        other = ask(filled(turned(resolved(), "b"), resolved("a")), name)
        assert one == other
        assert len(one.rows) > 1 or name in ELSEWHERE

    @pytest.mark.parametrize("name", NAMES)
    def test_show_names_and_no_iris(self, store: GraphStore, name: str) -> None:
        assert not [cell for row in ask(store, name).rows for cell in row if "://" in cell]

    @pytest.mark.parametrize("name", NAMES)
    def test_stand_alone(self, store: GraphStore, name: str) -> None:
        """With their own prefixes they run on any SPARQL server, here rdflib's."""
        rows = list(store.to_dataset().query(named_query(name).text))
        if name != "actors":  # asks for subclasses, which a graph does not carry along
            assert len(rows) == len(ask(store, name).rows)

    def test_positions(self, store: GraphStore) -> None:
        table = ask(store, "positions")
        assert table.columns == (
            "holder",
            "issue",
            "about",
            "polarity",
            "modality",
            "according to",
            "evidence",
            "sentence",
            "article",
        )
        assert [row[:6] for row in table.rows] == [
            ("Dmitri Peskow", "nato-membership", "Ukraine", "oppose", "asserted", ""),
            ("Donald Trump", "military-support", "Ukraine", "oppose", "hypothetical", ""),
            ("Wladimir Putin", "peace-negotiations", "", "oppose", "asserted", "Mark Rutte"),
            ("Wolodymyr Selenskyj", "nato-membership", "Ukraine", "support", "asserted", ""),
        ]
        assert table.rows[2][6:] == (
            "nicht an einem Frieden interessiert",
            'NATO-Generalsekretär Mark Rutte sagte: "Putin ist nicht an einem Frieden interessiert."',
            "2024-12-test",
        )

    def test_actors(self, store: GraphStore) -> None:
        rows = {row[0]: row for row in ask(store, "actors").rows}
        assert rows["Ukraine"] == ("Ukraine", "State", "", "1", "4", "0", "0")
        assert rows["Dmitri Peskow"] == ("Dmitri Peskow", "Person", "Russland", "1", "2", "1", "1")
        assert "Oreschnik" not in rows
        assert len(rows) == 9

    def test_actors_counts_once_what_many_articles_say(self) -> None:
        rows = {row[0]: row for row in ask(filled(resolved("a"), resolved("b"), resolved("c")), "actors").rows}
        assert rows["Ukraine"] == ("Ukraine", "State", "", "3", "12", "0", "0")

    def test_treaties(self, store: GraphStore) -> None:
        assert ask(store, "treaties").rows == (
            (
                "Budapester Memorandum",
                "1994-12-05",
                "inForce",
                "Achtung der Grenzen der Ukraine",
                "Das Budapester Memorandum von 1994 habe nicht geholfen, erinnerte das Außenministerium in Kiew.",
                "2024-12-test",
            ),
        )

    def test_weapons(self, store: GraphStore) -> None:
        assert ask(store, "weapons").rows == (
            (
                "Oreschnik",
                "Rakete",
                "Russland",
                "Russland",
                "Peskows Land testete zuvor die Hyperschallwaffe Oreschnik.",
                "2024-12-test",
            ),
        )

    def test_statements(self, store: GraphStore) -> None:
        assert ask(store, "statements").rows[1] == (
            "Mark Rutte",
            "direct",
            "speech",
            "",
            "sagte",
            '"Putin ist nicht an einem Frieden interessiert."',
            "2024-12-test",
        )

    def test_statements_join_their_parts_in_order(self) -> None:
        parts = (STATEMENTS[1].content[0], STATEMENTS[0].content[0])
        found = replace(resolved(), statements=(replace(STATEMENTS[0], content=parts),), positions=())
        assert ask(filled(found), "statements").rows[0][5] == (
            '"inakzeptabel" … "Putin ist nicht an einem Frieden interessiert."'
        )

    def test_events(self, store: GraphStore) -> None:
        assert [row[:9] for row in ask(store, "events").rows] == [
            ("test-weapon", "Russland", "", "Oreschnik", "", "", "2024-11", "asserted", ""),
            ("reject", "Donald Trump", "Ukraine", "", "", "", "", "possible", ""),
        ]

    def test_offices_are_those_of_the_articles(self, store: GraphStore) -> None:
        assert [row[:3] for row in ask(store, "offices").rows] == [
            ("Dmitri Peskow", "Sprecher", "Russland"),
            ("Mark Rutte", "Generalsekretär", "NATO"),
        ]

    def test_who_quotes_whom(self, store: GraphStore) -> None:
        assert ask(store, "who-quotes-whom").rows == (
            ("Testzeitung", "Außenministerium der Ukraine", "outlet quotes speaker", "1", "1"),
            ("Testzeitung", "Dmitri Peskow", "outlet quotes speaker", "1", "1"),
            ("Testzeitung", "Mark Rutte", "outlet quotes speaker", "1", "1"),
            ("Mark Rutte", "Wladimir Putin", "speaker ascribes position", "1", "1"),
        )

    def test_who_quotes_whom_within_quotes(self) -> None:
        nested = (replace(STATEMENTS[0], nested_in="s-2"), *STATEMENTS[1:])
        rows = ask(filled(replace(resolved(), statements=nested)), "who-quotes-whom").rows
        assert ("Mark Rutte", "Dmitri Peskow", "speaker quotes speaker", "1", "1") in rows
        assert ("Testzeitung", "Dmitri Peskow", "outlet quotes speaker", "1", "1") not in rows

    def test_hypothetical(self, store: GraphStore) -> None:
        assert [row[:5] for row in ask(store, "hypothetical").rows] == [
            ("hypothetical", "position", "Donald Trump", "oppose military-support", "Ukraine"),
            ("possible", "event", "Donald Trump", "reject", "Ukraine"),
        ]

    def test_position_changes(self) -> None:
        assert ask(filled(), "position-changes").rows == ()
        rows = ask(filled(resolved("a"), turned(resolved(), "b")), "position-changes").rows
        assert [(*row[:6], row[7]) for row in rows] == [
            ("Dmitri Peskow", "nato-membership", "Ukraine", "oppose", "", "2024-12", "a"),
            ("Dmitri Peskow", "nato-membership", "Ukraine", "support", "", "2024-12", "b"),
            ("Wladimir Putin", "peace-negotiations", "", "oppose", "Mark Rutte", "2024-12", "a"),
            ("Wladimir Putin", "peace-negotiations", "", "support", "Mark Rutte", "2024-12", "b"),
            ("Wolodymyr Selenskyj", "nato-membership", "Ukraine", "support", "", "2024-12", "a"),
            ("Wolodymyr Selenskyj", "nato-membership", "Ukraine", "oppose", "", "2024-12", "b"),
        ]

    def test_keep_a_position_of_an_unnamed_holder(self) -> None:
        found = replace(resolved(), positions=(replace(POSITIONS[0], holder="person-x"),))
        assert ask(filled(found), "positions").rows[0][0].endswith("person-x")


class TestResults:
    COUNT = "SELECT (COUNT(*) AS ?n) { ?p a kg:Position }"

    def test_need_no_prefixes_of_kg(self, store: GraphStore) -> None:
        assert tabulate(store, run_query(store, self.COUNT)).rows == (("4",),)

    def test_show_labels_for_iris(self, store: GraphStore) -> None:
        query = "SELECT ?h ?how ?x { VALUES ?h { r:person-dmitri-peskow } ?p kg:holder ?h ; kg:polarity ?how }"
        table = tabulate(store, run_query(store, query))
        assert table == Table(columns=("h", "how", "x"), rows=(("Dmitri Peskow", "Ablehnung", ""),))

    def test_show_prefixed_names_where_there_is_no_label(self, store: GraphStore) -> None:
        query = "SELECT ?e { ?p a kg:Position ; kg:extractedBy ?e ; kg:modality kg:hypothetical }"
        assert tabulate(store, run_query(store, query)).rows == (("r:extraction-positions.direction_0.1.0",),)

    def test_of_ask_are_yes_or_no(self, store: GraphStore) -> None:
        assert tabulate(store, run_query(store, "ASK { ?p a kg:Position }")).rows == (("yes",),)
        assert json.loads(write(store, "ASK { ?p a kg:Nothing }", "json"))["boolean"] is False

    def test_of_construct_are_triples(self, store: GraphStore) -> None:
        query = "CONSTRUCT { ?h kg:opposes ?t } WHERE { ?h kg:opposes ?t }"
        assert tabulate(store, run_query(store, query)).rows == (
            ("Dmitri Peskow", "lehnt ab", "NATO-Mitgliedschaft: Ukraine"),
        )
        assert len(rdflib.Graph().parse(data=write(store, query, "ttl"))) == 1

    def test_see_named_graphs_with_graph(self, store: GraphStore) -> None:
        query = "SELECT DISTINCT ?g { GRAPH ?g { ?p a kg:Position } }"
        assert tabulate(store, run_query(store, query)).rows == (("r:graph-article-2024-12-test",),)

    @pytest.mark.parametrize("kind", ["csv", "tsv", "json", "xml"])
    def test_can_be_written(self, store: GraphStore, kind: str) -> None:
        text = write(store, named_query("positions").text, kind)
        assert text.count("Dmitri Peskow") == 2  # as holder, and in the sentence
        if kind == "csv":
            assert len(list(csv.reader(io.StringIO(text)))) == 5
        if kind == "json":
            assert len(json.loads(text)["results"]["bindings"]) == 4

    def test_are_not_written_as_what_they_are_not(self, store: GraphStore) -> None:
        with pytest.raises(QueryError, match="'ttl' does not fit SELECT or ASK; use one of: csv, tsv, json, xml"):
            write(store, self.COUNT, "ttl")
        with pytest.raises(QueryError, match="'csv' does not fit CONSTRUCT or DESCRIBE; use one of: ttl"):
            write(store, "DESCRIBE r:state-ukraine", "csv")


class TestSyntaxErrors:
    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("SELECT * WHERE {\n ?s ?p }", "line 2, column 9: no valid SPARQL"),
            ("SELECT ?x { ?x a kg:State ", "line 1, column 27: no valid SPARQL at the end"),
            ("SELECT * { ?s x:p ?o }", "line 1, column 15: prefix x: is not declared"),
            ("PREFIX x: <urn:x:>\nSELECT * {\n ?s x:p y:q }", "line 3, column 9: prefix y: is not declared"),
            ("", "the query is empty"),
            ("  # nothing\n", "the query is empty"),
            ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT changes a graph; a query only reads"),
            ("LOAD <file:///etc/passwd>", "LOAD changes a graph; a query only reads"),
            ("drop all", "DROP changes a graph"),
        ],
    )
    def test_say_where_and_what(self, store: GraphStore, query: str, message: str) -> None:
        with pytest.raises(QueryError, match="^" + re.escape(message)):
            run_query(store, query)

    def test_leave_known_prefixes_alone(self, store: GraphStore) -> None:
        with pytest.raises(QueryError, match="no valid SPARQL"):
            run_query(store, "PREFIX x: <urn:x:> SELECT * { ?s x:p _:b . kg:a rdfs:label }")


class TestRefusals:
    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
            "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
            "SELECT * { SERVICE?x{ ?s ?p ?o } }",
            "PREFIX SERVICEx: <urn:x:> SELECT * { SERVICEx:y { ?s ?p ?o } }",
            "SELECT * { ?s ?p 'x'SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
            "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
            "SELECT * { FILTER(?a<?b)SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
            "SELECT * { ?s ?p ?o #'\n SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
            "SELECT * { ?s ?p '''a'''SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        ],
    )
    def test_service(self, store: GraphStore, query: str) -> None:
        with pytest.raises(QueryError, match="SERVICE is off"):
            run_query(store, query)

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { OPTIONAL { ?s <urn:\\u0041#> ?o } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * { OPTIONAL { ?s <urn:\\U00000041#> ?o } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * { FILTER(1 <2#> '''\n) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } # '''\n}",
            "PREFIX u: <urn:> SELECT * { FILTER(1 <u:x#> '''\n) SERVICE ?x { ?s ?p ?o } # '''\n}",
        ],
    )
    def test_service_behind_what_can_be_read_in_two_ways(self, store: GraphStore, query: str) -> None:
        with pytest.raises(QueryError, match=r"SERVICE is off|line 2, column 11: no valid SPARQL"):
            run_query(store, query)

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT ?service { ?service a kg:State }",
            "SELECT * { ?s kg:service ?o }",
            "SELECT * { ?s rdfs:label 'SERVICE <http://127.0.0.1/> {}' }",
            'SELECT * { ?s rdfs:label """a "SERVICE" b""" }',
            "SELECT * { ?s <urn:SERVICE> ?o } # SERVICE",
            "SELECT * { r:body-secret-service ?p ?o }",
            "PREFIX load: <urn:service#> SELECT ?load { ?load load:service 'LOAD SERVICE' FILTER(?load <load:x) }",
        ],
    )
    def test_but_not_the_mere_word(self, store: GraphStore, query: str) -> None:
        assert tabulate(store, run_query(store, query)).columns

    def test_from_reads_no_file(self, store: GraphStore) -> None:
        assert tabulate(store, run_query(store, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")).rows == ()

    @pytest.mark.parametrize(
        ("start", "opening", "closing", "end"),
        [
            ("SELECT * { FILTER(", "(", ")", ") }"),
            ("SELECT * ", "{", "}", ""),
            ("SELECT * { ?s ?p ", "[ <urn:p> ", "]", " }"),
            ("SELECT * { FILTER(", "COALESCE(", ")", ") }"),
        ],
    )
    def test_deep_nesting(self, start: str, opening: str, closing: str, end: str) -> None:
        with pytest.raises(QueryError, match=f"nested deeper than {DEPTH_LIMIT}"):
            check_query(start + opening * 5_000 + "1" + closing * 5_000 + end)

    @pytest.mark.parametrize("part", ["BIND(1 AS ?x) ", "{} UNION ", "MINUS {} ", "FILTER(true) ", "?s ?p ?o . "])
    def test_long_chains(self, part: str) -> None:
        with pytest.raises(QueryError, match=f"more than {SIZE_LIMIT}"):
            check_query("SELECT * { " + part * 5_000 + "}")

    def test_but_not_brackets_in_texts(self) -> None:
        check_query("SELECT * { ?s ?p '" + "(" * 500 + "' } # " + "(" * 500)

    def test_but_not_many_values(self, store: GraphStore) -> None:
        result = run_query(store, "SELECT * { VALUES ?x { " + "r:state-ukraine " * 10_000 + "} }")
        assert len(tabulate(store, result).rows) == 10_000
