"""What word order, case and number say where the tree says otherwise."""

import pytest

from kg.extract.order import may_be_object, nouns_before, phrases_after, preposition_of, segment_of
from tests.docs import token, tree


def test_a_noun_is_followed_by_phrases_until_its_clause_goes_on() -> None:
    doc = tree("""
        die ART | Einladung NN obj haben | der ART | Ukraine NE nmod Einladung | in APPR | die ART | NATO NE obl haben
        haben VAFIN cop Zeit | mit APPR | Zeit NN
    """)
    assert [(base, noun.text) for base, noun in phrases_after(token(doc, "Einladung"))] == [("in", "NATO")]


def test_a_phrase_may_complete_any_noun_right_before_it() -> None:
    doc = tree("der ART | Widerstand NN | Ungarns NE nmod Widerstand | gegen APPR | den ART | Plan NN nmod Widerstand")
    preposition = preposition_of(token(doc, "Plan"))
    assert preposition is not None
    assert [noun.text for noun in nouns_before(preposition)] == ["Ungarns", "Widerstand"]


@pytest.mark.parametrize(
    ("article", "features", "verb", "possible"),
    [
        ("den", "Gender=Masc Number=Sing", "Number=Sing", True),
        ("der", "Gender=Masc Number=Sing", "Number=Sing", False),
        ("die", "Gender=Fem Number=Sing", "Number=Sing", True),
        ("die", "Gender=Fem Number=Plur", "Number=Sing", True),
    ],
    ids=["accusative", "nominative", "either", "number"],
)
def test_a_noun_before_its_verb_can_be_its_object(article: str, features: str, verb: str, possible: bool) -> None:
    doc = tree(
        f"{article} ART | Plan NN nsubj lehnt {features} | lehnt/ablehnen VVFIN {verb} | Rom NE obj lehnt Number=Sing"
    )
    assert may_be_object(token(doc, "Plan"), token(doc, "lehnt"), other=token(doc, "Rom")) == possible


def test_agreement_with_the_other_makes_it_the_subject() -> None:
    doc = tree(
        "die ART | Pläne/Plan NN nsubj treffen Number=Plur | treffen VVFIN Number=Plur | Rom NE obj treffen Number=Sing"
    )
    assert not may_be_object(token(doc, "Pläne"), token(doc, "treffen"), other=token(doc, "Rom"))


def test_a_segment_ends_at_commas() -> None:
    doc = tree(
        "Rom NE nsubj wartet | wartet VVFIN | , $, | weil KOUS | Kiew NE nsubj zögert | zögert VVFIN advcl wartet"
    )
    assert [t.text for t in segment_of(token(doc, "Kiew"))] == ["Kiew", "zögert"]
