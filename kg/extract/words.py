"""Words that refer without naming: adjectives of states, pronouns, roles, demonyms, descriptions, weapon classes."""

from kg.extract.compounds import role_noun
from kg.extract.grammar import clause_head, gender_of_word, has_feature, plural, possessor_of, subject_of
from kg.extract.names import single_names
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.knowledge import Known
from kg.model import Mention, Span

INDEFINITE = ("ein", "kein")
DESCRIBED = ("State", "Party")  # classes of which a noun of the kind may mean what was named before (das Land)


def add_word(reading: Reading, token: Token) -> None:
    """Add what a word refers to that is no name."""
    for read in READERS.get(token.pos_, (_pronoun,)):
        mention = read(reading, token)
        if mention is not None:
            reading.add(mention, [token.i])
            return


def _span(token: Token) -> Span:
    return Span(start=token.idx, end=token.idx + len(token))


def _known(token: Token, kind: str, known: Known, gender: str = "") -> Mention:
    return Mention(
        span=_span(token),
        text=token.text,
        kind=kind,
        type=known.type,
        label=known.label,
        candidates=(known.id,),
        gender=gender,
    )


def _is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def _adjective(reading: Reading, token: Token) -> Mention | None:
    knowledge = reading.knowledge
    entity = knowledge.adjectives.get(token.lower_) if token.pos_ == "ADJ" else None
    return _known(token, "adjective", knowledge.entities[entity]) if entity else None


def _pronoun(reading: Reading, token: Token) -> Mention | None:
    """Personal pronouns, and possessives with the gender of whom they mean."""
    if token.tag_ == "PPOSAT":
        gender = "m" if token.lower_.startswith("sein") else ""
        return Mention(span=_span(token), text=token.text, kind="pronoun", gender=gender)
    personal = token.pos_ == "PRON" and has_feature(token, "PronType", "Prs")
    if not personal or has_feature(token, "Reflex", "Yes"):
        return None
    return Mention(span=_span(token), text=token.text, kind="pronoun", gender=gender_of_word(token))


def _surname(reading: Reading, token: Token) -> Mention | None:
    bearers = reading.knowledge.surnames.get(token.text, ()) if token.pos_ == "PROPN" else ()
    before = token.doc[token.i - 1] if token.i else None
    if not bearers or (before is not None and before.tag_ in ("ART", "APPRART", "PPOSAT")):  # den Ernst der Lage
        return None
    return Mention(
        span=_span(token), text=token.text, kind="name", type="Person", label=token.lemma_, candidates=bearers
    )


def _role(reading: Reading, token: Token) -> Mention | None:
    noun = role_noun(reading, token) if _is_noun(token) else None
    if noun is None:
        return None
    gender = _role_gender(token)
    kind = "Group" if gender == "pl" else "Person"
    label = plural(token) if gender == "pl" and " " not in noun else noun
    return Mention(span=_span(token), text=token.text, kind="nominal", type=kind, label=label, gender=gender)


def _role_gender(token: Token) -> str:
    """The gender of who holds a role; a feminine in the singular shows it whatever the tags say."""
    return "f" if token.text.endswith("in") else gender_of_word(token)


def _weapon_class(reading: Reading, token: Token) -> Mention | None:
    """A class of weapons (Marschflugkörper, Kampfjets), by lemma or as the last part of a compound."""
    part = reading.part(token)
    named = part is not None and part.type == "WeaponSystem"  # Katjuscha-Raketen are Katjuschas
    for word in (token.lemma_, token.lemma_.rpartition("-")[2]) if _is_noun(token) and not named else ():
        for entity in single_names(reading, word):
            known = reading.knowledge.entities[entity]
            if known.first("generic") == "true":
                return _known(token, "name", known)
    return None


def _demonym(reading: Reading, token: Token) -> Mention | None:
    knowledge = reading.knowledge
    entity = knowledge.demonyms.get(token.lemma_) if _is_noun(token) else None
    return _known(token, "nominal", knowledge.entities[entity], gender_of_word(token)) if entity else None


def _aged(reading: Reading, token: Token) -> Mention | None:
    """Der 63-Jährige: like a pronoun it says no more than the gender."""
    number, _, rest = token.text.partition("-")
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if not (_is_noun(token) and number.isdigit() and rest.lower().startswith("jährig")) or _is_noun(following):
        return None
    return Mention(span=_span(token), text=token.text, kind="nominal", type="Person", gender=gender_of_word(token))


def _description(reading: Reading, token: Token) -> Mention | None:
    """Das Bündnis, die Partei, sein Land: a noun with an article or possessive for what was named before."""
    if not _is_noun(token):
        return None
    owner = possessor_of(token) or _own(reading, token)
    articles = [c for c in token.children if c.tag_ in ("ART", "PDAT", "APPRART")]
    if not owner and (not articles or any(c.lower_.startswith(INDEFINITE) for c in articles)):
        return None
    ids, gender = reading.knowledge.nominals.get(token.lemma_, ()), gender_of_word(token)
    kind = reading.knowledge.kind_nouns.get(token.lemma_, "")
    if not ids and (kind not in DESCRIBED or gender == "pl" or not (owner or _is_definite(token))):
        return None
    return Mention(
        span=_span(token),
        text=token.text,
        kind="nominal",
        type="" if ids else kind,
        candidates=ids,
        gender=gender,
        head=owner,
    )


def _own(reading: Reading, token: Token) -> str | None:
    """Key of the subject in whose clause one speaks of das eigene Land."""
    if not any(c.lower_.startswith("eigen") and c.tag_ == "ADJA" for c in token.children):
        return None
    verb = clause_head(token)
    subject = subject_of(verb) if verb.i != token.i else None
    mention = reading.refer(subject) if subject is not None and subject.i != token.i else None
    return mention.key if mention is not None else None


def _is_definite(token: Token) -> bool:
    return any(c.tag_ == "ART" and c.lower_.startswith("d") for c in token.children)


OF_NOUNS = (_pronoun, _surname, _role, _weapon_class, _demonym, _aged, _description)
READERS = {"ADJ": (_adjective, _pronoun), "NOUN": OF_NOUNS, "PROPN": OF_NOUNS}  # by part of speech
