"""Which part of the knowledge base belongs with a graph: what it says of the entities that articles mention.

The store holds the whole knowledge base; a graph that leaves it carries the descriptions of what it names, so that
it can be read alone, and nothing of the rest. Links lead only to what is described too, or out of `kg`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store

from kg import vocab

_TYPE = NamedNode(vocab.RDF + "type")
_READING_AID = NamedNode(vocab.KG + "readingAid")
_SUB_PROPERTY = NamedNode(vocab.RDFS + "subPropertyOf")
_HELD_BY = NamedNode(vocab.KG + "heldBy")
_OF_ORGANISATION = NamedNode(vocab.KG + "ofOrganisation")
_ROLE = NamedNode(vocab.KG + "role")
_CONCEPTS = (NamedNode(vocab.SKOS + "Concept"), NamedNode(vocab.SKOS + "ConceptScheme"))


def describable(store: Store, *, base: str = vocab.BASE) -> set[NamedNode]:
    """What `store` can describe: the members of the knowledge base, and all concepts."""
    knowledge, ontology = _graphs(base)
    members = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, None, knowledge)}
    return {node for node in members if isinstance(node, NamedNode)} | _concepts_of(store, ontology, knowledge)


def describe_used(
    store: Store, *, base: str = vocab.BASE, named: Collection[NamedNode] | None = None
) -> Iterator[Quad]:
    """The quads of the knowledge graph about all that the article graphs of `store` name, unsorted.

    Offices are described where both the person and the organisation are; concepts (issues, event types, weapon
    categories, polarities, ...) where something described, or an article, names them. What only serves to read
    German (sub-properties of kg:readingAid) is left out. `named` are those of `describable` that the articles name,
    for who has read them all; without it each is looked up.
    """
    knowledge, ontology = _graphs(base)
    if named is None:
        articles = vocab.mint_graph("article-", base=base)
        named = {node for node in describable(store, base=base) if _is_used(store, node, articles)}
    concepts = _concepts_of(store, ontology, knowledge)
    members = {node for node in named if any(store.quads_for_pattern(node, _TYPE, None, knowledge))}
    entities = _close(members, _offices(store, knowledge))
    described = _close(
        entities | (concepts & set(named)),
        lambda found: _named_by(store, found, knowledge, ontology) & concepts,
    )
    hidden = {quad.subject for quad in store.quads_for_pattern(None, _SUB_PROPERTY, _READING_AID, ontology)}
    for subject in described:
        for graph in (knowledge, ontology):
            for quad in store.quads_for_pattern(subject, None, None, graph):
                if quad.predicate not in hidden and _leads_on(quad, described, base):
                    yield Quad(quad.subject, quad.predicate, quad.object, knowledge)


def _graphs(base: str) -> tuple[NamedNode, NamedNode]:
    """The graphs of knowledge base and vocabulary."""
    return NamedNode(vocab.mint_graph("knowledge", base=base)), NamedNode(vocab.mint_graph("ontology", base=base))


def _is_used(store: Store, node: NamedNode, articles: str) -> bool:
    """Whether a graph of an article has `node` as subject or object."""
    return _is_in_article(store.quads_for_pattern(node, None, None), articles) or _is_in_article(
        store.quads_for_pattern(None, None, node), articles
    )


def _is_in_article(quads: Iterable[Quad], articles: str) -> bool:
    return any(isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(articles) for quad in quads)


def _offices(store: Store, knowledge: NamedNode) -> Callable[[set[NamedNode]], set[NamedNode]]:
    """What joins the offices between described persons and organisations, and their roles, to the described."""

    def find(described: set[NamedNode]) -> set[NamedNode]:
        held = [quad for quad in store.quads_for_pattern(None, _HELD_BY, None, knowledge) if quad.object in described]
        offices = {
            quad.subject
            for quad in held
            if isinstance(quad.subject, NamedNode)
            and _objects(store, quad.subject, _OF_ORGANISATION, knowledge) & described
        }
        return offices | {role for office in offices for role in _objects(store, office, _ROLE, knowledge)}

    return find


def _objects(store: Store, subject: NamedNode, predicate: NamedNode, graph: NamedNode) -> set[NamedNode]:
    found = store.quads_for_pattern(subject, predicate, None, graph)
    return {quad.object for quad in found if isinstance(quad.object, NamedNode)}


def _concepts_of(store: Store, *graphs: NamedNode) -> set[NamedNode]:
    return {
        quad.subject
        for graph in graphs
        for kind in _CONCEPTS
        for quad in store.quads_for_pattern(None, _TYPE, kind, graph)
        if isinstance(quad.subject, NamedNode)
    }


def _named_by(store: Store, subjects: Iterable[NamedNode], *graphs: NamedNode) -> set[NamedNode]:
    return {
        quad.object
        for subject in subjects
        for graph in graphs
        for quad in store.quads_for_pattern(subject, None, None, graph)
        if isinstance(quad.object, NamedNode)
    }


def _close(start: set[NamedNode], step: Callable[[set[NamedNode]], set[NamedNode]]) -> set[NamedNode]:
    """`start` with all that `step` adds, until it adds nothing more."""
    found = set(start)
    while new := step(found) - found:
        found |= new
    return found


def _leads_on(quad: Quad, described: set[NamedNode], base: str) -> bool:
    """Whether the object is a value, something described, or something that is no resource of ours."""
    target = quad.object
    return not isinstance(target, NamedNode) or target in described or not target.value.startswith(base)
