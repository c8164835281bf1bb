"""Whether a graph keeps what `ontology/shapes.ttl` promises, by SHACL.

pySHACL works on rdflib graphs in memory, so the articles are checked in batches: facts link only within their own
article and to entities, topics and concepts, and each batch carries what the store says of those.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib.namespace import SH

from kg import vocab
from kg.errors import KnowledgeError
from kg.query import shorten_iri
from kg.store import GraphStore
from kg.store.dataset import to_rdflib
from kg.store.description import describe_used

BATCH = 50  # articles checked at a time
_SUB_CLASS = NamedNode(vocab.RDFS + "subClassOf")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One fault: where it is, which property, what stands there, and what is wanted, in English and German."""

    focus_node: str
    path: str
    value: str
    message: str
    message_de: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """What SHACL found."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not self.violations

    @property
    def text(self) -> str:
        """One line a violation, or one that says there is none."""
        return "\n".join(_render_violation(found) for found in self.violations) or "conforms: no violation found"


def validate_graph(store: GraphStore, ontology: Path) -> ValidationReport:
    """Checks every article in `store` against `shapes.ttl` in the folder `ontology`.

    Raises:
        KnowledgeError: the shapes cannot be read.
    """
    shapes = _read_shapes(ontology / "shapes.ttl")
    shared = [
        *describe_used(store.database, base=store.base),
        *_class_tree(store),
        *store.graph_quads(vocab.mint_graph("derived", base=store.base)),
    ]
    graphs = store.article_graphs()
    batches = [graphs[start : start + BATCH] for start in range(0, len(graphs), BATCH)]
    prefixes = vocab.prefixes(store.base)
    found = {
        _shorten(violation, prefixes) for batch in batches for violation in _check_batch(store, batch, shared, shapes)
    }
    return ValidationReport(violations=tuple(sorted(found)))


def _check_batch(
    store: GraphStore, graphs: Sequence[str], shared: Iterable[Quad], shapes: rdflib.Graph
) -> Iterator[Violation]:
    data = rdflib.Graph()
    for quads in (shared, *(store.graph_quads(graph) for graph in graphs)):
        for quad in quads:
            data.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if not conforms and isinstance(results, rdflib.Graph):
        for result in results.objects(None, SH.result):  # without what only details another result
            yield _read_result(results, result)


def _read_result(results: rdflib.Graph, result: rdflib.term.Node) -> Violation:
    messages = {
        getattr(message, "language", None): str(message) for message in results.objects(result, SH.resultMessage)
    }
    message = messages.get("en") or next(iter(messages.values()), "")
    return Violation(
        focus_node=_value(results, result, SH.focusNode),
        path=_value(results, result, SH.resultPath),
        value=_value(results, result, SH.value),
        message=message,
        message_de=messages.get("de", message),
    )


def _value(results: rdflib.Graph, result: rdflib.term.Node, predicate: rdflib.URIRef) -> str:
    """The value as text; "" for none, and for a path that is no single property."""
    found = results.value(result, predicate)
    return "" if found is None or isinstance(found, rdflib.BNode) else str(found)


def _shorten(violation: Violation, prefixes: Mapping[str, str]) -> Violation:
    return Violation(
        focus_node=shorten_iri(violation.focus_node, prefixes),
        path=shorten_iri(violation.path, prefixes),
        value=shorten_iri(violation.value, prefixes),
        message=violation.message,
        message_de=violation.message_de,
    )


def _render_violation(violation: Violation) -> str:
    place = " ".join(part for part in (violation.focus_node, violation.path, violation.value) if part)
    return f"{place}: {violation.message} ({violation.message_de})"


def _class_tree(store: GraphStore) -> Iterator[Quad]:
    ontology = NamedNode(vocab.mint_graph("ontology", base=store.base))
    return store.database.quads_for_pattern(None, _SUB_CLASS, None, ontology)


def _read_shapes(path: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise KnowledgeError(f"{path}: {error}; mend the Turtle") from error
