"""The facts of an article with entities in the place of mentions."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.model import Entity, Mention, Office, Position, Ref, Resolved, Span
from kg.resolve.links import Entry, Links
from kg.spans import SpanIndex

REACH = 30  # characters behind the evidence of a position
NEARLY = 0.15  # difference of confidence that says little


def resolve_facts(links: Links) -> Resolved:
    """All facts of the article, without those that refer to nobody known."""
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
    used |= {r for p in positions for r in (p.holder, p.about, p.according_to)}
    used |= {r for s in statements for r in (s.speaker, s.addressee)}
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


def _offices(links: Links) -> list[Office]:
    found: dict[tuple[str, str, str | None], Office] = {}
    for office in links.extraction.offices:
        person = links.of.get(office.person)
        if person is None:
            continue
        organisation = _organisation(links, office)
        if organisation is None:
            organisation = _known_organisation(links, person, office)
        found.setdefault((person, office.role, organisation), replace(office, person=person, organisation=organisation))
    for person, role, organisation in found:
        entry = links.entries[person]
        if organisation and entry.acts_for is None and _speaks(links, role):
            entry.acts_for = organisation
    placed = {(person, role) for person, role, organisation in found if organisation}
    return [o for k, o in found.items() if k[2] is not None or k[:2] not in placed]


def _organisation(links: Links, office: Office) -> str | None:
    """The organisation of an office; where a pronoun stands for it, the state that it means."""
    reference = office.organisation or ""
    named = links.mentions.get(reference)
    if named is None or named.kind != "pronoun":
        return links.of.get(reference)
    owner = links.referent(reference)
    if owner is None or links.of.get(office.person) == owner:
        return None
    return links.state_of(owner) if links.entries[owner].type == "Person" else owner


def _speaks(links: Links, role: str) -> bool:
    """Whether the role is that of a spokesperson."""
    roles = (links.knowledge.roles.get(role), *links.knowledge.role_tails.get(role, ()))
    return any(r and "true" in links.knowledge.role_properties[r].get("speaksFor", ()) for r in roles)


def _known_organisation(links: Links, person: str, office: Office) -> str | None:
    """Außenministerin Annalena Baerbock: the state is left out, the knowledge base has it."""
    noun = Mention(span=office.evidence, text=office.role, kind="nominal", label=office.role)
    terms = links.knowledge.terms_of(person)
    for role in dict.fromkeys((*links.role_ids(noun), *links.offices(noun))):
        held = [t for t in terms if t.role == role and t.organisation]
        at_date = [t for t in held if t.covers(links.date)]
        organisations = dict.fromkeys(t.organisation for t in at_date or held)
        if len(organisations) == 1:
            return links.admit(next(iter(organisations)))
    now = dict.fromkeys(t.organisation for t in links.knowledge.offices_of(person, links.date) or terms)
    if len(now) == 1:
        return links.admit(next(iter(now)))
    if office.role.startswith(links.knowledge.federal_forms or "\0"):
        return links.admit(links.knowledge.homes[0])
    return None


def _positions(links: Links, ref: Callable[[Ref | None], Ref | None]) -> list[Position]:
    """One position a (holder, issue, about, polarity), as in the gold guidelines: the best of those found.

    One that does not say what it is about goes with one that does. What an issue is about is a state rather than its
    ministry, where both are meant by one word.
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
        key = (new.holder, new.issue, new.polarity, new.about)
        if key not in best or _is_better(new, best[key]):
            best[key] = new
    told = {key[:3] for key in best if key[3] is not None}
    kept = (position for key, position in best.items() if key[3] is not None or key[:3] not in told)
    return sorted(kept, key=lambda p: (p.evidence.start, p.evidence.end, p.issue, p.holder))


def _is_better(new: Position, old: Position) -> bool:
    """The surer one; of two nearly as sure what stands first, since the rest of a text refers to it."""
    if abs(new.confidence - old.confidence) > NEARLY:
        return new.confidence > old.confidence
    return new.evidence.start < old.evidence.start


def _entities(links: Links, used: set[Ref | None]) -> list[Entity]:
    """The entities in text order; classes of weapons or people (Raketen, Soldaten) only where a fact needs them."""
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
            why=tuple(dict.fromkeys(why for _, why in sorted(e.reasons))),
        )
        for e in order
        if e.id in used or not (_is_generic(links, e.id) or _is_background(links, e))
    ]


def _is_background(links: Links, entry: Entry) -> bool:
    """Groups of people without a name or leading office (Soldaten, Vertreter): entities only where they act."""
    if entry.type != "Group" or entry.known:
        return False
    return all(links.rank(role) > "2" for mention in entry.mentions for role in links.role_ids(mention))


def _wanted(links: Links, positions: Iterable[Position]) -> set[Ref | None]:
    """Classes of weapons named in or right behind the words that carry a position (Lieferung von Abwehrsystemen)."""
    behind = (Span(start=p.evidence.start, end=p.evidence.end + REACH + 1) for p in positions)
    near = SpanIndex((span, None) for span in set(behind))
    weapons = (entry for entry in links.entries.values() if entry.type == "WeaponSystem")
    return {e.id for e in weapons if any(next(near.at(m.span.start), None) is not None for m in e.mentions)}


def _is_generic(links: Links, entity: str) -> bool:
    known = links.knowledge.entities.get(entity)
    return known is not None and known.first("generic") == "true"
