"""Mentions become entities: names first, then what refers back to them; what refers to nobody stays out."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.resolve import resolve_entities
from tests.docs import entity_of, extract, read_world, resolve, world

RUTTE = "Mark NE nsubj kam PER | Rutte NE flat Mark PER | kam/kommen VVFIN | . $."
ROLE = "Der ART | NATO-Generalsekretär NN nsubj kam Gender=Masc | kam/kommen VVFIN | . $."
BRANDT = "Brandt NE nsubj kam PER | kam/kommen VVFIN | . $."
MARUK = "Olena NE nsubj kam PER | Maruk NE flat Olena PER | kam/kommen VVFIN | . $."
FORDERT = """
    {} | fordert/fordern VVFIN | den ART | NATO-Beitritt NN obj fordert | der ART | Ukraine NE nmod NATO-Beitritt | . $.
"""


def id_of(words: str, *sentences: str, date: str | None = "2024-12-03", nth: int = 0) -> str | None:
    entity = entity_of(resolve(*sentences, date=date), words, nth)
    return entity.id if entity else None


class TestPersons:
    def test_known_by_full_name(self) -> None:
        entity = entity_of(resolve(RUTTE), "Mark Rutte")
        assert entity is not None
        assert (entity.id, entity.known, entity.type) == ("person-mark-rutte", True, "Person")

    def test_unknown_have_an_id_made_of_their_name(self) -> None:
        entity = entity_of(resolve(MARUK), "Olena Maruk")
        assert entity is not None
        assert (entity.id, entity.known, entity.label) == ("person-olena-maruk", False, "Olena Maruk")

    @pytest.mark.parametrize("surname", ["Maruk NE nsubj ging PER", "Maruks NE nsubj ging PER Case=Gen"])
    def test_surname_is_the_full_names(self, surname: str) -> None:
        words = surname.split()[0]
        assert id_of(words, MARUK, f"{surname} | ging VVFIN | . $.") == "person-olena-maruk"

    def test_surname_before_the_full_name_is_the_same_person(self) -> None:
        before = "Maruk NE nsubj ging PER | ging VVFIN | . $."
        assert id_of("Maruk", before, MARUK) == "person-olena-maruk"

    def test_given_name_is_the_full_names(self) -> None:
        assert id_of("Olena", MARUK, "Olena NE nsubj ging PER | ging VVFIN | . $.") == "person-olena-maruk"

    @pytest.mark.parametrize(
        ("date", "person"),
        [("2018-05", "person-karl-brandt"), ("2024-05", "person-paula-brandt"), ("2021-01-01", "person-brandt")],
    )
    def test_of_several_bearers_the_one_in_office_is_meant(self, date: str, person: str) -> None:
        assert id_of("Brandt", BRANDT, date=date) == person

    def test_article_beats_the_knowledge_base(self) -> None:
        other = "Willi NE nsubj kam PER | Brandt NE flat Willi PER | kam/kommen VVFIN | . $."
        assert id_of("Brandt", other, BRANDT) == "person-willi-brandt"


class TestStates:
    def test_name_adjective_and_metonym_are_one(self) -> None:
        resolved = resolve(
            "Kiew NE nsubj warnt | warnt VVFIN | . $.",
            "Das ART | ukrainische/ukrainisch ADJA | Volk NN nsubj hofft | hofft VVFIN | . $.",
            "Die ART | Ukraine NE nsubj wartet | wartet VVFIN | . $.",
        )
        [state] = [e for e in resolved.entities if e.id == "state-ukraine"]
        assert [(m.text, m.kind) for m in state.mentions] == [
            ("Kiew", "metonym"), ("ukrainische", "adjective"), ("Ukraine", "name"),
        ]  # fmt: skip
        assert state.why == ("'Kiew': metonym", "'ukrainische': adjective", "'Ukraine': name of Ukraine")

    def test_city_stays_a_place(self) -> None:
        sentence = "Die ART | Wahl NN nsubj war | war VVFIN | in APPR | Kiew NE obl war | . $."
        assert id_of("Kiew", sentence) == "place-kiew"

    def test_body_acts_for_its_state(self) -> None:
        body = "Das ART | Außenministerium NN nsubj warnt | der ART | Ukraine NE nmod Außenministerium | warnt VVFIN | . $."
        resolved = resolve(body)
        entity = entity_of(resolved, "Außenministerium der Ukraine")
        assert entity is not None
        assert (entity.id, entity.acts_for) == ("body-ukraine-aussenministerium", "state-ukraine")

    def test_body_named_again_without_its_state_is_the_same(self) -> None:
        body = "Das ART | Außenministerium NN nsubj warnt | der ART | Ukraine NE nmod Außenministerium | warnt VVFIN | . $."
        again = "Das ART | Außenministerium NN nsubj droht | droht VVFIN | . $."
        assert id_of("Außenministerium", body, again) == "body-ukraine-aussenministerium"
        assert id_of("Außenministerium", again) is None


class TestRoles:
    @pytest.mark.parametrize(
        ("date", "person"),
        [("2020-03", "person-jens-stoltenberg"), ("2024-09-30", "person-jens-stoltenberg"),
         ("2024-12-03", "person-mark-rutte")],
    )  # fmt: skip
    def test_stand_for_who_held_the_office_at_the_date(self, date: str, person: str) -> None:
        assert id_of("NATO-Generalsekretär", ROLE, date=date) == person

    def test_of_nobody_known_is_somebody_not_named(self) -> None:
        role = "Der ART | Präsident NN nsubj kam | der ART | Ukraine NE nmod Präsident | kam/kommen VVFIN | . $."
        entity = entity_of(resolve(role), "Präsident")
        assert entity is not None
        assert (entity.known, entity.type, entity.label) == (False, "Person", "Präsident (Ukraine)")

    def test_article_beats_the_date(self) -> None:
        named = "NATO-Generalsekretär NN nsubj kam | Olena NE flat NATO-Generalsekretär PER | Maruk NE flat Olena PER | kam VVFIN | . $."
        assert id_of("NATO-Generalsekretär", named, ROLE, nth=1) == "person-olena-maruk"

    def test_beside_a_name_are_the_person_named(self) -> None:
        named = "NATO-Chef NN nsubj kam | Mark NE flat NATO-Chef PER | Rutte NE flat Mark PER | kam VVFIN | . $."
        resolved = resolve(named)
        assert [(o.person, o.role, o.organisation) for o in resolved.offices] == [
            ("person-mark-rutte", "Chef", "org-nato")
        ]

    def test_organisation_left_out_is_the_one_the_knowledge_base_has(self) -> None:
        named = "Außenministerin NN nsubj kam | Paula NE flat Außenministerin PER | Brandt NE flat Paula PER | kam VVFIN | . $."
        [office] = resolve(named).offices
        assert (office.person, office.organisation) == ("person-paula-brandt", "state-deutschland")

    def test_spokesperson_acts_for_who_is_spoken_for(self) -> None:
        named = (
            "Kremlsprecher NN nsubj kam | Iwan NE flat Kremlsprecher PER | Sorin NE flat Iwan PER | kam VVFIN | . $."
        )
        entity = entity_of(resolve(named), "Iwan Sorin")
        assert entity is not None
        assert entity.acts_for == "state-russland"


class TestReferringBack:
    ALLIANCE = "Das ART | Bündnis NN nsubj zögert | zögert VVFIN | . $."

    def test_a_description_is_what_was_named_before(self) -> None:
        nato = "Die ART | NATO NE nsubj wartet | wartet VVFIN | . $."
        assert id_of("Bündnis", nato, self.ALLIANCE) == "org-nato"

    def test_a_description_of_nothing_named_is_nothing(self) -> None:
        assert id_of("Bündnis", self.ALLIANCE) is None

    def test_a_pronoun_is_the_likeliest_person(self) -> None:
        assert id_of("Er", RUTTE, "Er PPER nsubj lachte | lachte VVFIN | . $.") == "person-mark-rutte"

    def test_first_person_is_the_speaker(self) -> None:
        quote = """
            „ $( | Ich PPER nsubj komme | komme VVFIN | bald ADV | “ $( | , $, | sagte/sagen VVFIN parataxis komme
            Olena NE nsubj sagte PER | Maruk NE flat Olena PER | . $.
        """
        assert id_of("Ich", quote) == "person-olena-maruk"
        assert id_of("Ich", "Ich PPER nsubj komme | komme VVFIN | . $.") is None


class TestFacts:
    def test_refer_to_entities(self) -> None:
        [position] = resolve(FORDERT.format("Kiew NE nsubj fordert")).positions
        assert (position.holder, position.about) == ("state-ukraine", "state-ukraine")

    def test_of_holders_that_refer_to_nobody_stay_out(self) -> None:
        assert resolve(FORDERT.format("Er PPER nsubj fordert")).positions == ()

    def test_said_twice_are_one_the_surest(self) -> None:
        sentence = FORDERT.format("Polen NE nsubj fordert")
        again = "Polen NE nsubj fordert | fordert/fordern VVFIN | den ART | NATO-Beitritt NN obj fordert | . $."
        [position] = resolve(again, sentence, again).positions
        assert position.confidence == 0.9

    def test_do_not_name_the_holder_as_source_of_the_own_position(self) -> None:
        said = """
            Olena NE nsubj sagte PER | Maruk NE flat Olena PER | sagte/sagen VVFIN | , $, | Maruk NE nsubj fordere PER
            fordere/fordern VVFIN ccomp sagte Mood=Sub Tense=Pres | eine ART | Waffenruhe NN obj fordere | . $.
        """
        [position] = resolve(said).positions
        assert (position.holder, position.according_to) == ("person-olena-maruk", None)

    def test_about_a_ministry_are_about_its_state(self) -> None:
        sentence = """
            Polen NE nsubj fordert | fordert/fordern VVFIN | Waffenlieferungen/Waffenlieferung NN obj fordert | an APPR
            das ART | ukrainische/ukrainisch ADJA | Außenministerium NN nmod Waffenlieferungen | . $.
        """
        assert [p.about for p in resolve(sentence).positions] == ["state-ukraine"]

    def test_a_mere_class_of_weapons_is_an_entity_only_where_a_fact_needs_it(self) -> None:
        named = "Marschflugkörper NN nsubj fliegen | fliegen VVFIN | . $."
        used = """
            Berlin NE nsubj liefert | liefert/liefern VVFIN | Polen NE iobj liefert
            Marschflugkörper NN obj liefert | . $.
        """
        assert id_of("Marschflugkörper", named) is None
        assert id_of("Marschflugkörper", used) == "weapon-marschflugkoerper"


def test_order_of_mentions_does_not_matter() -> None:
    found = extract(BRANDT, ROLE, MARUK, RUTTE, FORDERT.format("Kiew NE nsubj fordert"))
    turned = replace(found, mentions=found.mentions[::-1])
    assert resolve_entities(turned, world()) == resolve_entities(found, world())


def test_an_analyst_adds_a_person_in_turtle(tmp_path: Path) -> None:
    more = 'r:person-olena-maruk a kg:Person ; rdfs:label "Olena Maruk"@de ; kg:surname "Maruk" .'
    sentence = "Maruk NE nsubj ging PER | ging VVFIN | . $."
    entity = entity_of(resolve(sentence, knowledge=read_world(tmp_path, more)), "Maruk")
    assert entity is not None
    assert (entity.id, entity.known) == ("person-olena-maruk", True)


class TestContext:
    """What is said without saying whose it is."""

    HOME = "Die ART | Außenministerin NN nsubj kam Gender=Fem | kam/kommen VVFIN | . $."

    def test_an_office_without_a_state_is_one_of_the_state_at_home(self) -> None:
        assert id_of("Außenministerin", self.HOME, date="2024-05") == "person-paula-brandt"

    def test_an_office_without_a_state_is_one_of_the_state_that_the_sentence_names(self) -> None:
        abroad = """
            In APPR | Polen NE obl kam | kam/kommen VVFIN | die ART | Außenministerin NN nsubj kam Gender=Fem | . $.
        """
        assert id_of("Außenministerin", abroad, date="2024-05") is None

    def test_a_federal_office_is_always_one_at_home(self) -> None:
        federal = """
            In APPR | Polen NE obl kam | kam/kommen VVFIN | die ART | Bundesaußenministerin NN nsubj kam Gender=Fem | . $.
        """
        assert id_of("Bundesaußenministerin", federal, date="2024-05") == "person-paula-brandt"

    @pytest.mark.parametrize(
        "words",
        ["Die ART | frühere ADJA | Außenministerin NN nsubj kam Gender=Fem", "Eine ART | Außenministerin NN nsubj kam",
         "Frau NN compound Außenministerin | Außenministerin NN nsubj kam Gender=Fem"],
        ids=["former", "indefinite", "address"],
    )  # fmt: skip
    def test_a_former_or_indefinite_or_addressed_holder_is_nobody_known(self, words: str) -> None:
        assert id_of("Außenministerin", f"{words} | kam/kommen VVFIN | . $.", date="2024-05") is None

    def test_gender_keeps_holders_apart(self) -> None:
        masculine = "Der ART | Außenminister NN nsubj kam Gender=Masc | kam/kommen VVFIN | . $."
        assert id_of("Außenminister", masculine, date="2024-05") is None

    def test_a_land_is_the_only_state_named_before(self) -> None:
        poland = "Polen NE nsubj wartet | wartet VVFIN | . $."
        both = "Polen NE nsubj warten | und KON cc Ukraine | Ukraine NE conj Polen | warten VVFIN | . $."
        country = "Das ART | Land NN nsubj hofft Gender=Neut | hofft VVFIN | . $."
        assert id_of("Land", poland, country) == "state-polen"
        assert id_of("Land", both, country) is None

    def test_somebodys_land_is_that_of_the_office(self) -> None:
        brandt = "Paula NE nsubj kam PER | Brandt NE flat Paula PER | kam/kommen VVFIN | . $."
        hers = "Ihr PPOSAT | Land NN nsubj hofft Gender=Neut | hofft VVFIN | . $."
        assert id_of("Land", brandt, hers, date="2024-05") == "state-deutschland"

    def test_a_ministry_in_somebodys_words_is_that_of_the_speakers_state(self) -> None:
        said = """
            Paula NE nsubj sagte PER | Brandt NE flat Paula PER | sagte/sagen VVFIN | , $,
            das ART | Außenministerium NN nsubj warte | warte/warten VVFIN ccomp sagte Mood=Sub Tense=Pres | . $.
        """
        assert id_of("Außenministerium", said, date="2024-05") == "body-deutschland-aussenministerium"

    def test_the_only_two_bearers_of_a_surname_are_told_apart(self) -> None:
        both = """
            Olena NE nsubj traf PER | Maruk NE flat Olena PER | traf/treffen VVFIN
            Mark NE obj traf PER | Maruk NE flat Mark PER | . $.
        """
        last = "Maruk NE nsubj ging PER | ging VVFIN | . $."
        address = "Frau NN compound Maruk | Maruk NE nsubj ging PER | ging VVFIN | . $."
        assert id_of("Maruk", both, last) == "person-mark-maruk"
        assert id_of("Maruk", both, address) != "person-mark-maruk"

    def test_short_form_in_brackets_is_the_name_before(self) -> None:
        name = """
            Die ART | Wahrheitskommission NE nsubj tagt ORG | ( $( | WK NE appos Wahrheitskommission ORG | ) $(
            tagt VVFIN | . $.
        """
        again = "Die ART | WK NE nsubj schweigt ORG | schweigt VVFIN | . $."
        assert id_of("WK", name) == id_of("Wahrheitskommission", name) == "org-wahrheitskommission"
        assert id_of("WK", again) == "org-wk"
