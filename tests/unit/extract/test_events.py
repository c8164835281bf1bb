"""Who did what to whom, when, and whether it happened."""

from pathlib import Path

import pytest

from kg.knowledge import Knowledge
from kg.model import Event
from tests.docs import extract, read_world, words_of

LIEFERT = "Berlin NE nsubj liefert | liefert/liefern VVFIN | Kiew NE iobj liefert | den ART | Taurus NN obj liefert"
LIEFERN = "Kiew NE iobj liefern | den ART | Taurus NN obj liefern | {modal}liefern VVINF"


def events(*sentences: str, knowledge: Knowledge | None = None) -> list[str]:
    """Each as `agent type recipient: object`, with what is unknown left out."""
    found = extract(*sentences, knowledge=knowledge)

    def told(event: Event) -> str:
        parts = (words_of(found, event.agent), event.type, words_of(found, event.recipient))
        thing = words_of(found, event.object)
        return " ".join(p for p in parts if p) + (f": {thing}" if thing else "")

    return [told(e) for e in found.events]


def only(*sentences: str) -> Event:
    [event] = extract(*sentences).events
    return event


class TestParticipants:
    @pytest.mark.parametrize(
        ("sentence", "event"),
        [
            (f"{LIEFERT} | . $.", "Berlin deliver-weapons Kiew: Taurus"),
            (
                "Der ART | Taurus NN nsubj:pass geliefert | wird/werden VAFIN aux:pass | von APPR "
                "| Berlin NE obl:agent geliefert | an APPR | Kiew NE obl geliefert | geliefert/liefern VVPP",
                "Berlin deliver-weapons Kiew: Taurus",
            ),
            (
                "Der ART | russische/russisch ADJA | Angriff NN nsubj dauert | auf APPR | Polen NE nmod Angriff "
                "| dauert VVFIN",
                "russische assault Polen",
            ),
            (
                "Maruk NE nsubj traf PER | traf/treffen VVFIN | sich PRF | mit APPR | Sorin NE obl traf PER | . $.",
                "Maruk meet Sorin",
            ),
            (
                "Polen NE nsubj unterzeichnet | unterzeichnet/unterzeichnen VVFIN | das ART "
                "| Budapester NN compound Memorandum | Memorandum NN obj unterzeichnet | . $.",
                "Polen sign: Budapester Memorandum",
            ),
        ],
        ids=["active", "passive", "noun", "reflexive", "treaty"],
    )
    def test_fill_the_slots_of_the_trigger(self, sentence: str, event: str) -> None:
        assert events(sentence) == [event]

    def test_of_the_wrong_kind_make_no_event(self) -> None:
        assert events("Berlin NE nsubj liefert | liefert/liefern VVFIN | Brot NN obj liefert | . $.") == []

    def test_that_nobody_is_make_no_event(self) -> None:
        assert events("Der ART | Angriff NN nsubj dauert | dauert VVFIN | . $.") == []

    def test_coordinated_agents_act_each(self) -> None:
        sentence = """
            Berlin NE nsubj liefern | und KON cc Polen | Polen NE conj Berlin | liefern VVFIN | Kiew NE iobj liefern
            den ART | Taurus NN obj liefern | . $.
        """
        assert events(sentence) == [f"{x} deliver-weapons Kiew: Taurus" for x in ("Berlin", "Polen")]

    def test_include_instrument_and_place(self) -> None:
        sentence = """
            Moskau NE nsubj greift | greift/angreifen VVFIN | Polen NE obj greift | mit APPR | Marschflugkörpern/Marschflugkörper NN obl greift
            in APPR | Odessa NE obl greift | an PTKVZ | . $.
        """
        event, found = only(sentence), extract(sentence)
        assert words_of(found, event.instrument) == "Marschflugkörpern"
        assert words_of(found, event.place) == "Odessa"

    def test_verb_without_its_pronoun_means_something_else(self) -> None:
        assert events("Maruk NE nsubj traf PER | traf/treffen VVFIN | mit APPR | Sorin NE obl traf PER | . $.") == []


class TestModality:
    @pytest.mark.parametrize(
        ("sentence", "modality"),
        [
            (f"{LIEFERT} | . $.", "asserted"),
            (f"{LIEFERT} | nicht PTKNEG | . $.", "denied"),
            (f"{LIEFERT} | vielleicht ADV | . $.", "possible"),
            (f"{LIEFERT} | angeblich ADV | . $.", "possible"),
            ("Berlin NE nsubj liefern | wird/werden VAFIN | " + LIEFERN.format(modal=""), "planned"),
            ("Berlin NE nsubj liefern | will/wollen VMFIN | " + LIEFERN.format(modal=""), "planned"),
            ("Berlin NE nsubj liefern | könnte/können VMFIN aux liefern Mood=Sub Tense=Past | "
             + LIEFERN.format(modal=""), "possible"),
            ("Berlin NE nsubj liefern | würde/werden VAFIN aux liefern Mood=Sub Tense=Past | "
             + LIEFERN.format(modal=""), "hypothetical"),
            ("Kiew NE nsubj hofft | hofft VVFIN | , $, | falls KOUS mark liefert | Berlin NE nsubj liefert "
             "| Polen NE iobj liefert | den ART | Taurus NN obj liefert | liefert/liefern VVFIN advcl hofft",
             "hypothetical"),
            ("Berlin NE nsubj plant | plant/planen VVFIN | , $, | " + LIEFERN.format(modal="zu PTKZU | ")
             + " xcomp plant", "planned"),
            ("Berlin NE nsubj droht | droht/drohen VVFIN | , $, | " + LIEFERN.format(modal="zu PTKZU | ")
             + " xcomp droht", "hypothetical"),
            ("Der ART | geplante/geplant ADJA | Angriff NN nsubj scheitert | Russlands NE nmod Angriff Case=Gen "
             "| auf APPR | Polen NE nmod Angriff | scheitert VVFIN", "planned"),
            ("Der ART | mögliche/möglich ADJA | Angriff NN nsubj droht | Russlands NE nmod Angriff Case=Gen "
             "| auf APPR | Polen NE nmod Angriff | droht VVFIN", "possible"),
        ],
        ids="plain not perhaps allegedly future want might would if plan threaten planned-noun possible-noun".split(),
    )  # fmt: skip
    def test_says_whether_it_happened(self, sentence: str, modality: str) -> None:
        assert only(sentence).modality == modality


class TestContext:
    def test_time_is_the_nearest_of_the_sentence(self) -> None:
        sentence = f"Am/an APPRART | Montag NN obl liefert | {LIEFERT} | . $."
        assert only(sentence).time == "2024-12-02"
        assert only(f"{LIEFERT} | . $.").time is None

    def test_who_says_so_is_kept(self) -> None:
        said = LIEFERT.replace("liefert/liefern VVFIN", "liefert/liefern VVFIN ccomp sagte")
        sentence = f"Maruk NE nsubj sagte PER | sagte/sagen VVFIN | , $, | {said} | . $."
        assert words_of(extract(sentence), only(sentence).according_to) == "Maruk"

    def test_evidence_holds_trigger_and_participants(self) -> None:
        sentence = f"{LIEFERT} | . $."
        text = extract(sentence).article.text
        assert only(sentence).evidence.slice(text) == "Berlin liefert Kiew den Taurus"

    def test_an_analyst_adds_a_trigger_in_turtle(self, tmp_path: Path) -> None:
        sentence = "Moskau NE nsubj verlegt | verlegt/verlegen VVFIN | den ART | Taurus NN obj verlegt | . $."
        assert events(sentence) == []
        more = """
            kg:event-verlegen a kg:EventTrigger ; kg:eventType kg:event-deploy-weapon ; kg:lemma "verlegen" ;
                kg:pos "VERB" ; kg:agentSlot "subject" ; kg:objectSlot "object" ; kg:objectType kg:WeaponSystem .
        """
        assert events(sentence, knowledge=read_world(tmp_path, more)) == ["Moskau deploy-weapon: Taurus"]


class TestCarriers:
    def test_give_their_subject_to_the_event(self) -> None:
        sentence = """
            Moskau NE nsubj setzte | setzte/fortsetzen VVFIN | seine PPOSAT | Angriffe/Angriff NN obj setzte
            auf APPR | Polen NE nmod Angriffe | fort PTKVZ | . $.
        """
        assert events(sentence) == ["Moskau assault Polen"]
        assert only(sentence).modality == "asserted"

    def test_are_read_one_above_the_other(self) -> None:
        sentence = """
            Moskau NE nsubj bestreitet | bestreitet/bestreiten VVFIN | , $, | Angriffe/Angriff NN obj vorzubereiten
            auf APPR | Polen NE nmod Angriffe | vorzubereiten/vorbereiten VVIZU xcomp bestreitet | . $.
        """
        assert events(sentence) == ["Moskau assault Polen"]
        assert only(sentence).modality == "denied"

    def test_that_are_denied_themselves_leave_it_possible(self) -> None:
        sentence = """
            Moskau NE nsubj bestreitet | bestreitet/bestreiten VVFIN | Angriffe/Angriff NN obj bestreitet
            auf APPR | Polen NE nmod Angriffe | nicht PTKNEG | . $.
        """
        assert only(sentence).modality == "possible"

    def test_what_is_demanded_is_no_deed(self) -> None:
        sentence = """
            Kiew NE nsubj verlangt | verlangt/verlangen VVFIN | den ART | Abzug NN obj verlangt
            russischer/russisch ADJA | Panzer NN nmod Abzug Case=Gen | . $.
        """
        assert events(sentence) == ["Kiew request"]


class TestReferents:
    def test_participle_before_a_noun_has_the_noun_as_object(self) -> None:
        sentence = """
            Die ART | von APPR | Russland NE obl besetzte | besetzte/besetzt ADJA | Ukraine NE nsubj wartet
            wartet/warten VVFIN | . $.
        """
        assert events(sentence) == ["Russland assault Ukraine"]

    def test_state_acts_through_its_weapons(self) -> None:
        sentence = """
            Russische/russisch ADJA | Marschflugkörper NN nsubj griffen | griffen/angreifen VVFIN | Odessa NE obj griffen
            an PTKVZ | . $.
        """
        found = extract(sentence)
        assert [words_of(found, found.events[0].agent), words_of(found, found.events[0].instrument)] == [
            "Russische", "Marschflugkörper",
        ]  # fmt: skip

    def test_both_sides_are_the_last_two_states(self) -> None:
        named = "Polen NE nsubj liegt | liegt/liegen VVFIN | bei APPR | Russland NE obl liegt | . $."
        sentence = (
            "Beide/beid PIAT det Seiten | Seiten/Seite NN nsubj einigten | einigten/einigen VVFIN | sich PRF | . $."
        )
        assert events(named, sentence) == ["Polen agree Russland"]

    def test_partners_of_talks_act_on_each_other(self) -> None:
        sentence = """
            Die ART | Gespräche/Gespräch NN nsubj enden | zwischen APPR | Polen NE nmod Gespräche | und KON cc Russland
            Russland NE conj Polen | enden VVFIN | . $.
        """
        assert events(sentence) == ["Polen consult Russland"]

    def test_passive_without_agent_goes_on_with_the_last_attacker(self) -> None:
        first = "Moskau NE nsubj griff | griff/angreifen VVFIN | Odessa NE obj griff | an PTKVZ | . $."
        second = "Auch ADV | Polen NE nsubj:pass angegriffen | wurde/werden VAFIN aux:pass | angegriffen/angreifen VVPP | . $."
        assert events(first, second) == ["Moskau assault Odessa", "Moskau assault Polen"]

    def test_compound_counts_by_its_last_part_where_the_entry_says_so(self) -> None:
        sentence = "Der ART | russische/russisch ADJA | Truppenabzug NN nsubj begann | begann/beginnen VVFIN | . $."
        assert events(sentence) == ["russische retreat"]
