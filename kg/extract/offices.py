"""Offices: who holds which role where, as the article says it ("NATO-Generalsekretär Mark Rutte")."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.compounds import role_noun, role_of
from kg.extract.grammar import case_of, children, contraction_base, feature, has_feature, negation_of, subtree_span
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.topics import is_a
from kg.model import Mention, Office, Span

TITLES = frozenset(("Dr.", "Prof.", "Dr", "Prof", "h.c.", "Freiherr", "Graf", "General", "Oberst", "a.D."))
REACH = 4  # tokens between a role noun and the name that follows it
OWNER_REACH = 9  # the same over the genitive of its organisation
PREPOSITIONS = ("", "von", "in", "bei", "für")  # between a role and what it is a role of
OWNER_PREPOSITIONS = ("von", "bei", "in")


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
        for holder in _holders(reading, token, person):
            yield _office(reading, token, role, holder, organisation)


def _holders(reading: Reading, token: Token, person: Mention | None) -> Iterator[Mention]:
    """The person named; of a role in the plural all that are named (die Präsidenten Biden und Putin)."""
    if person is None:
        return
    if not has_feature(token, "Number", "Plur"):
        yield person
        return
    for holder in reading.coordinated(person.key):
        if _is_person(holder):
            yield holder


def _tie(reading: Reading, token: Token, person: Mention | None, organisation: str | None) -> None:
    """Let the role noun refer by the name beside it, or by the organisation it is an office of."""
    own = reading.whole(token)
    if own is None or own.kind != "nominal" or own.span.start != token.idx:
        return
    one = person is not None and own.type == "Person"
    reading.mentions[own.key] = replace(own, head=person.key if one and person else None, acts_for=organisation)


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
    word = role_noun(reading, token) or token.lemma_
    if part is not None and " " not in word:
        word = word[part.span.end - token.idx :].lstrip("-")
        word = word[:1].upper() + word[1:]
    elif "-" in word:
        word = word.rpartition("-")[2]
    return word or role.removeprefix("role-").capitalize()


def named_person(reading: Reading, token: Token) -> Mention | None:
    """The person whose name stands in apposition to a role noun, before or behind it, or whose predicate it is."""
    following = _next_name(reading, token)
    if following is not None:
        return following
    for child in children(token, "appos", "flat", "flat:name", "nmod", "compound"):
        mention = reading.whole(child)
        if _is_person(mention) and not case_of(child) and _is_beside(token, child):
            return mention
    if token.i >= 2 and reading.doc[token.i - 1].lower_ == "als":
        before = reading.whole(reading.doc[token.i - 2])
        if _is_person(before):
            return before
    if token.dep_ in ("appos", "flat", "nmod", "parataxis") and token.head.i < token.i and _is_apposition(token):
        mention = reading.whole(token.head)
        if _is_person(mention) and not _is_another(token):
            return mention
    return _behind_comma(reading, token) or _subject(reading, token)


def _is_beside(token: Token, child: Token) -> bool:
    """Whether a name below the role is its apposition: near, and no genitive (der Sprecher Merkels)."""
    genitive = child.dep_ == "nmod" and has_feature(child, "Case", "Gen") and not has_feature(token, "Case", "Gen")
    return abs(child.i - token.i) <= 14 and not genitive


def _is_apposition(token: Token) -> bool:
    """Whether a role below a name stands beside it: behind a comma, or without article and preposition."""
    first = subtree_span(token)[0]
    comma = any(t.text in (",", "(", "–") for t in token.doc[max(0, first - 1) : first + 1])
    return not case_of(token) and (comma or not any(c.tag_ in ("ART", "PPOSAT") for c in token.children))


def _is_another(token: Token) -> bool:
    """Whether a role under a name belongs to somebody else: with a possessive or a conjunction before it."""
    return any(c.dep_ == "cc" or c.tag_ == "PPOSAT" for c in token.children)


def _is_person(mention: Mention | None) -> bool:
    return mention is not None and mention.type == "Person" and mention.kind == "name"


def _next_name(reading: Reading, token: Token) -> Mention | None:
    """The name directly behind the role, over titles only, or behind the genitive of its organisation."""
    doc, owner, bare = reading.doc, None, True
    for i in range(token.i + 1, min(token.i + 1 + OWNER_REACH, len(doc))):
        mention = reading.whole(doc[i])
        if _is_person(mention) and bare and _is_owner(token, doc[i]):
            return None
        if _is_person(mention):
            return mention if bare or (owner is not None and owner.kind in ("name", "metonym")) else None
        if bare and i <= token.i + REACH and _is_title(doc[i]):
            continue
        if mention is not None and mention.kind in ("name", "metonym", "nominal") and mention.type != "Person":
            owner = mention
        elif owner is not None or not _leads_to_owner(reading, doc[i]):
            return None
        bare = False
    return None


def _is_owner(token: Token, name: Token) -> bool:
    """Whether a name behind a role is a genitive: der Sprecher Merkels, but not Kanzlerin Merkels Rede."""
    article = any(c.tag_ == "ART" for c in token.children) and not has_feature(token, "Case", "Gen")
    return article and has_feature(name, "Case", "Gen") and name.text.endswith(("s", "'", "’"))


def _leads_to_owner(reading: Reading, token: Token) -> bool:
    """Whether a word may stand between a role and the name of its organisation (der, des, vom, ukrainischen)."""
    if token.tag_ in ("APPR", "APPRART"):
        return contraction_base(token.lower_) in OWNER_PREPOSITIONS
    return token.tag_ in ("ART", "ADJA", "CARD") or token.text == "/" or reading.part(token) is not None


def _is_title(token: Token) -> bool:
    return token.text in TITLES or (token.text[:1].isupper() and token.ent_type_ == "PER")


def _behind_comma(reading: Reading, token: Token) -> Mention | None:
    """The name between commas behind the role and its organisation: der Chef der Behörde, Karl Kurz, sagte."""
    doc = reading.doc
    end = token.i + 1
    for child in children(token, "nmod", "nmod:poss"):
        if case_of(child) in PREPOSITIONS:
            end = max(end, subtree_span(child, skip=("appos", "conj", "acl", "acl:relcl", "parataxis"))[1])
    if end + 1 >= len(doc) or doc[end].text != "," or not any(c.tag_ in ("ART", "APPRART") for c in token.children):
        return None
    mention = reading.whole(doc[end + 1])
    if mention is None or not _is_person(mention):
        return None
    after = doc.char_span(mention.span.start, mention.span.end, expand=True)
    closed = after is not None and after.end < len(doc) and doc[after.end].text in (",", "(")
    return mention if closed and mention.label.count(" ") else None


def _subject(reading: Reading, token: Token) -> Mention | None:
    """The person of whom a clause says that she is, was or stays the holder: Maruk ist Präsidentin der Ukraine."""
    stays = token.head if token.dep_ in ("xcomp", "obj") and token.head.lemma_ == "bleiben" else None
    copula = stays or next((c for c in children(token, "cop") if c.lemma_ in ("sein", "bleiben")), None)
    if copula is None or feature(copula, "Mood") not in ("", "Ind") or negation_of(token) is not None:
        return None
    clause = stays or token
    if negation_of(clause) is not None or any(c.dep_ in ("mark", "aux") for c in clause.children):
        return None
    subject = next(children(clause, "nsubj"), None)
    mention = reading.whole(subject) if subject is not None else None
    return mention if _is_person(mention) else None


def organisation_of(reading: Reading, token: Token, role: str) -> str | None:
    """Reference to the state or organisation of a role: by compound, adjective, genitive, preposition, possessive.

    A mention key, or the id of a known state when it is only implied by the composed noun.
    """
    part = reading.part(token)
    if part is not None:
        return part.key
    for child in children(token, "amod", "nmod", "nmod:poss", "compound", "appos", "flat"):
        preposition = case_of(child)
        if preposition not in PREPOSITIONS or (preposition and child.i < token.i) or _is_joint(reading, token, child):
            continue
        mention = reading.refer(child)
        if mention is not None and mention.kind != "pronoun" and _can_hold(reading, role, mention, preposition):
            return mention.key
    return _adjacent_state(reading, token) or _possessor(reading, token)


def _is_joint(reading: Reading, token: Token, child: Token) -> bool:
    """Whether a role in the plural is one of several states (die Außenminister Polens und Litauens), so of none."""
    others = [reading.whole(c) for c in children(child, "conj")]
    return has_feature(token, "Number", "Plur") and any(m is not None and m.type == "State" for m in others)


def _possessor(reading: Reading, token: Token) -> str | None:
    """Key of the pronoun in `ihr Außenminister`, which refers to the state or to somebody of it."""
    own = next((c for c in children(token, "det:poss", "det") if c.tag_ == "PPOSAT"), None)
    mention = reading.whole(own) if own is not None else None
    return mention.key if mention is not None else None


def _can_hold(reading: Reading, role: str, mention: Mention, preposition: str) -> bool:
    """Whether the role is an office of such a body by `kg:holderOf`: a chancellor is one of a state, not of a party.

    What is `in` a city is not of it, unless the role is one of cities only (der Präsident in Kiew, der Bürgermeister).
    """
    wanted = reading.knowledge.role_properties.get(role, {}).get("holderOf", ())
    if mention.type in ("Person", "Treaty", "WeaponSystem", ""):
        return False
    if mention.type == "Place" and preposition == "in" and "State" in wanted:
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
