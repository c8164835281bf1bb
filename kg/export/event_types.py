"""Event types: the sixteen of PLOVER and the narrower ones of `kg`, as the ontology of a graph has them.

PLOVER: Halterman, Bagozzi, Beger, Schrodt, Scarborough (2023), "PLOVER and POLECAT: A New Political Event Ontology
and Dataset"; the four classes ("quad codes") are those of its table of event types.
"""

from collections.abc import Iterator
from functools import cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import vocab
from kg.store import GraphStore

_BROADER = NamedNode(vocab.SKOS + "broader")
_NOTATION = NamedNode(vocab.SKOS + "notation")
_QUADS = {
    "VERBAL COOPERATION": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "MATERIAL COOPERATION": ("COOPERATE", "AID", "RETREAT"),
    "VERBAL CONFLICT": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "MATERIAL CONFLICT": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
_QUAD_OF = {plover: quad for quad, types in _QUADS.items() for plover in types}


class EventTypes:
    """What the types of events in a graph are called."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.plover = cache(self._plover)

    @staticmethod
    def local(kind: str) -> str:
        """The local name of a type: "test-weapon"."""
        return kind.removeprefix(vocab.KG).removeprefix("event-")

    def mode(self, kind: str) -> str:
        """The local name of a type that is narrower than PLOVER's; empty for those of PLOVER."""
        local = self.local(kind)
        return "" if local.upper() == self.plover(kind) else local

    def _plover(self, kind: str) -> str:
        """The code of the type of PLOVER at or above a type; its own name in capitals where none is known."""
        seen, found = {kind}, kind
        while above := [iri for iri in self._values(found, _BROADER) if iri not in seen]:
            found = above[0]
            seen.add(found)
        return min(self._values(found, _NOTATION), default=self.local(found)).upper()

    def _values(self, kind: str, predicate: NamedNode) -> Iterator[str]:
        quads = self._store.database.quads_for_pattern(NamedNode(kind), predicate, None, DefaultGraph()) if kind else ()
        return iter(sorted({q.object.value for q in quads if isinstance(q.object, NamedNode | Literal)}))


def quad_code(plover: str) -> str:
    """The class of a type of PLOVER: "VERBAL CONFLICT"; empty for what is no type of PLOVER."""
    return _QUAD_OF.get(plover, "")
