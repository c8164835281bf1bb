"""What a negation reaches."""

import pytest

from kg.extract.negation import negations_of
from tests.docs import token, tree


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("Rom NE nsubj liefert | liefert/liefern VVFIN | nicht PTKNEG", "liefert", [("nicht", "liefert", None)]),
        ("kein PIAT | Staat NN nsubj liefert | liefert/liefern VVFIN", "liefert", [("kein", "liefert", None)]),
        ("Rom NE nsubj darf | liefern VVINF | darf/dürfen VMFIN aux liefern | nicht PTKNEG advmod darf", "liefern",
         [("nicht", "liefern", None)]),
        ("nicht PTKNEG advmod Rom | Rom NE nsubj liefert | , $, | sondern KON cc Paris | Paris NE conj Rom "
         "| liefert/liefern VVFIN", "liefert", [("nicht", "Rom", "Paris")]),
        ("Rom NE nsubj liefert | liefert/liefern VVFIN | nicht PTKNEG advmod Montag | am/an APPRART | Montag NN obl "
         "liefert", "liefert", [("nicht", "Montag", None)]),
        ("nicht PTKNEG advmod Rom | nur ADV advmod Rom | Rom NE nsubj liefert | liefert/liefern VVFIN", "liefert", []),
        ("Rom NE nsubj liefert | liefert/liefern VVFIN", "liefert", []),
    ],
)  # fmt: skip
def test_a_negation_reaches_the_clause_or_a_phrase(
    sentence: str, word: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = negations_of(token(tree(sentence), word))
    assert [(n.word.text, n.target.text, n.instead.text if n.instead else None) for n in found] == expected


def test_a_clause_below_is_not_looked_into() -> None:
    doc = tree("Rom NE nsubj sagt | sagt/sagen VVFIN | nicht PTKNEG advmod liefern | liefern VVINF ccomp sagt")
    assert not list(negations_of(token(doc, "sagt")))
