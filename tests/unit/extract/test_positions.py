"""Who wants what: stance, direction, negation and mood from the word of the issue up the tree."""

from pathlib import Path

import pytest

from kg.knowledge import Knowledge
from kg.model import Position
from tests.docs import extract, read_world, words_of

BEITRITT = "den ART | NATO-Beitritt NN obj {verb} | der ART | Ukraine NE nmod NATO-Beitritt"
LIEFERUNG = "die ART | Waffenlieferungen/Waffenlieferung NN obj {verb} | an APPR | Polen NE nmod Waffenlieferungen"


def beitritt(verb: str) -> str:
    return BEITRITT.format(verb=verb)


def lieferung(verb: str) -> str:
    return LIEFERUNG.format(verb=verb)


def positions(*sentences: str, knowledge: Knowledge | None = None) -> list[str]:
    """Each as `holder polarity issue of about, modality if not asserted, says speaker`."""
    found = extract(*sentences, knowledge=knowledge)

    def told(position: Position) -> str:
        about = f" of {words_of(found, position.about)}" if position.about else ""
        mood = f", {position.modality}" if position.modality != "asserted" else ""
        says = f", says {words_of(found, position.according_to)}" if position.according_to else ""
        return f"{words_of(found, position.holder)} {position.polarity} {position.issue}{about}{mood}{says}"

    return [told(p) for p in found.positions]


def only(*sentences: str) -> Position:
    [position] = extract(*sentences).positions
    return position


class TestOthers:
    """What is set against all others is wanted where they are not."""

    OTHERS = (
        "Kiew NE nsubj lehnt | lehnt/ablehnen VVFIN | {kein} | andere/ander ADJA | Lösung NN obj lehnt "
        "| als APPR case NATO-Beitritt | den ART | NATO-Beitritt NN obl lehnt | der ART "
        "| Ukraine NE nmod NATO-Beitritt | ab PTKVZ | . $."
    )

    def test_any_other_than_this(self) -> None:
        assert positions(self.OTHERS.format(kein="jede ART")) == ["Kiew support nato-membership of Ukraine"]

    def test_no_other_than_this(self) -> None:
        assert positions(self.OTHERS.format(kein="keine PIAT")) == ["Kiew oppose nato-membership of Ukraine"]


class TestStance:
    @pytest.mark.parametrize(
        ("sentence", "position"),
        [
            (f"Kiew NE nsubj fordert | fordert/fordern VVFIN | {beitritt('fordert')} | . $.", "Kiew support"),
            (f"Moskau NE nsubj lehnt | lehnt/ablehnen VVFIN | {beitritt('lehnt')} | ab PTKVZ | . $.", "Moskau oppose"),
            (
                "Der ART | NATO-Beitritt NN nsubj:pass abgelehnt | der ART | Ukraine NE nmod NATO-Beitritt "
                "| wird/werden VAFIN aux:pass | von APPR | Moskau NE obl:agent abgelehnt | abgelehnt/ablehnen VVPP",
                "Moskau oppose",
            ),
            (
                "Berlin NE nsubj setzt | setzt/einsetzen VVFIN | sich PRF | für APPR | den ART "
                "| NATO-Beitritt NN obl setzt | der ART | Ukraine NE nmod NATO-Beitritt | ein PTKVZ",
                "Berlin support",
            ),
            (
                "Moskau NE nsubj NATO-Beitritt | ist/sein VAFIN cop | gegen APPR case NATO-Beitritt | den ART "
                "| NATO-Beitritt NN | der ART | Ukraine NE nmod NATO-Beitritt",
                "Moskau oppose",
            ),
            (
                "Der ART | NATO-Beitritt NN nsubj inakzeptabel | der ART | Ukraine NE nmod NATO-Beitritt "
                "| ist/sein VAFIN cop | für APPR | Moskau NE obl inakzeptabel | inakzeptabel ADJD",
                "Moskau oppose",
            ),
            (
                "Die ART | Forderung NN nsubj bleibt | Berlins NE nmod Forderung Case=Gen | nach APPR | dem ART "
                "| NATO-Beitritt NN nmod Forderung | der ART | Ukraine NE nmod NATO-Beitritt | bleibt VVFIN",
                "Berlins support",
            ),
            (
                f"Moskau NE nsubj nennt | nennt/nennen VVFIN | {beitritt('nennt')} | eine ART "
                "| Provokation NN xcomp nennt | . $.",
                "Moskau oppose",
            ),
        ],
        ids="active separable passive reflexive adposition evaluation noun judgement".split(),
    )
    def test_is_the_holders(self, sentence: str, position: str) -> None:
        assert positions(sentence) == [f"{position} nato-membership of Ukraine"]

    def test_needs_somebody_who_takes_it(self) -> None:
        sentence = "Der ART | NATO-Beitritt NN nsubj inakzeptabel | ist/sein VAFIN cop | inakzeptabel ADJD | . $."
        assert positions(sentence) == []

    def test_of_an_evaluation_is_the_speakers(self) -> None:
        sentence = """
            Sorin NE nsubj sagte PER | sagte/sagen VVFIN | , $, | der ART | NATO-Beitritt NN nsubj inakzeptabel
            der ART | Ukraine NE nmod NATO-Beitritt | sei/sein VAFIN cop inakzeptabel Mood=Sub Tense=Pres
            inakzeptabel ADJD ccomp sagte | . $.
        """
        assert positions(sentence) == ["Sorin oppose nato-membership of Ukraine"]

    def test_says_how_sure_and_where(self) -> None:
        sentence = f"Kiew NE nsubj fordert | fordert/fordern VVFIN | {beitritt('fordert')} | . $."
        position = only(sentence)
        assert position.evidence.slice(extract(sentence).article.text) == "fordert den NATO-Beitritt"
        assert (position.strength, position.confidence, position.date) == (0.9, 0.9, "2024-12-03")
        assert position.rule == "trigger-membership+cue-fordern"


class TestWordOrder:
    """What the tree hangs elsewhere is read from order, case and kind."""

    def test_an_object_before_its_verb_is_no_subject(self) -> None:
        sentence = """
            Den ART | NATO-Beitritt NN nsubj lehnt Gender=Masc Number=Sing | der ART | Ukraine NE nmod NATO-Beitritt
            lehnt/ablehnen VVFIN Number=Sing | Moskau NE obj lehnt Number=Sing | ab PTKVZ | . $.
        """
        assert positions(sentence) == ["Moskau oppose nato-membership of Ukraine"]

    def test_a_phrase_behind_a_noun_completes_it_though_it_hangs_on_the_verb(self) -> None:
        sentence = """
            Die ART | Forderung NN nsubj bleibt | Berlins NE nmod Forderung Case=Gen | nach APPR case NATO-Beitritt
            dem ART | NATO-Beitritt NN obl bleibt | der ART | Ukraine NE nmod NATO-Beitritt | bleibt VVFIN | . $.
        """
        assert positions(sentence) == ["Berlins support nato-membership of Ukraine"]

    def test_a_noun_fixed_to_a_verb_shares_its_complement(self) -> None:
        sentence = """
            Berlin NE nsubj hat | hat/haben VVFIN | Bedenken NN obj hat | gegen APPR | den ART | NATO-Beitritt NN nmod Bedenken
            der ART | Ukraine NE nmod NATO-Beitritt | . $.
        """
        assert positions(sentence) == ["Berlin oppose nato-membership of Ukraine"]

    def test_negation_may_stand_beside_the_fixed_complement(self) -> None:
        sentence = """
            Ein/ein ART | NATO-Beitritt NN nsubj kommt | der ART | Ukraine NE nmod NATO-Beitritt | kommt/kommen VVFIN
            für APPR case Moskau | Moskau NE nmod infrage | nicht PTKNEG advmod infrage | infrage ADJD advmod kommt | . $.
        """
        assert positions(sentence) == ["Moskau oppose nato-membership of Ukraine"]


class TestNesting:
    def test_who_rejects_a_demand_stands_beside_who_makes_it(self) -> None:
        sentence = """
            Moskau NE nsubj weist | weist/zurückweisen VVFIN | die ART | Forderung NN obj weist
            Berlins NE nmod Forderung Case=Gen | nach APPR | dem ART | NATO-Beitritt NN nmod Forderung
            der ART | Ukraine NE nmod NATO-Beitritt | zurück PTKVZ | . $.
        """
        assert positions(sentence) == [
            "Berlins support nato-membership of Ukraine", "Moskau oppose nato-membership of Ukraine"
        ]  # fmt: skip

    def test_what_is_demanded_of_somebody_is_not_yet_his(self) -> None:
        sentence = f"""
            Moskau NE nsubj fordert | fordert/fordern VVFIN | , $, | dass KOUS mark ablehnt | Berlin NE nsubj ablehnt
            {beitritt("ablehnt")} | ablehnt/ablehnen VVFIN ccomp fordert | . $.
        """
        assert positions(sentence) == ["Moskau oppose nato-membership of Ukraine"]

    def test_what_is_welcomed_is_his_who_does_it_too(self) -> None:
        sentence = f"""
            Moskau NE nsubj begrüßt | begrüßt/begrüßen VVFIN | , $, | dass KOUS mark ablehnt | Berlin NE nsubj ablehnt
            {beitritt("ablehnt")} | ablehnt/ablehnen VVFIN ccomp begrüßt | . $.
        """
        assert positions(sentence) == [
            "Berlin oppose nato-membership of Ukraine", "Moskau oppose nato-membership of Ukraine"
        ]  # fmt: skip

    def test_an_accusation_gives_the_accused_a_position_according_to_the_accuser(self) -> None:
        sentence = f"""
            Kiew NE nsubj wirft | wirft/vorwerfen VVFIN | Moskau NE iobj wirft | vor PTKVZ | , $,
            {beitritt("blockieren")} | zu PTKZU | blockieren VVINF xcomp wirft | . $.
        """
        assert positions(sentence) == [
            "Kiew support nato-membership of Ukraine", "Moskau oppose nato-membership of Ukraine, says Kiew"
        ]  # fmt: skip


class TestClaim:
    def test_what_shall_be_by_somebodys_will_is_his(self) -> None:
        sentence = f"""
            Nach APPR case Willen | dem ART | Willen/Wille NN obl ausgeweitet | Berlins NE nmod Willen Case=Gen
            müssen VMFIN aux ausgeweitet | {lieferung("ausgeweitet").replace("obj", "nsubj:pass")}
            ausgeweitet/ausweiten VVPP | werden VAINF aux:pass ausgeweitet | . $.
        """
        assert positions(sentence) == ["Berlins support arms-deliveries of Polen"]

    def test_a_threat_for_the_case_is_a_rejection_of_the_case(self) -> None:
        sentence = f"""
            Moskau NE nsubj droht | droht/drohen VVFIN | , $, | falls KOUS mark ausweitet | Berlin NE nsubj ausweitet
            {lieferung("ausweitet")} | ausweitet/ausweiten VVFIN advcl droht | . $.
        """
        assert positions(sentence) == ["Moskau oppose arms-deliveries of Polen"]

    def test_a_warning_is_against_what_it_blames(self) -> None:
        sentence = """
            Die ART | Waffenlieferungen/Waffenlieferung NN nsubj verlängern | an APPR | Polen NE nmod Waffenlieferungen
            verlängern VVFIN | den ART | Krieg NN obj verlängern | , $, | mahnte/mahnen VVFIN parataxis verlängern
            Maruk NE nsubj mahnte PER | . $.
        """
        assert positions(sentence) == ["Maruk oppose arms-deliveries of Polen"]

    def test_whether_takes_no_side(self) -> None:
        sentence = f"""
            Offen ADJD | ist/sein VAFIN cop | , $, | ob KOUS mark ausweiten | Berlin NE nsubj ausweiten
            {lieferung("ausweiten")} | ausweiten VVINF csubj Offen | will/wollen VMFIN aux ausweiten | . $.
        """
        assert positions(sentence) == []


class TestCoordination:
    def test_gives_each_holder_the_position(self) -> None:
        sentence = f"""
            Kiew NE nsubj fordern | , $, | Polen NE conj Kiew | und KON cc EU | die ART | EU NE conj Kiew
            fordern VVFIN | {beitritt("fordern")} | . $.
        """
        assert positions(sentence) == [f"{x} support nato-membership of Ukraine" for x in ("Kiew", "Polen", "EU")]

    def test_of_verbs_shares_the_holder(self) -> None:
        sentence = f"""
            Moskau NE nsubj zögert | zögert VVFIN | und KON cc lehnt | lehnt/ablehnen VVFIN conj zögert
            {beitritt("lehnt")} | ab PTKVZ compound:prt lehnt | . $.
        """
        assert positions(sentence) == ["Moskau oppose nato-membership of Ukraine"]

    def test_of_issues_takes_a_stance_to_each(self) -> None:
        sentence = """
            Kiew NE nsubj fordert | fordert/fordern VVFIN | eine ART | Waffenruhe NN obj fordert
            und KON cc Waffenlieferungen | Waffenlieferungen/Waffenlieferung NN conj Waffenruhe
            an APPR | Polen NE nmod Waffenlieferungen | . $.
        """
        assert positions(sentence) == ["Kiew support ceasefire", "Kiew support arms-deliveries of Polen"]


class TestNegation:
    def test_turns_the_stance(self) -> None:
        sentence = f"Berlin NE nsubj unterstützt | unterstützt/unterstützen VVFIN | {beitritt('unterstützt')}"
        assert positions(f"{sentence} | nicht PTKNEG | . $.") == ["Berlin oppose nato-membership of Ukraine"]

    def test_of_a_rejection_is_no_more_than_possible_support(self) -> None:
        sentence = (
            f"Berlin NE nsubj lehnt | lehnt/ablehnen VVFIN | {beitritt('lehnt')} | nicht PTKNEG | ab PTKVZ | . $."
        )
        assert positions(sentence) == ["Berlin support nato-membership of Ukraine, possible"]

    def test_at_the_issue_turns_it_as_well(self) -> None:
        sentence = (
            "Berlin NE nsubj fordert | fordert/fordern VVFIN | keine/kein PIAT | Waffenruhe NN obj fordert | . $."
        )
        assert positions(sentence) == ["Berlin oppose ceasefire"]

    def test_twice_is_none(self) -> None:
        sentence = f"""
            Kiew NE nsubj fordert | fordert/fordern VVFIN | , $, | {beitritt("blockieren")}
            nicht PTKNEG advmod blockieren | zu PTKZU | blockieren VVINF xcomp fordert | . $.
        """
        assert positions(sentence) == ["Kiew support nato-membership of Ukraine"]

    def test_of_a_demand_takes_no_side(self) -> None:
        sentence = f"Berlin NE nsubj fordert | fordert/fordern VVFIN | {beitritt('fordert')} | nicht PTKNEG | . $."
        assert positions(sentence) == []


class TestDirection:
    EINSTELLEN = f"{lieferung('einzustellen')} | einzustellen/einstellen VVIZU xcomp fordert"

    def test_of_less_turns_the_stance(self) -> None:
        assert positions(f"Moskau NE nsubj fordert | fordert/fordern VVFIN | , $, | {self.EINSTELLEN} | . $.") == [
            "Moskau oppose arms-deliveries of Polen"
        ]

    def test_of_more_does_not(self) -> None:
        more = self.EINSTELLEN.replace("einzustellen/einstellen", "auszuweiten/ausweiten").replace("einz", "ausz")
        more = more.replace("auszustellen", "auszuweiten")
        assert positions(f"Polen NE nsubj fordert | fordert/fordern VVFIN | , $, | {more} | . $.") == [
            "Polen support arms-deliveries of Polen"
        ]

    def test_and_rejection_cancel_out(self) -> None:
        sentence = """
            Kiew NE nsubj lehnt | lehnt/ablehnen VVFIN | ein/ein ART | Ende NN obj lehnt | der ART
            Waffenlieferungen/Waffenlieferung NN nmod Ende | an APPR | Polen NE nmod Waffenlieferungen | ab PTKVZ | . $.
        """
        assert positions(sentence) == ["Kiew support arms-deliveries of Polen"]

    def test_may_lie_in_the_word_of_the_issue(self) -> None:
        sentence = """
            Kiew NE nsubj lehnt | lehnt/ablehnen VVFIN | ein/ein ART | Waffenembargo NN obj lehnt | gegen APPR
            Polen NE nmod Waffenembargo | ab PTKVZ | . $.
        """
        assert positions(sentence) == ["Kiew support arms-deliveries of Polen"]


class TestControl:
    def test_who_demands_it_of_somebody_holds_it(self) -> None:
        sentence = f"""
            Kiew NE nsubj fordert | fordert/auffordern VVFIN | Berlin NE obj fordert | auf PTKVZ | , $,
            {beitritt("blockieren")} | nicht PTKNEG advmod blockieren | zu PTKZU | blockieren VVINF xcomp fordert | . $.
        """
        assert positions(sentence) == ["Kiew support nato-membership of Ukraine"]

    def test_a_threat_is_hypothetical(self) -> None:
        sentence = f"""
            Moskau NE nsubj droht | droht/drohen VVFIN | , $, | {lieferung("einzustellen")}
            einzustellen/einstellen VVIZU xcomp droht | . $.
        """
        assert positions(sentence) == ["Moskau oppose arms-deliveries of Polen, hypothetical"]


class TestMood:
    def test_wollen_is_the_subjects_wish(self) -> None:
        sentence = (
            f"Berlin NE nsubj einstellen | will/wollen VMFIN | {lieferung('einstellen')} | einstellen VVINF | . $."
        )
        assert positions(sentence) == ["Berlin oppose arms-deliveries of Polen"]

    def test_koennte_is_a_possibility(self) -> None:
        sentence = f"""
            Berlin NE nsubj einstellen | könnte/können VMFIN aux einstellen Mood=Sub Tense=Past
            {lieferung("einstellen")} | einstellen VVINF | . $.
        """
        assert positions(sentence) == ["Berlin oppose arms-deliveries of Polen, possible"]

    def test_muessen_in_reported_speech_is_the_speakers_demand(self) -> None:
        sentence = f"""
            Maruk NE nsubj sagte PER | sagte/sagen VVFIN | , $, | Berlin NE nsubj ausweiten
            müsse/müssen VMFIN aux ausweiten Mood=Sub Tense=Pres | {lieferung("ausweiten")}
            ausweiten VVINF ccomp sagte | . $.
        """
        assert positions(sentence) == ["Maruk support arms-deliveries of Polen"]

    def test_muessen_that_nobody_says_is_no_position(self) -> None:
        sentence = f"Berlin NE nsubj ausweiten | muss/müssen VMFIN | {lieferung('ausweiten')} | ausweiten VVINF | . $."
        assert positions(sentence) == []

    def test_a_question_asserts_nothing(self) -> None:
        sentence = f"Fordert/fordern VVFIN | Kiew NE nsubj Fordert | {beitritt('Fordert')} | ? $."
        assert positions(sentence) == ["Kiew support nato-membership of Ukraine, possible"]

    def test_a_deed_shows_a_position_on_issues_that_are_decided_so(self) -> None:
        sentence = f"Berlin NE nsubj stellt | stellt/einstellen VVFIN | {lieferung('stellt')} | ein PTKVZ | . $."
        assert positions(sentence) == ["Berlin oppose arms-deliveries of Polen"]
        assert only(sentence).confidence == 0.5

    def test_a_deed_on_other_issues_is_an_event_and_no_position(self) -> None:
        sentence = (
            "Berlin NE nsubj stellt | stellt/einstellen VVFIN | die ART | Waffenruhe NN obj stellt | ein PTKVZ | . $."
        )
        assert positions(sentence) == []


class TestCondition:
    SENTENCE = f"""
        Berlin NE nsubj unterstützt | unterstützt/unterstützen VVFIN | {beitritt("unterstützt")} | , $, | {{}}
        wenn KOUS mark endet | der ART | Krieg NN nsubj endet | endet VVFIN advcl unterstützt | . $.
    """

    def test_only_if_makes_support_conditional(self) -> None:
        sentence = self.SENTENCE.format("nur ADV advmod endet |")
        position = only(sentence)
        assert position.polarity == "conditional"
        assert position.condition is not None
        assert position.condition.slice(extract(sentence).article.text) == "nur wenn der Krieg endet"

    def test_mere_if_does_as_well(self) -> None:
        position = only(self.SENTENCE.format(""))
        assert (position.polarity, position.condition is not None) == ("conditional", True)

    def test_itself_takes_no_position(self) -> None:
        sentence = f"""
            Kiew NE nsubj wartet | wartet VVFIN | , $, | falls KOUS mark stoppt | Polen NE nsubj stoppt
            {lieferung("stoppt")} | stoppt/einstellen VVFIN advcl wartet | . $.
        """
        assert all(p.endswith("hypothetical") for p in positions(sentence))

    def test_may_be_a_phrase(self) -> None:
        sentence = f"""
            Berlin NE nsubj unterstützt | unterstützt/unterstützen VVFIN | {beitritt("unterstützt")} | erst ADV advmod Wahlen
            nach APPR | den ART | Wahlen/Wahl NN obl unterstützt | . $.
        """
        position = only(sentence)
        assert position.polarity == "conditional"
        assert position.condition is not None
        assert position.condition.slice(extract(sentence).article.text) == "erst nach den Wahlen"

    def test_without_it_nothing_comes_of_it(self) -> None:
        sentence = f"""
            Ohne APPR case Garantien | Garantien NN obl unterstützt | unterstützt/unterstützen VVFIN | Kiew NE nsubj unterstützt
            {beitritt("unterstützt")} | nicht PTKNEG | . $.
        """
        assert only(sentence).polarity == "conditional"


class TestAttribution:
    def test_keeps_who_ascribes_it_apart(self) -> None:
        sentence = f"""
            Maruk NE nsubj sagte PER | sagte/sagen VVFIN | , $, | Moskau NE nsubj lehne
            lehne/ablehnen VVFIN ccomp sagte Mood=Sub Tense=Pres | {beitritt("lehne")} | ab PTKVZ compound:prt lehne | . $.
        """
        assert positions(sentence) == ["Moskau oppose nato-membership of Ukraine, says Maruk"]
        assert only(sentence).statement == extract(sentence).statements[0].id

    def test_we_is_the_speaker(self) -> None:
        sentence = f"""
            „ $( | Wir PPER nsubj fordern | fordern VVFIN | {beitritt("fordern")} | “ $( | , $,
            sagte/sagen VVFIN parataxis fordern | Maruk NE nsubj sagte PER | . $.
        """
        assert positions(sentence) == ["Maruk support nato-membership of Ukraine"]

    def test_of_nested_speech_is_the_innermost_speakers(self) -> None:
        sentence = f"""
            Maruk NE nsubj sagte PER | sagte/sagen VVFIN | , $, | Sorin NE nsubj glaube PER
            glaube/glauben VVFIN ccomp sagte Mood=Sub Tense=Pres | , $, | dass KOUS mark ablehne | Polen NE nsubj ablehne
            {beitritt("ablehne")} | ablehne/ablehnen VVFIN ccomp glaube Mood=Sub Tense=Pres | . $.
        """
        assert positions(sentence) == ["Polen oppose nato-membership of Ukraine, says Sorin"]


class TestAbout:
    def test_left_out_is_what_the_issue_was_about_before(self) -> None:
        before = f"Kiew NE nsubj fordert | fordert/fordern VVFIN | {beitritt('fordert')} | . $."
        again = "Berlin NE nsubj lehnt | lehnt/ablehnen VVFIN | den ART | NATO-Beitritt NN obj lehnt | ab PTKVZ | . $."
        assert positions(before, again)[1] == "Berlin oppose nato-membership of Ukraine"
        assert extract(before, again).positions[1].confidence < 0.9

    def test_is_oneself_where_one_applies_for_it(self) -> None:
        before = f"Kiew NE nsubj fordert | fordert/fordern VVFIN | {beitritt('fordert')} | . $."
        again = (
            "Polen NE nsubj beantragt | beantragt/beantragen VVFIN | den ART | NATO-Beitritt NN obj beantragt | . $."
        )
        assert positions(before, again)[1] == "Polen support nato-membership of Polen"

    def test_of_a_weak_word_must_be_said(self) -> None:
        sentence = "Berlin NE nsubj fordert | fordert/fordern VVFIN | den ART | Beitritt NN obj fordert | . $."
        assert positions(sentence) == []

    def test_dies_takes_up_the_stance(self) -> None:
        before = f"Moskau NE nsubj lehnt | lehnt/ablehnen VVFIN | {beitritt('lehnt')} | ab PTKVZ | . $."
        again = "Kiew NE nsubj weist | weist/zurückweisen VVFIN | dies PDS obj weist | zurück PTKVZ | . $."
        assert positions(before, again) == [
            "Moskau oppose nato-membership of Ukraine", "Kiew support nato-membership of Ukraine"
        ]  # fmt: skip

    def test_a_word_that_takes_up_the_issue_counts_as_direct_target(self) -> None:
        before = f"Kiew NE nsubj fordert | fordert/fordern VVFIN | {beitritt('fordert')} | . $."
        again = "Berlin NE nsubj lehnt | lehnt/ablehnen VVFIN | den ART | Vorschlag NN obj lehnt | ab PTKVZ | . $."
        assert positions(before, again)[1] == "Berlin oppose nato-membership of Ukraine"


class TestNamedThings:
    def test_a_treaty_is_supported_itself(self) -> None:
        sentence = """
            Kiew NE nsubj unterstützt | unterstützt/unterstützen VVFIN | das ART | Budapester NN compound Memorandum
            Memorandum NN obj unterstützt | . $.
        """
        assert positions(sentence) == ["Kiew support treaty of Budapester Memorandum"]

    def test_an_analyst_adds_a_topic_in_turtle(self, tmp_path: Path) -> None:
        more = """
            kg:topic-minefields a skos:Concept , kg:Issue ; skos:notation "minefields" ; skos:prefLabel "Minen"@de .
            kg:trigger-minefields a kg:TopicTrigger ; kg:issue kg:topic-minefields ; kg:pos "NOUN" ;
                kg:head "Minenräumung" ; kg:aboutSlot "prep:in" .
        """
        sentence = """
            Kiew NE nsubj fordert | fordert/fordern VVFIN | eine ART | Minenräumung NN obj fordert | in APPR
            Odessa NE nmod Minenräumung | . $.
        """
        assert positions(sentence) == []
        assert positions(sentence, knowledge=read_world(tmp_path, more)) == ["Kiew support minefields of Odessa"]


class TestPronoun:
    def test_carries_the_stance_of_its_clause_to_the_issue(self) -> None:
        sentence = (
            "Der ART | NATO-Beitritt NN nsubj naht | der ART | Ukraine NE nmod NATO-Beitritt | , $, | den PRELS obj ablehnt "
            "| Moskau NE nsubj ablehnt | ablehnt/ablehnen VVFIN acl:relcl NATO-Beitritt | , $, | naht VVFIN"
        )
        assert positions(sentence) == ["Moskau oppose nato-membership of Ukraine"]
