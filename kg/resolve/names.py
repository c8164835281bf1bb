"""Names -> entities: those of the knowledge base, then names that only the article has, then surnames.

An unknown name is the same thing wherever it stands; so ids are made of names alone. A surname is the full name's
that stands before it in the article, if their genders agree; else the best known bearer's.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kg.model import Mention
from kg.resolve.links import Links, new_id
from kg.vocab import slug

YEARS_BEFORE, YEARS_AFTER = 12, 25  # how long before and after an office a surname alone may mean its holder


def link_names(links: Links, names: Iterable[Mention]) -> None:
    """Names and metonyms, the surest first: known ones, unknown ones, full names of persons, surnames."""
    names = list(names)
    for mention in (m for m in names if m.type != "Person" and len(m.candidates) == 1):
        _link_known(links, mention)
    link_adjectives(links)
    for mention in (m for m in names if m.type != "Person" and len(m.candidates) > 1):
        _link_known(links, mention)
    _link_unknown(links, [m for m in names if m.type != "Person" and not m.candidates])
    persons = [m for m in names if m.type == "Person"]
    for mention in persons:
        if not is_surname(mention.label):
            _link_full_name(links, mention)
    for mention in persons:
        if is_surname(mention.label):
            _link_surname(links, mention)


def link_adjectives(links: Links) -> None:
    """Adjectives of states."""
    for mention in links.extraction.mentions:
        if mention.kind == "adjective" and mention.candidates:
            links.link(mention, mention.candidates[0], "adjective")


def is_surname(name: str) -> bool:
    """Whether a name is a surname or a given name alone; `von der Leyen` is one too."""
    return " " not in name.strip() or name[:1].islower()


def _link_known(links: Links, mention: Mention) -> None:
    metonyms = links.knowledge.metonyms.get(mention.text, ()) if mention.kind == "metonym" else ()
    candidates = [c for c in mention.candidates if c in metonyms] or mention.candidates
    named = next((c for c in candidates if c in links.entries), None)
    chosen = named or next((c for c in candidates if links.home_of(c) in links.entries), candidates[0])
    known = links.knowledge.entities[chosen]
    links.link(mention, chosen, "metonym" if mention.kind == "metonym" else f"name of {known.label}")


def _link_unknown(links: Links, mentions: Sequence[Mention]) -> None:
    labels = {m.label for m in mentions}
    for mention in mentions:
        full = _spelled_out(links, mention)
        if full:
            links.link(mention, full, "short form in brackets behind the name")
            continue
        genitive = mention.label.endswith("s") and mention.label[:-1] in labels
        label = mention.label[:-1] if genitive else mention.label
        links.link(
            mention, new_id(mention.type, label), "name not in the knowledge base", type=mention.type, label=label
        )


def _spelled_out(links: Links, mention: Mention) -> str | None:
    """The organisation whose name stands directly before, where the mention is its short form in brackets."""
    text, start = links.extraction.article.text, mention.span.start
    if not mention.text.isupper() or text[max(0, start - 2) : start] != " (" or text[mention.span.end :][:1] != ")":
        return None
    before = links.names_by_end.get(start - 2)
    entity = links.of.get(before.key) if before is not None and before.type not in ("Person", "Place") else None
    return entity if entity is not None and slug(mention.text)[:1] == slug(links.entries[entity].label)[:1] else None


def _link_full_name(links: Links, mention: Mention) -> None:
    name = mention.label or mention.text
    entity = mention.candidates[0] if mention.candidates else f"person-{slug(name)}"
    same = name in (known.names if (known := links.knowledge.entities.get(entity)) else (name,))
    links.link(mention, entity, "full name" if same else "full name in another spelling")
    surnames = {name.rpartition(" ")[2], *(known.get("surname") if known else ())}
    particle = next((n for n, word in enumerate(name.split()) if n and word[:1].islower()), None)
    if particle is not None:
        surnames.add(" ".join(name.split()[particle:]))
    for form in surnames:
        links.note_bearer(form, mention.span.start, entity)


def _link_surname(links: Links, mention: Mention) -> None:
    name = mention.label or mention.text
    forms = (name, mention.text, name.rstrip("s'’"))
    named = _named_before(links, mention, forms)
    if named:
        links.link(mention, named, "surname of a full name")
        return
    bearer = _given_name_of(links, forms)
    if bearer:
        links.link(mention, bearer, "given name of a full name")
        return
    chosen = _best_known(links, mention)
    if chosen:
        links.link(mention, chosen, f"surname of {links.knowledge.entities[chosen].label}, the best known bearer")
    else:
        chosen = f"person-{slug(name)}"
        links.link(mention, chosen, "surname alone", type="Person", label=name)
    links.note_bearer(name, mention.span.start, chosen)


def _named_before(links: Links, mention: Mention, forms: Iterable[str]) -> str | None:
    """Of those of that surname whom the article names, the last before, else the first after."""
    found = next((links.bearers[form] for form in forms if form in links.bearers), {})
    fitting = {person: places for person, places in found.items() if _agree(links, mention, person)}
    counts = {person: bisect_right(places, mention.span.start) for person, places in fitting.items()}
    before = [(places[counts[p] - 1], p) for p, places in fitting.items() if counts[p]]
    first = ((places[0], person) for person, places in fitting.items())
    return max(before)[1] if before else min(first, default=(0, None))[1]


def _agree(links: Links, mention: Mention, person: str) -> bool:
    """Whether genders agree, as far as both are known, and titles do not tell the two apart."""
    entry = links.entries.get(person)
    known = links.knowledge.entities.get(person)
    gender = entry.gender if entry is not None else (known.first("gender") or "" if known else "")
    titles = links.titles.get(mention.key, ())
    own = mention.gender or next(("f" if t.label.endswith("in") else t.gender for t in titles), "")
    return not (gender in ("m", "f") and own in ("m", "f") and gender != own)


def _given_name_of(links: Links, names: tuple[str, ...]) -> str | None:
    return min((links.given_names[n] for n in names if n in links.given_names), default=(0, None))[1]


def _best_known(links: Links, mention: Mention) -> str | None:
    """Of the known bearers of a surname the one whose role stands beside it, or who is in office at the date."""
    fitting = [c for c in mention.candidates if _agree(links, mention, c) and _is_of_the_time(links, c)]
    if len(fitting) < 2:
        return next(iter(fitting), None)
    titled = [c for c in fitting if _has_title(links, mention, c)]
    if len(titled) == 1:
        return titled[0]
    in_office = [c for c in titled or fitting if links.knowledge.offices_of(c, links.date)]
    if len(in_office) == 1:
        return in_office[0]
    ranked = sorted((_rank(links, c), c) for c in in_office)
    return ranked[0][1] if len(ranked) > 1 and ranked[0][0] < ranked[1][0] else None


def _has_title(links: Links, mention: Mention, person: str) -> bool:
    held = {term.role for term in links.knowledge.terms_of(person)}
    return any(held & set(links.role_ids(title)) for title in links.titles.get(mention.key, ()))


def _rank(links: Links, person: str) -> str:
    properties = links.knowledge.role_properties
    terms = links.knowledge.offices_of(person, links.date)
    return min((next(iter(properties.get(t.role, {}).get("rank", ())), "9") for t in terms), default="9")


def _is_of_the_time(links: Links, person: str) -> bool:
    """Whether the person can be meant by the surname alone at the date: near the time of a dated office."""
    year = int(links.date[:4]) if links.date else None
    terms = links.knowledge.terms_of(person)
    starts = [int(t.start[:4]) for t in terms if t.start]
    if year is None or len(starts) < len(terms) or not starts:
        return True
    ends = [int(t.end[:4]) if t.end else year for t in terms]
    return min(starts) - YEARS_BEFORE <= year <= max(ends) + YEARS_AFTER
