"""What a negation reaches: the clause, or one phrase in it (nicht Berlin, sondern Paris)."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.grammar import children, negation_of
from kg.extract.parse import Token
from kg.extract.verbs import verb_group

PHRASES = frozenset("NOUN PROPN PRON NUM ADJ ADV".split())
ARGUMENTS = frozenset("nsubj nsubj:pass obj iobj obl:arg".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """A word that negates, what it negates, and what is said instead."""

    word: Token
    target: Token  # the predicate of the clause, or the head of a phrase in it
    instead: Token | None = None  # behind `sondern`


def negations_of(clause: Token) -> Iterator[Negation]:
    """What is negated in a clause, without the clauses below it; `nicht nur` negates nothing.

    An adverb at the verbs negates the clause, and so does a word at a subject or object (Kein Staat liefert); before
    `sondern`, and at any other phrase (nicht ohne Bedingungen), the phrase alone.
    """
    group = verb_group(clause)
    at_verbs = (negation_of(verb) for verb in {t.i: t for t in (clause, *group.words)}.values())
    seen: set[int] = set()
    for word in at_verbs:
        if word is not None and word.i not in seen:
            seen.add(word.i)
            yield Negation(word=word, target=group.main, instead=_instead(clause))
    for phrase in clause.children:
        negation = _at_phrase(phrase, group.main)
        if negation is not None and negation.word.i not in seen:
            yield negation


def _at_phrase(phrase: Token, main: Token) -> Negation | None:
    word = negation_of(phrase) if phrase.pos_ in PHRASES and phrase.dep_ != "conj" else None
    if word is None:
        return None
    instead = _instead(phrase)
    whole = instead is None and phrase.dep_ in ARGUMENTS
    return Negation(word=word, target=main if whole else phrase, instead=instead)


def _instead(negated: Token) -> Token | None:
    return next((c for c in children(negated, "conj") if any(m.lower_ == "sondern" for m in c.children)), None)
