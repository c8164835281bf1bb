"""Mentions -> entities within an article; facts then refer to entities.

Order of trust: names of the knowledge base, full names, surnames after the full name, adjectives and
metonyms, bodies of a state, role nouns (by the name beside them, by the article, by the date), other
descriptions and pronouns (by gender, number and nearness). What refers to nobody known stays out.
Across articles an entity has the same id because ids are made of names alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from kg.knowledge import Knowledge
from kg.model import Entity, Extraction, Mention, Office, Position, Ref, Resolved
from kg.vocab import slug

REACH = 30  # characters behind the evidence of a position
FIRST = ("ich", "wir", "uns", "unser", "mein", "mir", "mich")


@dataclass(slots=True)
class _Entry:
    """An entity under construction."""

    id: str
    type: str
    label: str
    known: bool
    gender: str = ""
    acts_for: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    why: dict[str, None] = field(default_factory=dict)


class _Links:
    """Which entity each mention refers to, in one article."""

    def __init__(self, extraction: Extraction, knowledge: Knowledge) -> None:
        self.extraction, self.knowledge = extraction, knowledge
        self.entries: dict[str, _Entry] = {}
        self.of: dict[str, str] = {}
        self.surnames: dict[str, str] = {}
        self.by_role: dict[tuple[str, str], str] = {}
        self.role_nouns: list[tuple[int, str, str]] = []  # offset, noun in lower case, person

    def link(self, mention: Mention, entity: str, why: str, **new: str | None) -> None:
        """Let a mention refer to an entity, made anew when it is not there yet."""
        entry = self.entries.get(entity) or self._create(entity, mention, new)
        entry.mentions.append(mention)
        entry.why[f"{mention.text!r}: {why}"] = None
        self.of[mention.key] = entity

    def _create(self, entity: str, mention: Mention, new: dict[str, str | None]) -> _Entry:
        known = self.knowledge.entities.get(entity)
        if known is not None:
            acts_for = known.first("actsFor")
            entry = _Entry(entity, known.type, known.label, True, known.first("gender") or "", acts_for)
        else:
            kind, label = new.get("type") or mention.type or "Organisation", new.get("label") or mention.label
            entry = _Entry(entity, kind, label or mention.text, False, mention.gender, new.get("acts_for"))
        self.entries[entity] = entry
        return entry


def resolve_entities(extraction: Extraction, knowledge: Knowledge) -> Resolved:
    """The facts of an article with entities for mentions."""
    mentions = tuple(sorted(extraction.mentions, key=lambda m: (m.span.start, m.span.end)))
    links = _Links(replace(extraction, mentions=mentions), knowledge)
    names = [m for m in extraction.mentions if m.kind in ("name", "metonym") and not m.acts_for]
    _link_names(links, names)
    _link_adjectives(links)
    _link_bodies(links)
    _link_roles(links)
    _link_descriptions(links)
    _link_speakers(links)
    _link_pronouns(links)
    return _resolved(links)


def _link_names(links: _Links, names: Iterable[Mention]) -> None:
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


def _link_known(links: _Links, mention: Mention) -> None:
    known = links.knowledge.entities
    first = next((c for c in mention.candidates if c in links.entries), mention.candidates[0])
    why = "metonym" if mention.kind == "metonym" else f"name of {known[first].label}"
    links.link(mention, first if mention.kind == "name" else mention.candidates[0], why)


def _link_person(links: _Links, mention: Mention) -> None:
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


def _best_known(links: _Links, mention: Mention) -> str | None:
    """Of several bearers of a surname the one who is in office at the date; of one, that one."""
    candidates = mention.candidates
    if len(candidates) == 1:
        return candidates[0]
    date = links.extraction.article.date
    in_office = [c for c in candidates if links.knowledge.offices_of(c, date)]
    return in_office[0] if len(in_office) == 1 else None


def _link_adjectives(links: _Links) -> None:
    for mention in links.extraction.mentions:
        if mention.kind == "adjective" and mention.candidates:
            links.link(mention, mention.candidates[0], "adjective")


def _link_bodies(links: _Links) -> None:
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


def _link_roles(links: _Links) -> None:
    """Role nouns: by the name beside them, else by who has the role in the article or had it at the date."""
    nominals = [m for m in links.extraction.mentions if m.kind == "nominal" and m.type in ("Person", "Group")]
    for mention in nominals:
        if mention.head in links.of:
            _note_role(links, mention, links.of[mention.head or ""])
            links.link(mention, links.of[mention.head or ""], "role beside the name")
    for mention in nominals:
        if mention.key not in links.of:
            _link_role_alone(links, mention)


def _note_role(links: _Links, mention: Mention, person: str) -> None:
    organisation = _organisation(links, mention)
    links.role_nouns.append((mention.span.start, mention.label.lower(), person))
    for role in {*_role_ids(links, mention), mention.label}:
        links.by_role[role, organisation or ""] = person
        links.by_role.setdefault((role, ""), person)
    entry = links.entries[person]
    if not entry.gender:
        entry.gender = "f" if mention.label.endswith("in") else "m"


def _role_ids(links: _Links, mention: Mention) -> list[str]:
    roles, tails = links.knowledge.roles, links.knowledge.role_tails
    word = mention.label
    tail = word.rpartition("-")[2]
    found = [roles.get(word), roles.get(mention.text), roles.get(tail), *tails.get(tail, ())]
    nominals = links.knowledge.role_nominals
    found += [r for noun in (word, mention.text, tail) for r in nominals.get(noun, ())]
    return [r for r in dict.fromkeys(found) if r]


def _organisation(links: _Links, mention: Mention) -> str | None:
    reference = mention.acts_for
    if reference is None:
        return None
    return links.of.get(reference, reference if reference in links.knowledge.entities else None)


def _link_role_alone(links: _Links, mention: Mention) -> None:
    organisation = _organisation(links, mention)
    if mention.type == "Group":
        if organisation:
            links.link(
                mention, f"group-{slug(mention.label)}-{organisation.partition('-')[2]}", "holders of a role together"
            )
        return
    roles = _role_ids(links, mention)
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


def _link_descriptions(links: _Links) -> None:
    """Das Bündnis, die Allianz, das Land, die Organisation: the nearest entity before that it may describe."""
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.kind != "nominal" or not mention.candidates:
            continue
        candidates = set(mention.candidates)
        before = [
            (m.span.start, e.id) for e in links.entries.values() if e.id in candidates for m in e.mentions
            if m.span.start < mention.span.start
        ]  # fmt: skip
        if before:
            links.link(mention, max(before)[1], "description of what was named before")
        elif len(candidates) == 1 and mention.candidates[0] in links.entries:
            links.link(mention, mention.candidates[0], "description of what the article names")


def _link_speakers(links: _Links) -> None:
    """Who speaks and is described only (chinesische Medien): an entity of that description."""
    spoken = {s.speaker for s in links.extraction.statements}
    for mention in links.extraction.mentions:
        if mention.key in links.of or mention.key not in spoken or mention.kind != "nominal" or not mention.type:
            continue
        prefix = {"Person": "person", "Group": "group"}.get(mention.type, "org")
        links.link(mention, f"{prefix}-{slug(mention.label)}", "somebody who speaks, described and not named")


def _link_pronouns(links: _Links) -> None:
    spoken = [s for s in links.extraction.statements if s.speaker]
    speakers = [(c, s.speaker or "") for s in spoken for c in s.content]
    direct = [(c, s.speaker or "") for s in spoken if s.form == "direct" for c in s.content]
    for mention in links.extraction.mentions:
        if mention.kind != "pronoun" or mention.key in links.of:
            continue
        word = mention.text.lower()
        if word.startswith(FIRST):
            inside = [(c.end - c.start, r) for c, r in speakers if c.covers(mention.span) and r in links.of]
            if inside:
                links.link(mention, links.of[min(inside)[1]], "first person of the speaker")
            continue
        quoted = [(c.end - c.start, r) for c, r in direct if c.covers(mention.span)]
        speaker = links.of.get(min(quoted)[1]) if quoted else None
        people = (links.of.get(key) for key in mention.candidates)
        person = next((p for p in people if p and p != speaker), None)
        if person:
            links.link(mention, person, "pronoun, likeliest person before")


def _resolved(links: _Links) -> Resolved:
    extraction = links.extraction

    def ref(reference: Ref | None) -> Ref | None:
        if reference is None:
            return None
        return links.of.get(reference)

    offices = _offices(links)
    positions = _positions(links, ref)
    events = [
        replace(e, agent=ref(e.agent), recipient=ref(e.recipient), instrument=ref(e.instrument), object=ref(e.object),
                place=ref(e.place), according_to=ref(e.according_to))
        for e in extraction.events
    ]  # fmt: skip
    events = [e for e in events if e.agent or e.recipient]
    relations = [
        replace(r, subject=links.of[r.subject], object=links.of[r.object]) for r in extraction.relations
        if r.subject in links.of and r.object in links.of
    ]  # fmt: skip
    statements = [replace(s, speaker=ref(s.speaker), addressee=ref(s.addressee)) for s in extraction.statements]
    used = {r for e in events for r in (e.agent, e.recipient, e.instrument, e.object, e.place)}
    used |= {p.about for p in positions} | {r for s in statements for r in (s.speaker, s.addressee)}
    used |= {r for f in relations for r in (f.subject, f.object)}
    used |= _wanted(links, positions)
    return Resolved(
        article=extraction.article,
        entities=tuple(_entities(links, used)),
        statements=tuple(statements),
        positions=tuple(positions),
        events=tuple(events),
        offices=tuple(offices),
        relations=tuple(relations),
    )


def _offices(links: _Links) -> list[Office]:
    found: dict[tuple[str, str, str | None], Office] = {}
    for office in links.extraction.offices:
        person = links.of.get(office.person)
        if person is None:
            continue
        organisation = links.of.get(office.organisation or "")
        if organisation is None:
            organisation = _known_organisation(links, person, office)
        found.setdefault((person, office.role, organisation), replace(office, person=person, organisation=organisation))
    for person, role, organisation in found:
        entry = links.entries[person]
        if organisation and entry.acts_for is None and _speaks(links, role):
            entry.acts_for = organisation
    return [
        o for k, o in found.items() if k[2] is not None or not any(p == k[0] and r == k[1] and g for p, r, g in found)
    ]


def _speaks(links: _Links, role: str) -> bool:
    """Whether the role is that of a spokesperson."""
    roles = (links.knowledge.roles.get(role), *links.knowledge.role_tails.get(role, ()))
    return any(r and "true" in links.knowledge.role_properties[r].get("speaksFor", ()) for r in roles)


def _known_organisation(links: _Links, person: str, office: Office) -> str | None:
    """Außenministerin Annalena Baerbock: the state is left out, the knowledge base has it."""
    role = links.knowledge.roles.get(office.role)
    held = [t for t in links.knowledge.terms if t.person == person and t.role == role]
    organisations = list(dict.fromkeys(t.organisation for t in held))
    if len(organisations) != 1:
        return None
    if organisations[0] not in links.entries:
        known = links.knowledge.entities.get(organisations[0])
        if known is None:
            return None
        links.entries[organisations[0]] = _Entry(known.id, known.type, known.label, True)
    return organisations[0]


def _positions(links: _Links, ref: Callable[[Ref | None], Ref | None]) -> list[Position]:
    """One position a (holder, issue, about, polarity, modality): the one with most confidence.

    What an issue is about is a state rather than its ministry, where both are meant by one word.
    """
    best: dict[tuple[str | None, ...], Position] = {}
    for position in links.extraction.positions:
        holder, about, according = ref(position.holder), ref(position.about), ref(position.according_to)
        if holder is None:
            continue
        entry = links.entries.get(about or "")
        if entry is not None and entry.type == "GovernmentBody" and entry.acts_for in links.entries:
            about = entry.acts_for
        new = replace(position, holder=holder, about=about, according_to=None if according == holder else according)
        key = (new.holder, new.issue, new.about, new.polarity, new.modality)
        if key not in best or best[key].confidence < new.confidence:
            best[key] = new
    return sorted(best.values(), key=lambda p: (p.evidence.start, p.evidence.end, p.issue, p.holder))


def _entities(links: _Links, used: set[Ref | None]) -> list[Entity]:
    """The entities in text order; a mere class of weapons (Waffen, Raketen) only where a fact is about it."""
    order = sorted(
        links.entries.values(), key=lambda e: (min((m.span.start for m in e.mentions), default=1 << 60), e.id)
    )
    return [
        Entity(
            id=e.id,
            type=e.type,
            label=e.label,
            mentions=tuple(sorted(e.mentions, key=lambda m: (m.span.start, m.span.end))),
            known=e.known,
            acts_for=e.acts_for,
            why=tuple(e.why),
        )
        for e in order
        if e.id in used or not _is_generic(links, e.id)
    ]


def _wanted(links: _Links, positions: Iterable[Position]) -> set[Ref | None]:
    """Classes of weapons named in or right behind the words that carry a position (Lieferung von Abwehrsystemen)."""
    spans = [p.evidence for p in positions]
    return {
        entry.id for entry in links.entries.values() if entry.type == "WeaponSystem" for m in entry.mentions
        if any(s.start <= m.span.start <= s.end + REACH for s in spans)
    }  # fmt: skip


def _is_generic(links: _Links, entity: str) -> bool:
    known = links.knowledge.entities.get(entity)
    return known is not None and known.first("generic") == "true"
