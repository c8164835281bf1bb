"""Contractions of preposition and article, and the lists of words that the tokenizer consults."""

import pytest

from kg.nlp.german import AMBIGUOUS, CONTRACTIONS, DETERMINERS, STARTERS, abbreviations, slashed, split_contraction


class TestContraction:
    @pytest.mark.parametrize(
        ("word", "parts"),
        [
            ("im", ("in", "dem")),
            ("Im", ("In", "dem")),
            ("IM", ("IN", "DEM")),
            ("zur", ("zu", "der")),
            ("Übers", ("Über", "das")),
            ("ZUR", ("ZU", "DER")),
        ],
    )
    def test_keeps_its_case(self, word: str, parts: tuple[str, str]) -> None:
        assert split_contraction(word, "APPRART") == parts

    def test_of_a_superlative_is_one_as_in_the_treebank(self) -> None:
        assert split_contraction("am", "PTKA") == ("an", "dem")

    def test_is_known_by_its_class_where_there_are_no_tags(self) -> None:
        assert split_contraction("beim", "", "ADP") == ("bei", "dem")
        assert split_contraction("Hintern", "", "NOUN") is None

    def test_begins_with_its_preposition(self) -> None:
        assert all(word[0] == preposition[0] for word, (preposition, _) in CONTRACTIONS.items())

    @pytest.mark.parametrize(("word", "tag"), [("zu", "PTKA"), ("Krim", "APPRART"), ("Hintern", "NN"), ("am", "XY")])
    def test_is_no_other_word(self, word: str, tag: str) -> None:
        assert split_contraction(word, tag) is None


class TestLists:
    def test_have_abbreviations_of_spacy_and_of_their_own(self) -> None:
        assert {"Dr", "bzw", "Mrd", "Abs", "Ziff", "Obstlt"} <= abbreviations()

    def test_keep_apart_what_is_also_a_word(self) -> None:
        assert "Art" in AMBIGUOUS
        assert not AMBIGUOUS & abbreviations()

    def test_know_what_is_whole_over_a_slash(self) -> None:
        assert "c/o" in slashed()

    def test_have_every_form_of_an_article(self) -> None:
        assert {"der", "einem", "kein", "ihres", "diesem", "zum"} <= DETERMINERS
        assert {"Der", "Einem", "Und", "Während"} <= STARTERS
