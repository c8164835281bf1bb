"""Discourse networks: how alike actors are in what they say, and who says what.

Definitions: Philip Leifeld, "Discourse Network Analysis: Policy Debates as Dynamic Networks", in: Victor, Montgomery
and Lubell (eds.), The Oxford Handbook of Political Networks, Oxford University Press 2017; formulas as Discourse
Network Analyzer 3.0 computes them (its class `Exporter`; an integer qualifier, of which agreement is the case of two
values). With n(i, j, k) the number of stances of actor i on topic j at the point k of the scale (1 support,
-1 oppose, 0 neither), n(i, j) and n(i) its sums:

    congruence(a, b)    sum over j, k, l of n(a, j, k) n(b, j, l) (1 - |k - l| / 2): they say the same
    conflict(a, b)      sum over j, k, l of n(a, j, k) n(b, j, l) |k - l| / 2: they say the opposite
    subtract(a, b)      congruence less conflict
    cooccurrence(a, b)  sum over j of n(a, j) n(b, j): they speak of the same, agreement ignored

and for two actors the divisor

    no             1
    average        (n(a) + n(b)) / 2: the average activity
    jaccard        what only a says + what only b says + sum over j, k of n(a, j, k) n(b, j, k)
    cosine         n(a) n(b); by this the program divides under that name
    vector-cosine  the lengths of the two vectors n(a, j, k) and n(b, j, k): the cosine of the textbooks

In actor x topic a cell is the number of stances of actor i on topic j, or those for less those against; it is
divided by all stances of the actor (activity) or by all on the topic (prominence).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from math import sqrt

from kg.network.stances import Stance

Profile = Mapping[tuple[str, int], int]  # (topic, point of the scale) -> how many stances
Pair = tuple[str, str]
Voice = Mapping[int, list[str]]  # point of the scale -> IRIs of the stances of one actor on one topic

_RANGE = 2  # of the scale from -1 to 1


@dataclass(slots=True, kw_only=True)
class Tie:
    """What two actors have in common: how far they agree and disagree, on which topics, by which stances."""

    congruence: float = 0.0
    conflict: float = 0.0
    agreed: set[str] = field(default_factory=set)  # IRIs of topics
    contested: set[str] = field(default_factory=set)
    agreeing: set[str] = field(default_factory=set)  # IRIs of stances
    conflicting: set[str] = field(default_factory=set)


def count_profiles(stances: Iterable[Stance]) -> Mapping[str, Profile]:
    """What each actor says how often."""
    profiles: defaultdict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for stance in stances:
        profiles[stance.actor][stance.topic, stance.value] += 1
    return profiles


def compare_actors(stances: Iterable[Stance]) -> Mapping[Pair, Tie]:
    """The ties of all pairs of actors, each pair sorted, that speak of a common topic."""
    ties: defaultdict[Pair, Tie] = defaultdict(Tie)
    for topic, actors in _group_by_topic(stances).items():
        for one, other in combinations(sorted(actors), 2):
            _add_topic(ties[one, other], topic, actors[one], actors[other])
    return ties


def weigh_tie(kind: str, tie: Tie) -> float:
    """The weight of a tie, before it is normalised."""
    return {
        "congruence": tie.congruence,
        "conflict": tie.conflict,
        "subtract": tie.congruence - tie.conflict,
        "cooccurrence": tie.congruence + tie.conflict,
    }[kind]


def divide_average(one: Profile, other: Profile) -> float:
    """The average activity of two actors."""
    return (sum(one.values()) + sum(other.values())) / 2


def divide_jaccard(one: Profile, other: Profile) -> float:
    """What only one of the two says, and the matches of what both say."""
    only = sum(n for key, n in one.items() if key not in other) + sum(n for key, n in other.items() if key not in one)
    return only + sum(n * other[key] for key, n in one.items() if key in other)


def divide_cosine(one: Profile, other: Profile) -> float:
    """The product of both activities, as Discourse Network Analyzer 3.0 divides under the name cosine."""
    return sum(one.values()) * sum(other.values())


def divide_vector_cosine(one: Profile, other: Profile) -> float:
    """The product of the lengths of both vectors."""
    return sqrt(sum(n * n for n in one.values())) * sqrt(sum(n * n for n in other.values()))


DIVISORS: Mapping[str, Callable[[Profile, Profile], float]] = {
    "no": lambda one, other: 1,
    "average": divide_average,
    "jaccard": divide_jaccard,
    "cosine": divide_cosine,
    "vector-cosine": divide_vector_cosine,
}


def weigh_cells(
    cells: Mapping[Pair, Iterable[Stance]], *, qualifier: str, normalisation: str
) -> Iterator[tuple[Pair, float]]:
    """The weight of each cell of actor x topic that is not zero, in the order of `cells`."""
    side = {"activity": 0, "prominence": 1}.get(normalisation)
    sizes = {cell: list(stances) for cell, stances in cells.items()}
    totals: Counter[str] = Counter()
    for cell, stances in sizes.items():
        if side is not None:
            totals[cell[side]] += len(stances)
    for cell, stances in sizes.items():
        weight = len(stances) if qualifier == "ignore" else sum(stance.value for stance in stances)
        if weight:
            yield cell, weight if side is None else weight / totals[cell[side]]


def _group_by_topic(stances: Iterable[Stance]) -> Mapping[str, Mapping[str, Voice]]:
    found: defaultdict[str, defaultdict[str, defaultdict[int, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for stance in stances:
        found[stance.topic][stance.actor][stance.value].append(stance.fact)
    return found


def _add_topic(tie: Tie, topic: str, one: Voice, other: Voice) -> None:
    for (value, mine), (against, theirs) in product(one.items(), other.items()):
        distance = abs(value - against) / _RANGE
        joint = len(mine) * len(theirs)
        tie.congruence += joint * (1 - distance)
        tie.conflict += joint * distance
        if distance < 1:
            tie.agreed.add(topic)
            tie.agreeing.update(mine, theirs)
        if distance > 0:
            tie.contested.add(topic)
            tie.conflicting.update(mine, theirs)
