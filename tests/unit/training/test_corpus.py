"""Treebanks and NER data are read as `kg`'s tokenizer cuts text."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.training.corpus import (
    Sentence,
    detokenise,
    join_hyphens,
    mend_double_objects,
    mend_features,
    merge_contractions,
    parse_feats,
    read_comments,
    read_germeval,
    read_treebank,
)


def row(number: str, form: str, head: str = "_", deprel: str = "_", feats: str = "_", misc: str = "_") -> list[str]:
    return [number, form, form.lower(), f"U{form}", f"X{form}", feats, head, deprel, "_", misc]


IM_BUNDESTAG = [
    row("1", "Rede", "0", "root"),
    row("2-3", "im"),
    row("2", "in", "4", "case"),
    row("3", "dem", "4", "det", "Case=Dat|Definite=Def"),
    row("4", "Bundestag", "1", "nmod", misc="SpaceAfter=No"),
    row("4.1", "leer"),
    row("5", ".", "1", "punct", misc="SpaceAfter=No"),
]


def sentence(text: str, **columns: tuple[object, ...]) -> Sentence:
    """Words between blanks; `_` behind one means that no space follows."""
    parts = text.split()
    words = tuple(part.rstrip("_") for part in parts)
    plain = Sentence(words=words, spaces=tuple(not part.endswith("_") for part in parts), treebank="gsd")
    return replace(plain, **columns)  # type: ignore[arg-type]


class TestMergeContractions:
    def test_makes_one_word_of_a_multiword_token(self) -> None:
        found = merge_contractions(IM_BUNDESTAG, "gsd")
        assert found.words == ("Rede", "im", "Bundestag", ".")
        assert found.spaces == (True, True, False, False)

    def test_takes_tag_and_lemma_of_the_preposition_and_morphology_of_the_article(self) -> None:
        found = merge_contractions(IM_BUNDESTAG, "gsd")
        assert (found.upos[1], found.xpos[1], found.lemmas[1]) == ("Uin", "APPRART", "in")
        assert found.feats[1] == {"Case": "Dat", "Definite": "Def"}

    def test_renumbers_the_heads(self) -> None:
        found = merge_contractions(IM_BUNDESTAG, "gsd")
        assert found.heads == (0, 3, 1, 1)
        assert found.deprels == ("root", "case", "nmod", "punct")

    def test_attaches_by_the_word_whose_head_is_outside(self) -> None:
        rows = [
            row("1-2", "zum"),
            row("1", "zu", "2", "case"),
            row("2", "dem", "3", "det"),
            row("3", "Ziel", "0", "root"),
        ]
        found = merge_contractions(rows, "gsd")
        assert (found.heads, found.deprels) == ((2, 0), ("det", "root"))


class TestReadTreebank:
    def test_keeps_the_spaces_that_the_treebank_tells(self, tmp_path: Path) -> None:
        assert next(read_treebank(write(tmp_path, IM_BUNDESTAG), "gsd")).spaces[2] is False

    def test_guesses_them_for_text_of_tokens(self, tmp_path: Path) -> None:
        rows = [row("1", "Ja", "0", "root"), row("2", "!", "1", "punct")]
        assert next(read_treebank(write(tmp_path, rows), "hdt", pretokenised=True)).spaces == (False, True)

    def test_leaves_comments_to_their_reader(self, tmp_path: Path) -> None:
        path = write(tmp_path, IM_BUNDESTAG, IM_BUNDESTAG)
        assert len(list(read_treebank(path, "gsd"))) == 2
        assert list(read_comments(path, "sent_id")) == ["n1", "n2"]
        assert list(read_comments(path, "text")) == ["", ""]


def write(folder: Path, *sentences: list[list[str]]) -> Path:
    path = folder / "treebank.conllu"
    blocks = [
        f"# sent_id = n{n}\n" + "\n".join("\t".join(columns) for columns in rows) for n, rows in enumerate(sentences, 1)
    ]
    path.write_text("\n\n".join(blocks) + "\n\n", encoding="utf-8")
    return path


class TestDetokenise:
    @pytest.mark.parametrize(
        "text",
        [
            "Ja , sagte er .",
            "Er ( Rutte ) kam .",
            'Er sagte : " Nein " .',
            "„ Nein “ , sagte er .",
            '" a " und " b "',
        ],
    )
    def test_sets_punctuation_where_print_has_it(self, text: str) -> None:
        words = text.split()
        printed = "".join(w + " " * after for w, after in zip(words, detokenise(words), strict=True)).strip()
        expected = {
            "Ja , sagte er .": "Ja, sagte er.",
            "Er ( Rutte ) kam .": "Er (Rutte) kam.",
            'Er sagte : " Nein " .': 'Er sagte: "Nein".',
            "„ Nein “ , sagte er .": "„Nein“, sagte er.",
            '" a " und " b "': '"a" und "b"',
        }
        assert printed == expected[text]


class TestJoinHyphens:
    def test_joins_the_parts_of_a_compound(self) -> None:
        found = join_hyphens(sentence("Der US_ -_ Präsident kam"))
        assert found.words == ("Der", "US-Präsident", "kam")
        assert found.spaces == (True, True, True)

    def test_joins_a_hanging_hyphen(self) -> None:
        assert join_hyphens(sentence("Luft_ - und Raumfahrt")).words == ("Luft-", "und", "Raumfahrt")

    def test_joins_as_many_parts_as_there_are(self) -> None:
        assert join_hyphens(sentence("Luft_ -_ Boden_ -_ Rakete_ .")).words == ("Luft-Boden-Rakete", ".")

    @pytest.mark.parametrize("text", ["Kiew - Moskau", "- Kiew", "Ja -_ Nein", "ohne Strich"])
    def test_leaves_dashes_alone(self, text: str) -> None:
        given = sentence(text)
        assert join_hyphens(given) is given

    def test_takes_what_the_last_part_says(self) -> None:
        given = sentence(
            "US_ -_ Präsident kam",
            upos=("PROPN", "PUNCT", "NOUN", "VERB"),
            lemmas=("US", "-", "Präsident", "kommen"),
            heads=(3, 1, 4, 0),
            deprels=("compound", "punct", "nsubj", "root"),
        )
        found = join_hyphens(given)
        assert found.upos == ("NOUN", "VERB")
        assert found.lemmas == ("US-Präsident", "kommen")
        assert (found.heads, found.deprels) == ((2, 0), ("nsubj", "root"))

    def test_takes_what_the_part_before_a_hanging_hyphen_says(self) -> None:
        given = sentence(
            "Luft_ - fahren", upos=("NOUN", "PUNCT", "VERB"), heads=(3, 1, 0), deprels=("obj", "punct", "root")
        )
        found = join_hyphens(given)
        assert (found.upos, found.heads) == (("NOUN", "VERB"), (2, 0))


class TestMendDoubleObjects:
    def given(self, case: str, *, preposition: bool = False) -> Sentence:
        return sentence(
            "sie liefert ihm mit Waffen",
            feats=({}, {}, {"Case": case}, {}, {"Case": "Acc"}),
            heads=(2, 0, 2, 3 if preposition else 5, 2),
            deprels=("nsubj", "root", "obj", "case", "obj"),
        )

    def test_makes_a_dative_an_argument(self) -> None:
        assert mend_double_objects(replace(self.given("Dat"), heads=(2, 0, 2, 2, 2))).deprels[2] == "obl:arg"

    def test_makes_an_object_with_a_preposition_an_oblique(self) -> None:
        assert mend_double_objects(self.given("Acc", preposition=True)).deprels[2] == "obl"

    def test_leaves_a_single_object_alone(self) -> None:
        given = replace(self.given("Dat"), deprels=("nsubj", "root", "obj", "case", "obl"))
        assert mend_double_objects(given).deprels == given.deprels


def test_features_that_gsd_does_not_mark_are_left_out() -> None:
    given = sentence(
        "im mit drei sehr",
        upos=("ADP", "ADP", "NUM", "ADV"),
        xpos=("APPRART", "APPR", "CARD", "ADV"),
        feats=({"Case": "Dat"}, {"Case": "Dat"}, {"Number": "Plur", "NumType": "Card"}, {"Degree": "Pos"}),
    )
    assert mend_features(given).feats == ({"Case": "Dat"}, {}, {"NumType": "Card"}, {})


def test_germeval_is_read_at_its_outer_level(tmp_path: Path) -> None:
    path = tmp_path / "dev.iob2"
    path.write_text("Die\tO\tO\nFC\tB-ORG\tO\nBonn\tI-ORG\tB-LOC\n.\tO\tO\n\nJa\tO\tO\n", encoding="utf-8")
    first, second = read_germeval(path)
    assert (first.words, first.ner) == (("Die", "FC", "Bonn", "."), ("O", "B-ORG", "I-ORG", "O"))
    assert first.spaces == (True, True, False, True)
    assert second.words == ("Ja",)


def test_features_are_read() -> None:
    assert parse_feats("_") == {}
    assert parse_feats("Case=Nom|Gender[psor]=Masc,Neut") == {"Case": "Nom", "Gender[psor]": "Masc,Neut"}
