"""The network reads composed letters and plain apostrophes; offsets are not touched."""

import pytest

from kg.nlp.normalise import normalise_word


@pytest.mark.parametrize(
    ("word", "read"),
    [("Bünd\u00adnis", "Bündnis"), ("Bu\u0308ndnis", "Bündnis"), ("geht’s", "geht's"), ("NATO", "NATO"), ("``", '"')],
)
def test_word_as_the_network_reads_it(word: str, read: str) -> None:
    assert normalise_word(word) == read


def test_word_of_marks_alone_is_kept() -> None:
    assert normalise_word("\u00ad") == "\u00ad"
