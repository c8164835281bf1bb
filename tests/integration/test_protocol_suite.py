"""The tests of W3C's suite for the SPARQL 1.1 Protocol and for service descriptions, read from their manifests.

The suite is `sparql/sparql11/` of github.com/w3c/rdf-tests, beside the checkout under `shared/suites/w3c`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, Namespace
from rdflib.collection import Collection

from kg.store import GraphStore
from tests.serving import TOKEN, Answer, Server, serving

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "w3c" / "sparql" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        *("application/sparql-results+json", "application/sparql-results+xml"),
        *("text/csv", "text/tab-separated-values"),
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}
COUNT = 34


def read_manifest() -> rdflib.Graph:
    path = SUITE / "protocol" / "manifest.ttl"
    return rdflib.Graph().parse(path, publicID=path.as_uri()) if path.is_file() else rdflib.Graph()


MANIFEST = read_manifest()
TESTS = sorted(MANIFEST.subjects(RDF.type, MF.ProtocolTest), key=str)


@pytest.fixture(name="server", scope="module")
def run_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not SUITE.is_dir():
        pytest.skip(f"no W3C suite: {SUITE} is missing")
    folder = tmp_path_factory.mktemp("protocol") / "graph"
    GraphStore.create(folder).close()
    with serving(folder, "--token", TOKEN) as server:
        yield server


def test_the_whole_suite_is_there() -> None:
    if not SUITE.is_dir():
        pytest.skip(f"no W3C suite: {SUITE} is missing")
    assert len(TESTS) == COUNT


@pytest.mark.parametrize("test", TESTS, ids=lambda test: str(test).rpartition("#")[2])
def test_protocol(server: Server, test: rdflib.term.Node) -> None:
    for data in MANIFEST.objects(test, UT.graphData):
        load(server, data)
    for request in members(MANIFEST.value(MANIFEST.value(test, MF.action), HT.requests)):
        check(send(server, request), MANIFEST.value(request, HT.resp))


def load(server: Server, data: rdflib.term.Node) -> None:
    path = Path(str(MANIFEST.value(data, UT.graph)).removeprefix("file://"))
    name = MANIFEST.value(data, rdflib.RDFS.label)
    answer = server.update(f"INSERT DATA {{ GRAPH <{name}> {{ {path.read_text(encoding='utf-8')} }} }}")
    assert answer.status == 204, answer.text


def send(server: Server, request: rdflib.term.Node) -> Answer:
    path = str(MANIFEST.value(request, HT.absolutePath))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for header in members(MANIFEST.value(request, HT.headers)):
        headers[str(MANIFEST.value(header, HT.fieldName))] = str(MANIFEST.value(header, HT.fieldValue))
    content = MANIFEST.value(request, HT.body)
    body = None
    if content is not None:
        encoding = str(MANIFEST.value(content, CNT.characterEncoding))
        body = str(MANIFEST.value(content, CNT.chars)).encode(encoding)
    return server.request(str(MANIFEST.value(request, HT.methodName)), path, body, headers)


def check(answer: Answer, expected: rdflib.term.Node | None) -> None:
    classes = {str(status)[-3] for status in MANIFEST.objects(expected, MF.expectedStatus)}  # "2" of "2xx"
    assert str(answer.status)[0] in classes, answer.text
    form = MANIFEST.value(expected, MF.expectedFormat)
    if form is not None:
        assert answer.type in FORMATS[str(form)]
    truth = MANIFEST.value(expected, MF.expectedBoolean)
    if truth is not None:
        assert answer.boolean is truth.toPython()  # type: ignore[attr-defined]


def members(node: rdflib.term.Node | None) -> Iterator[rdflib.term.Node]:
    return iter(Collection(MANIFEST, node) if node is not None else ())


class TestServiceDescription:
    """The three tests of `service-description/manifest.ttl`, which are told in words only."""

    def test_get_on_endpoint_returns_rdf(self, server: Server) -> None:
        for media_type, form in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("*/*", "turtle")):
            answer = server.get("/sparql", media_type)
            assert answer.type in FORMATS["RDF"]
            assert len(rdflib.Graph().parse(data=answer.text, format=form)) > 10

    def test_has_a_matching_endpoint_triple(self, server: Server) -> None:
        endpoint = f"http://{server.host}:{server.port}/sparql"
        graph = rdflib.Graph().parse(data=server.get("/sparql").text)
        assert list(graph.objects(None, SD.endpoint)) == [rdflib.URIRef(endpoint)]

    def test_conforms_to_the_schema(self, server: Server) -> None:
        graph = rdflib.Graph().parse(data=server.get("/sparql").text)
        (service,) = graph.subjects(RDF.type, SD.Service)
        assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
        (dataset,) = graph.objects(service, SD.defaultDataset)
        assert (dataset, RDF.type, SD.Dataset) in graph
        (default,) = graph.objects(dataset, SD.defaultGraph)
        assert (default, RDF.type, SD.Graph) in graph
