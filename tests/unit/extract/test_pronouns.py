"""Whom a pronoun takes up: by gender, nearness and the grammar of its clause."""

import pytest

from kg.extract.pronouns import gender_of
from tests.docs import extract, resolve, token, tree, words_of

RUTTE = "Mark NE nsubj kam PER | Rutte NE flat Mark PER | kam/kommen VVFIN | . $."
STOLTENBERG = "Jens NE nsubj ging PER | Stoltenberg NE flat Jens PER | ging/gehen VVFIN | . $."
MARUK = "Die ART | Präsidentin NN nsubj wartet Gender=Fem | wartet VVFIN | . $."


def taken_up(pronoun: str, *sentences: str) -> list[str | None]:
    """The words that the pronoun may take up, likeliest first."""
    found = extract(*sentences)
    mention = next(m for m in found.mentions if m.text == pronoun and m.kind == "pronoun")
    return [words_of(found, key) for key in mention.candidates]


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("er PPER", "m"), ("ihm PPER", "m"), ("seine PPOSAT", "m"), ("sie PPER nsubj kam Number=Sing", "f"),
        ("sie PPER nsubj kam Number=Plur", ""), ("ihr PPER", "f"), ("es PPER", ""), ("wir PPER", ""),
    ],
)  # fmt: skip
def test_gender_is_that_of_a_person(word: str, gender: str) -> None:
    sentence = f"{word} | kam VVFIN" if " nsubj" in word else f"{word} nsubj kam | kam VVFIN"
    assert gender_of(token(tree(sentence), word.split()[0])) == gender


class TestCandidates:
    ER = "Er PPER nsubj lachte | lachte VVFIN | . $."

    def test_are_persons_before_it(self) -> None:
        assert taken_up("Er", RUTTE, self.ER) == ["Mark Rutte"]
        assert taken_up("Er", self.ER, RUTTE) == []

    def test_have_the_right_gender(self) -> None:
        assert taken_up("Er", RUTTE, MARUK, self.ER) == ["Mark Rutte"]
        assert taken_up("Sie", RUTTE, MARUK, "Sie PPER nsubj lachte Number=Sing | lachte VVFIN | . $.")[0] == (
            "Präsidentin"
        )

    def test_are_nearest_first(self) -> None:
        assert taken_up("Er", RUTTE, STOLTENBERG, self.ER) == ["Jens Stoltenberg", "Mark Rutte"]

    def test_are_subjects_rather_than_others(self) -> None:
        met = """
            Mark NE nsubj traf PER | Rutte NE flat Mark PER | traf VVFIN | Jens NE obj traf PER
            Stoltenberg NE flat Jens PER | . $.
        """
        assert taken_up("Er", met, self.ER) == ["Mark Rutte", "Jens Stoltenberg"]

    def test_do_not_stand_beside_it_in_the_same_clause(self) -> None:
        beside = "Mark NE nsubj sah PER | Rutte NE flat Mark PER | sah VVFIN | ihn PPER obj sah | . $."
        assert taken_up("ihn", STOLTENBERG, beside) == ["Jens Stoltenberg"]

    def test_of_a_possessive_may_stand_in_the_same_clause(self) -> None:
        own = "Mark NE nsubj lobt PER | Rutte NE flat Mark PER | lobt VVFIN | sein PPOSAT | Land NN obj lobt | . $."
        assert taken_up("sein", own) == ["Mark Rutte"]

    def test_reach_back_three_sentences(self) -> None:
        rain = "Regen NN nsubj fiel | fiel VVFIN | . $."
        assert taken_up("Er", RUTTE, *[rain] * 2, self.ER) == ["Mark Rutte"]
        assert taken_up("Er", RUTTE, *[rain] * 3, self.ER) == []


class TestSpeech:
    def test_reported_takes_up_its_speaker(self) -> None:
        reported = """
            Mark NE nsubj sagte PER | Rutte NE flat Mark PER | sagte/sagen VVFIN | , $, | er PPER nsubj komme
            komme/kommen VVFIN ccomp sagte Mood=Sub Tense=Pres | bald ADV advmod komme | . $.
        """
        assert taken_up("er", STOLTENBERG, reported)[0] == "Mark Rutte"

    def test_direct_does_not(self) -> None:
        direct = """
            „ $( | Er PPER nsubj kommt | kommt VVFIN | bald ADV | “ $( | , $, | sagte/sagen VVFIN parataxis kommt
            Mark NE nsubj sagte PER | Rutte NE flat Mark PER | . $.
        """
        resolved = resolve(STOLTENBERG, RUTTE, direct)
        [stoltenberg] = [e for e in resolved.entities if e.id == "person-jens-stoltenberg"]
        assert "Er" in [m.text for m in stoltenberg.mentions]


class TestBodies:
    NATO = "Die ART | NATO NE nsubj wächst | wächst VVFIN | . $."
    SIE = "Sie PPER nsubj zögert Number=Sing | zögert VVFIN | . $."

    def test_are_taken_up_by_sie_where_nothing_else_is_near(self) -> None:
        assert taken_up("Sie", self.NATO, self.SIE) == ["NATO"]

    def test_are_not_with_another_of_the_gender_near(self) -> None:
        both = "Die ART | NATO NE nsubj warnt | warnt VVFIN | die ART | Ukraine NE obj warnt | . $."
        assert taken_up("Sie", both, self.SIE) == []

    def test_are_not_where_a_woman_is_near(self) -> None:
        assert taken_up("Sie", MARUK, self.NATO, self.SIE) == ["Präsidentin"]

    def test_are_not_by_the_plural(self) -> None:
        assert taken_up("Sie", self.NATO, "Sie PPER nsubj zögern Number=Plur | zögern VVFIN | . $.") == []
