"""What a user can ask of a network, checked: every fault names the value and the values there are."""

from dataclasses import dataclass, fields
from typing import Any

from kg.errors import InputError
from kg.network.days import check_day, first_day, last_day

POLARITIES = ("support", "oppose", "conditional", "ambivalent", "neutral")
MODALITIES = ("asserted", "possible", "hypothetical", "planned", "denied")
ONE_MODE = ("congruence", "conflict", "subtract", "cooccurrence")
TWO_MODE = "actor-topic"
ENTITIES = "entities"
KINDS = (ENTITIES, TWO_MODE, *ONE_MODE)

LEVELS = ("actor", "organisation", "state")
DUPLICATES = ("all", "document", "week", "month", "year", "range")
QUALIFIERS = ("ignore", "subtract")
NORMALISATIONS = {
    **dict.fromkeys(ONE_MODE, ("no", "average", "jaccard", "cosine", "vector-cosine")),
    TWO_MODE: ("no", "activity", "prominence"),
    ENTITIES: ("no",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Which facts a network is made of, and how they are counted. Empty tuples leave the choice to the kind.

    Attributes:
        since: first day, month or year, included.
        until: last day, month or year, included.
        topics: topics or whole issues, by id, notation or label.
        types: classes of actors (of nodes in the entity network), with those below them.
        polarities: of `POLARITIES`; without: support and oppose where actors are compared, else all.
        modalities: of `MODALITIES`; without: asserted, but in the entity network all.
        ascribed: whether what others say of an actor counts as its own (the entity network keeps it apart).
        level: who stands for an actor: itself; of a person the "organisation" or state that it acts for; of all,
            to the end, whoever they act for (mostly a "state"). See `kg.network.principals`.
        duplicates: what of an actor saying the same on a topic again is left out: nothing ("all"), repetitions in
            a "document", a calendar "week", "month" or "year", or in the whole "range" of dates.
        qualifier: of actor x topic: count all positions ("ignore"), or those for less those against ("subtract").
        normalisation: of `NORMALISATIONS`; see `kg.network.weights`.
    """

    since: str | None = None
    until: str | None = None
    topics: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    polarities: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    ascribed: bool = False
    level: str = "actor"
    duplicates: str = "all"
    qualifier: str = "ignore"
    normalisation: str = "no"

    @property
    def selects(self) -> bool:
        """Whether only some of the facts are asked for."""
        return any((self.since, self.until, self.topics, self.types, self.polarities, self.modalities))


def read_options(kind: str, **given: Any) -> Options:
    """The options of a network of that kind, from what is given and not None.

    Raises:
        InputError: there is no such kind or option, or a value that it does not have.
    """
    if kind not in KINDS:
        raise InputError(f"no kind of network is named {kind!r}; there are: {', '.join(KINDS)}")
    names = {field.name for field in fields(Options)}
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in given.items() if v is not None
    }
    for name in values.keys() - names:
        raise InputError(f"a network has no option {name!r}; there are: {', '.join(sorted(names))}")
    options = Options(**values)
    _check(kind, options)
    return options


def _check(kind: str, options: Options) -> None:
    check_day("from", options.since)
    check_day("until", options.until)
    if options.since and options.until and first_day(options.since) > last_day(options.until):
        raise InputError(f"from {options.since!r} lies after until {options.until!r}; swap them")
    for name, values, allowed in (
        ("polarity", options.polarities, POLARITIES),
        ("modality", options.modalities, MODALITIES),
        ("level", (options.level,), LEVELS),
        ("duplicates", (options.duplicates,), DUPLICATES),
        ("qualifier", (options.qualifier,), QUALIFIERS),
        (f"normalisation of the network {kind}", (options.normalisation,), NORMALISATIONS[kind]),
    ):
        for value in values:
            if value not in allowed:
                raise InputError(f"{name} {value!r}: wants one of {', '.join(allowed)}")
    _check_fitting(kind, options)


def _check_fitting(kind: str, options: Options) -> None:
    """Refuses what a kind of network would not heed."""
    plain = Options()
    counted = ("level", "duplicates", "ascribed") if kind == ENTITIES else ()
    for name in (*counted, *(() if kind == TWO_MODE else ("qualifier",))):
        if getattr(options, name) != getattr(plain, name):
            raise InputError(f"the network {kind} has no option {name}; leave it out")
