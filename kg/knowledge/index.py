"""Indexes of words: which entity, role, body or lexicon entry each of them may mean."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kg.knowledge.forms import noun_forms, phrases, sound, spellings
from kg.knowledge.model import Cue, Known, Names

ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
CUE_KINDS = frozenset(
    "StanceCue SpeechCue DirectionCue ModalCue TopicTrigger TopicAnaphor EventTrigger EventCarrier EventProxy "
    "RelationTrigger TreatyNoun".split()
)


def index_names(known: Iterable[Known]) -> dict[str, Names]:
    """Names by their first word."""
    index: dict[str, dict[tuple[str, ...], dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for entity in known:
        surnames = (surname for surname in entity.get("surname") if " " in surname)
        for name in (*entity.names, *entity.get("metonym"), *surnames):
            for forms in phrases(name, inflected=entity.type != "Person"):
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
            for stem in spellings(adjective.lower().removesuffix("e")):
                for form in (stem + ending for ending in ADJECTIVE_ENDINGS):
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
                for form in (f for spelling in spellings(value) for f in forms(spelling)):
                    index[form].setdefault(entity.id)
    return {form: tuple(ids) for form, ids in index.items()}


def index_surnames(known: Iterable[Known]) -> dict[str, tuple[str, ...]]:
    """Surnames in all their forms -> every bearer."""
    return index_many((k for k in known if k.type == "Person"), ("surname",), noun_forms)


def index_sounds(known: Iterable[Known]) -> dict[str, str]:
    """What full names of persons sound like -> the only person of such a name."""
    index: dict[str, set[str]] = defaultdict(set)
    for entity in known:
        for name in entity.names if entity.type == "Person" else ():
            index[sound(name)].add(entity.id)
    return {heard: min(bearers) for heard, bearers in index.items() if len(bearers) == 1 and " " in heard}


def index_given_names(known: Iterable[Known]) -> dict[str, str]:
    """Given names -> m or f, where all known bearers share it."""
    index: dict[str, set[str]] = defaultdict(set)
    for entity in known:
        gender = entity.first("gender") if entity.type == "Person" else None
        if gender in ("m", "f") and " " in entity.label:
            index[entity.label.split()[0]].add(gender)
    return {name: min(genders) for name, genders in index.items() if len(genders) == 1}


def index_compounds(known: Iterable[Known]) -> dict[str, str]:
    """First parts of compounds; states and alliances go first."""
    index: dict[str, str] = {}
    for entity in known:
        for form in (*entity.get("compoundForm"), *entity.get("metonym"), *entity.names):
            for spelling in spellings(form) if " " not in form else ():
                index.setdefault(spelling, entity.id)
    for entity in known:
        if entity.type in ("State", "Alliance"):
            for form in (*entity.get("compoundForm"), *entity.get("metonym"), entity.label):
                index.update(dict.fromkeys(spellings(form), entity.id))
    return index


def index_roles(roles: Mapping[str, Mapping[str, tuple[str, ...]]], names: Iterable[str]) -> dict[str, str]:
    """Nouns -> the role or kind of body that is named so."""
    index: dict[str, str] = {}
    for name in names:
        for role, values in roles.items():
            for value in values.get(name, ()):
                for spelling in spellings(value):
                    index.setdefault(spelling, role)
    return index


def index_state_bodies(
    known: Iterable[Known], bodies: Mapping[str, str], adjectives: Mapping[str, str], compounds: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """Known bodies by state and kind, so that a composed name (Außenamt in Kiew) finds them.

    A name says so only if it is the state and the noun and nothing else: ukrainisches Außenministerium,
    US-Kongress, Bundesverteidigungsministerium. Achmat-Einheiten are not the Russian army.
    """
    known = tuple(known)
    home = {k.id: k.get("federalForm") for k in known if k.get("federalForm")}
    index: dict[tuple[str, str], str] = {}
    for entity in known:
        state = entity.first("actsFor")
        if entity.type != "GovernmentBody" or state is None:
            continue
        for name in entity.names:
            first, _, noun = name.replace("-", " ", 1).partition(" ")
            federal = next((name.removeprefix(f) for f in home.get(state, ()) if name.startswith(f)), name)
            if noun in bodies and state in (adjectives.get(first.casefold()), compounds.get(first)):
                index.setdefault((state, bodies[noun]), entity.id)
            elif federal != name and federal.capitalize() in bodies:
                index.setdefault((state, bodies[federal.capitalize()]), entity.id)
    return index


def index_role_nominals(roles: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Nouns that may stand for roles; offices of highest rank first."""
    index: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for role, values in roles.items():
        for value in (v for n in values.get("nominal", ()) for v in spellings(n)):
            index[value].append((next(iter(values.get("rank", ())), "9"), role))
    return {noun: tuple(role for _, role in sorted(found)) for noun, found in index.items()}


def index_tails(roles: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Tails of compounds; of several roles the one that is an office of fewest kinds of bodies first."""
    index: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for role, values in roles.items():
        for name in ("label", "feminine", "altLabel", "compoundTail"):
            for value in (v for n in values.get(name, ()) for v in spellings(n)):
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
            for lemma in dict.fromkeys(v for name in ("lemma", "head", "participle") for v in values.get(name, ())):
                for spelling in spellings(lemma):
                    index[kind, spelling].append(cue)
    return {key: tuple(sorted(cues, key=_general)) for key, cues in index.items()}


def _general(cue: Cue) -> tuple[bool, bool, bool, str]:
    """Sort key: entries that ask for most of their surroundings come first."""
    return (not cue.get("with"), not cue.get("form"), not cue.flag("reflexive"), cue.id)


def index_kind_nouns(resources: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, str]:
    """Nouns that say of what class the name behind them is: Stadt, Konzern."""
    kinds = {i: r for i, r in resources.items() if "KindNoun" in r.get("type", ())}
    nouns = index_roles(kinds, ("label", "altLabel"))
    return {noun: next(iter(kinds[kind].get("entityType", ())), "Organisation") for noun, kind in nouns.items()}
