"""Names -> entities: those of the knowledge base, full names, then surnames."""

from collections.abc import Iterable

from kg.model import Mention
from kg.resolve.links import Links
from kg.vocab import slug


def link_names(links: Links, names: Iterable[Mention]) -> None:
    """Names and metonyms, full names before surnames."""
    names = list(names)
    for mention in sorted(
        names, key=lambda m: (m.type == "Person" and " " not in m.label, not m.candidates, m.span.start)
    ):
        if mention.type == "Person":
            _link_person(links, mention)
        elif mention.candidates:
            _link_known(links, mention)
        else:
            prefix = {"Place": "place", "Person": "person"}.get(mention.type, "org")
            links.link(mention, f"{prefix}-{slug(mention.label)}", "name not in the knowledge base")


def _link_known(links: Links, mention: Mention) -> None:
    known = links.knowledge.entities
    first = next((c for c in mention.candidates if c in links.entries), mention.candidates[0])
    why = "metonym" if mention.kind == "metonym" else f"name of {known[first].label}"
    links.link(mention, first if mention.kind == "name" else mention.candidates[0], why)


def _link_person(links: Links, mention: Mention) -> None:
    name = mention.label or mention.text
    surname = name.rpartition(" ")[2]
    title = name.partition(" ")[0]
    if " " in name.strip() and surname in links.surnames and title in links.knowledge.role_nominals:
        links.link(mention, links.surnames[surname], "surname with a title")
        return
    if " " in name.strip():
        entity = mention.candidates[0] if mention.candidates else f"person-{slug(name)}"
        links.link(mention, entity, "full name")
        known = links.knowledge.entities.get(entity)
        for form in {surname, *(known.get("surname") if known else ())}:
            links.surnames.setdefault(form, entity)
        return
    earlier = links.surnames.get(name) or links.surnames.get(mention.text) or links.surnames.get(name.rstrip("s'’"))
    if earlier:
        links.link(mention, earlier, "surname after the full name")
        return
    bearer = next(
        (e.id for e in links.entries.values() if e.type == "Person" and e.label.partition(" ")[0] == name), None
    )
    if bearer:
        links.link(mention, bearer, "given name of the full name")
        return
    chosen = _best_known(links, mention)
    if chosen:
        links.link(mention, chosen, "surname of the best known bearer")
        links.surnames.setdefault(name, chosen)
    else:
        links.link(mention, f"person-{slug(name)}", "surname alone", type="Person", label=name)
        links.surnames.setdefault(name, f"person-{slug(name)}")


def _best_known(links: Links, mention: Mention) -> str | None:
    """Of several bearers of a surname the one who is in office at the date; of one, that one."""
    candidates = mention.candidates
    if len(candidates) == 1:
        return candidates[0]
    date = links.extraction.article.date
    in_office = [c for c in candidates if links.knowledge.offices_of(c, date)]
    return in_office[0] if len(in_office) == 1 else None


def link_adjectives(links: Links) -> None:
    """Adjectives of states."""
    for mention in links.extraction.mentions:
        if mention.kind == "adjective" and mention.candidates:
            links.link(mention, mention.candidates[0], "adjective")
