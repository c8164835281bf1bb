"""The tree by slots: who does it, to whom, with which preposition, and whether it is negated."""

import pytest

from kg.extract.grammar import (
    clause_head,
    contraction_base,
    dative_of,
    is_clause,
    is_infinitive,
    is_passive,
    negation_of,
    object_of,
    slot,
    subject_of,
    subtree_span,
)
from tests.docs import token, tree

ACTIVE = "Kiew NE nsubj fordert | fordert/fordern VVFIN | den ART | Beitritt NN obj fordert | . $."
PASSIVE = """
    Der ART | Beitritt NN nsubj:pass abgelehnt | wird/werden VAFIN aux:pass | von APPR | Kiew NE obl:agent abgelehnt
    abgelehnt/ablehnen VVPP | . $.
"""
UNLABELLED_PASSIVE = """
    Der ART | Beitritt NN nsubj abgelehnt | wird/werden VAFIN | von APPR | Kiew NE obl abgelehnt
    abgelehnt/ablehnen VVPP | . $.
"""
SUBJECT_CONTROL = """
    Moskau NE nsubj droht | droht/drohen VVFIN | , $, | Kiew NE obj angreifen | zu PTKZU
    angreifen VVINF xcomp droht | . $.
"""
OBJECT_CONTROL = """
    Kiew NE nsubj fordert | fordert/auffordern VVFIN | Berlin NE obj fordert | auf PTKVZ | , $,
    Taurus NN obj liefern | zu PTKZU | liefern VVINF xcomp fordert | . $.
"""
COORDINATION = """
    Kiew NE nsubj fordert | fordert/fordern VVFIN | Hilfe NN obj fordert | und KON cc lehnt
    lehnt/ablehnen VVFIN conj fordert | Gespräche NN obj lehnt | ab PTKVZ compound:prt lehnt | . $.
"""
RELATIVE = """
    Der ART | Staat NN nsubj zögert | , $, | der PRELS nsubj liefert | Panzer NN obj liefert
    liefert/liefern VVFIN acl:relcl Staat | , $, | zögert/zögern VVFIN | . $.
"""


class TestSubject:
    @pytest.mark.parametrize(
        ("sentence", "verb", "subject"),
        [
            (ACTIVE, "fordert", "Kiew"),
            (PASSIVE, "abgelehnt", "Kiew"),
            (UNLABELLED_PASSIVE, "abgelehnt", "Kiew"),
            (SUBJECT_CONTROL, "angreifen", "Moskau"),
            (OBJECT_CONTROL, "liefern", "Berlin"),
            (COORDINATION, "lehnt", "Kiew"),
            (RELATIVE, "liefert", "Staat"),
        ],
        ids=["active", "passive", "passive-by-form", "subject-control", "object-control", "coordination", "relative"],
    )
    def test_is_who_does_it(self, sentence: str, verb: str, subject: str) -> None:
        found = subject_of(token(tree(sentence), verb))
        assert found is not None
        assert found.text == subject

    def test_of_a_passive_without_agent_is_nobody(self) -> None:
        doc = tree("Der ART | Plan NN nsubj:pass abgelehnt | wird/werden VAFIN aux:pass | abgelehnt/ablehnen VVPP")
        assert subject_of(token(doc, "abgelehnt")) is None

    def test_is_rather_the_pronoun_that_can_be_nothing_else(self) -> None:
        doc = tree("Gespräche NN nsubj lehnt | lehnt/ablehnen VVFIN | er PPER nsubj lehnt | ab PTKVZ")
        found = subject_of(token(doc, "lehnt"))
        assert found is not None
        assert found.text == "er"

    @pytest.mark.parametrize(
        ("sentence", "verb"),
        [
            ("Kiew NE nsubj:pass geliefert | hat/haben VAFIN | geliefert/liefern VVPP", "geliefert"),
            ("Kiew NE nsubj:pass gesunken | ist/sein VAFIN aux:pass gesunken | gesunken/sinken VVPP", "gesunken"),
            ("Kiew NE nsubj liefern | wird/werden VAFIN aux:pass liefern | liefern VVINF", "liefern"),
        ],
    )
    def test_is_who_does_it_where_only_labels_say_passive(self, sentence: str, verb: str) -> None:
        found = token(tree(sentence), verb)
        assert not is_passive(found)
        subject = subject_of(found)
        assert subject is not None
        assert subject.text == "Kiew"

    @pytest.mark.parametrize(
        ("sentence", "verb"),
        [
            ("Kiew NE nsubj:pass gerettet | hätte/haben VAFIN | gerettet/retten VVPP | werden VAINF | können VMINF",
             "gerettet"),
            ("Kiew NE nsubj:pass verboten | ist/sein VAFIN aux:pass verboten | verboten/verbieten VVPP", "verboten"),
            ("Kiew NE nsubj:pass verlassen | wird/werden VAFIN aux:pass verlassen | verlassen VVINF", "verlassen"),
        ],
    )  # fmt: skip
    def test_is_nobody_where_words_say_passive(self, sentence: str, verb: str) -> None:
        found = token(tree(sentence), verb)
        assert is_passive(found)
        assert subject_of(found) is None

    def test_is_not_inherited_by_a_finite_clause(self) -> None:
        doc = tree("Kiew NE nsubj sagt | sagt/sagen VVFIN | , $, | dass KOUS mark regnet | regnet VVFIN ccomp sagt")
        assert subject_of(token(doc, "regnet")) is None


class TestObject:
    @pytest.mark.parametrize(
        ("sentence", "verb", "found"),
        [
            (ACTIVE, "fordert", ["Beitritt"]),
            (PASSIVE, "abgelehnt", ["Beitritt"]),
            (SUBJECT_CONTROL, "angreifen", ["Kiew"]),
        ],
    )
    def test_is_what_it_is_done_to(self, sentence: str, verb: str, found: list[str]) -> None:
        assert [t.text for t in object_of(token(tree(sentence), verb))] == found

    def test_in_the_dative_is_told_by_label_or_case(self) -> None:
        doc = tree("Berlin NE nsubj hilft | hilft VVFIN | der ART | Ukraine NE obj hilft Case=Dat | . $.")
        assert [t.text for t in dative_of(token(doc, "hilft"))] == ["Ukraine"]


class TestSlot:
    def find(self, sentence: str, word: str, name: str) -> list[str]:
        return [t.text for t in slot(token(tree(sentence), word), name)]

    def test_of_a_preposition_sees_through_contractions(self) -> None:
        sentence = "Kiew NE nsubj kommt | kommt/kommen VVFIN | zum/zu APPRART | Gipfel NN obl kommt | . $."
        assert self.find(sentence, "kommt", "prep:zu") == ["Gipfel"]
        assert self.find(sentence, "kommt", "prep:an") == []

    def test_of_a_preposition_is_also_the_clause_that_its_adverb_announces(self) -> None:
        sentence = """
            Kiew NE nsubj warnt | warnt/warnen VVFIN | davor PROAV | , $, | dass KOUS mark angreift
            Moskau NE nsubj angreift | angreift/angreifen VVFIN ccomp warnt | . $.
        """
        assert self.find(sentence, "warnt", "prep:vor") == ["angreift"]

    def test_of_als_is_the_noun_behind_it(self) -> None:
        sentence = "Kiew NE nsubj sieht | sieht VVFIN | das PDS obj sieht | als KOKOM | Drohung NN obl sieht | . $."
        assert self.find(sentence, "sieht", "als") == ["Drohung"]

    def test_of_the_genitive_leaves_out_what_has_a_preposition(self) -> None:
        sentence = """
            der ART | Beitritt NN | der ART | Ukraine NE nmod Beitritt Case=Gen
            zur/zu APPRART | NATO NE nmod Beitritt
        """
        assert self.find(sentence, "Beitritt", "genitive") == ["Ukraine"]

    def test_of_the_adjective_stands_before_a_noun(self) -> None:
        assert self.find("der ART | ukrainische/ukrainisch ADJA | Beitritt NN", "Beitritt", "adjective") == [
            "ukrainische"
        ]

    def test_of_a_clause_is_what_is_said_or_wanted(self) -> None:
        assert self.find(SUBJECT_CONTROL, "droht", "clause") == ["angreifen"]


class TestNegation:
    @pytest.mark.parametrize(
        ("sentence", "word", "negation"),
        [
            ("Kiew NE nsubj zögert | zögert VVFIN | nicht PTKNEG | . $.", "zögert", "nicht"),
            ("keine/kein PIAT | Waffen NN", "Waffen", "keine"),
            ("Kiew NE nsubj gibt | gibt VVFIN | nie ADV | auf PTKVZ", "gibt", "nie"),
            ("Niemand/niemand NE nsubj zögert | zögert VVFIN", "zögert", "Niemand"),
        ],
    )
    def test_is_the_word_that_negates(self, sentence: str, word: str, negation: str) -> None:
        found = negation_of(token(tree(sentence), word))
        assert found is not None
        assert found.text == negation

    def test_of_another_word_does_not_count(self) -> None:
        doc = tree("Kiew NE nsubj fordert | fordert VVFIN | nicht PTKNEG advmod Panzer | Panzer NN obj fordert")
        assert negation_of(token(doc, "fordert")) is None


class TestClause:
    def test_is_headed_by_a_verb_or_a_predicate_with_copula(self) -> None:
        doc = tree("Der ART | Plan NN nsubj falsch | ist/sein VAFIN cop | falsch ADJD | . $.")
        assert [t.text for t in doc if is_clause(t)] == ["ist", "falsch"]
        assert clause_head(token(doc, "Der")).text == "falsch"

    def test_with_a_finite_auxiliary_is_no_infinitive(self) -> None:
        finite = tree("Kiew NE nsubj liefern | will/wollen VMFIN | liefern VVINF")
        assert not is_infinitive(token(finite, "liefern"))
        assert is_infinitive(token(tree(SUBJECT_CONTROL), "angreifen"))

    @pytest.mark.parametrize(("sentence", "passive"), [(PASSIVE, True), (UNLABELLED_PASSIVE, True), (RELATIVE, False)])
    def test_is_passive_by_label_or_by_form(self, sentence: str, passive: bool) -> None:
        assert any(is_passive(t) for t in tree(sentence)) == passive

    def test_reaches_from_its_first_to_its_last_word(self) -> None:
        doc = tree(RELATIVE)
        assert [t.text for t in doc[slice(*subtree_span(token(doc, "liefert")))]] == "der Panzer liefert".split()

    def test_can_be_measured_without_some_of_its_parts(self) -> None:
        doc = tree(RELATIVE)
        assert [t.text for t in doc[slice(*subtree_span(token(doc, "Staat"), skip=("acl:relcl",)))]] == ["Der", "Staat"]


@pytest.mark.parametrize(("word", "base"), [("zum", "zu"), ("beim", "bei"), ("ins", "in"), ("von", "von")])
def test_contractions_stand_for_their_preposition(word: str, base: str) -> None:
    assert contraction_base(word) == base
