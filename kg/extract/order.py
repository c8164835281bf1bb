"""What belongs together by word order, where the tree may hang it elsewhere.

Parsers err most on where a prepositional phrase hangs and on objects that stand before their verb. The
order of words, case endings and number say it as well: a phrase right behind a noun can be its complement,
and a noun that is surely nominative is no object.
"""

from collections.abc import Iterator

from kg.extract.grammar import children, contraction_base, feature, finite_of
from kg.extract.parse import Token

NOMINAL = frozenset(("DET", "ADJ", "NOUN", "PROPN", "ADP", "NUM", "X"))
NOUNS = frozenset(("NOUN", "PROPN", "X"))
QUOTES = frozenset("„“\"«»‚‘'")
LONGEST = 14  # tokens of a noun phrase with what follows it
BARE = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:arg", "nsubj:outer", "csubj", "dep"))
NOMINATIVE_MASCULINE = frozenset("der ein kein dieser jener jeder solcher".split())
OBLIQUE_ARTICLES = frozenset("den dem des einen einem eines keinen keinem diesen diesem".split())
ARTICLES = frozenset(("ART", "PIAT", "PDAT", "PIDAT", "PPOSAT"))


def phrase_after(noun: Token) -> Iterator[Token]:
    """The words behind a noun that may still belong to its phrase: genitives, prepositional phrases."""
    doc = noun.doc
    for token in doc[noun.i + 1 : noun.i + 1 + LONGEST]:
        if token.text in QUOTES:
            continue
        if token.pos_ not in NOMINAL or token.tag_ in ("PTKVZ", "ADJD") or token.is_sent_start:
            return
        yield token


def phrases_after(noun: Token) -> Iterator[tuple[str, Token]]:
    """Prepositions with their nouns in the words behind a noun (die Einladung der Ukraine in die Nato)."""
    for token in phrase_after(noun):
        if token.pos_ == "ADP":
            governed = noun_of(token)
            if governed is not None:
                yield contraction_base(token.lower_), governed


def noun_of(adposition: Token) -> Token | None:
    """The noun that a preposition governs: by the tree if it lies behind it, else the next noun."""
    head = adposition.head
    if adposition.dep_ == "case" and adposition.i < head.i <= adposition.i + LONGEST:
        return head
    for token in adposition.doc[adposition.i + 1 : adposition.i + 6]:
        if token.pos_ in NOUNS:
            return token
        if token.pos_ not in NOMINAL:
            return None
    return None


def preposition_of(token: Token) -> Token | None:
    """The preposition that governs a noun."""
    return next((c for c in children(token, "case") if c.pos_ == "ADP" and c.i < token.i), None)


def nouns_before(adposition: Token) -> Iterator[Token]:
    """The nouns that a prepositional phrase can complete, nearest first (Widerstand Ungarns gegen ...)."""
    doc = adposition.doc
    for i in range(adposition.i - 1, max(adposition.i - LONGEST, adposition.sent.start) - 1, -1):
        token = doc[i]
        if token.text in QUOTES:
            continue
        if token.pos_ not in NOMINAL or token.tag_ in ("PTKVZ", "ADJD"):
            return
        if token.pos_ in NOUNS:
            yield token


def is_bare(token: Token) -> bool:
    """Whether a token is an argument of its verb without preposition."""
    return token.dep_ in BARE and preposition_of(token) is None


def may_be_object(noun: Token, verb: Token, *, other: Token | None) -> bool:
    """Whether a noun before its verb can be the object although the tree calls it the subject.

    Case of the article and number speak first; where they leave it open, it can.
    """
    article = next((c for c in noun.children if c.tag_ in ARTICLES), None)
    masculine = feature(noun, "Gender") == "Masc" and feature(noun, "Number") != "Plur"
    if article is not None:
        if article.lower_ in OBLIQUE_ARTICLES:
            return True
        if masculine and article.lower_ in NOMINATIVE_MASCULINE:
            return False
    agreement, own = feature(finite_of(verb), "Number"), feature(noun, "Number")
    if agreement and own and agreement != own:
        return True
    theirs = feature(other, "Number") if other is not None else ""
    return not (agreement and theirs and agreement != theirs and own == agreement)


def segment_of(token: Token) -> Iterator[Token]:
    """The words around a token up to the next comma, colon, quotation mark or end of sentence on both sides."""
    doc, sent = token.doc, token.sent
    low = high = token.i
    while low > sent.start and not _divides(doc[low - 1]):
        low -= 1
    while high + 1 < sent.end and not _divides(doc[high + 1]):
        high += 1
    return iter(doc[low : high + 1])


def _divides(token: Token) -> bool:
    return token.is_space or (token.pos_ == "PUNCT" and token.text not in ("-", "–")) or token.tag_ == "KOUS"
