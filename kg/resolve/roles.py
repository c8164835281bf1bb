"""Role nouns -> persons: by the name beside them, by who has the role in the article, by who held it at the date.

A role noun without its state (die Verteidigungsministerin) is an office of the state that the sentence names, else
of the state whose news this is. A former or future holder (der frühere Präsident) is nobody in particular.
"""

from collections.abc import Iterator

from kg.model import Mention
from kg.resolve.links import Links
from kg.vocab import slug

# Words before a role noun that say it is not the holder of today: times, indefinite articles, comparison.
NOT_NOW = tuple(
    "früher ehemalig damalig einstig vormalig künftig designiert kommend gestürzt abgesetzt verstorben".split()
)
NOT_THE = frozenset("ein eine einem einen einer eines kein keine keinem keinen keiner jeder jedem jeden als".split())
ADDRESS = frozenset(("Herr", "Herrn", "Frau", "Herren"))
PAST = ("Ex", "Alt", "Ehren", "Amtsvorgänger")
ENDINGS = {"m": "er", "f": "e", "pl": "e"}
REACH = 300  # characters back in the paragraph to who holds an office
LEADING = ("1", "2")  # ranks of which there is one holder at a time


def link_roles(links: Links) -> None:
    """Role nouns, those beside a name first."""
    nominals = [
        m for m in links.extraction.mentions if m.kind == "nominal" and m.type in ("Person", "Group") and m.label
    ]
    for mention in nominals:
        if mention.head in links.of:
            _note_role(links, mention, links.of[mention.head or ""])
            links.link(mention, links.of[mention.head or ""], "role beside the name")
    links.role_nouns.sort()
    for mention in nominals:
        if mention.key not in links.of:
            _link_role_alone(links, mention)


def _note_role(links: Links, mention: Mention, person: str) -> None:
    organisation = organisation_of(links, mention)
    if organisation:
        links.offices_at.setdefault(person, organisation)
    links.role_nouns.append((mention.span.start, mention.label.lower(), person))
    for role in {*links.role_ids(mention), mention.label}:
        links.by_role[role, organisation or ""] = person
        links.by_role.setdefault((role, ""), person)
    entry = links.entries[person]
    if not entry.gender:
        entry.gender = "f" if mention.label.endswith("in") else "m"


def organisation_of(links: Links, mention: Mention) -> str | None:
    """The entity that a role noun names as its organisation."""
    reference = mention.acts_for
    if reference is None:
        return None
    named = links.mentions.get(reference)
    if named is not None and named.kind == "pronoun":  # ihr Außenminister: of the state, or of her state
        owner = links.referent(reference)
        return _owner(links, owner) if owner else None
    return links.of.get(reference, reference if reference in links.knowledge.entities else None)


def _owner(links: Links, entity: str) -> str | None:
    entry = links.entries.get(entity)
    return links.state_of(entity) if entry is None or entry.type == "Person" else entity


def _link_role_alone(links: Links, mention: Mention) -> None:
    organisation = organisation_of(links, mention)
    if mention.type == "Group":
        _link_group(links, mention, organisation)
        return
    found = None if _is_not_now(links, mention) else next(_holders(links, mention, organisation), None)
    if found:
        person, why = found
        links.link(mention, person, why)
        if organisation:
            links.by_role.update({(role, organisation): person for role in links.role_ids(mention)})
    elif organisation:
        _link_somebody(links, mention, organisation)


def _link_group(links: Links, mention: Mention, organisation: str | None) -> None:
    if organisation is None:
        return
    label = mention.label if "-" in mention.label else _composed(links, mention, organisation)
    entity = f"group-{slug(links.role_word(mention))}-{organisation.partition('-')[2]}"
    links.link(mention, entity, "holders of a role together", label=label)


def _link_somebody(links: Links, mention: Mention, organisation: str) -> None:
    """A person known by the role alone: der israelische Regierungssprecher."""
    label = mention.label if "-" in mention.label else _composed(links, mention, organisation)
    entity = f"person-{slug(links.role_word(mention))}-{organisation.partition('-')[2]}"
    links.link(mention, entity, "role of somebody not named", type="Person", label=label)


def _composed(links: Links, mention: Mention, organisation: str) -> str:
    """The role with the adjective of its state, with the short name of its organisation, else with it in brackets."""
    entry = links.entries.get(organisation)
    known = links.knowledge.entities.get(organisation)
    adjective = known.adjective if known else None
    if adjective and mention.gender in ENDINGS:
        return f"{adjective[:1].upper()}{adjective[1:].removesuffix('e')}{ENDINGS[mention.gender]} {mention.label}"
    short = next((f for f in (*known.names, *known.get("compoundForm")) if f.isupper()), None) if known else None
    if short:
        return f"{short}-{mention.label}"
    where = entry.label if entry else known.label if known else ""
    return f"{mention.label} ({where})" if where else mention.label


def _is_not_now(links: Links, mention: Mention) -> bool:
    if mention.text.startswith(PAST) and mention.text != mention.text.capitalize():
        return True
    before = links.extraction.article.text[: mention.span.start].rsplit(None, 3)[-3:]
    words = [w.lower() for w in before]
    return bool(words) and (words[-1] in NOT_THE or any(w.startswith(NOT_NOW) for w in words[-2:]))


def _holders(links: Links, mention: Mention, organisation: str | None) -> Iterator[tuple[str, str]]:
    """Who may be meant, surest first, each with the reason."""
    if organisation is None:
        yield from _last_of_role(links, mention)
    for role in (*links.role_ids(mention), mention.label):
        person = links.by_role.get((role, organisation or ""))
        if person and _fits(links, mention, person):
            yield person, "holds the role in this article"
    if organisation is None:
        yield from _bearer_near(links, mention)
    if organisation:
        yield from _known_holders(links, mention, links.role_ids(mention), organisation)
    else:
        yield from _holders_of_states(links, mention)


def _bearer_near(links: Links, mention: Mention) -> Iterator[tuple[str, str]]:
    """The only person named close before who is known to hold such an office: Orbán ... der Regierungschef."""
    roles = set(links.role_ids(mention))
    paragraph = links.extraction.article.text.rfind("\n", 0, mention.span.start)
    start = max(paragraph, mention.span.start - REACH)
    near = [
        e.id for e in links.entries.values() if e.type == "Person"
        and any(start < m.span.start < mention.span.start for m in e.mentions)
    ]  # fmt: skip
    bearers = [
        p for p in near if _fits(links, mention, p)
        and any(t.role in roles and links.rank(t.role) in LEADING for t in links.knowledge.offices_of(p, links.date))
    ]  # fmt: skip
    if len(bearers) == 1:
        yield bearers[0], "the only one named close before who holds such an office"


def _is_addressed(links: Links, mention: Mention) -> bool:
    """Herr Präsident, Frau Ministerin: who presides or is spoken to, not the head of state."""
    before = links.extraction.article.text[: mention.span.start].rsplit(None, 1)[-1:]
    return bool(before) and before[0] in ADDRESS


def _last_of_role(links: Links, mention: Mention) -> Iterator[tuple[str, str]]:
    """The last person who was named with such a role: Außenminister ... der Minister."""
    wanted = mention.label.lower()
    for at, noun, person in reversed(links.role_nouns):
        if at < mention.span.start and noun.endswith(wanted) and _fits(links, mention, person):
            yield person, "the last who was named with such a role"


def _holders_of_states(links: Links, mention: Mention) -> Iterator[tuple[str, str]]:
    """Holders of a role of a state that is not said: a federal office, the state of the sentence, the state at home."""
    homes = links.knowledge.homes
    federal = mention.label.startswith(links.knowledge.federal_forms or "\0")
    near = [] if federal else links.states_near(mention)[0]
    if _is_of_home(links, mention, near):
        near = []
    if federal or (len(near) < 2 and not _is_addressed(links, mention)):
        for state in near or homes:
            yield from _known_holders(links, mention, links.offices(mention), state)


def _is_of_home(links: Links, mention: Mention, near: list[str]) -> bool:
    """Whether a head of state or government is one of the state at home alone: no state near has such an office."""
    own = links.knowledge.find_role(mention.label)
    if own is None or links.rank(own) != LEADING[0]:
        return False
    places = {t.organisation for t in links.knowledge.terms if t.role == own}
    return not places & set(near) and bool(places & set(links.knowledge.homes))


def _known_holders(links: Links, mention: Mention, roles: list[str], organisation: str) -> Iterator[tuple[str, str]]:
    """Who held the role there at the date; without a date, who held it ever and is in the article."""
    leading = [r for r in roles if links.rank(r) in LEADING or _speaks(links, r)]
    known = links.knowledge.entities.get(organisation)
    bodies = [organisation, *(known.get("part") if known else ())]
    bodies += known.get("actsFor") if known and any(_speaks(links, r) for r in leading) else ()
    holders = [h for b in bodies for r in leading for h in links.knowledge.holders(r, b, links.date)]
    fitting = list(dict.fromkeys(h for h in holders if _fits(links, mention, h)))
    if len(fitting) == 1:
        yield fitting[0], f"held the office at {links.date}"
    named = [e for e in links.officials if any(_held(links, e, r, organisation) for r in roles)]
    named = [e for e in named if _fits(links, mention, e)]
    if len(named) == 1:
        yield named[0], "held the office, and the article names no other holder"


def _speaks(links: Links, role: str) -> bool:
    return "true" in links.knowledge.role_properties[role].get("speaksFor", ())


def _held(links: Links, person: str, role: str, organisation: str) -> bool:
    terms = links.knowledge.terms_of(person)
    return any(t.role == role and t.organisation == organisation and t.covers(links.date) is not False for t in terms)


def _fits(links: Links, mention: Mention, person: str) -> bool:
    """Whether the gender of the role noun is that of the person, as far as both are known."""
    entry, known = links.entries.get(person), links.knowledge.entities.get(person)
    gender = entry.gender if entry is not None else (known.first("gender") or "" if known else "")
    own = "f" if mention.label.endswith("in") else mention.gender
    return not (gender in ("m", "f") and own in ("m", "f") and gender != own)
