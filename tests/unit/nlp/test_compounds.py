"""Compounds are divided where all parts are words, and left whole where they are not."""

from pathlib import Path

import marisa_trie
import pytest

from kg.nlp.compounds import LEXICON, Compound, find_heads, read_lexicon, split_compound
from kg.nlp.lemmatizer import Lexicon

SCRIPTS = ["=|0|", "=|1|", "=|2|", "u|0|"]
NOUNS = {  # form -> number of the script that makes the lemma
    "Waffe": 0, "Waffen": 1, "Lieferung": 0, "Lieferungen": 2, "Gipfel": 0, "Treffen": 0, "Mitgliedschaft": 0,
    "Regierung": 0, "Sprecher": 0, "Staat": 0, "Staaten": 2, "Bund": 0, "Bundes": 2, "Tag": 0, "Bundestag": 0,
    "Grenze": 0, "Schutz": 0, "Hilfe": 0, "Zug": 0, "Rat": 0, "Sicherheit": 0, "Arbeit": 0, "Schrift": 0, "Teller": 0,
    "Ende": 0, "Vorsitz": 0, "Vorsitzende": 0, "Strecke": 0, "Strecken": 1, "Rakete": 0, "Raketen": 1,
}  # fmt: skip
OTHERS = {"Kreml\tP": 0, "schnell\tA": 0, "melden\tV": 0, "Ute\tP": 0}


@pytest.fixture(name="lexicon", scope="module")
def write_lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    entries = {f"{form}\tN": script for form, script in NOUNS.items()} | OTHERS
    items = [("\t", "\n".join(SCRIPTS).encode()), *((key, n.to_bytes(2, "big")) for key, n in entries.items())]
    path = tmp_path_factory.mktemp("lexicon") / "lexicon.marisa"
    marisa_trie.BytesTrie(items).save(str(path))
    return Lexicon(path)


def show(word: str, compound: Compound) -> str:
    return " ".join(word[part.start : part.end] + (f"({part.link})" if part.link else "") for part in compound.parts)


class TestSplit:
    @pytest.mark.parametrize(
        ("word", "parts"),
        [
            ("NATO-Mitgliedschaft", "NATO(-) Mitgliedschaft"),
            ("Waffenlieferungen", "Waffe(n) lieferungen"),
            ("NATO-Gipfeltreffen", "NATO(-) Gipfel treffen"),
            ("Regierungssprecher", "Regierung(s) sprecher"),
            ("Staatenbund", "Staat(en) bund"),
            ("Grenzschutz", "Grenz schutz"),
            ("Hilfslieferung", "Hilf(s) lieferung"),
            ("Kremlsprecher", "Kreml sprecher"),
            ("Schnellzug", "Schnell zug"),
            ("Meldestaat", "Melde staat"),
            ("Vizesprecher", "Vize sprecher"),
            ("Sicherheitsrat", "Sicherheit(s) rat"),
            ("Kurzstreckenraketen", "Kurz strecke(n) raketen"),
            ("Luft-Boden-Rakete", "Luft(-) Boden(-) Rakete"),
        ],
    )
    def test_names_the_parts_by_their_places(self, lexicon: Lexicon, word: str, parts: str) -> None:
        assert show(word, split_compound(word, lexicon)) == parts

    @pytest.mark.parametrize(
        "word",
        [
            "Bundestag",  # a word of its own
            "Ukraine",  # unknown
            "Regierungsprecher",  # -ung wants its s
            "Schriftsteller",  # Schrift takes none
            "Utezug",  # a name too short to be sure of
            "NATO",
            "Raketenx",
            "",
        ],
    )
    def test_leaves_whole_what_it_is_not_sure_of(self, lexicon: Lexicon, word: str) -> None:
        assert show(word, split_compound(word, lexicon)) == word

    def test_divides_what_the_lexicon_has_only_when_asked(self, lexicon: Lexicon) -> None:
        assert show("Bundestag", split_compound("Bundestag", lexicon, lexical=True)) == "Bund(es) tag"
        assert show("Vorsitzende", split_compound("Vorsitzende", lexicon, lexical=True)) == "Vorsitzende"

    def test_gives_lemmas(self, lexicon: Lexicon) -> None:
        parts = split_compound("Hilfswaffenlieferungen", lexicon).parts
        assert [part.lemma for part in parts] == ["Hilfe", "Waffe", "Lieferung"]

    def test_of_an_elided_word_has_no_head(self, lexicon: Lexicon) -> None:
        compound = split_compound("Waffen-", lexicon)
        assert compound.head is None
        assert [part.lemma for part in compound.parts] == ["Waffe"]

    @pytest.mark.parametrize("word", ["-", "--", "x" * 500, "Waffen" * 50])
    def test_survives_what_is_no_word(self, lexicon: Lexicon, word: str) -> None:
        assert len(split_compound(word, lexicon).parts) <= 1


class TestHeads:
    def find(self, word: str, lexicon: Lexicon, lemma: str | None = None) -> list[str]:
        return [part.lemma for part in find_heads(word, lexicon, lemma=lemma)]

    def test_run_from_the_word_to_its_last_part(self, lexicon: Lexicon) -> None:
        assert self.find("NATO-Gipfeltreffen", lexicon) == ["NATO-Gipfeltreffen", "Gipfeltreffen", "Treffen"]
        assert self.find("Waffenlieferungen", lexicon) == ["Waffenlieferung", "Lieferung"]
        assert self.find("Ukraine", lexicon) == ["Ukraine"]
        assert self.find("Waffen-", lexicon) == []

    def test_are_cut_from_the_lemma_that_is_known(self, lexicon: Lexicon) -> None:
        assert self.find("Bundesraketen", lexicon, "Bundesraketen") == ["Bundesraketen", "Raketen"]
        assert self.find("Bundesraketen", lexicon, "anders") == ["Bundesrakete", "Rakete"]

    def test_of_a_word_that_the_lexicon_has_may_be_left_out(self, lexicon: Lexicon) -> None:
        assert self.find("Bundestag", lexicon) == ["Bundestag", "Tag"]
        assert [part.lemma for part in find_heads("Bundestag", lexicon, lexical=False)] == ["Bundestag"]

    def test_reach_to_the_end_of_the_word(self, lexicon: Lexicon) -> None:
        word = "NATO-Waffenlieferungen"
        spans = [word[part.start : part.end] for part in find_heads(word, lexicon)]
        assert spans == [word, "Waffenlieferungen", "lieferungen"]


@pytest.mark.model
class TestShippedLexicon:
    @pytest.mark.parametrize(
        ("word", "heads"),
        [
            ("Außenministertreffen", "Außenministertreffen Treffen"),
            ("Beitrittsverhandlungen", "Beitrittsverhandlung Verhandlung"),
            ("Raketenabwehrsystem", "Raketenabwehrsystem Abwehrsystem System"),
            ("Bundesverfassungsgericht", "Bundesverfassungsgericht Verfassungsgericht Gericht"),
            ("Ukrainekrieg", "Ukrainekrieg Krieg"),
            ("Atomwaffen", "Atomwaffe Waffe"),
        ],
    )
    def test_knows_heads(self, word: str, heads: str) -> None:
        assert " ".join(part.lemma for part in find_heads(word, read_lexicon())) == heads

    @pytest.mark.parametrize(
        "word",
        "Bundestag Ukraine Minister Abend Ukrainer Politikerinnen Separatisten Taliban Hisbollah Selenskyj Putin "
        "Großbritannien Schriftsteller Vorsitzende Völkerrecht Generationen Programm Parlamentarier".split(),
    )
    def test_keeps_whole(self, word: str) -> None:
        assert len(split_compound(word, read_lexicon()).parts) == 1

    def test_lies_in_the_package(self) -> None:
        assert Path(LEXICON).is_file()
