"""For whom an actor acts, article by article: a ministry for its state, a minister for the state of the office.

What the article says goes first: kg:actsFor, then the office that it names first. The knowledge base says the rest:
kg:actsFor, and the office held on the day, if all that were held then are of one organisation.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from kg import vocab
from kg.network.days import first_day, last_day
from kg.network.rows import select_rows
from kg.store import GraphStore

_ACTS_FOR = "SELECT ?graph ?actor ?principal WHERE { GRAPH ?graph { ?actor kg:actsFor ?principal } }"
_OFFICES = """
SELECT ?graph ?actor ?principal ?role ?from ?until ?begin WHERE {
  GRAPH ?graph {
    ?office kg:heldBy ?actor ; kg:ofOrganisation ?principal ; kg:role ?role .
    OPTIONAL { ?office kg:from ?from }
    OPTIONAL { ?office kg:until ?until }
    OPTIONAL { ?office kg:evidence/kg:beginIndex ?begin }
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Term:
    """An office of the knowledge base, from its first to its last day; "" where it does not say."""

    principal: str
    role: str
    first: str
    last: str
    actor: str

    def covers(self, day: str) -> bool:
        """Whether the office was surely held on a day."""
        return bool(day and self.first) and self.first <= day and (not self.last or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Principals:
    """Whom actors act for. Keys are IRIs of graphs and actors; the knowledge base has the graph ""."""

    acted_for: Mapping[tuple[str, str], str]
    offices: Mapping[tuple[str, str], str]
    terms: Mapping[str, Sequence[Term]]

    def chain(self, graph: str, actor: str, day: str | None = None) -> Iterator[str]:
        """Whom an actor acts for by an article, whom that acts for, and so on.

        Args:
            graph: of the article.
            actor: whose principals are asked for.
            day: on which offices count; without, offices do not count.
        """
        seen = {actor}
        while (following := self._find(graph, actor, day)) is not None and following not in seen:
            seen.add(actor := following)
            yield actor

    def _find(self, graph: str, actor: str, day: str | None) -> str | None:
        said = self.acted_for.get((graph, actor))
        if said is None and day is not None:
            said = self.offices.get((graph, actor))
        known = said or self.acted_for.get(("", actor))
        if known is None and day is not None:
            held = {term.principal for term in self.terms.get(actor, ()) if term.covers(day)}
            known = min(held) if len(held) == 1 else None
        return known


def read_principals(store: GraphStore) -> Principals:
    """Whom the actors of a graph act for."""
    knowledge = vocab.mint_graph("knowledge", base=store.base)
    acted_for: dict[tuple[str, str], str] = {}
    for row in select_rows(store, _ACTS_FOR):
        key = ("" if row["graph"] == knowledge else row["graph"], row["actor"])
        acted_for[key] = min(row["principal"], acted_for.get(key, row["principal"]))
    offices: dict[tuple[str, str], str] = {}
    terms: set[Term] = set()
    for row in sorted(select_rows(store, _OFFICES), key=lambda row: (int(row["begin"] or 0), row["principal"])):
        if row["graph"] == knowledge:
            terms.add(_read_term(row))
        else:
            offices.setdefault((row["graph"], row["actor"]), row["principal"])
    held: defaultdict[str, list[Term]] = defaultdict(list)
    for term in _close_terms(sorted(terms)):
        held[term.actor].append(term)
    return Principals(acted_for=acted_for, offices=offices, terms=held)


def _read_term(row: Mapping[str, str]) -> Term:
    return Term(
        principal=row["principal"],
        role=row["role"],
        first=first_day(row["from"]),
        last=last_day(row["until"]),
        actor=row["actor"],
    )


def _close_terms(terms: Sequence[Term]) -> Iterator[Term]:
    """The terms, sorted before; one whose end is not known ends before the next in the same office begins."""
    for _, same_office in groupby(terms, key=lambda term: (term.principal, term.role)):
        office = tuple(same_office)
        for at, term in enumerate(office):
            following = next((later.first for later in office[at + 1 :] if later.first > term.first), "")
            is_open = term.first and following and not term.last
            yield replace(term, last=_day_before(following)) if is_open else term


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
