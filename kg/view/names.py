"""What the page calls things: labels in German and English from the ontology, and what the knowledge base says."""

from collections.abc import Iterable, Iterator, Mapping

from kg import vocab
from kg.store import GraphStore
from kg.view.facts import properties, read_labels, subjects, values

Names = Mapping[str, Mapping[str, str]]

_KINDS = {"position": "Position", "event": "Event", "office": "Office", "relation": "Relation"}
# For the reader of German, for the machine, or shown elsewhere on the page.
_HIDDEN = frozenset({"why", "supports", "opposes", "gender", "about", "issue", "heldBy", "generic"})
_MOST_VALUES = 12  # of one property in the panel


def render_names(store: GraphStore, keys: Iterable[str]) -> Names:
    """The labels of the terms of the ontology with these local names, in German and English; without those unknown.

    An issue is found by its notation and as "topic-...", an event type likewise; a polarity goes before both.
    """
    found: dict[str, Mapping[str, str]] = {}
    for key in sorted(set(keys)):
        labels = next(
            filter(None, (read_labels(store, vocab.KG + vocab.escape(name)) for name in _readings(key))), None
        )
        if labels:
            german = labels.get("de") or labels.get("") or labels.get("en") or key
            found[key] = {"de": german, "en": labels.get("en") or german}
    return found


def hidden_properties(store: GraphStore) -> frozenset[str]:
    """Local names of the properties that say nothing to a reader, such as those that serve to read German."""
    aids = subjects(store, vocab.RDFS + "subPropertyOf", vocab.KG + "readingAid")
    return _HIDDEN | {aid.removeprefix(vocab.KG) for aid in aids}


def describe_node(store: GraphStore, node: str, hidden: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What the knowledge base says of a node: local name of a property, values as a reader wants them."""
    found: dict[str, set[str]] = {}
    for predicate, value, is_node in properties(store, node):
        name = predicate.removeprefix(vocab.KG)
        if predicate == vocab.SKOS + "exactMatch" and value.startswith(vocab.WD):
            found.setdefault("Wikidata", set()).add(value.removeprefix(vocab.WD))
        elif predicate.startswith(vocab.KG) and name not in hidden:
            found.setdefault(name, set()).add(_name(store, value) if is_node else value)
    offices = _offices(store, node)
    if offices:
        yield "Office", "; ".join(offices[:_MOST_VALUES])
    for name in sorted(found):
        yield name, ", ".join(sorted(found[name])[:_MOST_VALUES])


def _readings(key: str) -> Iterator[str]:
    yield _KINDS.get(key, key)
    if key.startswith(("direct", "indirect", "free-indirect", "reported")):
        yield f"form-{key}"
    yield f"topic-{key}"
    yield f"event-{key}"


def _offices(store: GraphStore, node: str) -> list[str]:
    """The offices of a person; without years only where the years are not known."""
    found = {_describe_office(store, office) for office in subjects(store, vocab.KG + "heldBy", node)} - {""}
    return sorted(office for office in found if not any(other.startswith(f"{office} (") for other in found))


def _describe_office(store: GraphStore, office: str) -> str:
    """Role, organisation and years: "Generalsekretär, NATO (2014-2024)"."""
    role, body, since, until = (
        next(iter(values(store, office, vocab.KG + name)), "") for name in ("role", "ofOrganisation", "from", "until")
    )
    if not role:
        return ""
    years = f" ({since[:4]}–{until[:4]})" if since or until else ""
    return ", ".join(_name(store, node) for node in (role, body) if node) + years


def _name(store: GraphStore, node: str) -> str:
    labels = read_labels(store, node)
    return labels.get("de") or labels.get("") or node.removeprefix(store.base).removeprefix(vocab.KG)
