"""The vocabulary is complete: what is used is declared, explained in two languages, and fits its shapes."""

from collections.abc import Iterable
from functools import cache

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.rdf import render_quads
from kg.store import GraphStore
from kg.validate import validate_graph
from tests.builders import ONTOLOGY, put, resolved

KG = rdflib.Namespace("https://w3id.org/polkg/ontology#")
SCHEMA = rdflib.Namespace("https://schema.org/")
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
FILES = tuple(sorted(path.name for path in ONTOLOGY.glob("*.ttl") if path.name != "shapes.ttl"))


def read(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        graph.parse(ONTOLOGY / name)
    return graph


CORE = read("core.ttl")


def own(graph: rdflib.Graph, *kinds: rdflib.URIRef) -> list[rdflib.URIRef]:
    """The terms of our own namespace that are of one of the kinds."""
    found = {subject for kind in kinds for subject in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, rdflib.URIRef) and term.startswith(KG))


def languages(graph: rdflib.Graph, term: rdflib.term.Node, predicate: rdflib.URIRef) -> set[str | None]:
    return {getattr(text, "language", None) for text in graph.objects(term, predicate)}


@pytest.mark.parametrize("term", own(CORE, OWL.Class, *PROPERTIES))
def test_classes_and_properties_are_explained_in_english_and_german(term: rdflib.URIRef) -> None:
    assert languages(CORE, term, RDFS.label) == {"en", "de"}
    assert languages(CORE, term, RDFS.comment) == {"en", "de"}


@pytest.mark.parametrize("term", own(CORE, SKOS.Concept))
def test_concepts_are_explained_in_english_and_german(term: rdflib.URIRef) -> None:
    assert languages(CORE, term, SKOS.prefLabel) == {"en", "de"}
    assert languages(CORE, term, SKOS.definition) == {"en", "de"}
    assert CORE.value(term, SKOS.notation)
    assert CORE.value(term, SKOS.inScheme)


@pytest.mark.parametrize("term", own(CORE, *PROPERTIES))
def test_properties_say_what_they_join(term: rdflib.URIRef) -> None:
    if term == KG.readingAid:
        return
    assert list(CORE.objects(term, RDFS.domain)) or len(list(CORE.objects(term, SCHEMA.domainIncludes))) > 1
    ranges = [*CORE.objects(term, RDFS.range), *CORE.objects(term, SCHEMA.rangeIncludes)]
    assert ranges or term in (KG.provides, KG.example)


def test_has_no_blank_nodes_where_the_store_reads_it() -> None:
    graph = read("core.ttl", "alignment.ttl")
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]


@pytest.mark.parametrize("name", ["core.ttl", "alignment.ttl", "shapes.ttl"])
def test_declares_its_version(name: str) -> None:
    graph = read(name)
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    version = str(graph.value(ontology, OWL.versionInfo))
    assert str(graph.value(ontology, OWL.versionIRI)).endswith("/" + version)


@cache
def triples(name: str) -> tuple[tuple[str, str, str], ...]:
    """The triples of a file as text; rdflib would take a minute for the lexicon."""
    return tuple((str(t.subject), str(t.predicate), str(t.object)) for t in pyoxigraph.parse(path=str(ONTOLOGY / name)))


@cache
def subjects(*names: str) -> frozenset[str]:
    return frozenset(subject for name in names for subject, _, _ in triples(name))


def undeclared(found: Iterable[tuple[str, str, str]]) -> list[str]:
    """Predicates and classes that core.ttl does not declare, but for those of OWL and RDFS themselves."""
    used = {
        term
        for _, predicate, target in found
        for term in ([predicate, target] if predicate == f"<{RDF.type}>" else [predicate])
    }
    return sorted(
        term for term in used - subjects("core.ttl") if not term.startswith((f"<{OWL}", f"<{RDFS}", f"<{RDF}"))
    )


@pytest.mark.parametrize("name", FILES)
def test_files_use_only_what_is_declared(name: str) -> None:
    assert undeclared(triples(name)) == []


@pytest.mark.parametrize("name", FILES)
def test_files_use_only_terms_that_exist(name: str) -> None:
    """Objects in our own namespace are declared somewhere: a mistyped kg:suport is found."""
    own_terms = {target for _, _, target in triples(name) if target.startswith(f"<{KG}")}
    assert sorted(own_terms - subjects(*FILES)) == []


def test_shapes_speak_of_declared_terms_in_english_and_german() -> None:
    shapes = read("shapes.ttl")
    terms = {
        term
        for predicate in (SH.path, SH["class"], SH.targetClass, SH.targetSubjectsOf)
        for term in shapes.objects(None, predicate)
        if isinstance(term, rdflib.URIRef) and term.startswith(KG)
    }
    assert sorted(terms - set(CORE.subjects())) == []
    for shape in shapes.subjects(SH.message):
        assert languages(shapes, shape, SH.message) == {"en", "de"}


def test_all_that_is_rendered_is_declared() -> None:
    found = ((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in render_quads(resolved()))
    assert undeclared(found) == []


def test_the_shipped_knowledge_base_goes_with_an_article_and_conforms() -> None:
    store = GraphStore.in_memory()
    store.load_ontology(ONTOLOGY)
    put(store, resolved())
    store.refresh_derived()
    assert validate_graph(store, ONTOLOGY).violations == ()
    assert undeclared((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in store.quads()) == []
