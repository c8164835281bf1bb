"""What modal verbs, adverbs, mood and conditions make of a clause."""

from functools import cache

import pytest

from kg.extract.modality import Mood, condition_of, in_condition, is_condition_phrase, mood_of
from kg.knowledge import Knowledge, read_knowledge
from tests.docs import read, token

PLAIN = "Berlin NE nsubj hilft | hilft/helfen VVFIN | {}. $."
MODAL = "Berlin NE nsubj helfen | {} | helfen VVINF | . $."


@cache
def shipped() -> Knowledge:
    return read_knowledge(None)


def mood(sentence: str, word: str) -> Mood:
    reading = read(sentence)
    return mood_of(reading, token(reading.doc, word))


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        (PLAIN.format(""), "hilft", Mood()),
        (PLAIN.format("nicht PTKNEG | "), "hilft", Mood(negated=True)),
        (PLAIN.format("vielleicht ADV | "), "hilft", Mood(possible=True)),
        (PLAIN.format("angeblich ADV | "), "hilft", Mood(hearsay=True)),
        (MODAL.format("muss/müssen VMFIN"), "helfen", Mood(deontic=True)),
        (MODAL.format("will/wollen VMFIN"), "helfen", Mood(volition=True)),
        (MODAL.format("kann/können VMFIN"), "helfen", Mood()),
        (MODAL.format("könnte/können VMFIN aux helfen Mood=Sub Tense=Past"), "helfen", Mood(possible=True)),
        (MODAL.format("könne/können VMFIN aux helfen Mood=Sub Tense=Pres"), "helfen", Mood()),
        (MODAL.format("wird/werden VAFIN"), "helfen", Mood(future=True)),
        (MODAL.format("werde/werden VAFIN aux helfen Mood=Sub Tense=Pres"), "helfen", Mood(future=True)),
        (MODAL.format("wird/werden VAFIN aux:pass helfen"), "helfen", Mood(future=True)),
        (MODAL.format("wird/werden VAFIN | müssen VMINF"), "helfen", Mood(future=True, deontic=True)),
        ("Rom NE nsubj:pass gerettet | wird/werden VAFIN aux gerettet | gerettet/retten VVPP", "gerettet", Mood()),
        (MODAL.format("würde/werden VAFIN aux helfen Mood=Sub Tense=Past"), "helfen", Mood(hypothetical=True)),
        ("Hilft/helfen VVFIN | Berlin NE nsubj Hilft | ? $.", "Hilft", Mood(question=True)),
        ("Wir PPER nsubj warten | warten VVFIN | , $, | wenn KOUS mark hilft | Berlin NE nsubj hilft "
         "| hilft/helfen VVFIN advcl warten", "hilft", Mood(hypothetical=True)),
        ("Sollte/sollen VAFIN aux helfen Mood=Sub Tense=Past | Berlin NE nsubj helfen | helfen VVINF advcl warten "
         "| , $, | warten VVFIN | wir PPER nsubj warten", "helfen", Mood(hypothetical=True)),
    ],
)  # fmt: skip
def test_a_clause_has_the_mood_of_its_words(sentence: str, word: str, expected: Mood) -> None:
    assert mood(sentence, word) == expected


def test_a_clause_of_another_takes_no_part() -> None:
    sentence = """
        Kiew NE nsubj sagt | sagt/sagen VVFIN | , $, | dass KOUS mark helfe | Berlin NE nsubj helfe
        nicht PTKNEG advmod helfe | helfe/helfen VVFIN ccomp sagt
    """
    assert not mood(sentence, "sagt").negated
    assert mood(sentence, "helfe").negated


@pytest.mark.parametrize(
    ("mood", "modality"),
    [
        (Mood(), "asserted"),
        (Mood(negated=True), "asserted"),
        (Mood(deontic=True), "asserted"),
        (Mood(possible=True), "possible"),
        (Mood(hearsay=True), "possible"),
        (Mood(question=True), "possible"),
        (Mood(hypothetical=True), "hypothetical"),
        (Mood(hypothetical=True, possible=True), "hypothetical"),
    ],
)
def test_a_mood_has_one_word_in_the_graph(mood: Mood, modality: str) -> None:
    assert mood.modality == modality


class TestCondition:
    SENTENCE = """
        Berlin NE nsubj hilft | hilft/helfen VVFIN | , $, | {}wenn KOUS mark endet | der ART | Krieg NN nsubj endet
        endet VVFIN advcl hilft | . $.
    """

    @pytest.mark.parametrize(
        ("word", "exclusive"),
        [("", False), ("nur ADV advmod endet | ", True), ("erst ADV advmod endet | ", True),
         ("auch ADV advmod endet | ", False)],
    )  # fmt: skip
    def test_may_be_the_only_one(self, word: str, exclusive: bool) -> None:
        found = condition_of(token(read(self.SENTENCE.format(word)).doc, "hilft"))
        assert found is not None
        assert (found[0].text, found[1]) == ("endet", exclusive)

    def test_is_no_other_clause(self) -> None:
        doc = read(self.SENTENCE.format("").replace("wenn", "weil")).doc
        assert condition_of(token(doc, "hilft")) is None
        assert not in_condition(token(doc, "endet"))

    @pytest.mark.parametrize(("preposition", "condition"), [("im/in APPRART", True), ("vom/von APPRART", False)])
    def test_may_be_a_phrase(self, preposition: str, condition: bool) -> None:
        doc = read(f"{preposition} | Fall NN obl hilft | eines ART | Angriffs NN nmod Fall | hilft VVFIN").doc
        assert is_condition_phrase(token(doc, "Fall")) == condition


@pytest.mark.parametrize(
    ("verb", "modality"),
    [
        ("wird/werden VAFIN aux helfen Mood=Ind Tense=Pres", "asserted"),
        ("werde/werden VAFIN aux helfen Mood=Sub Tense=Pres", "asserted"),
        ("werden/werden VAFIN aux helfen Mood=Ind Tense=Pres", "asserted"),
        ("würde/werden VAFIN aux helfen Mood=Sub Tense=Past", "hypothetical"),
        ("dürfte/dürfen VMFIN aux helfen Mood=Sub Tense=Past", "possible"),
    ],
)
def test_a_plain_future_is_asserted_by_the_shipped_lexicon(verb: str, modality: str) -> None:
    reading = read(MODAL.format(verb), knowledge=shipped())
    assert mood_of(reading, token(reading.doc, "helfen")).modality == modality
