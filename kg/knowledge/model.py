"""What the knowledge base holds once it is read: entities, lexicon entries, terms of office, indexes over them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar

K = TypeVar("K")

REMEMBERED = 20_000  # words of which is kept what the indexes say of them and their parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One entity of the knowledge base."""

    id: str
    type: str
    label: str
    names: tuple[str, ...]  # label and alternatives, nominative
    properties: Mapping[str, tuple[str, ...]] = field(hash=False)  # by local name; IRIs as local names

    def get(self, name: str) -> tuple[str, ...]:
        """Values of a property, none if absent."""
        return self.properties.get(name, ())

    def first(self, name: str) -> str | None:
        """One value of a property."""
        return next(iter(self.get(name)), None)

    @property
    def adjective(self) -> str | None:
        """Of several adjectives the one made of the label: niederländisch, not holländisch."""
        label = self.label.lower()
        return max(self.get("adjective"), key=lambda a: sum(map(str.__eq__, a, label)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A lexicon entry of `cues.ttl`, `topics.ttl` or `events.ttl`."""

    id: str
    kind: str  # StanceCue, SpeechCue, DirectionCue, ModalCue, TopicTrigger, EventTrigger
    properties: Mapping[str, tuple[str, ...]] = field(hash=False)

    def get(self, name: str) -> tuple[str, ...]:
        """Values of a property, none if absent."""
        return self.properties.get(name, ())

    def first(self, name: str, default: str = "") -> str:
        """One value of a property, or the default."""
        return next(iter(self.get(name)), default)

    def flag(self, name: str) -> bool:
        """Whether a boolean property is true."""
        return self.first(name) == "true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An office of the knowledge base: who held which role where, from when until when."""

    person: str
    role: str
    organisation: str
    start: str  # ISO date of any precision, "" if not known
    end: str

    def covers(self, date: str | None) -> bool | None:
        """Whether the office was held then; None when its begin or the date is not known."""
        if not date or not self.start:
            return None
        if date < self.start[: len(date)]:
            return False
        return not (self.end and date > self.end[: len(date)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names that begin with the same word, by the words that follow it."""

    lengths: tuple[int, ...]  # numbers of further words that occur, longest first
    entities: Mapping[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """Indexes over the knowledge base. Build it with `read_knowledge`."""

    entities: Mapping[str, Known]
    names: Mapping[str, "Names"]  # by first word
    adjectives: Mapping[str, str]  # inflected adjective, lower case -> entity id
    demonyms: Mapping[str, str]  # lemma -> entity id
    compounds: Mapping[str, str]  # first part of a compound -> entity id
    metonyms: Mapping[str, tuple[str, ...]]  # name -> ids of the states or organisations it may stand for
    surnames: Mapping[str, tuple[str, ...]]  # surname, inflected -> persons
    sounds: Mapping[str, str]  # what a full name sounds like -> the only person of such a name
    given_names: Mapping[str, str]  # given name -> m or f
    kind_nouns: Mapping[str, str]  # noun before a name (Stadt, Konzern) -> class of what it names
    homes: tuple[str, ...]  # states whose offices news names without saying whose they are
    nominals: Mapping[str, tuple[str, ...]]  # common noun -> entities that it may refer back to
    roles: Mapping[str, str]  # role noun -> id of the role
    role_tails: Mapping[str, tuple[str, ...]]  # last part of a compound -> roles it may stand for
    role_properties: Mapping[str, Mapping[str, tuple[str, ...]]]  # id of a role -> its properties
    bodies: Mapping[str, str]  # noun of a composed body (Außenministerium) -> id of its kind
    body_kinds: Mapping[str, Mapping[str, tuple[str, ...]]]  # id of a kind -> its properties
    state_bodies: Mapping[tuple[str, str], str]  # (state, kind of body) -> known body
    role_nominals: Mapping[str, tuple[str, ...]]  # noun that may stand for several roles (Regierungschef) -> roles
    terms: tuple[Term, ...]
    cues: Mapping[tuple[str, str], tuple[Cue, ...]]  # (kind, lemma) -> entries
    issues: Mapping[str, Mapping[str, tuple[str, ...]]]  # notation -> properties of the issue

    def find_cues(self, kind: str, lemma: str) -> tuple[Cue, ...]:
        """Lexicon entries of a kind for a lemma."""
        return self.cues.get((kind, lemma), ())

    @cached_property
    def known_tails(self) -> Callable[[str, str], tuple[str, ...]]:
        """Of (kind, word): the ends of the word that are lexicon entries of the kind as nouns, longest first."""
        return lru_cache(maxsize=REMEMBERED)(self._find_tails)

    def _find_tails(self, kind: str, word: str) -> tuple[str, ...]:
        tails = (word[cut:].capitalize() for cut in range(len(word)))
        return tuple(tail for tail in tails if (kind, tail) in self.cues)

    @cached_property
    def phrase_openers(self) -> Mapping[str, frozenset[str]]:
        """By kind the first words of lexicon entries of several words (nach in nach Angabe)."""
        found: dict[str, set[str]] = defaultdict(set)
        for kind, lemma in self.cues:
            first, space, _ = lemma.partition(" ")
            found[kind].update([first] if space else [])
        return {kind: frozenset(words) for kind, words in found.items()}

    @cached_property
    def first_parts(self) -> Callable[[str], tuple[int, ...]]:
        """Of a word: where it can be cut so that its first part names an entity, longest first parts first."""
        return lru_cache(maxsize=REMEMBERED)(self._find_first_parts)

    def _find_first_parts(self, word: str) -> tuple[int, ...]:
        return tuple(cut for cut in range(len(word) - 4, 2, -1) if word[:cut] in self.compounds)

    @cached_property
    def phrasal_roles(self) -> frozenset[str]:
        """Nouns that end the name of a role of several words (Vertreter in Hoher Vertreter)."""
        return frozenset(name.rpartition(" ")[2] for name in self.roles if " " in name)

    @cached_property
    def find_role(self) -> Callable[[str], str | None]:
        """Of a noun: its own role, the one without Bundes before it, or that of the last part of a compound."""
        return lru_cache(maxsize=REMEMBERED)(self._find_role)

    def _find_role(self, noun: str) -> str | None:
        _, hyphen, tail = noun.rpartition("-")
        own = self.roles.get(noun) or (self.role_tails.get(tail, (None,))[0] if hyphen else None)
        return own or self.roles.get(self.without_federal(noun) or "")

    def without_federal(self, noun: str) -> str | None:
        """The noun without the form of the state at home (Bundesinnenministerin); None if it has none."""
        form = next((f for f in self.federal_forms if noun.startswith(f) and len(noun) > len(f) + 3), None)
        return noun[len(form) :].capitalize() if form else None

    @cached_property
    def federal_forms(self) -> tuple[str, ...]:
        """First parts of the names of offices of the states at home."""
        return tuple(form for home in self.homes for form in self.entities[home].get("federalForm"))

    def body_of(self, state: str, kind: str) -> str:
        """The body of a kind that a state has: a known one, else one composed of both names."""
        composed = f"body-{state.removeprefix('state-')}-{kind.removeprefix('bodykind-')}"
        return self.state_bodies.get((state, kind), composed)

    def body_label(self, state: str, kind: str) -> str:
        """How a composed body is called: Ukrainisches Außenministerium."""
        properties, known = self.body_kinds[kind], self.entities[state]
        noun = next(iter(properties.get("labelNoun", ())), properties["label"][0])
        if not known.adjective:
            return f"{noun} ({known.label})"
        ending = {"m": "er", "n": "es"}.get(next(iter(properties.get("gender", ())), ""), "e")
        return f"{known.adjective[:1].upper()}{known.adjective[1:].removesuffix('e')}{ending} {noun}"

    def holders(self, role: str, organisation: str, date: str | None) -> tuple[str, ...]:
        """Persons who held the role there at the date; nobody when the date is not known."""
        sure = [t.person for t in self._by_office.get((role, organisation), ()) if t.covers(date)]
        return tuple(dict.fromkeys(sure))

    def offices_of(self, person: str, date: str | None) -> tuple[Term, ...]:
        """Offices that the person is known to have held then."""
        return tuple(t for t in self.terms_of(person) if t.covers(date))

    def terms_of(self, person: str) -> tuple[Term, ...]:
        """All offices of a person, whenever held."""
        return self._by_person.get(person, ())

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[Term, ...]]:
        return _group(self.terms, lambda term: term.person)

    @cached_property
    def _by_office(self) -> Mapping[tuple[str, str], tuple[Term, ...]]:
        return _group(self.terms, lambda term: (term.role, term.organisation))


def _group(terms: Iterable[Term], key: Callable[[Term], K]) -> Mapping[K, tuple[Term, ...]]:
    groups: dict[K, list[Term]] = defaultdict(list)
    for term in terms:
        groups[key(term)].append(term)
    return {k: tuple(found) for k, found in groups.items()}
