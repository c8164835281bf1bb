"""Updates: what they may write to, and what they leave behind."""

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import QueryError
from kg.serve.protocol import Update
from kg.serve.update import run_update
from kg.serve.update_text import read_update_text
from kg.store import GraphStore

G, H = NamedNode("urn:g"), NamedNode("urn:h")
A, B = NamedNode("urn:a"), NamedNode("urn:b")


def quad(value: str, graph: NamedNode) -> Quad:
    return Quad(A, B, Literal(value), graph)


@pytest.fixture(name="store")
def fill_store() -> GraphStore:
    """Two graphs that share a triple, and their union."""
    store = GraphStore.in_memory()
    quads = [quad("one", G), quad("both", G), quad("both", H)]
    store.database.extend([*quads, *(Quad(*found.triple) for found in quads)])
    return store


def run(store: GraphStore, text: str, *using: str) -> None:
    run_update(store, Update(text=text, using_graphs=using), base_iri="http://localhost/sparql")


def values(store: GraphStore, graph: NamedNode | DefaultGraph) -> list[str]:
    found = (quad.object for quad in store.database.quads_for_pattern(None, None, None, graph))
    return sorted(term.value for term in found if isinstance(term, Literal))


@pytest.mark.parametrize(
    ("text", "union"),
    [
        ("INSERT DATA { GRAPH <urn:h> { <urn:a> <urn:b> 'two' } }", ["both", "one", "two"]),
        ("INSERT DATA { GRAPH <urn:h> { <urn:a> <urn:b> 'two' } } ; # end", ["both", "one", "two"]),
        ("DELETE DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'one' , 'both' } }", ["both"]),
        ("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }", ["both"]),
        ("WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 'new' } WHERE { ?s ?p ?o }", ["both", "new"]),
        ("INSERT { GRAPH <urn:n> { ?s ?p 'new' } } WHERE { ?s ?p 'one' }", ["both", "new", "one"]),
        ("DROP GRAPH <urn:g>", ["both"]),
        ("CLEAR GRAPH <urn:g> ; CLEAR GRAPH <urn:h>", []),
        ("MOVE <urn:g> TO <urn:h>", ["both", "one"]),
        ("COPY GRAPH <urn:h> TO GRAPH <urn:g>", ["both"]),
        ("CLEAR ALL", []),
        ("DROP NAMED", []),
        ("CREATE GRAPH <urn:empty>", ["both", "one"]),
        ("", ["both", "one"]),
        ("PREFIX x: <urn:x> # nothing", ["both", "one"]),
    ],
)
def test_the_default_graph_is_the_union(store: GraphStore, text: str, union: list[str]) -> None:
    run(store, text)
    assert values(store, DefaultGraph()) == union


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> 'c' }",
        "INSERT DATA { GRAPH <urn:g> { } <urn:a> <urn:b> 'c' }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } WHERE { GRAPH <urn:g> { ?s ?p ?o } }",
        "DELETE { GRAPH <urn:g> { ?s ?p ?o } } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
        "COPY <urn:g> TO DEFAULT",
    ],
)
def test_the_default_graph_is_not_written_to(store: GraphStore, text: str) -> None:
    with pytest.raises(QueryError, match="union of the named"):
        run(store, text)
    assert values(store, G) == ["both", "one"]


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/>",
        "load silent <file:///etc/hostname> INTO GRAPH <urn:g>",
        "PREFIX x: <http://127.0.0.1:9/>LOADx:y",
        "PREFIX x: <http://127.0.0.1:9/>LOADSILENTx:y",
        "CREATE GRAPH <urn:n> ;LOAD<http://127.0.0.1:9/>",
    ],
)
def test_nothing_is_loaded(store: GraphStore, text: str) -> None:
    with pytest.raises(QueryError, match="LOAD is off"):
        run(store, text)


@pytest.mark.parametrize("end", ["LOAD <http://127.0.0.1:9/>", "INSERT { } WHERE { SERVICE <urn:x> { } }"])
def test_nothing_is_loaded_behind_what_can_be_read_in_two_ways(store: GraphStore, end: str) -> None:
    with pytest.raises(QueryError, match=r"LOAD is off|SERVICE is off|cannot be read"):
        run(store, f"INSERT {{ }} WHERE {{ FILTER(1 <2#> '''\n) }} ; {end} # '''")


def test_names_may_hold_the_words(store: GraphStore) -> None:
    run(store, "PREFIX load: <urn:> INSERT DATA { GRAPH load:h { load:a load:b 'LOAD DEFAULT USING' } }")
    run(store, "PREFIX load: <urn:> CLEAR GRAPH load:g")
    assert values(store, DefaultGraph()) == ["LOAD DEFAULT USING", "both"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'c' }", "cannot be read: error at 1:"),
        ("CLEAR XYZ", "cannot be read"),
        ("DROP GRAPH <urn:nix>", "cannot be run: The graph <urn:nix> does not exist"),
        ("SELECT * { ?s ?p ?o }", "cannot be read"),
        ("INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <urn:x> { ?s ?p ?o } }", "SERVICE is off"),
        ("INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE " + "{" * 5_000, "nested deeper"),
    ],
)
def test_faults_change_nothing(store: GraphStore, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(store, f"CLEAR GRAPH <urn:h> ; {text}")
    assert values(store, H) == ["both"]


class TestDataset:
    """Graphs that the request names."""

    def test_are_what_where_sees(self, store: GraphStore) -> None:
        run(store, "INSERT { GRAPH <urn:n> { ?s ?p ?o } } WHERE { ?s ?p ?o }", "urn:h")
        assert values(store, NamedNode("urn:n")) == ["both"]

    def test_hold_for_every_operation(self) -> None:
        update = Update(
            text="INSERT { GRAPH <urn:n> { ?s ?p ?o } } WHERE { ?s ?p ?o } ;\nDELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
            using_graphs=("urn:a",),
            using_named_graphs=("urn:b",),
        )
        using = "USING <urn:a> USING NAMED <urn:b>"
        assert read_update_text(update).text == (
            f"INSERT {{ GRAPH <urn:n> {{ ?s ?p ?o }} }} {using} WHERE {{ ?s ?p ?o }} ;\n"
            f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} {using} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        )

    @pytest.mark.parametrize("clause", ["WITH <urn:g>", "USING <urn:g>", "USING NAMED <urn:g>"])
    def test_are_named_once(self, clause: str) -> None:
        update = "DELETE { GRAPH <urn:g> { ?s ?p ?o } }"
        text = f"{clause} {update} WHERE {{}}" if clause.startswith("WITH") else f"{update} {clause} WHERE {{}}"
        with pytest.raises(QueryError, match="use one of them"):
            read_update_text(Update(text=text, using_graphs=("urn:a",)))


class TestWritten:
    """The graphs that an update writes to."""

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("INSERT DATA { GRAPH <urn:g> { } . GRAPH x:h { } }", ("<urn:g>", "x:h")),
            ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { GRAPH <urn:h> { ?s ?p ?o } }", ("<urn:g>",)),
            ("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } } ; DROP SILENT GRAPH x:h", ("<urn:g>", "x:h")),
            ("INSERT { GRAPH ?g { } } USING NAMED <urn:g> WHERE { GRAPH ?g { } }", ("?g",)),
            ("CLEAR NAMED", None),
            ("DROP ALL", None),
            ("MOVE <urn:g> TO <urn:h>", None),
            ("PREFIX x: <urn:x> CREATE GRAPH x:a ; PREFIX x: <urn:y> CREATE GRAPH x:a", None),
        ],
    )
    def test_are_listed_where_the_text_tells(self, text: str, written: tuple[str, ...] | None) -> None:
        assert read_update_text(Update(text=text)).written == written

    @pytest.mark.parametrize("name", ["<urn:g>", "x:g", "<g>", "?g", "<urn:\\u0067>"])
    def test_are_found_by_any_name(self, store: GraphStore, name: str) -> None:
        text = f"BASE <urn:> PREFIX x: <urn:> DELETE {{ GRAPH {name} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} FILTER(?o != 'both') }}"
        run(store, text)
        assert values(store, DefaultGraph()) == ["both"]

    def test_may_hold_blank_nodes(self, store: GraphStore) -> None:
        run(store, "INSERT DATA { GRAPH <urn:g> { _:x <urn:b> 'blank' } }")
        run(store, "DELETE WHERE { GRAPH <urn:g> { ?s ?p 'blank' } }")
        assert values(store, DefaultGraph()) == ["both", "one"]
