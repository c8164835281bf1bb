"""Words that refer without naming: adjectives of states, pronouns, roles, demonyms, descriptions, weapon classes."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.compounds import role_of, role_phrase
from kg.extract.grammar import gender_of_word, has_feature, plural, possessor_of
from kg.extract.names import single_names
from kg.extract.reading import Reading
from kg.model import Mention, Span


def add_word(reading: Reading, token: Token) -> None:
    """Add what a word refers to that is no name."""
    for mention in _word_mentions(reading, token):
        reading.add(mention, [token.i])


def _word_mentions(reading: Reading, token: Token) -> Iterator[Mention]:
    knowledge = reading.knowledge
    span = Span(start=token.idx, end=token.idx + len(token))
    if token.pos_ in ("ADJ", "NOUN", "PROPN") and token.lower_ in knowledge.adjectives and token.pos_ == "ADJ":
        known = knowledge.entities[knowledge.adjectives[token.lower_]]
        yield Mention(
            span=span, text=token.text, kind="adjective", type=known.type, label=known.label, candidates=(known.id,)
        )
        return
    if token.pos_ == "PRON" and has_feature(token, "PronType", "Prs") and not has_feature(token, "Reflex", "Yes"):
        yield Mention(span=span, text=token.text, kind="pronoun", gender=gender_of_word(token))
        return
    if token.tag_ == "PPOSAT":
        yield Mention(span=span, text=token.text, kind="pronoun", gender=_possessor(token))
        return
    if token.pos_ not in ("NOUN", "PROPN"):
        return
    surnames = knowledge.surnames.get(token.text, ())
    if surnames and token.pos_ == "PROPN":
        yield Mention(span=span, text=token.text, kind="name", type="Person", label=token.lemma_, candidates=surnames)
        return
    role = role_of(reading, token)
    if role:
        gender = gender_of_word(token)
        kind = "Group" if gender == "pl" else "Person"
        label = role_phrase(reading, token) or (plural(token) if gender == "pl" else token.lemma_)
        yield Mention(span=span, text=token.text, kind="nominal", type=kind, label=label, gender=gender)
        return
    generic = _generic_weapon(reading, token)
    if generic:
        known = knowledge.entities[generic]
        yield Mention(
            span=span, text=token.text, kind="name", type=known.type, label=known.label, candidates=(generic,)
        )
        return
    if token.lemma_ in knowledge.demonyms:
        known = knowledge.entities[knowledge.demonyms[token.lemma_]]
        yield Mention(
            span=span,
            text=token.text,
            kind="nominal",
            type=known.type,
            label=known.label,
            candidates=(known.id,),
            gender=gender_of_word(token),
        )
        return
    if _is_aged(token):
        yield Mention(span=span, text=token.text, kind="nominal", type="Person", gender=gender_of_word(token))
        return
    owner = possessor_of(token)
    if token.lemma_ in knowledge.nominals and (
        owner or any(c.tag_ in ("ART", "PDAT", "APPRART") for c in token.children)
    ):
        ids = knowledge.nominals[token.lemma_]
        gender = gender_of_word(token)
        yield Mention(span=span, text=token.text, kind="nominal", candidates=ids, gender=gender, head=owner)


def _is_aged(token: Token) -> bool:
    """Der 63-Jährige, die 45-jährige."""
    number, _, rest = token.text.partition("-")
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    noun = token.pos_ in ("NOUN", "PROPN") and following.pos_ not in ("NOUN", "PROPN")
    return noun and number.isdigit() and rest.lower().startswith("jährig")


def _possessor(token: Token) -> str:
    return "m" if token.lower_.startswith("sein") else ""


def _generic_weapon(reading: Reading, token: Token) -> str | None:
    """A class of weapons (Marschflugkörper, Kampfjets), by lemma or as the last part of a compound."""
    for word in (token.lemma_, token.lemma_.rpartition("-")[2]):
        for entity in single_names(reading, word):
            if reading.knowledge.entities[entity].first("generic") == "true":
                return entity
    return None
