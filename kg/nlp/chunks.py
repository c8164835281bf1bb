"""Noun chunks over UD labels: spaCy's own iterator for German expects those of TIGER.

A chunk is a base noun phrase as spaCy has it elsewhere: noun, name or pronoun with all that stands before it and
belongs to it (die von Moskau geforderten Garantien; Putins Krieg; rund 300 Soldaten), and names that follow without
comma (Bundeskanzler Olaf Scholz). Prepositions are left out, and so is what follows: genitives, prepositional
phrases and appositions behind a comma are chunks of their own. No chunk holds another.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

HEADS = frozenset(("NOUN", "PROPN", "PRON"))
NO_HEADS = frozenset(  # relations of words that are part of another's phrase, or of none
    "case cc compound compound:prt det det:poss expl expl:pv fixed flat flat:name goeswith mark punct "
    "reparandum".split()
)
BEFORE = frozenset("amod appos compound dep det det:poss flat flat:name nmod nmod:poss nummod".split())
DETERMINERS = frozenset(("det", "det:poss"))
PASSED = frozenset(("punct", "advmod"))  # inside if a word of BEFORE stands further left
BEHIND = frozenset(("appos", "compound", "flat", "flat:name"))


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Start, end (token indices, end exclusive) and label of each chunk, in text order; for `Doc.noun_chunks`.

    Raises:
        ValueError: there is no parse.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError("noun chunks need a parse: run a pipeline that sets heads and relations first")
    label = doc.vocab.strings.add("NP")
    end = 0
    spans = (_extent(token) for token in doclike if token.pos_ in HEADS and token.dep_ not in NO_HEADS)
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop, label
            end = stop


def _extent(head: Token) -> tuple[int, int]:
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in BEFORE and _is_inside(child, head, start):
            start = child.left_edge.i
        elif child.dep_ not in PASSED:
            break
    return start, _end(head)


def _is_inside(child: Token, head: Token, start: int) -> bool:
    """Whether a dependent is of the phrase: determiners and adjectives are, nouns only right before it."""
    if child.pos_ not in HEADS or child.dep_ in DETERMINERS:
        return True
    determined = any(c.dep_ in DETERMINERS and child.i < c.i for c in head.lefts)
    return child.right_edge.i + 1 == start and not determined and not any(c.dep_ == "case" for c in child.children)


def _end(head: Token) -> int:
    """Behind the last name that follows the head without comma or article."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ not in BEHIND or child.pos_ not in ("NOUN", "PROPN", "X", "NUM") or child.left_edge.i != end:
            break
        if any(c.dep_ in ("det", "case", "punct") and c.i < child.i for c in child.children):
            break
        end = _end(child)
    return end
