"""Under which condition: clauses with wenn or sofern, and phrases (erst nach, unter der Bedingung, ohne ... kein)."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.grammar import negation_of, subtree_span
from kg.extract.modality import condition_of
from kg.extract.order import noun_of, phrase_after
from kg.extract.reading import Reading

SURE = 0.7  # strength of a phrase that makes a wish conditional
LONGEST = 4  # words of such a phrase
AS_LONG = frozenset(("solange", "soweit"))
APART = ("ccomp", "parataxis", "conj", "acl:relcl", "acl")
ARTICLES = frozenset(("ART", "PPOSAT", "PDAT"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Tokens that state a condition."""

    start: int
    end: int  # exclusive


def find_condition(reading: Reading, clause: Token) -> Condition | None:
    """What a wish or deed is made dependent on, if anything."""
    found = condition_of(clause)
    if found is not None:
        start, end = subtree_span(found[0])
        if found[1] or not AS_LONG & {t.lower_ for t in reading.doc[start : start + 2]}:
            return Condition(start=start, end=end)
    return next(_phrases(reading, clause), None)


def _phrases(reading: Reading, clause: Token) -> Iterator[Condition]:
    start, end = subtree_span(clause, skip=APART)
    end = min(end, clause.sent.end)
    for token in reading.doc[start:end]:
        after = _named(reading, token, end)
        if after is not None:
            yield Condition(
                start=token.i, end=max([t.i + 1 for t in phrase_after(reading.doc[after])], default=after + 1)
            )
        elif token.lower_ == "ohne" and token.pos_ == "ADP" and _is_denied(reading, start, end):
            noun = noun_of(token)
            if noun is not None:
                yield Condition(start=token.i, end=noun.i + 1)


def _named(reading: Reading, token: Token, end: int) -> int | None:
    """Index of the last word of a conditional phrase of the lexicon that begins at a token."""
    for length in range(LONGEST, 1, -1):
        if token.i + length > end:
            continue
        words = [t.text for t in reading.doc[token.i : token.i + length]]
        for first in {words[0], words[0].lower()}:
            for cue in reading.knowledge.find_cues("ModalCue", " ".join((first, *words[1:]))):
                if "conditional" in cue.get("effect") and float(cue.first("strength", "0")) >= SURE:
                    return token.i + length - 1
    return None


def _is_denied(reading: Reading, start: int, end: int) -> bool:
    return any(negation_of(t) is not None for t in reading.doc[start:end] if t.pos_ in ("VERB", "NOUN", "AUX"))
