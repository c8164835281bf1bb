"""Offices: who holds which role where, as the article says it ("NATO-Generalsekretär Mark Rutte")."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.compounds import role_of
from kg.extract.grammar import case_of, children
from kg.extract.reading import Reading
from kg.extract.topics import is_a
from kg.model import Mention, Office, Span

TITLES = frozenset(("Dr.", "Prof.", "Dr", "Prof", "h.c.", "Freiherr", "Graf", "General", "Oberst", "a.D."))
REACH = 4  # tokens between a role noun and the name that follows it


def extract_offices(reading: Reading) -> Iterator[Office]:
    """One office for each role noun with a name beside it; the two mentions are tied by `Mention.head`."""
    for token in reading.doc:
        if token.i not in reading.prose or token.pos_ not in ("NOUN", "PROPN"):
            continue
        role = role_of(reading, token)
        if role is None:
            continue
        person = named_person(reading, token)
        organisation = organisation_of(reading, token, role)
        _tie(reading, token, person, organisation)
        if person is not None:
            yield _office(reading, token, role, person, organisation)


def _tie(reading: Reading, token: Token, person: Mention | None, organisation: str | None) -> None:
    """Let the role noun refer by the name beside it, or by the organisation it is an office of."""
    own = reading.whole(token)
    if own is None or own.kind != "nominal":
        return
    changed = replace(own, head=person.key if person else None, acts_for=organisation)
    reading.mentions[own.key] = changed


def _office(reading: Reading, token: Token, role: str, person: Mention, organisation: str | None) -> Office:
    start = min(token.idx, person.span.start)
    end = max(token.idx + len(token), person.span.end)
    return Office(
        id=f"o-{start}-{end}",
        person=person.key,
        role=role_label(reading, token, role),
        organisation=organisation,
        evidence=Span(start=start, end=end),
        rule="role-beside-name",
    )


def role_label(reading: Reading, token: Token, role: str) -> str:
    """The role noun without the organisation, as the article has it (Außenministerin, Sprecher)."""
    part = reading.part(token)
    word = token.lemma_
    if part is not None:
        word = word[part.span.end - part.span.start :].lstrip("-")
        word = word[:1].upper() + word[1:]
    elif "-" in word:
        word = word.rpartition("-")[2]
    return word or role.removeprefix("role-").capitalize()


def named_person(reading: Reading, token: Token) -> Mention | None:
    """The person whose name stands in apposition to a role noun, before or behind it."""
    for child in children(token, "appos", "flat", "flat:name", "nmod", "compound"):
        mention = reading.whole(child)
        if _is_person(mention) and not case_of(child) and abs(child.i - token.i) <= 14:
            return mention
    following = _next_name(reading, token)
    if following is not None:
        return following
    if token.i >= 2 and reading.doc[token.i - 1].lower_ == "als":
        before = reading.whole(reading.doc[token.i - 2])
        if _is_person(before):
            return before
    if token.dep_ in ("appos", "flat", "nmod", "parataxis") and token.head.i < token.i and not case_of(token):
        mention = reading.whole(token.head)
        if _is_person(mention):
            return mention
    return None


def _is_person(mention: Mention | None) -> bool:
    return mention is not None and mention.type == "Person" and mention.kind == "name"


def _next_name(reading: Reading, token: Token) -> Mention | None:
    """The name directly behind the role, over titles only, or behind the genitive of its organisation."""
    doc = reading.doc
    for i in range(token.i + 1, min(token.i + 1 + REACH, len(doc))):
        mention = reading.whole(doc[i])
        if _is_person(mention):
            return mention
        if doc[i].text not in TITLES and not (doc[i].text[:1].isupper() and doc[i].ent_type_ == "PER"):
            return None
    return None


def organisation_of(reading: Reading, token: Token, role: str) -> str | None:
    """Reference to the state or organisation of a role: by compound, adjective, genitive or preposition.

    A mention key, or the id of a known state when it is only implied by the composed noun.
    """
    part = reading.part(token)
    if part is not None:
        return part.key
    for child in children(token, "amod", "nmod", "nmod:poss", "det:poss", "compound", "appos", "flat"):
        if child.dep_ in ("nmod", "appos", "flat") and case_of(child) not in ("", "von", "in", "bei", "für"):
            continue
        mention = reading.refer(child)
        if mention is not None and mention.kind != "pronoun" and _can_hold(reading, role, mention):
            return mention.key
    return _adjacent_state(reading, token)


def _can_hold(reading: Reading, role: str, mention: Mention) -> bool:
    """Whether the role is an office of such a body by `kg:holderOf`: a chancellor is one of a state, not of a party."""
    wanted = reading.knowledge.role_properties.get(role, {}).get("holderOf", ())
    if mention.type in ("Person", "Treaty", "WeaponSystem", ""):
        return False
    return not wanted or is_a(mention.type, wanted)


def _adjacent_state(reading: Reading, token: Token) -> str | None:
    """An adjective or genitive of a state directly before the role, for text that the parser got wrong."""
    for i in range(token.i - 1, max(token.i - 3, -1), -1):
        mention = reading.whole(reading.doc[i])
        if (
            mention is not None
            and mention.kind in ("adjective", "name", "metonym")
            and mention.type in ("State", "Alliance", "InternationalOrganisation")
        ):
            return mention.key
        if reading.doc[i].pos_ not in ("ADJ", "PROPN"):
            return None
    return None
