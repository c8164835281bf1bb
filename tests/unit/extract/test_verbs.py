"""The verbs of a clause: voice, tense, mood, zu-infinitive, and which words they are."""

import pytest

from kg.extract.verbs import VerbGroup, has_zu, introducer_of, verb_group
from tests.docs import token, tree

PAST, PRESENT = "Mood=Ind Tense=Past", "Mood=Ind Tense=Pres"
SUB1, SUB2 = "Mood=Sub Tense=Pres", "Mood=Sub Tense=Past"
LIEFERN = "Berlin NE nsubj {verb} | Panzer NN obj {verb} | "


def group(sentence: str, word: str) -> VerbGroup:
    return verb_group(token(tree(sentence), word))


def show(found: VerbGroup) -> str:
    return " ".join(word.text for word in found.words)


class TestVoice:
    @pytest.mark.parametrize(
        ("sentence", "word", "voice", "tense"),
        [
            (f"wird/werden VAFIN aux:pass geliefert {PRESENT} | geliefert/liefern VVPP", "geliefert", "passive",
             "present"),
            (f"wurde/werden VAFIN aux geliefert {PAST} | geliefert/liefern VVPP", "geliefert", "passive", "past"),
            (f"ist/sein VAFIN {PRESENT} | geliefert/liefern VVPP | worden/werden VAPP aux:pass", "geliefert",
             "passive", "perfect"),
            (f"war/sein VAFIN {PAST} | geliefert/liefern VVPP | worden/werden VAPP", "geliefert", "passive",
             "pluperfect"),
            (f"wird/werden VAFIN {PRESENT} | geliefert/liefern VVPP | werden VAINF aux:pass", "geliefert", "passive",
             "future"),
            (f"muss/müssen VMFIN {PRESENT} | geliefert/liefern VVPP | werden VAINF aux:pass", "geliefert", "passive",
             "present"),
            (f"soll/sollen VMFIN {PRESENT} | geliefert/liefern VVPP | worden/werden VAPP aux:pass | sein VAINF",
             "geliefert", "passive", "perfect"),
            (f"wird/werden VAFIN {PRESENT} | geliefert/liefern VVPP | worden/werden VAPP | sein VAINF", "geliefert",
             "passive", "future-perfect"),
            (f"hätte/haben VAFIN {SUB2} | geliefert/liefern VVPP | werden VAINF | müssen VMINF", "geliefert",
             "passive", "perfect"),
            (f"ist/sein VAFIN {PRESENT} | verboten/verbieten VVPP", "verboten", "statal", "present"),
            (f"war/sein VAFIN aux:pass verboten {PAST} | verboten/verbieten VVPP", "verboten", "statal", "past"),
            (f"bekommt/bekommen VVFIN aux:pass geliefert {PRESENT} | Panzer NN obj geliefert | geliefert/liefern VVPP",
             "geliefert", "recipient", "present"),
            (f"hat/haben VAFIN {PRESENT} | geliefert/liefern VVPP | bekommen VVPP aux:pass geliefert", "geliefert",
             "recipient", "perfect"),
            (f"ist/sein VAFIN aux liefern {PRESENT} | zu PTKZU | liefern VVINF", "liefern", "modal", "present"),
            (f"ist/sein VAFIN aux begrüßen {PRESENT} | zu PTKZU mark begrüßen | begrüßen VVPP", "begrüßen", "modal",
             "present"),
            (f"war/sein VAFIN cop abzulehnen {PAST} | abzulehnen/ablehnen VVIZU", "abzulehnen", "modal", "past"),
        ],
    )  # fmt: skip
    def test_is_passive_by_its_words(self, sentence: str, word: str, voice: str, tense: str) -> None:
        found = group(sentence, word)
        assert (found.voice, found.tense) == (voice, tense)
        assert found.is_passive

    @pytest.mark.parametrize(
        ("sentence", "word", "tense"),
        [
            (f"liefert/liefern VVFIN {PRESENT}", "liefert", "present"),
            (f"lieferte/liefern VVFIN {PAST}", "lieferte", "past"),
            (f"hat/haben VAFIN {PRESENT} | geliefert/liefern VVPP", "geliefert", "perfect"),
            (f"hatte/haben VAFIN {PAST} | geliefert/liefern VVPP", "geliefert", "pluperfect"),
            (f"ist/sein VAFIN aux:pass gesunken {PRESENT} | gesunken/sinken VVPP", "gesunken", "perfect"),
            (f"ist/sein VAFIN {PRESENT} | ein ART | Risiko NN obj eingegangen | eingegangen/eingehen VVPP",
             "eingegangen", "perfect"),
            (f"wird/werden VAFIN {PRESENT} | liefern VVINF", "liefern", "future"),
            (f"wird/werden VAFIN aux:pass liefern {PRESENT} | liefern VVINF", "liefern", "future"),
            (f"wird/werden VAFIN {PRESENT} | geliefert/liefern VVPP | haben VAINF", "geliefert", "future-perfect"),
            (f"wird/werden VAFIN {PRESENT} | gekommen/kommen VVPP | sein VAINF", "gekommen", "future-perfect"),
            (f"hat/haben VAFIN {PRESENT} | liefern VVINF | wollen VMINF", "liefern", "perfect"),
            (f"will/wollen VMFIN {PRESENT} | geliefert/liefern VVPP | haben VAINF", "geliefert", "perfect"),
            (f"Er PPER nsubj Kanzler | ist/sein VAFIN cop Kanzler {PRESENT} | Kanzler NN", "Kanzler", "present"),
            (f"Er PPER nsubj Kanzler | ist/sein VAFIN aux Kanzler {PRESENT} | Kanzler NN "
             "| gewesen/sein VAPP cop Kanzler", "Kanzler", "perfect"),
            (f"Er PPER nsubj Kanzler | wird/werden VAFIN cop Kanzler {PRESENT} | Kanzler NN", "Kanzler", "present"),
            (f"hat/haben VAFIN {PRESENT} | zu PTKZU | liefern VVINF", "liefern", "present"),
        ],
    )  # fmt: skip
    def test_is_active_otherwise(self, sentence: str, word: str, tense: str) -> None:
        found = group(sentence, word)
        assert (found.voice, found.tense) == ("active", tense)
        assert not found.is_passive

    def test_of_a_state_that_is_to_come_is_no_perfect(self) -> None:
        found = group(f"wird/werden VAFIN {PRESENT} | abgelehnt/ablehnen VVPP | sein VAINF", "abgelehnt")
        assert (found.voice, found.tense) == ("statal", "future")

    def test_of_a_participle_alone_is_not_told(self) -> None:
        found = group("Panzer NN nsubj geliefert | geliefert/liefern VVPP", "geliefert")
        assert (found.voice, found.tense, found.form) == ("", "", "participle")

    @pytest.mark.parametrize("word", ["ist", "liefern"])
    def test_holds_where_the_tree_has_sein_on_top(self, word: str) -> None:
        found = group(f"Das PDS nsubj ist | ist/sein VVFIN {PRESENT} | zu PTKZU | liefern VVINF xcomp ist", word)
        assert (found.voice, found.main.text, show(found)) == ("modal", "liefern", "ist zu liefern")

    @pytest.mark.parametrize("word", ["bekommt", "geliefert"])
    def test_holds_where_the_tree_has_bekommen_on_top(self, word: str) -> None:
        sentence = f"Kiew NE nsubj bekommt | bekommt/bekommen VVFIN {PRESENT} | geliefert/liefern VVPP xcomp bekommt"
        found = group(sentence, word)
        assert (found.voice, found.main.text, found.form) == ("recipient", "geliefert", "finite")

    def test_is_active_where_the_infinitive_is_the_predicate(self) -> None:
        sentence = f"Ziel NN nsubj ist | ist/sein VVFIN {PRESENT} | , $, | zu PTKZU | liefern VVINF xcomp ist"
        assert group(sentence, "liefern").voice == "active"
        assert show(group(sentence, "ist")) == "ist"


class TestFinite:
    def test_is_shared_by_conjuncts(self) -> None:
        sentence = "hat/haben VAFIN | geliefert/liefern VVPP | und KON cc gezahlt | gezahlt/zahlen VVPP conj geliefert"
        found = group(sentence, "gezahlt")
        assert found.finite is not None
        assert (found.finite.text, found.form, found.tense, show(found)) == ("hat", "finite", "perfect", "gezahlt")

    def test_may_stand_with_the_second(self) -> None:
        sentence = """
            dass KOUS mark liefern | liefern VVINF | und KON cc zahlen | zahlen VVINF conj liefern
            muss/müssen VMFIN aux zahlen
        """
        found = group(sentence, "liefern")
        assert found.modal is not None
        assert (found.modal.text, found.form) == ("muss", "finite")

    def test_of_a_passive_may_be_split_between_conjuncts(self) -> None:
        sentence = """
            muss/müssen VMFIN aux geliefert | geliefert/liefern VVPP | und KON cc bezahlt
            bezahlt/bezahlen VVPP conj geliefert | werden VAINF aux:pass bezahlt
        """
        assert [group(sentence, word).voice for word in ("geliefert", "bezahlt")] == ["passive", "passive"]

    def test_is_shared_by_an_active_and_a_passive_infinitive(self) -> None:
        sentence = """
            soll/sollen VMFIN aux ankern | ankern VVINF | und KON cc versenkt | versenkt/versenken VVPP conj ankern
            werden VAINF aux:pass versenkt
        """
        found = group(sentence, "versenkt")
        assert found.modal is not None
        assert (found.modal.text, found.voice, found.form) == ("soll", "passive", "finite")

    def test_is_not_shared_with_a_clause_of_its_own(self) -> None:
        sentence = """
            hat/haben VAFIN | geliefert/liefern VVPP | und KON cc wurde | wurde/werden VAFIN aux:pass bezahlt
            bezahlt/bezahlen VVPP conj geliefert
        """
        assert [group(sentence, word).voice for word in ("geliefert", "bezahlt")] == ["active", "passive"]

    @pytest.mark.parametrize(
        ("features", "mood"),
        [(PRESENT, "indicative"), (SUB1, "subjunctive1"), (SUB2, "subjunctive2"), ("Mood=Imp", "imperative"), ("", "")],
    )
    def test_has_the_mood(self, features: str, mood: str) -> None:
        assert group(f"liefere/liefern VVFIN {features}", "liefere").mood == mood

    @pytest.mark.parametrize(("features", "tense", "future"), [(SUB1, "future", True), (SUB2, "present", False)])
    def test_makes_no_future_of_the_conditional(self, features: str, tense: str, future: bool) -> None:
        found = group(f"werde/werden VAFIN {features} | liefern VVINF", "liefern")
        assert (found.tense, found.is_future) == (tense, future)


class TestInfinitive:
    @pytest.mark.parametrize(
        ("sentence", "word", "words"),
        [
            ("zu PTKZU | liefern VVINF", "liefern", "zu liefern"),
            ("abzulehnen/ablehnen VVIZU", "abzulehnen", "abzulehnen"),
            (
                "geliefert/liefern VVPP | zu PTKZU mark werden | werden VAINF aux:pass geliefert",
                "geliefert",
                "geliefert zu werden",
            ),
        ],
    )
    def test_with_zu_is_known_by_its_word_or_tag(self, sentence: str, word: str, words: str) -> None:
        found = group(sentence, word)
        assert (found.form, show(found), found.finite) == ("zu", words, None)
        assert has_zu(found.main)

    def test_without_zu(self) -> None:
        assert group("liefern VVINF", "liefern").form == "infinitive"

    @pytest.mark.parametrize(
        ("sentence", "introducer"),
        [
            ("um KOUI mark liefern | Panzer NN obj liefern | zu PTKZU | liefern VVINF", "um"),
            ("ohne KOUI mark liefern | zu PTKZU | liefern VVINF", "ohne"),
            ("zu PTKZU | liefern VVINF", None),
        ],
    )
    def test_may_have_an_introducer(self, sentence: str, introducer: str | None) -> None:
        found = introducer_of(token(tree(sentence), "liefern"))
        assert (found.text if found else None) == introducer


class TestWords:
    def test_hold_the_particle_of_a_separable_verb(self) -> None:
        sentence = "Rom NE nsubj lehnt | lehnt/ablehnen VVFIN | Hilfe NN obj lehnt | ab PTKVZ"
        found = group(sentence, "lehnt")
        assert show(found) == "lehnt ab"
        assert found.spans == ((4, 9), (16, 18))

    def test_hold_all_auxiliaries(self) -> None:
        sentence = "hätte/haben VAFIN | Panzer NN obj geliefert | geliefert/liefern VVPP | werden VAINF | müssen VMINF"
        found = group(sentence, "geliefert")
        assert show(found) == "hätte geliefert werden müssen"
        assert found.modal is not None
        assert found.modal.text == "müssen"

    def test_read_features_where_there_are_no_german_tags(self) -> None:
        doc = tree("hat/haben VAFIN VerbForm=Fin Mood=Ind Tense=Pres | geliefert/liefern VVPP VerbForm=Part")
        for word in doc:
            word.tag_ = ""
        found = verb_group(doc[1])
        assert (found.voice, found.tense, found.form, found.mood) == ("active", "perfect", "finite", "indicative")
