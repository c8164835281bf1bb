"""A lemma script is as short as can be and makes the lemma that it was made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.lemmatizer import apply_script
from kg.training.lemmas import lemma_script


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("Staaten", "Staat", "=|2|"),
        ("ging", "gehen", "=|3|ehen"),
        ("Im", "in", "l|1|n"),
        ("nato", "NATO", "u|3|ATO"),
        ("kam", "_", ""),
    ],
)
def test_script_is_as_short_as_can_be(form: str, lemma: str, script: str) -> None:
    assert lemma_script(form, lemma) == script


@given(st.text(min_size=1), st.text(min_size=1).filter(lambda lemma: lemma != "_"))
def test_script_makes_the_lemma_that_it_was_made_from(form: str, lemma: str) -> None:
    assert apply_script(form, lemma_script(form, lemma)) == lemma


@given(st.sampled_from("ßǅİŉſKΩ"), st.sampled_from("ßẞsSǆǄiIİŉnkKωΩ"), st.text(max_size=2))
def test_script_bears_letters_whose_case_is_more_than_a_letter(first: str, other: str, rest: str) -> None:
    assert apply_script(first + rest, lemma_script(first + rest, other + rest)) == other + rest
