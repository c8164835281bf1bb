"""Turtle becomes a gazetteer: names in their cases, offices by date, words by kind."""

from pathlib import Path

import pytest

from kg.errors import InputError, KnowledgeError
from kg.knowledge import Cue, Knowledge, Term, read_knowledge
from kg.knowledge.forms import phrases, sound, spellings
from tests.docs import read_world, world


def named(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    first, *rest = name.split()
    names = knowledge.names.get(first)
    return names.entities.get(tuple(rest), ()) if names else ()


class TestNames:
    @pytest.mark.parametrize(
        ("name", "entity"),
        [
            ("Ukraine", "state-ukraine"),
            ("Russlands", "state-russland"),
            ("Russische Föderation", "state-russland"),
            ("Russischen Föderation", "state-russland"),
            ("Budapester Memorandums", "treaty-budapester-memorandum"),
            ("Kremls", "state-russland"),
            ("NATO", "org-nato"),
            ("Nato", "org-nato"),
            ("Mark Ruttes", "person-mark-rutte"),
        ],
    )
    def test_are_found_in_their_cases(self, name: str, entity: str) -> None:
        assert entity in named(world(), name)

    @pytest.mark.parametrize("name", ["Ukrain", "Föderation", "Russisch Föderation", "Russia", "Eu"])
    def test_are_german_and_whole(self, name: str) -> None:
        assert named(world(), name) == ()

    def test_of_several_are_all_kept(self) -> None:
        assert set(named(world(), "Kiew")) == {"state-ukraine", "place-kiew"}

    def test_are_looked_up_longest_first(self, tmp_path: Path) -> None:
        more = 'r:treaty-lang a kg:Treaty ; rdfs:label "Budapester Memorandum Zwei"@de .'
        assert read_world(tmp_path, more).names["Budapester"].lengths == (2, 1)


class TestIndexes:
    def test_adjectives_have_all_endings(self) -> None:
        found = {form for form, entity in world().adjectives.items() if entity == "state-ukraine"}
        assert found == {f"ukrainisch{ending}" for ending in ("", "e", "en", "er", "es", "em")}

    def test_surnames_have_all_bearers(self) -> None:
        assert world().surnames["Brandts"] == ("person-karl-brandt", "person-paula-brandt")

    def test_compounds_belong_to_states_before_others(self) -> None:
        assert world().compounds["Kiew"] == "state-ukraine"
        assert world().compounds["US"] == "state-usa"

    def test_bodies_of_a_state_are_found_by_kind(self) -> None:
        assert world().state_bodies["state-deutschland", "bodykind-regierung"] == "body-bundesregierung"

    def test_tails_of_compounds_stand_for_roles(self) -> None:
        assert world().role_tails["Chef"] == ("role-generalsekretaer",)
        assert "Chef" not in world().roles

    def test_nouns_that_refer_back_are_kept_apart_from_roles(self) -> None:
        assert world().role_nominals["Amtsinhaber"] == ("role-generalsekretaer",)
        assert world().nominals["Bündnis"] == ("org-nato",)


class TestTerms:
    @pytest.mark.parametrize(
        ("date", "holders"),
        [
            ("2014-09-30", ()),
            ("2024-09-30", ("person-jens-stoltenberg",)),
            ("2024-10-02", ("person-mark-rutte",)),
            ("2024-12", ("person-mark-rutte",)),
            ("2025", ("person-mark-rutte",)),
            (None, ()),
        ],
    )
    def test_say_who_held_an_office_at_a_date(self, date: str | None, holders: tuple[str, ...]) -> None:
        assert world().holders("role-generalsekretaer", "org-nato", date) == holders

    def test_overlap_in_the_month_of_a_change(self) -> None:
        assert len(world().holders("role-generalsekretaer", "org-nato", "2024-10")) == 2

    def test_may_leave_an_office_empty(self) -> None:
        assert world().holders("role-minister", "state-deutschland", "2021-01-01") == ()

    def test_list_the_offices_of_a_person(self) -> None:
        [term] = world().offices_of("person-paula-brandt", "2024")
        assert (term.role, term.organisation) == ("role-minister", "state-deutschland")

    def test_without_a_begin_are_unsure(self) -> None:
        assert Term(person="p", role="r", organisation="o", start="", end="").covers("2024") is None


class TestCues:
    def test_are_found_by_kind_and_lemma(self) -> None:
        [cue] = world().find_cues("StanceCue", "fordern")
        assert (cue.first("polarity"), cue.get("targetSlot")) == ("support", ("clause", "object"))
        assert world().find_cues("SpeechCue", "fordern") == ()

    def test_that_ask_for_more_come_first(self, tmp_path: Path) -> None:
        more = """
            kg:a-plain a kg:StanceCue ; kg:lemma "stellen" .
            kg:z-with a kg:StanceCue ; kg:lemma "stellen" ; kg:with "in Frage" .
            kg:m-reflexive a kg:StanceCue ; kg:lemma "stellen" ; kg:reflexive true .
        """
        found = read_world(tmp_path, more).find_cues("StanceCue", "stellen")
        assert [cue.id for cue in found] == ["z-with", "m-reflexive", "a-plain"]

    def test_read_values_and_flags(self) -> None:
        cue = Cue(id="x", kind="StanceCue", properties={"pos": ("VERB",), "weak": ("true",)})
        assert (cue.first("pos"), cue.first("strength", "0.8"), cue.get("with")) == ("VERB", "0.8", ())
        assert (cue.flag("weak"), cue.flag("reflexive")) == (True, False)


class TestReading:
    def test_joins_the_files_of_a_folder(self, tmp_path: Path) -> None:
        read_world(tmp_path)
        (tmp_path / "more.ttl").write_text(
            "<https://w3id.org/polkg/resource/state-x> a <https://w3id.org/polkg/ontology#State> ;"
            ' <http://www.w3.org/2000/01/rdf-schema#label> "Xland"@de .',
            encoding="utf-8",
        )
        read_knowledge.cache_clear()
        assert named(read_knowledge(tmp_path), "Xlands") == ("state-x",)

    def test_leaves_out_other_languages(self) -> None:
        assert world().entities["state-russland"].names == ("Russland", "Russische Föderation")

    def test_lists_issues_by_notation(self) -> None:
        assert set(world().issues) == {"nato-membership", "arms-deliveries", "ceasefire", "treaty"}

    def test_of_an_entity_without_label_fails_by_name(self, tmp_path: Path) -> None:
        with pytest.raises(KnowledgeError, match="state-atlantis: a State without rdfs:label"):
            read_world(tmp_path, "r:state-atlantis a kg:State .")

    def test_of_what_is_no_turtle_fails_with_the_place(self, tmp_path: Path) -> None:
        with pytest.raises(KnowledgeError, match=r"core\.ttl.*mend the Turtle"):
            read_world(tmp_path, "r:state-x a kg:State ;;; nonsense")

    def test_of_a_folder_without_ontology_fails(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"core\.ttl"):
            read_knowledge(tmp_path / "nowhere")


class TestForms:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Wolodymyr Selenskyj", "Volodymyr Zelensky"), ("Wolodymyr Selenskyj", "Wolodimir Selenski"),
            ("Alexander Lukaschenko", "Alexander Lukaschenka"), ("Sergej Lawrow", "Sergei Lavrov"),
            ("Mahmud Ahmadinedschad", "Mahmoud Ahmadinejad"), ("Frank-Walter Müller", "Frank Walter Müller"),
        ],
    )  # fmt: skip
    def test_of_one_name_sound_alike(self, one: str, other: str) -> None:
        assert sound(one) == sound(other)

    @pytest.mark.parametrize(("one", "other"), [("Karl Brandt", "Paula Brandt"), ("Olena Maruk", "Olena Marek")])
    def test_of_two_names_do_not(self, one: str, other: str) -> None:
        assert sound(one) != sound(other)

    def test_are_found_as_switzerland_writes_them(self) -> None:
        assert spellings("Außenminister") == ("Außenminister", "Aussenminister")
        assert world().roles["Aussenminister"] == world().roles["Außenminister"]

    def test_of_short_adjectives_vary_too(self) -> None:
        assert ("Nahen", "Ostens") in set(phrases("Naher Osten"))
        assert ("Petere", "Maruk") not in set(phrases("Peter Maruk", inflected=False))
