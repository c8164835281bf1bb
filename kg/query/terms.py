"""What a user writes for a parameter -> the RDF term that is meant.

An entity or concept may be given by its label, another name of it, its local name ("state-ukraine"), a prefixed name
or its IRI; a concept by its notation, too. Where nothing fits, the error lists what comes near; where several fit, it
lists them.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg import vocab
from kg.errors import QueryError
from kg.rdf import LABEL_LANGUAGE, date_literal
from kg.store import GraphStore

Term = NamedNode | Literal

NEAR = 5  # names listed where none fits
MOST = 10  # entities listed where several fit

_LABELS = (vocab.RDFS + "label", vocab.SKOS + "prefLabel")
_NOTATION = vocab.SKOS + "notation"
# By what else an entity is known; the words that merely help to read German text are left out.
_OTHER_NAMES = (vocab.SKOS + "altLabel", vocab.KG + "surname", vocab.KG + "metonym")
_NAMES = """
SELECT DISTINCT ?node ?predicate ?name WHERE {
  ?class rdfs:subClassOf* %(top)s .
  ?node a ?class .
  VALUES ?predicate { %(predicates)s }
  ?node ?predicate ?name .
}"""
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Things that have names: the class they are of, and for concepts what their local names begin with."""

    top: str
    example: str
    start: str | None = None  # None: an entity


_NAMED = {
    "actor": _Named(top="Actor", example="Wolodymyr Selenskyj"),
    "entity": _Named(top="Entity", example="NATO"),
    "treaty": _Named(top="Treaty", example="INF-Vertrag"),
    "weapon": _Named(top="WeaponSystem", example="Taurus"),
    "issue": _Named(top="Issue", start="topic-", example="nato-membership"),
    "event-type": _Named(top="EventType", start="event-", example="deliver-weapons"),
    "polarity": _Named(top="Polarity", start="", example="support, oppose, conditional, ambivalent, neutral"),
    "modality": _Named(top="Modality", start="", example="asserted, possible, hypothetical, planned, denied"),
    "form": _Named(top="StatementForm", start="form-", example="direct"),
    "medium": _Named(top="Medium", start="medium-", example="speech"),
    "status": _Named(top="TreatyStatus", start="", example="inForce"),
    "weapon-category": _Named(top="WeaponCategory", start="weapon-category-", example="air-defence"),
}


def find_term(store: GraphStore, kind: str, value: str) -> Term:
    """The term that `value` means as a parameter of that kind.

    Raises:
        QueryError: it means none, or several; says what would do.
    """
    if kind in _NAMED:
        return _find_named(store, kind, value)
    return _PLAIN[kind](store, value)


def kinds() -> Mapping[str, str]:
    """The kinds of parameters, each with an example of a value."""
    return {name: kind.example for name, kind in _NAMED.items()} | {
        "article": "2024-12-ukraine-nato",
        "date": "2024-12",
        "number": "2",
        "text": "Frieden",
    }


def _find_named(store: GraphStore, kind: str, value: str) -> NamedNode:
    named = _NAMED[kind]
    wanted = value.strip()
    exact = [node for node in _read_iris(store, named, wanted) if _is_of(store, node, named)]
    if exact:
        return exact[0]
    found = _find_called(store, named, wanted.casefold()) if wanted else set()
    if named.start is None:  # of several, those that articles mention
        found = {node for node in found if _is_mentioned(store, node)} or found
    if not found:
        raise QueryError(f"no {_say(kind)} is called {value!r}; {_suggest(store, named, wanted)}")
    if len(found) > 1:
        raise QueryError(f"{value!r} may be {_list_found(store, found)}; give the name in brackets")
    return found.pop()


def _read_iris(store: GraphStore, named: _Named, value: str) -> Iterator[NamedNode]:
    """What `value` may be as a name of a resource: a prefixed name, a local name, an IRI."""
    bare = value.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    namespace = vocab.prefixes(store.base).get(prefix)
    home = store.base if named.start is None else vocab.KG
    for iri in (
        namespace + local if colon and namespace else "",
        f"{home}{named.start or ''}{bare}",
        home + bare,
        bare,
    ):
        try:
            yield NamedNode(iri)
        except ValueError:
            continue


def _is_of(store: GraphStore, node: NamedNode, named: _Named) -> bool:
    classes = store.database.query(f"ASK {{ {node} a/<{vocab.RDFS}subClassOf>* <{vocab.KG}{named.top}> }}")
    return bool(classes)


def _find_called(store: GraphStore, named: _Named, wanted: str) -> set[NamedNode]:
    """What is called so: by label if anything is, else by another name, else by the last words of a name.

    All names are read, and only of those that fit it is asked what they name: asking for the names of a class, which
    is a join over all that there is, takes several times as long.
    """
    ranks = _rank_predicates(named)
    whole: tuple[set[NamedNode], ...] = tuple(set() for _ in ranks)
    ending: set[NamedNode] = set()
    for rank, predicates in enumerate(ranks):
        for node, name in chain.from_iterable(_read_names(store, predicate) for predicate in predicates):
            if name == wanted:
                whole[rank].add(node)
            elif name.endswith(f" {wanted}"):
                ending.add(node)
    fitting = ({node for node in nodes if _is_of(store, node, named)} for nodes in (*whole, ending))
    return next(filter(None, fitting), set())


def _rank_predicates(named: _Named) -> tuple[tuple[str, ...], ...]:
    """The predicates of labels and notations, and those of other names."""
    return (*_LABELS, _NOTATION), _OTHER_NAMES if named.start is None else ()


def _read_names(store: GraphStore, predicate: str) -> Iterator[tuple[NamedNode, str]]:
    """Every node with its name by that predicate, case folded."""
    for quad in store.database.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject, quad.object.value.casefold()


def _list_names(store: GraphStore, named: _Named) -> tuple[Mapping[str, set[NamedNode]], ...]:
    """The names of all that is meant, case folded: first labels and notations, then other names."""
    ranks = _rank_predicates(named)
    names: tuple[dict[str, set[NamedNode]], ...] = ({}, {})
    predicates = " ".join(f"<{iri}>" for rank in ranks for iri in rank)
    query = _NAMES % {"top": f"<{vocab.KG}{named.top}>", "predicates": predicates}
    found = store.database.query(query, prefixes=dict(vocab.prefixes(store.base)))
    for node, predicate, name in found if isinstance(found, QuerySolutions) else ():
        if isinstance(node, NamedNode) and isinstance(predicate, NamedNode) and isinstance(name, Literal):
            names[predicate.value not in ranks[0]].setdefault(name.value.casefold(), set()).add(node)
    return names


def _is_mentioned(store: GraphStore, node: NamedNode) -> bool:
    mentions = store.database.quads_for_pattern(None, NamedNode(vocab.KG + "refersTo"), node)
    return any(True for _ in mentions)


def _suggest(store: GraphStore, named: _Named, value: str) -> str:
    """What comes near; of concepts all, since they are few."""
    names = _list_names(store, named)
    if named.start is not None:
        nodes = {node for rank in names for found in rank.values() for node in found}
        allowed = sorted(node.value.removeprefix(vocab.KG + named.start) for node in nodes)
        return f"there are: {', '.join(allowed)}"
    near = _find_near({name for rank in names for name in rank}, value.casefold())
    nodes = {node for name, rank in product(near, names) for node in rank.get(name, ())}
    return f"near it: {_list_found(store, nodes)}" if nodes else f"give a name such as {named.example}"


def _find_near(names: Iterable[str], wanted: str) -> list[str]:
    """Names alike, and names that hold what is wanted, the most alike first."""
    known = sorted(names)
    holding = sorted((name for name in known if len(wanted) > 2 and wanted in name), key=lambda name: (len(name), name))
    return [*difflib.get_close_matches(wanted, known, NEAR, 0.75), *holding[:NEAR]][:NEAR]


def _list_found(store: GraphStore, nodes: Iterable[NamedNode]) -> str:
    told = sorted(f"{_label(store, node)} ({node.value.removeprefix(store.base)})" for node in nodes)
    more = f" and {len(told) - MOST} more" if len(told) > MOST else ""
    return ", ".join(told[:MOST]) + more


def _label(store: GraphStore, node: NamedNode) -> str:
    quads = (q for iri in _LABELS for q in store.database.quads_for_pattern(node, NamedNode(iri), None))
    found = (
        q.object.value for q in quads if isinstance(q.object, Literal) and q.object.language in (None, LABEL_LANGUAGE)
    )
    return min(found, default=node.value)


def _find_article(store: GraphStore, value: str) -> Literal:
    has_id = NamedNode(vocab.KG + "articleId")
    if any(True for _ in store.database.quads_for_pattern(None, has_id, Literal(value))):
        return Literal(value)
    ids = {
        quad.object.value
        for quad in store.database.quads_for_pattern(None, has_id, None)
        if isinstance(quad.object, Literal)
    }
    near = ", ".join(_find_near(ids, value))
    hint = f"near it: {near}" if near else "kg query DIR --name articles lists them"
    raise QueryError(f"no article has the id {value!r}; {hint}")


def _read_date(_: GraphStore, value: str) -> Literal:
    literal = date_literal(value) if _DATE.fullmatch(value) else None
    if literal is None or literal.datatype.value == vocab.XSD + "string":
        raise QueryError(f"{value!r} is no date; give YYYY, YYYY-MM or YYYY-MM-DD, such as 2024-12")
    return literal


def _read_number(_: GraphStore, value: str) -> Literal:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise QueryError(f"{value!r} is no whole number; give one such as 2")
    return Literal(int(value))


def _read_text(_: GraphStore, value: str) -> Literal:
    return Literal(value)


_PLAIN: Mapping[str, Callable[[GraphStore, str], Literal]] = {
    "article": _find_article,
    "date": _read_date,
    "number": _read_number,
    "text": _read_text,
}


def _say(kind: str) -> str:
    return kind.replace("-", " ")
