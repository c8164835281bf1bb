"""Speakers that are described and not named: chinesische Medien, Gesundheitsbehörden in Gaza, ein Prediger."""

from kg.extract.grammar import case_of, children, feature, has_feature, subtree_span
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.model import Mention

LONGEST = 4  # words of an attribute behind the noun
STRONG = {"m": "er", "f": "e", "n": "es", "pl": "e"}  # nominative endings of an adjective without article
PERSONS = ("er", "or", "ist", "ent", "ant", "eur", "oge", "ege", "at")  # endings of masculine nouns for persons


def describe_speaker(reading: Reading, noun: Token) -> Mention | None:
    """A mention for a noun that somebody speaks by and that the reading does not know; noted for the resolver.

    Other extractors do not see it: it is no actor of positions or events.
    """
    if noun.pos_ != "NOUN" or not noun.text[:1].isupper():
        return None
    low, high = _attributes(noun)
    span = reading.span(low, high)
    mention = Mention(
        span=span, text=span.slice(reading.article.text), kind="nominal", type=_type_of(noun), label=label_of(noun),
        gender=_gender(noun),
    )  # fmt: skip
    return reading.add(mention, ())


def _gender(noun: Token) -> str:
    if has_feature(noun, "Number", "Plur"):
        return "pl"
    return {"Masc": "m", "Fem": "f", "Neut": "n"}.get(feature(noun, "Gender"), "")


def _type_of(noun: Token) -> str:
    """Several are a group; one is a person if the noun has the shape of nouns for persons, else an organisation."""
    gender = _gender(noun)
    if gender == "pl":
        return "Group"
    word = noun.lemma_
    person = (gender == "f" and word.endswith("in")) or (gender in ("m", "") and word.endswith(PERSONS))
    return "Person" if person else "Organisation"


def _attributes(noun: Token) -> tuple[int, int]:
    """From the first adjective to the end of a short attribute behind the noun."""
    low = min([noun.i, *(c.i for c in children(noun, "amod") if c.i < noun.i)])
    high = noun.i + 1
    for child in children(noun, "nmod"):
        start, end = subtree_span(child, skip=("acl", "acl:relcl", "appos", "punct", "conj", "cc"))
        if start == high and end - start <= LONGEST and not any(t.is_punct for t in noun.doc[start:end]):
            high = end
    return low, high


def label_of(noun: Token) -> str:
    """The description as one would head an entry with it: nominative, without article."""
    low, high = _attributes(noun)
    words = [_adjective(t, noun) if t.i < noun.i else _noun(t) if t.i == noun.i else t.text for t in noun.doc[low:high]]
    return " ".join(words)


def _adjective(token: Token, noun: Token) -> str:
    if token.tag_ != "ADJA":
        return token.text
    base = token.text.removesuffix(next((e for e in ("en", "em", "er", "es", "e") if token.text.endswith(e)), ""))
    return base + STRONG.get(_gender(noun), "e")


def _noun(noun: Token) -> str:
    if has_feature(noun, "Number", "Plur"):
        dative = has_feature(noun, "Case", "Dat") or case_of(noun) in ("von", "nach", "laut", "aus", "zufolge")
        return noun.text[:-1] if dative and noun.text.endswith(("ern", "eln")) else noun.text
    return noun.lemma_ or noun.text
