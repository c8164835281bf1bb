"""Lemmas come from the lexicon by part of speech, and from the network's script where it is silent."""

from pathlib import Path

import marisa_trie
import pytest

from kg.nlp.lemmatizer import Lexicon, apply_script, recase

SCRIPTS = ["=|1|", "=|1|n", "=|0|"]
ENTRIES = {"Raketen\tN": 0, "liefert\tV": 1, "Raketen\tP": 2, "Prozess\tN": 2}
LIEFERTE = 0b1010_0000_1010  # third and first person singular: past and Konjunktiv II


@pytest.fixture(name="lexicon")
def write_lexicon(tmp_path: Path) -> Lexicon:
    items = [("\t", "\n".join(SCRIPTS).encode()), ("lieferte\tM", LIEFERTE.to_bytes(2, "big"))]
    items += [("\tF", b"N.NOM.PLU.FEM\nV.INF"), ("\tR", b"\n0\n1"), ("Raketen\tR", b"\0\1"), ("liefern\tR", b"\0\2")]
    items += [(key, n.to_bytes(2, "big")) for key, n in ENTRIES.items()]
    path = tmp_path / "lexicon.marisa"
    marisa_trie.BytesTrie(items).save(str(path))
    return Lexicon(path)


class TestLexicon:
    def test_is_asked_before_the_script(self, lexicon: Lexicon) -> None:
        assert lexicon.lemmatise("Raketen", "NOUN", "=|2|") == "Rakete"

    def test_chooses_by_part_of_speech(self, lexicon: Lexicon) -> None:
        assert lexicon.lemmatise("Raketen", "PROPN", "=|2|") == "Raketen"

    def test_finds_a_form_in_other_case(self, lexicon: Lexicon) -> None:
        assert lexicon.lemmatise("Liefert", "VERB", "=|0|") == "liefern"
        assert lexicon.lemmatise("RAKETEN", "NOUN", "=|0|") == "Rakete"

    def test_knows_the_old_spelling(self, lexicon: Lexicon) -> None:
        assert lexicon.lemmatise("Prozeß", "NOUN", "=|3|") == "Prozess"

    def test_has_no_capital_where_only_the_sentence_start_made_one(self, lexicon: Lexicon) -> None:
        assert lexicon.lemmatise("Wir", "PRON", "=|0|") == "wir"
        assert lexicon.lemmatise("Drohne", "NOUN", "=|0|") == "Drohne"

    def test_lemmatises_a_compound_by_its_last_part(self, lexicon: Lexicon) -> None:
        assert lexicon.lemmatise("Taurus-Raketen", "NOUN", "=|0|") == "Taurus-Rakete"

    @pytest.mark.parametrize("upos", ["NOUN", "X"])
    def test_leaves_unknown_words_to_the_network(self, lexicon: Lexicon, upos: str) -> None:
        assert lexicon.lemmatise("Drohnen", upos, "=|1|") == "Drohne"

    @pytest.mark.parametrize("form", ["ab", "Rohstoff-", "-", "--"])
    def test_keeps_the_form_where_the_script_does_not_fit(self, lexicon: Lexicon, form: str) -> None:
        assert lexicon.lemmatise(form, "X", "=|20|x") == form


class TestReadings:
    def test_name_what_a_class_of_forms_can_be(self, lexicon: Lexicon) -> None:
        names, rows = lexicon.readings()
        assert [names[n] for n in rows[lexicon.reading("Raketen")]] == ["N.NOM.PLU.FEM"]
        assert [names[n] for n in rows[lexicon.reading("Liefern")]] == ["V.INF"]

    @pytest.mark.parametrize("form", ["Langstreckenraketen", "Taurus-Raketen"])
    def test_of_a_compound_are_those_of_its_ending(self, lexicon: Lexicon, form: str) -> None:
        names, rows = lexicon.readings()
        assert [names[n] for n in rows[lexicon.reading(form)]] == ["N.NOM.PLU.FEM", "ending"]

    @pytest.mark.parametrize("form", ["", "-", "xyz", "langstreckenraketen", "ten"])
    def test_of_what_is_not_known_are_none(self, lexicon: Lexicon, form: str) -> None:
        assert lexicon.reading(form) == 0


class TestMoods:
    def test_are_those_of_person_and_number(self, lexicon: Lexicon) -> None:
        assert lexicon.moods("Lieferte", "3", "Sing") == (("Ind", "Past"), ("Sub", "Past"))
        assert lexicon.moods("lieferte", "3", "Plur") == ()

    @pytest.mark.parametrize(("form", "person"), [("ging", "3"), ("lieferte", "2"), ("lieferte", "")])
    def test_are_none_of_what_is_not_known(self, lexicon: Lexicon, form: str, person: str) -> None:
        assert lexicon.moods(form, person, "Sing") == ()


class TestScript:
    def test_changes_the_case_of_the_first_letter(self) -> None:
        assert apply_script("Liefern", "l|0|") == "liefern"
        assert apply_script("dax", "u|0|") == "Dax"
        assert recase("ÖVP", "=") == "ÖVP"

    def test_that_cuts_more_than_there_is_does_not_fit(self) -> None:
        assert apply_script("ab", "=|5|x") is None

    def test_that_leaves_nothing_does_not_fit(self) -> None:
        assert apply_script("ab", "=|2|") is None
