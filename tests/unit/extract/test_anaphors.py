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
