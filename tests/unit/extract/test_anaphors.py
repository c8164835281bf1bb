"""Which words take up an issue named before."""

import pytest

from kg.extract.anaphors import with_anaphors
from kg.extract.topics import find_topics
from tests.docs import read

BEITRITT = "der ART | Beitritt NN | der ART | Ukraine NE nmod Beitritt | zur/zu APPRART | NATO NE nmod Beitritt"


def topics(*sentences: str) -> list[tuple[str, str, str | None]]:
    """(word, issue, what it is about) in text order, anaphors among them."""
    reading = read(*sentences)
    found = with_anaphors(reading, list(find_topics(reading)))
    return [(t.token.text, t.issue, reading.mentions[t.about].text if t.about else None) for t in found]


class TestAnaphor:
    TAKES_UP = "Der ART | Plan NN nsubj scheitert | scheitert VVFIN | . $."

    def test_takes_up_the_issue_before(self) -> None:
        assert topics(BEITRITT, self.TAKES_UP)[1:] == [("Plan", "nato-membership", "Ukraine")]

    def test_needs_an_issue_before(self) -> None:
        assert topics(self.TAKES_UP, BEITRITT) == [("Beitritt", "nato-membership", "Ukraine")]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Ein/ein ART | Plan NN nsubj scheitert | scheitert VVFIN",
            "Der ART | Plan NN nsubj scheitert | der ART | Bank NN nmod Plan | scheitert VVFIN",
        ],
        ids=["indefinite", "of-something-else"],
    )
    def test_is_definite_and_alone(self, sentence: str) -> None:
        assert len(topics(BEITRITT, sentence)) == 1

    def test_reaches_only_so_far(self) -> None:
        far = "Kiew NE nsubj wartet | wartet VVFIN | . $."
        assert len(topics(BEITRITT, *[far] * 40, self.TAKES_UP)) == 1

    def test_may_be_a_pronoun_close_behind(self) -> None:
        sentence = "Kiew NE nsubj weist | weist VVFIN | dies PDS obj weist | zurück PTKVZ | . $."
        far = "Kiew NE nsubj wartet | wartet VVFIN | . $."
        assert topics(BEITRITT, sentence)[1:] == [("dies", "nato-membership", "Ukraine")]
        assert len(topics(BEITRITT, *[far] * 20, sentence)) == 1

    def test_is_no_pronoun_that_a_clause_explains(self) -> None:
        sentence = "Kiew NE nsubj sagt | sagt VVFIN | das PDS obj sagt | , $, | was PRELS obj gilt | gilt VVFIN acl das"
        assert len(topics(BEITRITT, sentence)) == 1

    def test_that_says_such_means_the_kind_and_not_the_stance(self) -> None:
        reading = read(BEITRITT, "einen/ein ART | solchen/solch ADJA | Plan NN obj lehnt | lehnt/ablehnen VVFIN")
        *_, found = with_anaphors(reading, list(find_topics(reading)))
        assert (found.token.text, found.such) == ("Plan", True)


class TestPronoun:
    """Pronouns that stand for one certain word of an issue."""

    @pytest.mark.parametrize(
        "clause",
        [
            ", $, | den PRELS obj ablehnt | Moskau NE nsubj ablehnt | ablehnt/ablehnen VVFIN acl:relcl Beitritt",
            ", $, | wie KOUS mark vorschlägt | es PPER obj vorschlägt | Berlin NE nsubj vorschlägt "
            "| vorschlägt/vorschlagen VVFIN advcl Beitritt",
        ],
        ids=["relative", "wie-es"],
    )
    def test_takes_up_the_word_before_it(self, clause: str) -> None:
        [_, (_, issue, about)] = topics(f"{BEITRITT} | {clause}")
        assert (issue, about) == ("nato-membership", "Ukraine")

    def test_in_the_relative_clause_of_another_word_takes_up_nothing(self) -> None:
        clause = ", $, | den PRELS obj wählt | Moskau NE nsubj wählt | wählt/wählen VVFIN acl:relcl Mann"
        assert len(topics(f"{BEITRITT} | für APPR case Mann | den ART | Mann NN nmod Beitritt | {clause}")) == 1

    HE = "Er/er PPER nsubj falsch | sei/sein VAFIN cop falsch | falsch ADJD"

    def test_that_is_personal_means_the_last_word_that_agrees(self) -> None:
        plain = "Der ART | NATO-Beitritt NN nsubj naht | naht VVFIN | . $."
        assert [t[0] for t in topics(plain, self.HE)] == ["NATO-Beitritt", "Er"]
        assert len(topics(plain, "Der ART | Minister NN nsubj wartet | wartet VVFIN | . $.", self.HE)) == 1

    def test_may_be_an_adverb_without_its_clause(self) -> None:
        rest = "weiß/wissen VVFIN | davon PROAV obl weiß | Berlin NE nsubj weiß | nichts PPER obj weiß"
        clause = " | , $, | dass KOUS mark kommt | er PPER nsubj kommt | kommt VVFIN ccomp weiß"
        assert topics(BEITRITT, rest)[1:] == [("davon", "nato-membership", "Ukraine")]
        assert "davon" not in [t[0] for t in topics(BEITRITT, rest + clause)]
