"""Answers of a few words, which issue they are about, and words that take an issue up as object or command."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kg.knowledge import Knowledge
from tests.docs import extract, read_world, words_of

MORE = """
kg:answer-no a kg:StanceCue ; kg:lemma "mit uns nicht" ; kg:pos "PHRASE" ; kg:polarity kg:oppose ; kg:holderSlot "speaker" .
kg:answer-never a kg:StanceCue ; kg:lemma "auf keinen fall" ; kg:pos "PHRASE" ; kg:polarity kg:oppose ; kg:holderSlot "speaker" .
kg:answer-yes a kg:StanceCue ; kg:lemma "gern" ; kg:pos "PHRASE" ; kg:polarity kg:support ; kg:contextual true ; kg:holderSlot "speaker" .
kg:answer-with a kg:StanceCue ; kg:lemma "nicht mit" ; kg:pos "PHRASE" ; kg:polarity kg:oppose ; kg:holderSlot "prep:mit" .
kg:cue-wunsch a kg:StanceCue ; kg:lemma "Wunsch" ; kg:pos "NOUN" ; kg:polarity kg:support ; kg:holderSlot "genitive" ; kg:targetSlot "prep:nach" .
kg:cue-haben-wunsch a kg:StanceCue ; kg:lemma "haben" ; kg:pos "VERB" ; kg:with "Wunsch" ; kg:polarity kg:support ; kg:holderSlot "subject" ; kg:targetSlot "prep:nach" .
"""

ASKED = "Ein ART | NATO-Beitritt NN | der ART | Ukraine NE nmod NATO-Beitritt | ? $."
TOLD = (
    "Kiew NE nsubj fordert | fordert/fordern VVFIN | den ART | NATO-Beitritt NN obj fordert | der ART "
    "| Ukraine NE nmod NATO-Beitritt Gender=Fem | . $."
)
ENDED = "Ein ART | Ende NN | der ART | Waffenlieferungen/Waffenlieferung NN nmod Ende | ? $."
SAID = "| “ $( | , $, | sagte/sagen VVFIN {label} | Dmitri NE nsubj sagte PER | Peskow NE flat Dmitri PER | . $."


@cache
def world() -> Knowledge:
    with TemporaryDirectory() as folder:
        return read_world(Path(folder), MORE)


def held(*sentences: str) -> list[str]:
    found = extract(*sentences, knowledge=world())
    return [f"{words_of(found, p.holder)} {p.polarity} {p.issue}" for p in found.positions]


def quoted(words: str, root: str) -> str:
    """A sentence, then who says it."""
    return f"„ $( | {words} {SAID.format(label=f'parataxis {root}')}"


def answered(words: str) -> str:
    """Words without a verb: they depend on that of speech."""
    return f"„ $( | {words} {SAID.format(label='')}"


REFUSED = answered("Mit APPR case uns | uns PPER ccomp sagte | nicht PTKNEG advmod uns")
JUDGED = answered("Völlig ADV advmod inakzeptabel | inakzeptabel ADJD ccomp sagte")


@pytest.mark.parametrize("answer", [REFUSED, JUDGED])
def test_an_answer_is_about_what_was_asked(answer: str) -> None:
    assert held(ASKED, answer) == ["Dmitri Peskow oppose nato-membership"]


def test_a_phrase_answers_a_demand_too() -> None:
    assert held(TOLD, REFUSED) == ["Kiew support nato-membership", "Dmitri Peskow oppose nato-membership"]


def test_a_judgement_alone_is_no_answer_to_a_statement() -> None:
    assert held(TOLD, JUDGED) == ["Kiew support nato-membership"]


def test_no_to_the_end_of_a_thing_is_yes_to_it() -> None:
    assert held(ENDED, REFUSED) == ["Dmitri Peskow support arms-deliveries"]


def test_yes_needs_a_question() -> None:
    yes = answered("Gern ADV ccomp sagte")
    assert held(ASKED, yes) == ["Dmitri Peskow support nato-membership"]
    assert held(TOLD, yes) == ["Kiew support nato-membership"]


def test_two_issues_leave_open_which_is_meant() -> None:
    both = ASKED.replace(
        "| ? $.", "| und KON cc Waffenlieferungen | Waffenlieferungen/Waffenlieferung NN conj NATO-Beitritt | ? $."
    )
    assert held(both, REFUSED) == []


def test_an_answer_without_issue_before_it_is_about_nothing() -> None:
    assert held("Es PPER nsubj regnet | regnet/regnen VVFIN | . $.", REFUSED) == []


def test_words_before_a_verb_of_speech_answer_without_marks() -> None:
    answer = (
        "Auf APPR | keinen PIAT | Fall NN | , $, | sagte/sagen VVFIN parataxis Fall | Dmitri NE nsubj sagte PER "
        "| Peskow NE flat Dmitri PER | . $."
    )
    assert held(ASKED, answer) == ["Dmitri Peskow oppose nato-membership"]


def test_the_answer_may_name_its_holder() -> None:
    answer = (
        "Nicht PTKNEG advmod Moskau | mit APPR | Moskau NE | , $, | sagte/sagen VVFIN parataxis Moskau "
        "| Dmitri NE nsubj sagte PER | Peskow NE flat Dmitri PER | . $."
    )
    assert held(ASKED, answer) == ["Moskau oppose nato-membership"]


def test_it_takes_the_issue_up_as_object() -> None:
    taken = "Berlin NE nsubj lehnt | lehnt/ablehnen VVFIN | ihn PPER obj lehnt | ab PTKVZ | . $."
    assert held(TOLD, taken) == ["Kiew support nato-membership", "Berlin oppose nato-membership"]


def test_a_person_between_may_be_meant() -> None:
    between = "Berlin NE nsubj kritisiert | kritisiert/kritisieren VVFIN | den ART | Minister NN obj kritisiert | . $."
    taken = "Paris NE nsubj lehnt | lehnt/ablehnen VVFIN | ihn PPER obj lehnt | ab PTKVZ | . $."
    assert held(TOLD, between.replace("Minister NN", "Minister NN Gender=Masc"), taken) == [
        "Kiew support nato-membership"
    ]


def test_what_does_not_come_into_question_is_rejected() -> None:
    words = "Das PDS nsubj kommt | kommt/kommen VVFIN | nicht PTKNEG advmod infrage | infrage ADV advmod kommt"
    assert held(TOLD, quoted(words, "kommt")) == [
        "Kiew support nato-membership",
        "Dmitri Peskow oppose nato-membership",
    ]


def test_a_command_is_the_demand_of_who_speaks() -> None:
    words = (
        "Stellen/einstellen VVFIN | Sie PPER nsubj Stellen | die ART | Waffenlieferungen/Waffenlieferung NN obj Stellen "
        "| ein PTKVZ | endlich ADV"
    )
    assert held(quoted(words, "Stellen")) == ["Dmitri Peskow oppose arms-deliveries"]


def test_who_is_told_to_take_a_stance_has_none_yet() -> None:
    words = (
        "Unterstützen/unterstützen VVFIN | Sie PPER nsubj Unterstützen "
        "| die ART | Waffenlieferungen/Waffenlieferung NN obj Unterstützen"
    )
    assert held(quoted(words, "Unterstützen")) == ["Dmitri Peskow support arms-deliveries"]


def test_a_question_to_somebody_is_no_demand() -> None:
    words = (
        "Stellen/einstellen VVFIN | Sie PPER nsubj Stellen | die ART | Waffenlieferungen/Waffenlieferung NN obj Stellen "
        "| ein PTKVZ | endlich ADV | ? $."
    )
    assert held(quoted(words, "Stellen")) == []


def test_whether_it_is_right_is_no_judgement() -> None:
    words = (
        "Ob KOUS mark inakzeptabel | der ART | NATO-Beitritt NN nsubj inakzeptabel | der ART | Ukraine NE nmod NATO-Beitritt "
        "| inakzeptabel ADJD csubj offen | ist/sein VAFIN cop inakzeptabel | , $, | ist/sein VAFIN cop offen | offen ADJD"
    )
    assert held(quoted(words, "offen")) == []


def test_a_wish_with_a_genitive_is_not_that_of_the_subject() -> None:
    words = (
        "Berlin NE nsubj hat | hat/haben VVFIN | den ART | Wunsch NN obj hat | Polens/Polen NE nmod Wunsch "
        "Case=Gen | nach APPR | Waffenlieferungen/Waffenlieferung NN nmod Wunsch | . $."
    )
    assert held(words) == ["Polens support arms-deliveries"]


def test_no_at_a_phrase_with_preposition_negates_the_clause() -> None:
    words = (
        "Berlin NE nsubj unterstützt | unterstützt/unterstützen VVFIN | in APPR | keiner/keiner PIAT | Weise NN obl unterstützt "
        "| die ART | Waffenlieferungen/Waffenlieferung NN obj unterstützt | . $."
    )
    assert held(words) == ["Berlin oppose arms-deliveries"]


def test_keiner_is_kein() -> None:
    words = (
        "Berlin NE nsubj setzt | setzt/einsetzen VVFIN | sich PRF | für APPR | keine/keiner PIAT "
        "| Waffenlieferungen/Waffenlieferung NN obl setzt | ein PTKVZ | . $."
    )
    assert held(words) == ["Berlin oppose arms-deliveries"]
