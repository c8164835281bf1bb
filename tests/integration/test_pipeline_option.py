"""`--pipeline`: a spaCy pipeline with UD labels, trained here on three sentences, takes the place of our own."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from tests.integration.conftest import Run

pytestmark = pytest.mark.model  # the lexicon that ships with the model gives the lemmas

TREEBANK = [  # word part-of-speech relation head features
    "Am ADP case 1 _|Montag NOUN obl 2 _|sagte VERB ROOT 2 VerbForm=Fin|der DET det 4 PronType=Art|Minister NOUN nsubj 2 "
    "Case=Nom|, PUNCT punct 11 _|die DET det 7 PronType=Art|Allianz NOUN nsubj 11 Case=Nom|werde AUX aux 11 "
    "VerbForm=Fin|der DET det 10 PronType=Art|Ukraine PROPN iobj 11 Case=Dat|liefern VERB ccomp 2 VerbForm=Inf|. PUNCT "
    "punct 2 _",
    "Moskau PROPN nsubj 1 Case=Nom|lehnt VERB ROOT 1 VerbForm=Fin|den DET det 3 PronType=Art|NATO-Beitritt NOUN obj 1 "
    "Case=Acc|der DET det 5 PronType=Art|Ukraine PROPN nmod 3 Case=Gen|ab ADP compound:prt 1 _|. PUNCT punct 1 _",
    "Kiew PROPN nsubj 1 Case=Nom|fordert VERB ROOT 1 VerbForm=Fin|den DET det 3 PronType=Art|NATO-Beitritt NOUN obj 1 "
    "Case=Acc|der DET det 5 PronType=Art|Ukraine PROPN nmod 3 Case=Gen|. PUNCT punct 1 _",
]
ARTICLE = "Kiew fordert den NATO-Beitritt der Ukraine.\n\nMoskau lehnt den NATO-Beitritt der Ukraine ab.\n"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tagger and parser that know three sentences; no lemmas, no STTS tags, no entities."""
    fix_random_seed(0)
    nlp = spacy.blank("de")
    nlp.add_pipe("morphologizer")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in (read(nlp, rows) for rows in TREEBANK)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("trained") / "de_small_ud"
    nlp.to_disk(folder)
    return folder


def read(nlp: spacy.language.Language, rows: str) -> Doc:
    table = [row.split() for row in rows.split("|")]
    return Doc(
        nlp.vocab,
        words=[row[0] for row in table],
        spaces=[after[0] not in ".," for after in table[1:]] + [False],
        pos=[row[1] for row in table],
        deps=[row[2] for row in table],
        heads=[int(row[3]) for row in table],
        morphs=[row[4].replace("_", "") for row in table],
    )


@pytest.fixture(name="text")
def write_text(tmp_path: Path) -> Path:
    path = tmp_path / "beitritt.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_positions_are_found_with_it(run: Run, trained: Path, text: Path) -> None:
    code, out, err = run("annotate", text, "--pipeline", trained, "--any-language")
    assert (code, err) == (0, "")
    found = json.loads(out)
    positions = {(p["holder"], p["issue"], p["about"], p["polarity"]) for p in found["positions"]}
    assert ("state-russland", "nato-membership", "state-ukraine", "oppose") in positions
    assert ("state-ukraine", "nato-membership", "state-ukraine", "support") in positions


def test_offsets_and_sentences_are_those_of_the_article(run: Run, trained: Path, text: Path) -> None:
    _, out, _ = run("annotate", text, "--pipeline", trained, "--any-language", "--as", "conllu")
    assert [line for line in out.splitlines() if line.startswith("# text")] == [
        "# text = Kiew fordert den NATO-Beitritt der Ukraine.",
        "# text = Moskau lehnt den NATO-Beitritt der Ukraine ab.",
    ]
    words = [line.split("\t") for line in out.splitlines() if line[:1].isdigit()]
    assert ["lehnt", "lehnen", "VERB", "VVFIN", "0", "root"] in [[w[k] for k in (1, 2, 3, 4, 6, 7)] for w in words]


def test_it_may_be_named_in_the_environment(
    run: Run, trained: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PIPELINE", str(trained))
    code, out, _ = run("annotate", text, "--any-language", "--as", "iob")
    assert code == 0
    assert "Moskau\tO" in out.splitlines()


def test_a_graph_names_it(run: Run, trained: Path, text: Path, tmp_path: Path) -> None:
    assert run("build", text, "-o", tmp_path / "out", "--pipeline", trained, "--any-language")[0] == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["versions"]["model"].startswith("de_pipeline")


@pytest.mark.parametrize("name", ["de_none", "/nowhere/at/all"])
def test_one_that_is_not_there_is_an_error_of_usage(run: Run, text: Path, name: str) -> None:
    code, out, err = run("annotate", text, "--pipeline", name)
    assert (code, out) == (2, "")
    assert f"pipeline {name!r}: spaCy cannot load it" in err


def test_the_old_name_of_the_option_is_gone(run: Run, text: Path) -> None:
    assert run("annotate", text, "--model", "de_none")[0] == 2
