"""Sentences with UniMorph features: aligned with their text, partly labelled."""

from pathlib import Path

import pytest

from kg.training.corpus import Sentence
from kg.training.unimorph import UNKNOWN, read_unimorph

ROWS = [
    ("In", "in", "ADP"), ("dem", "der", "NEUT;SG;DEF;DET;DAT"), ("Parlament", "Parlament", "N;NEUT;SG;DAT"),
    ("sagte", "sagen", "IND;3;SG;PST;V;FIN"), ("sie", "sie", "3;FEM;SG;PRO;NOM"), (",", ",", "_"),
    ("die", "der", "NOM;PL;DEF;DET;FEM"), ("Waffen", "Waffe", "N;FEM;NOM;PL"), ("sind", "sein", "IND;3;PL;PRS;V;FIN"),
    ("da", "da", "ADV"), (".", ".", "_"),
]  # fmt: skip
TEXT = "Im Parlament sagte sie, die Waffen sind da."


def write(path: Path, text: str) -> Path:
    rows = "\n".join(f"{n}\t{w}\t{m}\t_\t_\t{f}\t_\t_\t_\t_" for n, (w, m, f) in enumerate(ROWS, 1))
    path.write_text(f"# sent_id = 1\n# text = {text}\n{rows}\n", encoding="utf-8")
    return path


@pytest.fixture(name="sentence")
def read(tmp_path: Path) -> Sentence:
    [sentence] = read_unimorph(write(tmp_path / "a.conllu", TEXT), "gsd")
    return sentence


def test_words_are_those_of_the_text(sentence: Sentence) -> None:
    assert sentence.words == ("Im", "Parlament", "sagte", "sie", ",", "die", "Waffen", "sind", "da", ".")
    assert sentence.spaces[3] is False


def test_contraction_has_the_morphology_of_its_article(sentence: Sentence) -> None:
    assert sentence.upos[0] == "ADP"
    assert sentence.lemmas[0] == "in"
    assert sentence.feats[0] == {
        "Case": "Dat", "Gender": "Neut", "Number": "Sing", "Definite": "Def", "PronType": "Art",
    }  # fmt: skip


def test_features_are_those_of_ud(sentence: Sentence) -> None:
    verb = sentence.feats[2] or {}

    assert {k: v for k, v in verb.items() if v != UNKNOWN} == {
        "Mood": "Ind", "Person": "3", "Number": "Sing", "Tense": "Past", "VerbForm": "Fin",
    }  # fmt: skip


def test_articles_are_known_and_what_is_not_said_is_unknown(sentence: Sentence) -> None:
    article = sentence.feats[5] or {}

    assert article == {"Case": "Nom", "Number": "Plur", "Definite": "Def", "PronType": "Art"}
    noun = sentence.feats[6] or {}
    assert noun["Degree"] == UNKNOWN
    assert sentence.upos[7] == ""  # sein may be a verb or an auxiliary


def test_pronouns_follow_another_version(sentence: Sentence) -> None:
    assert sentence.upos[3] == "PRON"
    assert {k: v for k, v in (sentence.feats[3] or {}).items() if v != UNKNOWN} == {"Case": "Nom"}
    assert sentence.lemmas[3:6] == ("sie", ",", "_")


def test_there_are_no_trees(sentence: Sentence) -> None:
    assert sentence.heads == ()


def test_sentence_that_is_not_its_text_is_left_out(tmp_path: Path) -> None:
    assert list(read_unimorph(write(tmp_path / "a.conllu", "Etwas ganz anderes."), "gsd")) == []
