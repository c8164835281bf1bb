"""Relations of weapons and treaties: who has them, who makes them, who is party."""

import pytest

from tests.docs import extract, words_of


def relations(*sentences: str) -> list[str]:
    found = extract(*sentences)
    return [f"{words_of(found, r.subject)} {r.predicate} {words_of(found, r.object)}" for r in found.relations]


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("Polen NE nsubj besitzt | besitzt/besitzen VVFIN | den ART | Taurus NN obj besitzt | . $.", "Taurus operatedBy Polen"),
        (
            "Der ART | von APPR | Polen NE obl gebaute | gebaute/gebaut ADJA | Taurus NN nsubj fliegt | fliegt/fliegen VVFIN",
            "Taurus developedBy Polen",
        ),
        ("Der ART | deutsche/deutsch ADJA | Taurus NN nsubj fliegt | fliegt/fliegen VVFIN", "Taurus operatedBy deutsche"),
        (
            "Polen NE nsubj unterzeichnete | unterzeichnete/unterzeichnen VVFIN | das ART "
            "| Budapester NN compound Memorandum | Memorandum NN obj unterzeichnete | . $.",
            "Budapester Memorandum party Polen",
        ),
    ],
    ids=["verb", "participle", "adjective", "signature"],
)  # fmt: skip
def test_what_a_sentence_states(sentence: str, relation: str) -> None:
    assert relations(sentence) == [relation]


def test_each_stands_on_the_words_that_say_it() -> None:
    found = extract("Polen NE nsubj besitzt | besitzt/besitzen VVFIN | den ART | Taurus NN obj besitzt | . $.")
    [relation] = found.relations
    assert relation.evidence.slice(found.article.text) == "Polen besitzt den Taurus"


@pytest.mark.parametrize(
    "sentence",
    [
        "Polen NE nsubj besitzt | besitzt/besitzen VVFIN | den ART | Taurus NN obj besitzt | nicht PTKNEG | . $.",
        "Polen NE nsubj besitzen | will/wollen VMFIN | den ART | Taurus NN obj besitzen | besitzen VVINF | . $.",
        "Polen NE nsubj besitzt | besitzt/besitzen VVFIN | Marschflugkörper NN obj besitzt | . $.",
    ],
    ids=["denied", "wished", "mere class"],
)
def test_what_is_none(sentence: str) -> None:
    assert relations(sentence) == []
