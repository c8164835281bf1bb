"""The database for users of rdflib: the same quads, to read and not to write."""

from typing import Any

import pytest
import rdflib
from pyoxigraph import DefaultGraph
from rdflib.namespace import RDF, RDFS
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError, StoreError
from kg.query import check_query
from kg.store import GraphStore
from kg.vocab import BASE, KG, mint_article_graph
from tests.builders import TITLE, filled, put, resolved, turned

TRIPLE = (rdflib.URIRef("urn:s"), rdflib.URIRef("urn:p"), rdflib.Literal("o"))
TITLE_OF = rdflib.URIRef(KG + "title")


@pytest.fixture
def store() -> GraphStore:
    return filled(resolved("a"), turned(resolved(), "b"))


@pytest.fixture
def dataset(store: GraphStore) -> rdflib.Dataset:
    return store.open_dataset(check=check_query)


def ask(dataset: rdflib.Dataset, query: str) -> list[Any]:
    return [row[0] for row in dataset.query(query)]  # type: ignore[index]


def test_default_graph_holds_every_triple_once(store: GraphStore, dataset: rdflib.Dataset) -> None:
    assert len(dataset) == sum(1 for _ in store.database.quads_for_pattern(None, None, None, DefaultGraph()))
    peskow = rdflib.URIRef(BASE + "person-dmitri-peskow")
    assert list(dataset.objects(peskow, RDFS.label)) == [rdflib.Literal("Dmitri Peskow", lang="de")]
    assert [int(number) for number in ask(dataset, "SELECT (COUNT(*) AS ?n) { ?p a kg:Position }")] == [8]


def test_named_graphs_are_there(dataset: rdflib.Dataset) -> None:
    names = {str(graph.identifier).removeprefix(BASE) for graph in dataset.graphs()}
    assert names >= {"graph-article-a", "graph-article-b", "graph-derived", "graph-knowledge", "graph-ontology"}
    graph = dataset.graph(mint_article_graph("a"))
    assert len(list(graph.subjects(RDF.type, rdflib.URIRef(KG + "Position")))) == 4
    assert 0 < len(graph) < len(dataset)
    named = ask(dataset, "SELECT DISTINCT ?g { GRAPH ?g { ?p a kg:Position } }")
    assert set(map(str, named)) == {mint_article_graph("a"), mint_article_graph("b")}


def test_plain_literals_are_plain(dataset: rdflib.Dataset) -> None:
    title = rdflib.Literal(TITLE)
    article = rdflib.URIRef(BASE + "article-a")
    assert dataset.value(article, TITLE_OF) == title
    assert article in set(dataset.subjects(TITLE_OF, title))
    assert set(ask(dataset, "SELECT ?t { ?a kg:title ?t }")) == {title}
    built = dataset.query("CONSTRUCT { ?a kg:title ?t } WHERE { ?a kg:title ?t }").graph
    assert built is not None
    assert set(built.objects()) == {title}


def test_ask_and_prepared_queries(dataset: rdflib.Dataset) -> None:
    assert dataset.query("ASK { ?a a kg:Article }").askAnswer
    prepared = prepareQuery("SELECT ?a { ?a a kg:Article }", initNs={"kg": KG})
    assert len(list(dataset.query(prepared))) == 2


def test_is_the_database_itself(store: GraphStore, dataset: rdflib.Dataset) -> None:
    before = len(dataset)
    put(store, resolved("c"))
    assert len(dataset) > before


def test_cannot_be_written(dataset: rdflib.Dataset) -> None:
    before = len(dataset)
    for write in (
        lambda: dataset.add(TRIPLE),
        lambda: dataset.addN([(*TRIPLE, dataset.graph("urn:g"))]),
        lambda: dataset.remove(TRIPLE),
        lambda: dataset.update("DROP ALL"),
        lambda: dataset.parse(data="<urn:a> <urn:b> <urn:c> .", format="turtle"),
        lambda: dataset.remove_graph(rdflib.URIRef(mint_article_graph("a"))),
        lambda: dataset.graph("urn:g").add(TRIPLE),
    ):
        with pytest.raises(StoreError, match="only read"):
            write()
    assert len(dataset) == before


def test_asks_no_other_server(dataset: rdflib.Dataset) -> None:
    with pytest.raises(QueryError, match="SERVICE is off"):
        dataset.query("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }")
