"""What requests want."""

import pytest

from kg.serve.protocol import (
    FORM,
    QUERY,
    UPDATE,
    Body,
    Query,
    Update,
    read_get,
    read_graph_name,
    read_params,
    read_post,
)
from kg.serve.refusal import Refusal


class TestGet:
    def test_is_a_query(self) -> None:
        assert read_get(b"query=ASK+%7B%7D") == Query(text="ASK {}")

    def test_names_graphs(self) -> None:
        found = read_get(b"query=x&default-graph-uri=urn:a&default-graph-uri=urn:b&default-graph-uri=urn:a")
        assert found == Query(text="x", default_graphs=("urn:a", "urn:b"), named_graphs=())

    def test_without_query_asks_for_the_description(self) -> None:
        assert read_get(b"") is None

    @pytest.mark.parametrize(
        ("query_string", "message"),
        [
            (b"update=CLEAR+ALL", "by POST"),
            (b"query=a&query=b", "query is given 2 times"),
            (b"query=%FF", "not UTF-8"),
            (b"query=\xff", "not UTF-8"),
            (b"query=a&named-graph-uri=b", "no absolute IRI"),
            (b"&".join(b"query=a" for _ in range(3_000)), "over 2000 parameters"),
        ],
    )
    def test_with_faults_is_refused(self, query_string: bytes, message: str) -> None:
        with pytest.raises(Refusal, match=message) as refused:
            read_get(query_string)
        assert refused.value.status == 400


class TestPost:
    def test_is_a_form_or_a_text(self) -> None:
        assert read_post(b"", Body(FORM, b"query=ASK+%7B%7D")) == Query(text="ASK {}")
        assert read_post(b"", Body(f"{QUERY}; charset=UTF-8", b"ASK {}")) == Query(text="ASK {}")
        assert read_post(b"", Body(UPDATE, "# ä".encode())) == Update(text="# ä")

    def test_names_graphs_in_the_address_or_the_form(self) -> None:
        both = read_post(b"default-graph-uri=urn:a", Body(FORM, b"query=x&named-graph-uri=urn:b"))
        assert both == Query(text="x", default_graphs=("urn:a",), named_graphs=("urn:b",))
        update = read_post(b"using-graph-uri=urn:a&using-named-graph-uri=urn:b", Body(UPDATE, b"x"))
        assert update == Update(text="x", using_graphs=("urn:a",), using_named_graphs=("urn:b",))

    @pytest.mark.parametrize(
        ("kind", "body", "status", "message"),
        [
            ("", b"ASK {}", 415, "Content-Type none"),
            ("text/plain", b"ASK {}", 415, "'text/plain'"),
            (f"{QUERY}; charset=utf-16", b"", 415, "send UTF-8"),
            (QUERY, b"\xff\xfeA", 400, "the body is not UTF-8 at byte 0"),
            (FORM, b"", 400, "neither query nor update"),
            (FORM, b"query=a&update=b", 400, "both query and update"),
            (FORM, b"update=a&update=b", 400, "update is given 2 times"),
            (FORM, b"query=%FF", 400, "the form is not UTF-8"),
        ],
    )
    def test_with_faults_is_refused(self, kind: str, body: bytes, status: int, message: str) -> None:
        with pytest.raises(Refusal, match=message) as refused:
            read_post(b"", Body(kind, body))
        assert refused.value.status == status

    def test_holds_one_operation(self) -> None:
        with pytest.raises(Refusal, match="send one"):
            read_post(b"query=a", Body(QUERY, b"b"))


class TestGraphName:
    def test_is_an_iri_or_the_default(self) -> None:
        assert read_graph_name(b"graph=urn%3Ag") == "urn:g"
        assert read_graph_name(b"default") is None
        assert read_graph_name(b"default=") is None


class TestParams:
    def test_are_texts(self) -> None:
        assert read_params(b"a=x+y&b=%27+%7D+%23&c=") == {"a": "x y", "b": "' } #", "c": ""}

    def test_are_given_once(self) -> None:
        with pytest.raises(Refusal, match="a"):
            read_params(b"a=1&a=2")
