"""One article of a graph at a time, as text: what tables, events and annotations are written from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import vocab
from kg.store import GraphStore

_LABEL = NamedNode(vocab.RDFS + "label")
_SUBCLASS = NamedNode(vocab.RDFS + "subClassOf")
_TYPE = NamedNode(vocab.RDF + "type")
_ENTITY = NamedNode(vocab.KG + "Entity")
_UNION = DefaultGraph()  # holds every triple of the others once


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Characters of an article: half-open code points, what stands there, and the sentence around."""

    start: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleGraph:
    """What one article says. Properties of `kg` and of rdf: and rdfs: go by their local names."""

    iri: str
    nodes: Mapping[str, Mapping[str, tuple[str, ...]]]  # subject -> property -> values, sorted

    def values(self, node: str, name: str) -> tuple[str, ...]:
        """The values of a property, IRIs in full, literals as text."""
        return self.nodes.get(node, {}).get(name, ())

    def value(self, node: str, name: str) -> str | None:
        """The value of a property, the first of several in order of the alphabet."""
        return next(iter(self.values(node, name)), None)

    def local(self, node: str, name: str, prefix: str = "") -> str | None:
        """The local name of the concept that a property names: "direct" for kg:form-direct with prefix "form-"."""
        found = self.value(node, name)
        return found and found.removeprefix(vocab.KG).removeprefix(prefix)

    def passages(self, node: str, role: str) -> tuple[Passage, ...]:
        """The spans that a property leads to, in the order of the text."""
        found = (self.passage(span) for span in self.values(node, role))
        return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))

    def passage(self, span: str) -> Passage:
        """The characters of a span, mention or sentence."""
        sentence = self.value(span, "inSentence") or span
        return Passage(
            start=int(self.value(span, "beginIndex") or 0),
            end=int(self.value(span, "endIndex") or 0),
            text=self.value(span, "anchorOf") or "",
            sentence=self.value(sentence, "anchorOf") or "",
        )

    def of_class(self, kind: str, role: str = "evidence") -> tuple[str, ...]:
        """The nodes of a class by where they stand in the text; `role`: the property that leads to their spans."""
        found = (node for node, values in self.nodes.items() if vocab.KG + kind in values.get("type", ()))
        return tuple(sorted(found, key=lambda node: (self._place(node, role), node)))

    @property
    def date(self) -> str | None:
        """When it was published, as precise as known."""
        return self.value(self.iri, "published")

    @property
    def id(self) -> str:
        """The id that its user gave it."""
        return self.value(self.iri, "articleId") or ""

    def _place(self, node: str, role: str) -> tuple[int, int]:
        passages = (self.passage(node),) if role == "" else self.passages(node, role)
        return (passages[0].start, passages[-1].end) if passages else (0, 0)


class Names:
    """How the things of a graph are called: short ids, labels and classes. Remembers the labels it looked up."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._labels: dict[str, str] = {}

    def short(self, iri: str | None) -> str | None:
        """The IRI without the base of the graph: "state-ukraine"; others in full."""
        return iri and iri.removeprefix(self._store.base)

    def label(self, iri: str | None) -> str | None:
        """The German label of an entity or topic, the first of several; the short id where there is none."""
        if iri is None:
            return None
        if iri not in self._labels:
            self._labels[iri] = min(self._find_labels(iri), default=self.short(iri) or "")
        return self._labels[iri]

    def objects(self, iri: str, name: str, *, namespace: str = vocab.KG) -> tuple[str, ...]:
        """The values of a property anywhere in the graph, knowledge base included, sorted."""
        found = self._store.database.quads_for_pattern(NamedNode(iri), NamedNode(namespace + name), None, _UNION)
        return tuple(sorted({q.object.value for q in found if isinstance(q.object, NamedNode | Literal)}))

    def kind(self, iri: str) -> str | None:
        """The class of an entity by its local name; none if it is no entity."""
        kinds = self.objects(iri, "type", namespace=vocab.RDF)
        return min((self._local(kind) for kind in kinds if kind in self.entity_classes), default=None)

    @cached_property
    def entity_classes(self) -> Mapping[str, tuple[str, ...]]:
        """The classes of entities by IRI, each with the local names of itself and the classes above, kg:Entity last."""
        found: dict[str, tuple[str, ...]] = {_ENTITY.value: (self._local(_ENTITY.value),)}
        queue = [_ENTITY.value]
        for above in queue:
            for quad in self._store.database.quads_for_pattern(None, _SUBCLASS, NamedNode(above), _UNION):
                below = quad.subject
                if isinstance(below, NamedNode) and below.value not in found:
                    found[below.value] = (self._local(below.value), *found[above])
                    queue.append(below.value)
        return dict(sorted(found.items()))

    def _find_labels(self, iri: str) -> Iterator[str]:
        for quad in self._store.database.quads_for_pattern(NamedNode(iri), _LABEL, None, _UNION):
            if isinstance(quad.object, Literal) and quad.object.language in (None, "de"):
                yield quad.object.value

    @staticmethod
    def _local(iri: str) -> str:
        return iri.removeprefix(vocab.KG)


def read_articles(store: GraphStore) -> Iterator[ArticleGraph]:
    """The articles of a graph, sorted by IRI; one is in memory at a time."""
    for graph in store.article_graphs():
        yield read_article(store, graph)


def read_article(store: GraphStore, graph: str) -> ArticleGraph:
    """What the graph of that IRI says."""
    nodes: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    iri = graph
    for quad in store.graph_quads(graph):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            nodes[quad.subject.value][_property(quad.predicate.value)].append(quad.object.value)
            if quad.predicate == _TYPE and quad.object == NamedNode(vocab.KG + "Article"):
                iri = quad.subject.value
    return ArticleGraph(
        iri=iri, nodes={node: {n: tuple(sorted(v)) for n, v in found.items()} for node, found in sorted(nodes.items())}
    )


def _property(iri: str) -> str:
    for namespace in (vocab.KG, vocab.RDF, vocab.RDFS, vocab.SKOS):
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return iri
