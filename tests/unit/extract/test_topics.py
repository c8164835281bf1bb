"""Which words name an issue, and about whom."""

from pathlib import Path

import pytest

from kg.extract.topics import find_topics, is_a
from kg.knowledge import Knowledge
from tests.docs import read, read_world

BEITRITT = "der ART | Beitritt NN | der ART | Ukraine NE nmod Beitritt | zur/zu APPRART | NATO NE nmod Beitritt"


def topics(*sentences: str, knowledge: Knowledge | None = None) -> list[tuple[str, str, str | None]]:
    """(word, issue, what it is about) in text order."""
    reading = read(*sentences, knowledge=knowledge)
    found = find_topics(reading)
    return [(t.token.text, t.issue, reading.mentions[t.about].text if t.about else None) for t in found]


class TestTrigger:
    @pytest.mark.parametrize(
        ("phrase", "topic"),
        [
            (BEITRITT, ("Beitritt", "nato-membership", "Ukraine")),
            ("die ART | NATO-Mitgliedschaft NN | Polens NE nmod NATO-Mitgliedschaft",
             ("NATO-Mitgliedschaft", "nato-membership", "Polens")),
            ("der ART | ukrainische/ukrainisch ADJA | NATO-Beitritt NN",
             ("NATO-Beitritt", "nato-membership", "ukrainische")),
            ("der ART | Beitritt NN | von APPR | Polen NE nmod Beitritt | zum/zu APPRART | Bündnis NN nmod Beitritt",
             ("Beitritt", "nato-membership", "Polen")),
            ("Polen NE nsubj beitritt | , $, | das PRELS nsubj beitritt | der ART | NATO NE iobj beitritt "
             "| beitritt/beitreten VVFIN", ("beitritt", "nato-membership", "Polen")),
            ("Taurus-Lieferungen/Taurus-Lieferung NN | an APPR | Kiew NE nmod Taurus-Lieferungen",
             ("Taurus-Lieferungen", "arms-deliveries", "Kiew")),
            ("die ART | Lieferung NN | des ART | Taurus NN nmod Lieferung | an APPR | Polen NE nmod Lieferung",
             ("Lieferung", "arms-deliveries", "Polen")),
            ("Berlin NE nsubj liefert | liefert/liefern VVFIN | Kiew NE iobj liefert | Taurus NN obj liefert",
             ("liefert", "arms-deliveries", "Kiew")),
            ("eine ART | Waffenruhe NN | in APPR | Odessa NE nmod Waffenruhe", ("Waffenruhe", "ceasefire", "Odessa")),
            ("die ART | Teilwaffenruhe NN", ("Teilwaffenruhe", "ceasefire", None)),
        ],
    )  # fmt: skip
    def test_names_an_issue_about_somebody(self, phrase: str, topic: tuple[str, str, str | None]) -> None:
        assert topic in topics(phrase)

    def test_that_asks_for_an_entity_needs_it(self) -> None:
        assert topics("die ART | EU-Mitgliedschaft NN | Polens NE nmod EU-Mitgliedschaft") == []

    def test_that_asks_for_a_kind_of_thing_needs_one(self) -> None:
        assert topics("die ART | Lieferung NN | des ART | Getreides NN nmod Lieferung") == []

    def test_is_not_completed_from_a_relative_clause(self) -> None:
        phrase = """
            die ART | Mitgliedschaft NN | , $, | die PRELS obj wollte | die ART | NATO NE nsubj wollte
            wollte/wollen VVFIN acl:relcl Mitgliedschaft
        """
        assert topics(phrase) == []

    def test_that_asks_for_most_is_the_one_that_counts(self) -> None:
        [topic] = find_topics(read(BEITRITT))
        assert (topic.rule, topic.weak) == ("trigger-membership", False)

    def test_that_asks_for_nothing_is_weak(self) -> None:
        _, topic = find_topics(read(BEITRITT, "der ART | Beitritt NN | der ART | Polen NE nmod Beitritt"))
        assert (topic.rule, topic.weak) == ("trigger-membership-weak", True)

    def test_that_is_weak_needs_the_issue_named_plainly(self) -> None:
        assert topics("der ART | Beitritt NN | der ART | Ukraine NE nmod Beitritt") == []

    def test_may_mean_less_of_the_issue(self) -> None:
        [topic] = find_topics(read("ein ART | Waffenembargo NN | gegen APPR | Moskau NE nmod Waffenembargo"))
        assert (topic.issue, topic.direction) == ("arms-deliveries", -1)

    def test_is_known_in_the_plural_though_the_lemma_is_not(self) -> None:
        found = topics("die ART | Waffenlieferungen/Waffenlieferunge NN | an APPR | Polen NE nmod Waffenlieferungen")
        assert found == [("Waffenlieferungen", "arms-deliveries", "Polen")]

    def test_is_completed_by_what_stands_behind_it_wherever_it_hangs(self) -> None:
        sentence = """
            der ART | Beitritt NN obj will | der ART | Ukraine NE nmod Beitritt | zur/zu APPRART | NATO NE obl will
            will/wollen VVFIN
        """
        assert topics(sentence) == [("Beitritt", "nato-membership", "Ukraine")]

    def test_is_no_name_of_an_office(self) -> None:
        assert (
            topics("der ART | Beitritt NN | des ART | NATO-Generalsekretärs/NATO-Generalsekretär NN nmod Beitritt")
            == []
        )


class TestNamed:
    def test_treaty_is_an_issue_about_itself(self) -> None:
        [topic] = find_topics(read("das ART | Budapester NN compound Memorandum | Memorandum NN"))
        assert (topic.issue, topic.near) == ("treaty", True)

    def test_weapon_is_one_of_deliveries(self) -> None:
        assert topics("den ART | Taurus NN") == [("Taurus", "arms-deliveries", None)]


@pytest.mark.parametrize(
    ("kind", "wanted", "fits"),
    [
        ("State", "State", True),
        ("State", "Actor", True),
        ("Alliance", "Organisation", True),
        ("Place", "Actor", False),
        ("Person", "Organisation", False),
    ],
)
def test_classes_lie_below_others(kind: str, wanted: str, fits: bool) -> None:
    assert is_a(kind, (wanted,)) == fits


class TestAnalyst:
    def test_adds_a_topic_in_turtle(self, tmp_path: Path) -> None:
        more = """
            kg:topic-minefields a skos:Concept , kg:Issue ; skos:notation "minefields" ; skos:prefLabel "Minen"@de .
            kg:trigger-minefields a kg:TopicTrigger ; kg:issue kg:topic-minefields ; kg:pos "NOUN" ; kg:head "Räumung" ;
                kg:requiresWord "Mine" ; kg:aboutSlot "prep:in" .
        """
        phrase = "die ART | Minen-Räumung NN | in APPR | Odessa NE nmod Minen-Räumung"
        assert topics(phrase) == []
        assert topics(phrase, knowledge=read_world(tmp_path, more)) == [("Minen-Räumung", "minefields", "Odessa")]

    def test_adds_a_treaty_in_turtle(self, tmp_path: Path) -> None:
        more = 'r:treaty-luft a kg:Treaty ; rdfs:label "Luftvertrag"@de .'
        found = topics("den ART | Luftvertrag NN", knowledge=read_world(tmp_path, more))
        assert found == [("Luftvertrag", "treaty", "Luftvertrag")]


class TestContextual:
    MORE = """
kg:trigger-contextual a kg:TopicTrigger ; kg:issue kg:topic-ceasefire ; kg:pos "NOUN" ; kg:head "Ruhe" ;
    kg:contextual true .
"""

    def test_raises_the_issue_only_where_the_article_does(self, tmp_path: Path) -> None:
        known, plain, other = read_world(tmp_path, self.MORE), "eine ART | Waffenruhe NN", "die ART | Ruhe NN"
        assert topics(plain, other, knowledge=known) == [("Waffenruhe", "ceasefire", None)]
        assert topics(plain, plain, other, knowledge=known)[2:] == [("Ruhe", "ceasefire", None)]


class TestSoleTreaty:
    NAMED = "das ART | Budapester NE nmod Memorandum | Memorandum NE"
    NOUN = '\nkg:treatynoun-vertrag a kg:TreatyNoun ; kg:lemma "Vertrag" ; kg:pos "NOUN" .\n'

    def test_is_what_the_definite_noun_means(self, tmp_path: Path) -> None:
        known = read_world(tmp_path, self.NOUN)
        found = topics(self.NAMED, "der ART | Vertrag NN", knowledge=known)
        assert found[-1] == ("Vertrag", "treaty", "Budapester Memorandum")
        assert all(t[0] != "Vertrag" for t in topics("der ART | Vertrag NN", knowledge=known))
        assert all(t[0] != "Vertrag" for t in topics(self.NAMED, "ein ART | Vertrag NN", knowledge=known))
