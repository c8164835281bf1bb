"""CoNLL-U splits what the `Doc` keeps whole as UD German-GSD has it; IOB prints its tokens."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.nlp.conllu import render_conllu, render_iob
from kg.nlp.segments import SECTIONS
from kg.nlp.tokenizer import make_tokenizer
from tests.conllu import find_faults

Lines = list[list[str]]


@pytest.fixture(name="doc")
def make_doc() -> Doc:
    return Doc(
        spacy.blank("de").vocab,
        words=["Der", "US-Präsident", "lehnt", "im", "Kongress", "ab", "."],
        spaces=[True, True, True, True, True, False, False],
        pos=["DET", "NOUN", "VERB", "ADP", "NOUN", "ADP", "PUNCT"],
        tags=["ART", "NN", "VVFIN", "APPRART", "NN", "PTKVZ", "$."],
        morphs=["Case=Nom", "Case=Nom", "Mood=Ind", "Case=Dat|Definite=Def", "Case=Dat", "", ""],
        lemmas=["der", "US-Präsident", "ablehnen", "in", "Kongress", "ab", "."],
        heads=[1, 2, 2, 4, 2, 2, 2],
        deps=["det", "nsubj", "ROOT", "case", "obl", "compound:prt", "punct"],
        ents=["O", "O", "O", "O", "B-ORG", "O", "O"],
    )


def noun(text: str, pos: str = "NOUN") -> Doc:
    """A sentence of one word."""
    return Doc(spacy.blank("de").vocab, words=[text], pos=[pos], tags=["NN"], lemmas=[text], heads=[0], deps=["ROOT"])


def lines(doc: Doc) -> Lines:
    return [line.split("\t") for line in render_conllu(doc).splitlines() if line and not line.startswith("#")]


def by_form(doc: Doc) -> dict[str, list[str]]:
    return {row[1]: row for row in lines(doc)}


class TestConllu:
    def test_has_the_sentence_as_a_comment(self, doc: Doc) -> None:
        assert "# text = Der US-Präsident lehnt im Kongress ab.\n" in render_conllu(doc)

    def test_says_where_no_space_follows(self, doc: Doc) -> None:
        without = [row[1] for row in lines(doc) if row[9] == "SpaceAfter=No"]
        assert without == ["US", "-", "ab", "."]

    def test_has_ten_columns_and_one_root(self, doc: Doc) -> None:
        assert {len(row) for row in lines(doc)} == {10}
        assert [row[1] for row in lines(doc) if row[6] == "0"] == ["lehnt"]

    def test_takes_the_particle_off_the_lemma(self, doc: Doc) -> None:
        assert by_form(doc)["lehnt"][2] == "lehnen"

    def test_of_white_space_is_empty(self) -> None:
        assert render_conllu(noun("\n\n", "SPACE")) == ""

    def test_passes_over_white_space_that_governs(self) -> None:
        doc = Doc(
            spacy.blank("de").vocab, words=["\n", "Kiew", "hofft"], heads=[2, 0, 2], deps=["dep", "nsubj", "ROOT"]
        )
        assert by_form(doc)["Kiew"][6] == "2"

    def test_is_valid(self, doc: Doc) -> None:
        assert find_faults(render_conllu(doc)) == []

    def test_has_one_root_where_a_section_cuts_the_tree(self, doc: Doc) -> None:
        doc.user_data[SECTIONS] = ((0, 3), (len("Der US-Präsident lehnt "), len(doc.text)))
        conllu = render_conllu(doc)
        assert "# text = Der im Kongress ab.\n" in conllu
        assert find_faults(conllu) == []

    def test_names_what_has_no_class(self) -> None:
        doc = Doc(spacy.blank("de").vocab, words=["Kiew", "hofft"], heads=[1, 1], deps=["dep", "ROOT"])
        assert [row[2:8] for row in lines(doc)] == [["_", "X", "_", "_", "2", "dep"], ["_", "X", "_", "_", "0", "root"]]

    def test_has_no_white_space_of_other_kinds_in_a_form(self) -> None:
        assert by_form(noun("New\n York"))["New York"][2] == "New York"

    def test_ends_a_ruler_with_a_full_stop(self) -> None:
        words, nouns = ["Es", "lebe", "Karl", "III.", "“"], ["PRON", "VERB", "PROPN", "PROPN", "PUNCT"]
        doc = Doc(
            spacy.blank("de").vocab, words=words, pos=nouns, heads=[1, 1, 1, 2, 1], deps=["expl", "ROOT", *["obj"] * 3]
        )
        assert [row[1] for row in lines(doc)] == ["Es", "lebe", "Karl", "III", ".", "“"]
        assert find_faults(render_conllu(doc)) == []


class TestHiddenCharacters:
    @staticmethod
    def parse(text: str) -> Doc:
        doc = make_tokenizer(spacy.blank("de"))(text)
        for token in doc:
            token.dep_ = "dep"
        doc[0].dep_ = "ROOT"
        for token in doc[1:]:
            token.head = doc[0]
        return doc

    @pytest.mark.parametrize(
        ("text", "forms"),
        [
            ("\ufeffDie NATO", ["\ufeffDie", "NATO"]),
            ("Die \u200bNATO\u200b.", ["Die", "\u200bNATO", "\u200b."]),
            ("Die NATO\u200b will", ["Die", "NATO\u200b", "will"]),
            ("Die \u00ad NATO", ["Die\u00ad", "NATO"]),
            ("Die&nbsp;NATO-\u00adStaaten &shy;", ["Die", "&nbsp;NATO", "-", "\u00adStaaten&shy;"]),
            ("\u00ad", []),
        ],
    )
    def test_belong_to_the_word_they_touch(self, text: str, forms: list[str]) -> None:
        doc = self.parse(text)
        assert [row[1] for row in lines(doc)] == forms
        assert find_faults(render_conllu(doc)) == []


class TestContraction:
    @pytest.mark.parametrize(
        ("word", "parts"),
        [("Im", ["In", "dem"]), ("IM", ["IN", "DEM"]), ("übers", ["über", "das"]), ("Zum", ["Zu", "dem"])],
    )
    def test_keeps_its_case(self, word: str, parts: list[str]) -> None:
        doc = Doc(spacy.blank("de").vocab, words=[word], pos=["ADP"], tags=["APPRART"], heads=[0], deps=["ROOT"])
        rows = lines(doc)
        assert [row[1] for row in rows] == [word, *parts]
        assert [row[2] for row in rows[1:]] == [parts[0].lower(), "der"]

    def test_is_a_multiword_token(self, doc: Doc) -> None:
        rows = lines(doc)
        place = next(i for i, row in enumerate(rows) if row[1] == "im")
        assert rows[place][0] == "6-7"
        assert [row[1] for row in rows[place + 1 : place + 3]] == ["in", "dem"]

    def test_gives_the_article_its_morphology(self, doc: Doc) -> None:
        article = by_form(doc)["dem"]
        assert article[2:6] == ["der", "DET", "ART", "Case=Dat|Definite=Def"]
        assert article[7] == "det"

    def test_that_is_the_root_governs_its_article(self) -> None:
        doc = Doc(spacy.blank("de").vocab, words=["zum"], pos=["ADP"], tags=["APPRART"], heads=[0], deps=["ROOT"])
        assert [row[6] for row in lines(doc)] == ["_", "0", "1"]


class TestCompound:
    def test_is_split_at_hyphens(self, doc: Doc) -> None:
        rows = by_form(doc)
        assert rows["US"][7] == "compound"
        assert rows["US"][6] == rows["Präsident"][0]
        assert rows["-"][6] == rows["US"][0]

    def test_stands_in_the_tree_with_its_last_part(self, doc: Doc) -> None:
        rows = by_form(doc)
        assert rows["Der"][6] == rows["Präsident"][0]
        assert rows["Präsident"][6] == rows["lehnt"][0]

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("Ukraine-Krieg", ["Ukraine", "-", "Krieg"]),
            ("Rohstoff-", ["Rohstoff", "-"]),
            ("-Krieg", ["-Krieg"]),
            ("Luft-Boden-Rakete", ["Luft", "-", "Boden", "-", "Rakete"]),
            ("-a-b", ["-a", "-", "b"]),
            ("--", ["--"]),
            (":-)", [":-)"]),
            ("F-16-Jets", ["F", "-", "16", "-", "Jets"]),
            ("2013-2014", ["2013-2014"]),
            ("http://a-b.example", ["http://a-b.example"]),
            ("Dipl.-Ing.", ["Dipl.", "-", "Ing."]),
        ],
    )
    def test_of_any_form_has_one_root_inside_the_sentence(self, text: str, parts: list[str]) -> None:
        rows = lines(noun(text))
        assert [row[1] for row in rows] == parts
        assert sum(row[6] == "0" for row in rows) == 1
        assert all(0 <= int(row[6]) <= len(parts) for row in rows)

    def test_is_split_whatever_its_class(self) -> None:
        assert [row[1] for row in lines(noun("E-3", "NUM"))] == ["E", "-", "3"]

    def test_has_numbers_as_such(self) -> None:
        assert by_form(noun("27-Jährige"))["27"][3:6] == ["NUM", "CARD", "NumType=Card"]


class TestIob:
    def test_has_a_token_a_line(self, doc: Doc) -> None:
        assert render_iob(doc).splitlines()[:5] == ["Der\tO", "US-Präsident\tO", "lehnt\tO", "im\tO", "Kongress\tB-ORG"]

    def test_ends_a_sentence_with_an_empty_line(self, doc: Doc) -> None:
        assert render_iob(doc).endswith(".\tO\n\n")
