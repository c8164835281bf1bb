"""Turtle by hand: sorted, short, and readable by others."""

import pytest
import rdflib

from kg.store.turtle import render_nquads, render_trig, render_turtle, sort_lines
from kg.vocab import prefixes

KG = "https://w3id.org/polkg/ontology#"
R = "https://w3id.org/polkg/resource/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"


def turtle(*lines: str) -> str:
    """The document without its prefixes."""
    return "".join(render_turtle(sort_lines(lines), prefixes())).partition(f"<{XSD}> .\n")[2]


class TestSortLines:
    def test_sorts_by_code_point_and_drops_doubles(self) -> None:
        assert list(sort_lines(["b", "ä", "a", "b", "B"])) == ["B", "a", "b", "ä"]

    @pytest.mark.parametrize("run", [1, 2, 3, 100])
    def test_is_the_same_however_little_is_held_in_memory(self, run: int) -> None:
        lines = ["d", "a\u2028x", "c", "a", "b\x85", "a", "😀"]
        assert list(sort_lines(lines, run=run)) == sorted(set(lines))

    def test_of_nothing_is_nothing(self) -> None:
        assert list(sort_lines([])) == []


class TestRenderTurtle:
    def test_groups_by_subject_and_predicate_class_first(self) -> None:
        assert (
            turtle(
                f"<{R}a> <{KG}holder> <{R}c>",
                f"<{R}a> {TYPE} <{KG}Position>",
                f"<{R}a> <{KG}holder> <{R}b>",
                f"<{R}b> <{KG}about> <{R}a>",
            )
            == "\nr:a a kg:Position ;\n    kg:holder r:b ,\n        r:c .\n\nr:b kg:about r:a .\n"
        )

    @pytest.mark.parametrize(
        ("term", "written"),
        [
            (f'"5"^^<{XSD}integer>', "5"),
            (f'"-5"^^<{XSD}integer>', "-5"),
            (f'"0.9"^^<{XSD}decimal>', "0.9"),
            (f'"1"^^<{XSD}decimal>', '"1"^^xsd:decimal'),
            (f'"1."^^<{XSD}decimal>', '"1."^^xsd:decimal'),
            (f'"true"^^<{XSD}boolean>', "true"),
            (f'"1"^^<{XSD}boolean>', '"1"^^xsd:boolean'),
            (f'"2024-12"^^<{XSD}gYearMonth>', '"2024-12"^^xsd:gYearMonth'),
            ('"x"^^<urn:t>', '"x"^^<urn:t>'),
            ('"a \\" \\n ^^<urn:t>"', '"a \\" \\n ^^<urn:t>"'),
            ('"Kiew"@de', '"Kiew"@de'),
            (f"<{R}topic-a_state-b>", "r:topic-a_state-b"),
            (f"<{R}extraction-a.b_0.1.0>", "r:extraction-a.b_0.1.0"),
            (f"<{R}a.>", f"<{R}a.>"),
            (f"<{R}a%20b>", f"<{R}a%20b>"),
            (f"<{R}>", f"<{R}>"),
            (f"<{R}ä>", f"<{R}ä>"),
            ("<urn:x:y>", "<urn:x:y>"),
            (TYPE, "rdf:type"),
        ],
    )
    def test_writes_terms_short_where_turtle_allows(self, term: str, written: str) -> None:
        line = f"<{R}s> <{KG}p> {term}"
        assert turtle(line) == f"\nr:s kg:p {written} .\n"
        graph = rdflib.Graph().parse(data="".join(render_turtle([line], prefixes())), format="turtle")
        assert graph.isomorphic(rdflib.Graph().parse(data=f"{line} .", format="nt"))

    def test_of_nothing_declares_prefixes(self) -> None:
        assert "".join(render_turtle([], {"x": "urn:x:"})) == "@prefix x: <urn:x:> .\n"


def test_trig_groups_by_graph() -> None:
    lines = [f"<{R}g1> <{R}a> <{KG}p> <{R}b>", f"<{R}g1> <{R}c> <{KG}p> <{R}b>", f'<{R}g2> <{R}a> <{KG}p> "x"']
    found = "".join(render_trig(lines, {"r": R, "kg": KG}))
    assert found.endswith(
        '\nr:g1 {\n\n    r:a kg:p r:b .\n\n    r:c kg:p r:b .\n}\n\nr:g2 {\n\n    r:a kg:p "x" .\n}\n'
    )


def test_nquads_put_the_graph_last() -> None:
    assert list(render_nquads(['<urn:g> <urn:s> <urn:p> "a b"'])) == ['<urn:s> <urn:p> "a b" <urn:g> .\n']
