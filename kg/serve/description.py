"""The service description: what the endpoint says of itself (SPARQL 1.1 Service Description, W3C, 2013)."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg import vocab
from kg.serve.negotiation import GRAPH_TYPES, RESULT_TYPES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
    "text/n3": "N3",
}


def render_description(endpoint: str, media_type: str, *, writable: bool) -> bytes:
    """The description of the endpoint at that address, in one of GRAPH_TYPES.

    Its nodes have names, so that the same endpoint gives the same bytes.
    """
    prefixes = {"sd": _SD, "formats": _FORMATS}
    found = serialize(_describe(endpoint, writable=writable), format=_format(media_type), prefixes=prefixes)
    return found or b""


def _describe(endpoint: str, *, writable: bool) -> Iterator[Triple]:
    service, dataset, default = (NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph"))
    a = NamedNode(vocab.RDF + "type")
    yield Triple(service, a, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if writable:
        yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for media_type in (*RESULT_TYPES, *GRAPH_TYPES):
        if media_type in _FORMAT_NAMES:
            yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + _FORMAT_NAMES[media_type]))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, a, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, a, _sd("Graph"))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _format(media_type: str) -> RdfFormat:
    return GRAPH_TYPES[media_type]
