"""The network reads composed letters and plain apostrophes; offsets are not touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.normalise import normalise_word


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("Bünd\u00adnis", "Bündnis"),
        ("Bu\u0308ndnis", "Bündnis"),
        ("\ufeffNach", "Nach"),
        ("geht’s", "geht's"),
        ("NATO", "NATO"),
        ("``", '"'),
        (",,", '"'),
        ("US‑Präsident", "US-Präsident"),
        ("M&uuml;ller", "Müller"),
        ("&quot;", '"'),
        ("&#8222;", "„"),
        ("&amp;", "&"),
        ("S&P", "S&P"),
    ],
)
def test_word_as_the_network_reads_it(word: str, read: str) -> None:
    assert normalise_word(word) == read


@pytest.mark.parametrize("word", ["\u00ad", "&nbsp;", "\u200b\u2060", "&shy;"])
def test_word_of_marks_alone_is_kept(word: str) -> None:
    assert normalise_word(word) == word


@given(st.text(min_size=1))
def test_something_is_read_for_every_word(word: str) -> None:
    assert normalise_word(word)
