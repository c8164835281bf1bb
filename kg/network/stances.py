"""Positions as discourse network analysis counts them: an actor, a topic, agreement, a day.

This is a "statement" of Leifeld (2017): actor, concept, agreement qualifier, time. What is here called a stance is
one position of the graph, seen at a level (the actor itself, or whom it acts for) and after the filters.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.errors import InputError
from kg.network.days import first_day
from kg.network.options import ONE_MODE, POLARITIES, Options
from kg.network.principals import Principals, read_principals
from kg.network.rows import list_classes, select_rows
from kg.network.topics import find_topics
from kg.store import GraphStore

# support and oppose are the ends of the scale, what is neither lies between them.
SCALE = {"support": 1, "oppose": -1}

_POSITIONS = """
SELECT ?fact ?graph ?actor ?topic ?polarity ?modality ?speaker ?article (COALESCE(?dated, ?published) AS ?date) WHERE {
  GRAPH ?graph {
    ?fact a kg:Position ; kg:holder ?actor ; kg:topic ?topic ; kg:polarity ?p ; kg:modality ?m ; kg:inArticle ?in .
    ?in kg:articleId ?article .
    OPTIONAL { ?fact kg:accordingTo ?speaker }
    OPTIONAL { ?fact kg:date ?dated }
    OPTIONAL { ?in kg:published ?published }
  }
  BIND(STRAFTER(STR(?p), "#") AS ?polarity)
  BIND(STRAFTER(STR(?m), "#") AS ?modality)
}"""
_PERSONS = "SELECT DISTINCT ?actor WHERE { ?actor a kg:Person }"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stance:
    """One position, by the day from which it counts ("" without a date)."""

    day: str
    article: str
    fact: str
    actor: str
    topic: str
    polarity: str
    modality: str
    date: str  # as precise as the source says

    @property
    def value(self) -> int:
        """Where it stands on the scale from -1, against, to 1, for."""
        return SCALE.get(self.polarity, 0)


Climb = Callable[[str, str, str], str]  # graph of an article, actor, day -> who stands for the actor


def read_stances(store: GraphStore, kind: str, options: Options) -> tuple[Stance, ...]:
    """The stances that a network of that kind is made of, in order of day, whatever day; duplicates are in it.

    Raises:
        InputError: a topic or class that the graph does not have.
    """
    topics = find_topics(store, options.topics)
    polarities = options.polarities or (tuple(SCALE) if kind in ONE_MODE and kind != "cooccurrence" else POLARITIES)
    modalities = options.modalities or ("asserted",)
    principals = read_principals(store)
    rows = (
        row
        for row in select_rows(store, _POSITIONS)
        if row["polarity"] in polarities
        and row["modality"] in modalities
        and (not topics or row["topic"] in topics)
        and (options.ascribed or _is_own(row, principals))
    )
    climb = _choose_level(store, options.level, principals)
    stances = sorted({_read_stance(row, climb) for row in rows})
    return tuple(_keep_types(store, stances, options.types))


def leave_out_duplicates(stances: Iterable[Stance], duplicates: str, *, by_polarity: bool) -> Iterator[Stance]:
    """The stances without those that repeat an earlier one within a document, a period or the whole.

    As Discourse Network Analyzer's "ignore per document", "per calendar week", "month", "year" and "across date
    range"; but a month is one of its year, where that program puts together the Januaries of all years.

    Args:
        stances: in order of day.
        duplicates: of `DUPLICATES`.
        by_polarity: whether stances of different polarity are different.
    """
    seen: set[tuple[str, ...]] = set()
    for stance in stances:
        key = (_PERIODS[duplicates](stance), stance.actor, stance.topic, stance.polarity if by_polarity else "")
        if key not in seen:
            seen.add(key)
            yield stance


def _name_week(stance: Stance) -> str:
    if not stance.day:
        return ""
    year, week, _ = date.fromisoformat(stance.day).isocalendar()
    return f"{year}-W{week}"


_PERIODS: Mapping[str, Callable[[Stance], str]] = {
    "all": lambda stance: stance.fact,
    "document": lambda stance: stance.article,
    "week": _name_week,
    "month": lambda stance: stance.day[:7],
    "year": lambda stance: stance.day[:4],
    "range": lambda stance: "",
}


def _read_stance(row: Mapping[str, str], climb: Climb) -> Stance:
    day = first_day(row["date"])
    return Stance(
        day=day,
        article=row["article"],
        fact=row["fact"],
        actor=climb(row["graph"], row["actor"], day),
        topic=row["topic"],
        polarity=row["polarity"],
        modality=row["modality"],
        date=row["date"],
    )


def _is_own(row: Mapping[str, str], principals: Principals) -> bool:
    """Whether the holder, or who acts for the holder, has put it forward, as for the shortcut kg:supports."""
    speaker = row["speaker"]
    return not speaker or row["actor"] in (speaker, *principals.chain(row["graph"], speaker))


def _choose_level(store: GraphStore, level: str, principals: Principals) -> Climb:
    if level == "actor":
        return lambda graph, actor, day: actor
    persons = frozenset(row["actor"] for row in select_rows(store, _PERSONS))

    def climb(graph: str, actor: str, day: str) -> str:
        above = tuple(principals.chain(graph, actor, day))
        if level == "state":
            return above[-1] if above else actor
        return next((other for other in above if other not in persons), actor) if actor in persons else actor

    return climb


def _keep_types(store: GraphStore, stances: Sequence[Stance], types: Iterable[str]) -> Iterator[Stance]:
    keep = make_type_filter(store, types)
    kept: dict[str, bool] = {}
    for stance in stances:
        if stance.actor not in kept:
            kept[stance.actor] = keep(stance.actor)
        if kept[stance.actor]:
            yield stance


def make_type_filter(store: GraphStore, types: Iterable[str]) -> Callable[[str], bool]:
    """Whether a node is of one of the classes, or of a class below them; of any, where none is named.

    Raises:
        InputError: there is no such class.
    """
    names = tuple(types)
    if not names:
        return lambda iri: True
    known = list_classes(store, "Entity") | {"Topic"}
    for name in names:
        if name not in known:
            raise InputError(f"type {name!r}: wants one of {', '.join(sorted(known))}")
    wanted = frozenset(found for name in names for found in (name, *list_classes(store, name)))
    members = frozenset(row["node"] for row in select_rows(store, _members(wanted)))
    return lambda iri: iri in members


def _members(classes: Iterable[str]) -> str:
    values = " ".join(f"kg:{name}" for name in sorted(classes))
    return f"SELECT DISTINCT ?node WHERE {{ VALUES ?class {{ {values} }} ?node a ?class }}"
