"""Indexes of words: which entity, role, body or lexicon entry each of them may mean."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kg.knowledge.forms import phrases
from kg.knowledge.model import Cue, Known, Names

FEDERAL = "Bundes"  # first part of the names of federal bodies
ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
CUE_KINDS = ("StanceCue", "SpeechCue", "DirectionCue", "ModalCue", "TopicTrigger", "TopicAnaphor", "EventTrigger")


def index_names(known: Iterable[Known]) -> dict[str, Names]:
    """Names by their first word."""
    index: dict[str, dict[tuple[str, ...], dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for entity in known:
        for name in (*entity.names, *entity.get("metonym")):
            for forms in phrases(name):
                index[forms[0]][forms[1:]].setdefault(entity.id)
    return {
        first: Names(
            lengths=tuple(sorted({len(rest) for rest in rests}, reverse=True)),
            entities={rest: tuple(ids) for rest, ids in rests.items()},
        )
        for first, rests in index.items()
    }


def index_adjectives(known: Iterable[Known]) -> dict[str, str]:
    """Inflected adjectives in lower case; of two bearers a state goes first."""
    index: dict[str, str] = {}
    for entity in known:
        for adjective in entity.get("adjective"):
            for ending in ADJECTIVE_ENDINGS:
                form = adjective.casefold().removesuffix("e") + ending
                if form not in index or entity.type == "State":
                    index[form] = entity.id
    return index


def index_words(known: Iterable[Known], names: Iterable[str]) -> dict[str, str]:
    """Words as they stand -> the last entity that has them."""
    names = tuple(names)
    return {value: k.id for k in known for name in names for value in k.get(name)}


def index_many(
    known: Iterable[Known], names: Iterable[str], forms: Callable[[str], Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Words in all their forms -> every entity that has them."""
    names = tuple(names)
    index: dict[str, dict[str, None]] = defaultdict(dict)
    for entity in known:
        for name in names:
            for value in entity.get(name):
                for form in forms(value):
                    index[form].setdefault(entity.id)
    return {form: tuple(ids) for form, ids in index.items()}


def index_compounds(known: Iterable[Known]) -> dict[str, str]:
    """First parts of compounds; states and alliances go first."""
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


def index_roles(roles: Mapping[str, Mapping[str, tuple[str, ...]]], names: Iterable[str]) -> dict[str, str]:
    """Nouns -> the role or kind of body that is named so."""
    index: dict[str, str] = {}
    for name in names:
        for role, values in roles.items():
            for value in values.get(name, ()):
                index.setdefault(value, role)
    return index


def index_state_bodies(
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


def index_role_nominals(roles: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Nouns that may stand for roles; offices of highest rank first."""
    index: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for role, values in roles.items():
        for value in values.get("nominal", ()):
            index[value].append((next(iter(values.get("rank", ())), "9"), role))
    return {noun: tuple(role for _, role in sorted(found)) for noun, found in index.items()}


def index_tails(roles: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Tails of compounds; of several roles the one that is an office of fewest kinds of bodies first."""
    index: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for role, values in roles.items():
        for name in ("label", "feminine", "altLabel", "compoundTail"):
            for value in values.get(name, ()):
                index[value].append((len(values.get("holderOf", ())), role))
    return {tail: tuple(dict.fromkeys(r for _, r in sorted(found))) for tail, found in index.items()}


def index_cues(
    resources: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> dict[tuple[str, str], tuple[Cue, ...]]:
    """Lexicon entries by kind and lemma, those that ask for most first."""
    index: dict[tuple[str, str], list[Cue]] = defaultdict(list)
    for name, values in resources.items():
        kind = next((t for t in values.get("type", ()) if t in CUE_KINDS), None)
        if kind:
            cue = Cue(id=name, kind=kind, properties=values)
            for lemma in (*values.get("lemma", ()), *values.get("head", ())):
                index[kind, lemma].append(cue)
    return {key: tuple(sorted(cues, key=_general)) for key, cues in index.items()}


def _general(cue: Cue) -> tuple[bool, bool, bool, str]:
    """Sort key: entries that ask for most of their surroundings come first."""
    return (not cue.get("with"), not cue.get("form"), not cue.flag("reflexive"), cue.id)
