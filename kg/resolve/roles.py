"""Role nouns and bodies -> entities: by the name beside them, by the article, by the date."""

from kg.model import Mention
from kg.resolve.links import Links
from kg.vocab import slug


def link_bodies(links: Links) -> None:
    """Bodies with their state; without one, the last body of the same kind."""
    last: dict[str, str] = {}
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.type == "Person" or mention.kind not in ("name", "nominal"):
            continue
        noun = mention.text.rpartition(" ")[2]
        if mention.candidates and mention.kind == "name" and mention.acts_for:
            links.link(mention, mention.candidates[0], "body of a state", acts_for=mention.acts_for)
            last[mention.label.rpartition(" ")[2]] = last[noun] = mention.candidates[0]
        elif mention.kind == "nominal" and not mention.candidates and noun in last:
            links.link(mention, last[noun], "the same body again")


def link_roles(links: Links) -> None:
    """Role nouns: by the name beside them, else by who has the role in the article or had it at the date."""
    nominals = [m for m in links.extraction.mentions if m.kind == "nominal" and m.type in ("Person", "Group")]
    for mention in nominals:
        if mention.head in links.of:
            _note_role(links, mention, links.of[mention.head or ""])
            links.link(mention, links.of[mention.head or ""], "role beside the name")
    for mention in nominals:
        if mention.key not in links.of:
            _link_role_alone(links, mention)


def _note_role(links: Links, mention: Mention, person: str) -> None:
    organisation = _organisation(links, mention)
    links.role_nouns.append((mention.span.start, mention.label.lower(), person))
    for role in {*role_ids(links, mention), mention.label}:
        links.by_role[role, organisation or ""] = person
        links.by_role.setdefault((role, ""), person)
    entry = links.entries[person]
    if not entry.gender:
        entry.gender = "f" if mention.label.endswith("in") else "m"


def role_ids(links: Links, mention: Mention) -> list[str]:
    """Roles that a noun may stand for, surest first."""
    roles, tails = links.knowledge.roles, links.knowledge.role_tails
    word = mention.label
    tail = word.rpartition("-")[2]
    found = [roles.get(word), roles.get(mention.text), roles.get(tail), *tails.get(tail, ())]
    nominals = links.knowledge.role_nominals
    found += [r for noun in (word, mention.text, tail) for r in nominals.get(noun, ())]
    return [r for r in dict.fromkeys(found) if r]


def _organisation(links: Links, mention: Mention) -> str | None:
    reference = mention.acts_for
    if reference is None:
        return None
    return links.of.get(reference, reference if reference in links.knowledge.entities else None)


def _link_role_alone(links: Links, mention: Mention) -> None:
    organisation = _organisation(links, mention)
    if mention.type == "Group":
        if organisation:
            links.link(
                mention, f"group-{slug(mention.label)}-{organisation.partition('-')[2]}", "holders of a role together"
            )
        return
    roles = role_ids(links, mention)
    before = [
        person for at, noun, person in sorted(links.role_nouns, reverse=True)
        if at < mention.span.start and noun.endswith(mention.label.lower())
    ]  # fmt: skip
    if organisation is None and before:
        links.link(mention, before[0], "the last who was named with such a role")
        return
    for role in (*roles, mention.label):
        person = links.by_role.get((role, organisation or ""))
        if person:
            links.link(mention, person, "holds the role in this article")
            return
    if organisation:
        for role in roles:
            holders = links.knowledge.holders(role, organisation, links.extraction.article.date)
            if len(holders) == 1:
                links.link(mention, holders[0], f"held the office at {links.extraction.article.date}")
                links.by_role[role, organisation] = holders[0]
                return
        where = links.knowledge.entities.get(organisation)
        tail = organisation.partition("-")[2]
        label = f"{mention.label} ({where.label})" if where and mention.label == mention.text else mention.label
        links.link(
            mention, f"person-{slug(mention.label)}-{tail}", "role of somebody not named", type="Person", label=label
        )
