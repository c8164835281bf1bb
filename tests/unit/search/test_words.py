"""Every spelling of a German word finds the others, and what a user types is words, never syntax."""

import pytest

from kg.errors import InputError
from kg.search.words import MOST_WORDS, Term, find_marks, fold, join_words, read_terms, split_words


@pytest.mark.parametrize(
    "spellings",
    [
        ("Außenminister", "Aussenminister", "AUSSENMINISTER"),
        ("München", "Muenchen", "Munchen", "Mu\u0308nchen"),
        ("Österreich", "Oesterreich", "OESTERREICH"),
        ("Präsident", "Praesident", "Prasident"),
        ("Orbán", "Orban"),
        ("Łódź", "Lodz"),
        ("Støre", "Stoere", "Store"),
        ("Erdoğan", "Erdogan"),
        ("İzmir", "Izmir"),
    ],
)
def test_spellings_of_one_word_fold_alike(spellings: tuple[str, ...]) -> None:
    assert len({fold(word) for word in spellings}) == 1


@pytest.mark.parametrize("word", ["neue", "quelle", "treue", "blaue", "steuer"])
def test_ue_is_no_umlaut_after_a_vowel_or_q(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize(("one", "other"), [("Rat", "Rad"), ("Kiew", "Kiel"), ("schon", "schonen")])
def test_other_words_differ(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_have_offsets_in_the_text_as_it_stands() -> None:
    text = "„Größe“ der NATO-Länder_x 2024: 😀Mu\u0308nchen"
    assert [text[word.start : word.end] for word in split_words(text)] == (
        ["Größe", "der", "NATO", "Länder", "x", "2024", "Mu\u0308nchen"]
    )


def test_terms() -> None:
    assert read_terms('Rakete "in Kiew" NATO-Beitritt') == (
        Term(words=("rakete",), whole=False),
        Term(words=("in", "kiew"), whole=True),
        Term(words=("nato", "beitritt"), whole=False),
    )
    assert read_terms("„in Kiew“") == (Term(words=("in", "kiew"), whole=True),)


@pytest.mark.parametrize(
    "words", ['"', 'Kiew"', "Kiew AND", "NEAR(Kiew", "Kiew*", "-Kiew", "kind:Kiew", "^Kiew", "'; --"]
)
def test_syntax_is_no_syntax(words: str) -> None:
    if any(char.isalnum() for char in words):
        assert all(word.isalnum() for term in read_terms(words) for word in term.words)
    else:
        with pytest.raises(InputError, match="nothing to search for"):
            read_terms(words)


def test_too_many_words_are_refused() -> None:
    with pytest.raises(InputError, match=f"takes {MOST_WORDS} at most"):
        read_terms(" ".join(f"w{n}" for n in range(MOST_WORDS + 1)))


def test_arguments_with_spaces_are_phrases() -> None:
    assert join_words(["an einem Frieden", "Putin", 'sagt "er so"', "\t"]) == '"an einem Frieden" Putin sagt "er so" \t'


def test_marks() -> None:
    text = "Raketen und Raketenabwehr: Rakete für Kiew"
    assert [text[start:end] for start, end in find_marks(text, read_terms("rakete"))] == (
        ["Raketen", "Raketenabwehr", "Rakete"]
    )
    assert [text[start:end] for start, end in find_marks(text, read_terms('"rakete fuer" kiew'))] == (
        ["Rakete für", "Kiew"]
    )
    assert find_marks(text, read_terms('"raket"')) == ()
