"""Files of networks: read back whole, harmless, and the same bytes every time."""

import csv
import io
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.errors import InputError
from kg.network import measure_network, project_network, read_options
from kg.network.files import FORMATS, choose_format, write_network
from tests.builders import entity, filled, resolved
from tests.unit.network.stances import coded, document, iri

HOSTILE = "a \"b\" 'c' <d> & ; , \\ \r\n\t\0\x1b ]]> </script> ‮ 😀"
GEXF = "{http://www.gexf.net/1.2draft}"


def written(kind: str, form: str, *, store: Any = None, **options: Any) -> bytes:
    network = project_network(store or coded("a+n a+p b-n b+p c+n"), kind, read_options(kind, **options))
    output = io.BytesIO()
    write_network(measure_network(network), form, output)
    return output.getvalue()


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_the_matrix_of_actors_is_square_and_symmetric() -> None:
    assert rows(written("subtract", "matrix")) == [
        ["", "A", "B", "C"], ["A", "0", "0", "1"], ["B", "0", "0", "-1"], ["C", "1", "-1", "0"],
    ]  # fmt: skip


def test_the_matrix_of_two_modes_has_actors_by_topics() -> None:
    assert rows(written("actor-topic", "matrix", qualifier="subtract")) == [
        ["", "NATO-Mitgliedschaft", "Friedensverhandlungen"], ["A", "1", "1"], ["B", "-1", "1"], ["C", "1", "0"],
    ]  # fmt: skip


def test_the_matrix_of_entities_is_directed() -> None:
    table = rows(written("entities", "matrix", store=filled()))
    at = {name: number for number, name in enumerate(table[0])}
    assert table[at["Dmitri Peskow"]][at["Russland"]] == "2"  # acts for it, and is its spokesman
    assert table[at["Russland"]][at["Dmitri Peskow"]] == "0"


def test_names_that_several_have_are_told_apart() -> None:
    twins = (entity("person-a", "Person", "Same"), entity("person-b", "Person", "Same"))
    store = filled(document("d", "a+n b-n", entities=twins))
    assert rows(written("conflict", "matrix", store=store))[0] == ["", "Same (person-a)", "Same (person-b)"]


def test_edge_list() -> None:
    table = rows(written("conflict", "edges", normalisation="average"))
    assert table[0] == [
        "source", "target", "source_label", "target_label", "weight", "congruence", "conflict", "topics", "facts",
    ]  # fmt: skip
    assert table[1][:6] == [iri("person-a"), iri("person-b"), "A", "B", "0.5", "1"]
    assert [row[2:4] for row in table[1:]] == [["A", "B"], ["B", "C"]]


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
@pytest.mark.parametrize("form", ["matrix", "edges"])
def test_no_label_is_a_formula(label: str, form: str) -> None:
    store = filled(document("d", "a+n b-n", entities=[entity("person-a", "Person", label)]))
    cells = {cell for row in rows(written("conflict", form, store=store)) for cell in row}
    assert f"'{label}" in cells
    assert label not in cells


@pytest.mark.parametrize("kind", ["entities", "actor-topic", "congruence"])
class TestXml:
    def test_graphml_is_read_back(self, kind: str) -> None:
        found = nx.read_graphml(io.BytesIO(written(kind, "graphml", store=filled(resolved("a"), resolved("b")))))
        expected = project_network(filled(resolved("a"), resolved("b")), kind, read_options(kind))
        assert sorted(found) == sorted(expected)
        assert found.number_of_edges() == expected.number_of_edges()
        assert {"label", "type", "degree", "community"} <= found.nodes[iri("person-dmitri-peskow")].keys()

    def test_gexf_is_read_back(self, kind: str) -> None:
        data = written(kind, "gexf", store=filled(resolved("a"), resolved("b")))
        found = nx.read_gexf(io.BytesIO(data))
        expected = project_network(filled(resolved("a"), resolved("b")), kind, read_options(kind))
        assert sorted(found) == sorted(expected)
        assert found.number_of_edges() == expected.number_of_edges()
        assert b"lastmodified" not in data

    @pytest.mark.parametrize("form", FORMATS)
    def test_any_name_is_harmless(self, kind: str, form: str) -> None:
        named = entity("person-a", "Person", HOSTILE)
        store = filled(document("d", "a+n b+n", entities=[named]))
        data = written(kind, form, store=store)
        if form in ("graphml", "gexf"):
            text = "".join(ElementTree.fromstring(data).itertext()) + str(ElementTree.fromstring(data).attrib)
            assert "\0" not in text
            assert b"</script>" not in data
        else:
            assert len({len(row) for row in rows(data)}) == 1

    @pytest.mark.parametrize("form", FORMATS)
    def test_same_bytes(self, kind: str, form: str) -> None:
        one = written(kind, form, store=filled(resolved("a"), resolved("b")))
        assert one == written(kind, form, store=filled(resolved("b"), resolved("a")))


def test_gexf_has_an_edge_on_its_days() -> None:
    store = filled(document("d", "a+n", date="2024-02"), document("e", "a+n", date="2024-01-05"))
    (edge,) = ElementTree.fromstring(written("actor-topic", "gexf", store=store)).iter(f"{GEXF}edge")
    spells = [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{GEXF}spell")]
    assert spells == [("2024-01-05", "2024-01-05"), ("2024-02-01", "2024-02-29")]


class TestChoice:
    @pytest.mark.parametrize(
        ("name", "form", "chosen"),
        [
            ("-", None, "graphml"), ("a.graphml", None, "graphml"), ("a.XML", None, "graphml"), ("a.gexf", None, "gexf"),
            ("a.csv", None, "matrix"), ("a.csv", "edges", "edges"), ("a.txt", "matrix", "matrix"),
        ],
    )  # fmt: skip
    def test_by_name_or_as_asked(self, name: str, form: str | None, chosen: str) -> None:
        assert choose_format(name, form) == chosen

    def test_others_are_refused(self) -> None:
        with pytest.raises(InputError, match=r"a\.png: wants a name that ends in \.graphml, \.xml, \.gexf, \.csv"):
            choose_format("a.png", None)
        with pytest.raises(InputError, match="format 'dl': wants one of graphml, gexf, matrix, edges"):
            choose_format("a.csv", "dl")


def test_an_empty_network_is_a_file_too() -> None:
    for form in FORMATS:
        assert written("congruence", form, store=filled(replace(resolved(), positions=())))
