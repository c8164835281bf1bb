"""`ontology/` -> resources: every subject with its values, and the entities and terms of office among them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KnowledgeError
from kg.knowledge.model import Known, Term

KG = "https://w3id.org/polkg/ontology#"
RESOURCE = "https://w3id.org/polkg/resource/"
ENTITY_CLASSES = frozenset(
    "Person State Organisation InternationalOrganisation Alliance GovernmentBody Party ArmedGroup Group Place "
    "Treaty WeaponSystem".split()
)


def read_resources(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Every subject of every file with its values, IRIs cut to local names, in file order."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("*.ttl")):
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode):
                    _add(found[_local(quad.subject.value)], quad)
        except (SyntaxError, ValueError) as error:
            raise KnowledgeError(f"{path}: {error}; mend the Turtle and build again") from error
    return {s: {p: tuple(sorted(set(v))) for p, v in ps.items()} for s, ps in sorted(found.items())}


def _add(values: dict[str, list[str]], quad: ox.Quad) -> None:
    name = _local(quad.predicate.value)
    term = quad.object
    if isinstance(term, ox.Literal):
        if term.language in (None, "de"):
            values[name].append(term.value)
    elif isinstance(term, ox.NamedNode):
        values[name].append(_local(term.value))


def _local(iri: str) -> str:
    for base in (KG, RESOURCE):
        if iri.startswith(base):
            return iri[len(base) :]
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def read_entities(resources: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[Known]:
    """The entities among the resources.

    Raises KnowledgeError where one has no label.
    """
    for name, values in resources.items():
        kind = next((t for t in values.get("type", ()) if t in ENTITY_CLASSES), None)
        if kind is None:
            continue
        if not values.get("label"):
            raise KnowledgeError(f"{name}: a {kind} without rdfs:label; give it one")
        label = values["label"][0]
        names = tuple(dict.fromkeys((label, *values.get("altLabel", ()))))
        yield Known(id=name, type=kind, label=label, names=names, properties=values)


def read_terms(resources: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[Term]:
    """The offices among the resources."""
    for values in resources.values():
        if "Office" in values.get("type", ()) and values.get("heldBy") and values.get("role"):
            yield Term(
                person=values["heldBy"][0],
                role=values["role"][0],
                organisation=next(iter(values.get("ofOrganisation", ())), ""),
                start=next(iter(values.get("from", ())), ""),
                end=next(iter(values.get("until", ())), ""),
            )


def close_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms whose end is not known end, at the latest, when the next holder of the office begins.

    Who begins at the same time holds the office together with the other and ends nothing.
    """
    found = sorted(terms, key=lambda t: (t.role, t.organisation, t.start, t.person))
    closed = []
    for at, term in enumerate(found):
        end = term.end or next((t.start for t in _after(found, at) if t.start > term.start), "")
        closed.append(replace(term, end=end) if term.start else term)
    return tuple(closed)


def _after(terms: Sequence[Term], at: int) -> Iterator[Term]:
    """Terms of the same office behind one of them."""
    own = (terms[at].role, terms[at].organisation)
    return takewhile(lambda term: (term.role, term.organisation) == own, islice(terms, at + 1, None))
