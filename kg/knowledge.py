"""`ontology/` -> an indexed gazetteer and lexicon.

Everything that `kg` knows of the world and of words stands in Turtle; this module reads it once and
indexes it for the extractors. Names are stored with the case endings that German puts on them, so that
looking a name up is one dictionary access.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

import pyoxigraph as ox

from kg.config import find_ontology
from kg.errors import KnowledgeError

KG = "https://w3id.org/polkg/ontology#"
RESOURCE = "https://w3id.org/polkg/resource/"
FEDERAL = "Bundes"  # first part of the names of federal bodies
ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
ENTITY_CLASSES = frozenset(
    "Person State Organisation InternationalOrganisation Alliance GovernmentBody Party ArmedGroup Group Place "
    "Treaty WeaponSystem".split()
)


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

    def holders(self, role: str, organisation: str, date: str | None) -> tuple[str, ...]:
        """Persons who held the role there at the date (all who ever did when the date is not known)."""
        own = [t for t in self.terms if t.role == role and t.organisation == organisation]
        sure = [t.person for t in own if t.covers(date)]
        return tuple(dict.fromkeys(sure))

    def offices_of(self, person: str, date: str | None) -> tuple[Term, ...]:
        """Offices that the person is known to have held then."""
        return tuple(t for t in self.terms if t.person == person and t.covers(date))


@lru_cache(maxsize=4)
def read_knowledge(path: Path | None = None) -> Knowledge:
    """Read and index all Turtle files of a folder, the shipped `ontology/` by default.

    Raises `KnowledgeError` with file and place when a file is not Turtle or an entity has no label.
    """
    resources = _read_resources(find_ontology(path))
    known = {k.id: k for k in _entities(resources)}
    adjectives, compounds = _index_adjectives(known.values()), _index_compounds(known.values())
    roles = {i: r for i, r in resources.items() if "Role" in r.get("type", ())}
    kinds = {i: r for i, r in resources.items() if "BodyKind" in r.get("type", ())}
    bodies = _index_roles(kinds, ("label", "altLabel", "plural"))
    return Knowledge(
        entities=known,
        names=_index_names(known.values()),
        adjectives=adjectives,
        demonyms=_index(known.values(), ("demonym", "memberNoun")),
        compounds=compounds,
        metonyms=_index_many(known.values(), ("metonym",), _noun_forms),
        surnames=_index_many((k for k in known.values() if k.type == "Person"), ("surname",), _noun_forms),
        nominals=_index_many(known.values(), ("nominal",), lambda w: [w]),
        roles=_index_roles(roles, ("label", "feminine", "altLabel")),
        role_tails=_index_tails(roles),
        role_properties=roles,
        bodies=bodies,
        body_kinds=kinds,
        state_bodies=_index_state_bodies(known.values(), bodies, adjectives, compounds),
        role_nominals=_index_role_nominals(roles),
        terms=_close_terms(_terms(resources)),
        cues=_index_cues(resources),
        issues={r["notation"][0]: r for r in resources.values() if "Issue" in r.get("type", ()) and r.get("notation")},
    )


def _read_resources(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
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


def _entities(resources: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[Known]:
    for name, values in resources.items():
        kind = next((t for t in values.get("type", ()) if t in ENTITY_CLASSES), None)
        if kind is None:
            continue
        if not values.get("label"):
            raise KnowledgeError(f"{name}: a {kind} without rdfs:label; give it one")
        label = values["label"][0]
        names = tuple(dict.fromkeys((label, *values.get("altLabel", ()))))
        yield Known(id=name, type=kind, label=label, names=names, properties=values)


def _terms(resources: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[Term]:
    for values in resources.values():
        if "Office" in values.get("type", ()) and values.get("heldBy") and values.get("role"):
            yield Term(
                person=values["heldBy"][0],
                role=values["role"][0],
                organisation=next(iter(values.get("ofOrganisation", ())), ""),
                start=next(iter(values.get("from", ())), ""),
                end=next(iter(values.get("until", ())), ""),
            )


def _close_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Terms whose end is not known end, at the latest, when the next holder of the office begins."""
    found = sorted(terms, key=lambda t: (t.role, t.organisation, t.start, t.person))
    closed = []
    for term, after in zip_longest(found, found[1:]):
        same = after is not None and (after.role, after.organisation) == (term.role, term.organisation)
        closed.append(replace(term, end=after.start) if same and term.start and not term.end else term)
    return tuple(closed)


def _noun_forms(word: str) -> list[str]:
    """A proper noun with the endings of the genitive (and dative plural of names like "Taliban")."""
    forms = [word]
    if word and word[-1].isalpha():
        forms += [word + "'", word + "’"] if word[-1] in "sxzß" else [word + "s"]
    return forms


def _name_forms(word: str, *, last: bool) -> list[str]:
    """Forms of one word of a name: weak and strong adjective endings inside, noun endings at the end."""
    if not last and word.endswith(("e", "er", "es", "en")) and len(word) > 4:
        stem = word.removesuffix("er").removesuffix("es").removesuffix("en").removesuffix("e")
        if len(stem) > 3:
            return [word, *(stem + ending for ending in ("e", "en", "er", "es", "em"))]
    forms = _noun_forms(word)
    if last and len(word) > 3 and word[-1].isalpha() and not word.isupper():
        forms += [word + "es", word + "en", word + "n"] if word[-1] not in "aeiou" else [word + "n"]
    return forms


def _index_names(known: Iterable[Known]) -> dict[str, Names]:
    index: dict[str, dict[tuple[str, ...], dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for entity in known:
        for name in (*entity.names, *entity.get("metonym")):
            for forms in _phrases(name):
                index[forms[0]][forms[1:]].setdefault(entity.id)
    return {
        first: Names(
            lengths=tuple(sorted({len(rest) for rest in rests}, reverse=True)),
            entities={rest: tuple(ids) for rest, ids in rests.items()},
        )
        for first, rests in index.items()
    }


def _phrases(name: str) -> Iterator[tuple[str, ...]]:
    """All inflected forms of a name as words; the words of long names vary together in case."""
    words = name.split()
    if not words:
        return
    choices = [_name_forms(w, last=n == len(words) - 1) for n, w in enumerate(words)]
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 3:
        choices[0] += _noun_forms(words[0].capitalize())
    phrases: list[tuple[str, ...]] = [()]
    for options in choices:
        phrases = [(*p, o) for p in phrases for o in dict.fromkeys(options)][:600]
    yield from phrases


def _index_adjectives(known: Iterable[Known]) -> dict[str, str]:
    index: dict[str, str] = {}
    for entity in known:
        for adjective in entity.get("adjective"):
            for ending in ADJECTIVE_ENDINGS:
                form = adjective.casefold().removesuffix("e") + ending
                if form not in index or entity.type == "State":
                    index[form] = entity.id
    return index


def _index(known: Iterable[Known], names: Iterable[str]) -> dict[str, str]:
    names = tuple(names)
    return {value: k.id for k in known for name in names for value in k.get(name)}


def _index_many(known: Iterable[Known], names: Iterable[str], forms: object) -> dict[str, tuple[str, ...]]:
    names = tuple(names)
    index: dict[str, dict[str, None]] = defaultdict(dict)
    for entity in known:
        for name in names:
            for value in entity.get(name):
                for form in forms(value):  # type: ignore[operator]
                    index[form].setdefault(entity.id)
    return {form: tuple(ids) for form, ids in index.items()}


def _index_compounds(known: Iterable[Known]) -> dict[str, str]:
    index: dict[str, str] = {}
    for entity in known:
        for form in (*entity.get("compoundForm"), *entity.get("metonym"), *entity.names):
            if " " not in form:
                index.setdefault(form, entity.id)
    for entity in known:
        if entity.type in ("State", "Alliance"):
            for form in (*entity.get("compoundForm"), *entity.get("metonym"), entity.label):
                index[form] = entity.id
    return index


def _index_roles(roles: Mapping[str, Mapping[str, tuple[str, ...]]], names: Iterable[str]) -> dict[str, str]:
    index: dict[str, str] = {}
    for name in names:
        for role, values in roles.items():
            for value in values.get(name, ()):
                index.setdefault(value, role)
    return index


def _index_state_bodies(
    known: Iterable[Known], bodies: Mapping[str, str], adjectives: Mapping[str, str], compounds: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """Known bodies by state and kind, so that a composed name (Außenamt in Kiew) finds them.

    A name says so only if it is the state and the noun and nothing else: ukrainisches Außenministerium,
    US-Kongress, Bundesverteidigungsministerium. Achmat-Einheiten are not the Russian army.
    """
    index: dict[tuple[str, str], str] = {}
    for entity in known:
        state = entity.first("actsFor")
        if entity.type != "GovernmentBody" or state is None:
            continue
        for name in entity.names:
            first, _, noun = name.replace("-", " ", 1).partition(" ")
            federal = name.removeprefix(FEDERAL)
            if noun in bodies and state in (adjectives.get(first.casefold()), compounds.get(first)):
                index.setdefault((state, bodies[noun]), entity.id)
            elif federal != name and federal.capitalize() in bodies:
                index.setdefault((state, bodies[federal.capitalize()]), entity.id)
    return index


def _index_role_nominals(roles: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Nouns that may stand for roles; offices of highest rank first."""
    index: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for role, values in roles.items():
        for value in values.get("nominal", ()):
            index[value].append((next(iter(values.get("rank", ())), "9"), role))
    return {noun: tuple(role for _, role in sorted(found)) for noun, found in index.items()}


def _index_tails(roles: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Tails of compounds; of several roles the one that is an office of fewest kinds of bodies first."""
    index: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for role, values in roles.items():
        for name in ("label", "feminine", "altLabel", "compoundTail"):
            for value in values.get(name, ()):
                index[value].append((len(values.get("holderOf", ())), role))
    return {tail: tuple(dict.fromkeys(r for _, r in sorted(found))) for tail, found in index.items()}


CUE_KINDS = frozenset(
    "StanceCue SpeechCue DirectionCue ModalCue TopicTrigger TopicAnaphor EventTrigger EventCarrier EventProxy "
    "RelationTrigger TreatyNoun".split()
)


def _index_cues(
    resources: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> dict[tuple[str, str], tuple[Cue, ...]]:
    index: dict[tuple[str, str], list[Cue]] = defaultdict(list)
    for name, values in resources.items():
        kind = next((t for t in values.get("type", ()) if t in CUE_KINDS), None)
        if kind:
            cue = Cue(id=name, kind=kind, properties=values)
            for lemma in dict.fromkeys(v for name in ("lemma", "head", "participle") for v in values.get(name, ())):
                index[kind, lemma].append(cue)
    return {key: tuple(sorted(cues, key=_general)) for key, cues in index.items()}


def _general(cue: Cue) -> tuple[bool, bool, bool, str]:
    """Sort key: entries that ask for most of their surroundings come first."""
    return (not cue.get("with"), not cue.get("form"), not cue.flag("reflexive"), cue.id)
