"""Under which condition: clauses with wenn or sofern, and phrases (erst nach, unter der Bedingung, ohne ... kein)."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.grammar import negation_of, subtree_span
from kg.extract.modality import condition_of
from kg.extract.order import noun_of, phrase_after
from kg.extract.parse import Token
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
    lacking: bool = False  # without it nothing comes of what is wanted (ohne Garantien keine Waffenruhe)


def find_condition(reading: Reading, clause: Token) -> Condition | None:
    """What a wish or deed is made dependent on, if anything."""
    found = condition_of(clause)
    if found is not None:
        start, end = subtree_span(found[0])
        if found[1] or not AS_LONG & {t.lower_ for t in reading.doc[start : start + 2]}:
            return Condition(start=start, end=end)
    return next(_phrases(reading, clause), None)


def _phrases(reading: Reading, clause: Token) -> Iterator[Condition]:
    words = sorted(_own_words(clause), key=lambda t: t.i)
    denied = negation_of(clause) is not None or any(t.lemma_ == "kein" for t in words)
    for token in words:
        after = _named(reading, token, clause.sent.end)
        if after is not None:
            phrase = [after, *(t.i for t in phrase_after(reading.doc[after]))]
            yield Condition(start=token.i, end=phrase[-1] + 1)
        elif token.lower_ == "ohne" and token.pos_ == "ADP" and denied:
            noun = noun_of(token)
            if noun is not None:
                yield Condition(start=token.i, end=noun.i + 1, lacking=True)


def _own_words(clause: Token) -> Iterator[Token]:
    """The words of a clause without those of the clauses in it or beside it."""
    stack = [clause]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(c for c in node.children if c.dep_ not in APART)


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
