"""Treaties and weapons that the knowledge base does not know: typed by the words around their names.

A treaty without a name becomes one only where its parties are named (ein Sicherheitsabkommen zwischen A und B).
"""

from collections.abc import Iterator

from kg.extract.agents import parties_of
from kg.extract.grammar import children, feature, has_feature
from kg.extract.parse import Token
from kg.extract.participants import TYPE_NOUNS
from kg.extract.reading import Reading
from kg.model import Mention, Span

NAME_TAGS = frozenset(("NE", "NN", "XY", "FM", "CARD", "TRUNC"))
PLAIN_NAME = 3  # letters that a weapon's name has at least


def find_things(reading: Reading) -> None:
    """Add mentions of weapons and treaties that only the context makes such."""
    for token in reading.doc:
        if token.i not in reading.prose or token.pos_ not in ("NOUN", "PROPN"):
            continue
        if _is_weapon_class(reading, token):
            for name in _names_of_type(token):
                _add_weapon(reading, name, sure=True)
            for name in _name_beside(reading, token):
                _add_weapon(reading, name, sure=False)
        elif is_treaty_noun(reading, token) and _is_free(reading, token):
            _add_treaty(reading, token)


def _is_weapon_class(reading: Reading, noun: Token) -> bool:
    mention = reading.whole(noun)
    known = reading.knowledge.entities.get(next(iter(mention.candidates), "")) if mention is not None else None
    return known is not None and known.type == "WeaponSystem" and known.first("generic") == "true"


def _names_of_type(noun: Token) -> Iterator[Token]:
    """The name in "Raketen vom Typ X", "Panzer des Typs X", with those coordinated with it."""
    for kind in children(noun, "nmod", "appos"):
        if kind.lemma_ in TYPE_NOUNS and kind.i + 1 < len(kind.doc):
            name = kind.doc[kind.i + 1]
            if _looks_like_name(name):
                yield name
                yield from (c for c in children(name, "conj") if _looks_like_name(c))


def _name_beside(reading: Reading, noun: Token) -> Iterator[Token]:
    """The name in "die Rakete X", "das Luftabwehrsystem X": singular, right behind, tied to the noun."""
    name = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if name is None or name.head.i != noun.i or name.dep_ not in ("appos", "flat", "flat:name"):
        return
    if name.ent_type_ in ("PER", "LOC") or has_feature(noun, "Number", "Plur") or not _looks_like_name(name):
        return
    if name.pos_ == "PROPN" and reading.whole(name) is None:
        yield name


def _looks_like_name(token: Token) -> bool:
    text = token.text.strip("„“”»«'\"")
    return (token.tag_ in NAME_TAGS or token.pos_ in ("PROPN", "X")) and (
        (len(text) >= PLAIN_NAME and text[:1].isupper()) or any(c.isdigit() for c in text)
    )


def _add_weapon(reading: Reading, name: Token, *, sure: bool) -> None:
    """A mention of a weapon, unless the word is a name of something known, or, if not `sure`, of a person."""
    own = reading.whole(name)
    if own is not None and (own.candidates or own.type == "WeaponSystem" or (own.type == "Person" and not sure)):
        return
    text = name.text.rstrip(".")
    span = Span(start=name.idx, end=name.idx + len(text))
    if own is not None:
        span, text = own.span, own.text
    mention = Mention(span=span, text=text, kind="name", type="WeaponSystem", label=text)
    reading.mentions[mention.key] = mention
    reading.add(mention, [name.i])


def is_treaty_noun(reading: Reading, noun: Token) -> bool:
    """Whether a noun means a treaty, by itself or as the last part of a compound (Sicherheitsabkommen)."""
    tails = reading.knowledge.known_tails("TreatyNoun", noun.lemma_) if noun.pos_ == "NOUN" else ()
    return any(len(tail) > 3 for tail in tails)


def _is_free(reading: Reading, noun: Token) -> bool:
    """Whether a noun is no name yet, and no description of something named before."""
    own = reading.whole(noun)
    indefinite = any(c.lemma_ == "ein" for c in children(noun, "det"))
    return own is None or (own.kind == "nominal" and indefinite)


def _add_treaty(reading: Reading, noun: Token) -> None:
    parties = list(parties_of(reading, noun))
    if len(parties) < 2:
        return
    label = f"{noun.lemma_} ({', '.join(p.label for p in parties)})"
    span = Span(start=noun.idx, end=noun.idx + len(noun))
    gender = {"Masc": "m", "Fem": "f", "Neut": "n"}.get(feature(noun, "Gender"), "")
    mention = Mention(span=span, text=noun.text, kind="name", type="Treaty", label=label, gender=gender)
    reading.mentions[mention.key] = mention
    reading.add(mention, [noun.i])
