"""Which words name whom: names and what stands for them, never the same word twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract.compounds import role_of
from kg.extract.mentions import find_mentions
from kg.extract.reading import Reading, find_prose
from kg.extract.unknown import base_name
from kg.model import Mention, Span
from tests.builders import article
from tests.docs import read, read_world, token, tree, world


def found(*sentences: str) -> list[tuple[str, str, str]]:
    """(words, kind, first candidate or type) of each mention, in text order."""
    mentions = sorted(read(*sentences).mentions.values(), key=lambda m: m.span)
    return [(m.text, m.kind, m.candidates[0] if m.candidates else m.type) for m in mentions]


def only(*sentences: str) -> Mention:
    [mention] = read(*sentences).mentions.values()
    return mention


class TestName:
    @pytest.mark.parametrize("form", ["Russland", "Russlands"])
    def test_is_found_in_its_cases(self, form: str) -> None:
        assert found(f"{form} NE nsubj droht | droht VVFIN") == [(form, "name", "state-russland")]

    def test_of_several_words_varies_as_a_whole(self) -> None:
        assert found("die ART | Grenze NN | der ART | Russischen/russisch ADJA | Föderation NN nmod Grenze") == [
            ("Russischen Föderation", "name", "state-russland")
        ]

    def test_is_the_longest_that_fits(self) -> None:
        assert found("das ART | Budapester NN compound Memorandum | Memorandum NN") == [
            ("Budapester Memorandum", "name", "treaty-budapester-memorandum")
        ]

    def test_written_in_capitals_is_also_found_without(self) -> None:
        assert found("die ART | Nato NE nsubj zögert | zögert VVFIN") == [("Nato", "name", "org-nato")]

    def test_that_is_a_word_too_needs_a_weapon_near(self) -> None:
        assert found("Der ART | Puma NN nsubj schläft | schläft VVFIN") == []
        assert found("Puma NN nsubj helfen | und KON cc Taurus | Taurus NN conj Puma | helfen VVFIN") == [
            ("Puma", "name", "weapon-puma"),
            ("Taurus", "name", "weapon-taurus"),
        ]

    def test_of_a_weapon_is_no_person_by_the_network_alone(self) -> None:
        assert found("Taurus NE nsubj fliegt PER | fliegt VVFIN") == [("Taurus", "name", "weapon-taurus")]
        assert found("Olena NE nsubj kam PER | Taurus NE flat Olena PER | kam VVFIN") == [
            ("Olena Taurus", "name", "Person")
        ]

    def test_with_an_indefinite_article_is_no_description(self) -> None:
        assert found("Ein ART | Bündnis NN nsubj reicht | reicht VVFIN") == []
        assert found("Das ART | Bündnis NN nsubj reicht | reicht VVFIN") == [("Bündnis", "nominal", "org-nato")]

    def test_behind_an_article_is_no_surname(self) -> None:
        assert found("den ART | Brandt NE obj sah | sah VVFIN") == []

    def test_of_a_class_of_weapons_is_found_as_last_part(self) -> None:
        assert found("die ART | Kampf-Marschflugkörper NN") == [
            ("Kampf-Marschflugkörper", "name", "weapon-marschflugkoerper")
        ]

    def test_of_somebody_unknown_comes_from_the_network(self) -> None:
        assert found(
            "Olena NE nsubj kam PER | Maruk NE flat Olena PER | kam VVFIN | aus APPR | Lwiw NE obl kam LOC"
        ) == [
            ("Olena Maruk", "name", "Person"),
            ("Lwiw", "name", "Place"),
        ]

    def test_tagged_with_a_role_is_trimmed(self) -> None:
        assert found("Präsidentin NN nsubj kam PER | Maruk NE flat Präsidentin PER | kam VVFIN") == [
            ("Präsidentin", "nominal", "Person"),
            ("Maruk", "name", "Person"),
        ]

    def test_that_several_bear_has_them_all_as_candidates(self) -> None:
        assert only("Brandt NE nsubj kam | kam VVFIN").candidates == ("person-karl-brandt", "person-paula-brandt")

    @pytest.mark.parametrize(
        ("text", "genitive", "label"),
        [("Maruks", True, "Maruk"), ("Maruks", False, "Maruks"), ("Marx'", False, "Marx"), ("Hans", True, "Hans")],
    )
    def test_is_kept_without_genitive(self, text: str, genitive: bool, label: str) -> None:
        assert base_name(text, genitive=genitive) == label


class TestMetonym:
    def test_is_the_capital_that_acts(self) -> None:
        mention = only("Kiew NE nsubj fordert | fordert VVFIN | Hilfe NN obj fordert")
        assert (mention.kind, mention.candidates[0]) == ("metonym", "state-ukraine")

    def test_is_not_the_city_where_something_is(self) -> None:
        mention = only("Die ART | Wahl NN nsubj war | war VVFIN | in APPR | Kiew NE obl war")
        assert (mention.kind, mention.candidates[0]) == ("name", "place-kiew")

    def test_that_is_no_place_stands_for_its_state_anywhere(self) -> None:
        assert found("Streit NN | im/in APPRART | Kreml NN nmod Streit") == [("Kreml", "metonym", "state-russland")]

    @pytest.mark.parametrize(
        ("sentence", "entity"),
        [
            ("die ART | Stadt NN nsubj fiel | Kiew NE appos Stadt | fiel VVFIN", "place-kiew"),
            ("Polen NE nsubj angreifen | wollte VMFIN | Kiew NE obj angreifen | angreifen VVINF", "place-kiew"),
            ("der ART | Angriff NN nsubj kam | auf APPR | Kiew NE nmod Angriff | kam VVFIN", "place-kiew"),
            ("er PPER nsubj reiste | reiste VVFIN | aus APPR | Kiew NE obl reiste | ab PTKVZ", "place-kiew"),
            ("die ART | Forderung NN nsubj half | aus APPR | Kiew NE nmod Forderung | half VVFIN", "state-ukraine"),
            ("In APPR | Kiew NE obl heißt | heißt/heißen VVFIN | es PPER nsubj heißt", "state-ukraine"),
        ],
        ids=["town", "attacked", "attack", "from-there", "demand", "said"],
    )
    def test_is_told_from_the_city_by_what_is_said_of_it(self, sentence: str, entity: str) -> None:
        [mention] = [m for m in read(sentence).mentions.values() if m.text == "Kiew"]
        assert mention.candidates[0] == entity


class TestUnknown:
    @pytest.mark.parametrize(
        ("words", "label"),
        [
            ("des ART | Deutschen/deutsch ADJA ORG | Roten/rot ADJA ORG | Kreuzes/Kreuz NN Gender=Neut Case=Gen ORG",
             "Deutsches Rotes Kreuz"),
            ("der ART | Deutschen/deutsch ADJA ORG | Umwelthilfe NN Gender=Fem Case=Dat ORG", "Deutsche Umwelthilfe"),
            ("des ART | Landgerichts/Landgericht NN Gender=Neut ORG | Bonn NE flat Landgerichts ORG", "Landgericht Bonn"),
            ("Schweriner ADJA ORG | Ministerium NN Gender=Neut ORG", "Schweriner Ministerium"),
        ],
    )  # fmt: skip
    def test_names_are_in_the_nominative(self, words: str, label: str) -> None:
        assert only(words).label == label

    @pytest.mark.parametrize(
        "words",
        ["Große ADJA LOC | Dinge NN", "der ART | Tunnel NN LOC", "die ART | Wut NN PER"],
        ids=["adjective", "place", "person"],
    )
    def test_words_are_no_names(self, words: str) -> None:
        assert found(words) == []

    def test_the_noun_before_says_the_class(self) -> None:
        assert only("die ART | Stadt NN | Irpin NE appos Stadt PER").type == "Place"

    def test_a_form_of_address_is_left_out_and_tells_the_gender(self) -> None:
        mention = only("Frau NN PER | Maruk NE flat Frau PER")
        assert (mention.text, mention.gender) == ("Maruk", "f")

    def test_a_known_person_is_found_in_another_spelling(self) -> None:
        mention = only("Yens NE PER | Stoltenberg NE flat Yens PER")
        assert mention.candidates == ("person-jens-stoltenberg",)


class TestCompound:
    @pytest.mark.parametrize(
        ("word", "part", "kind", "entity"),
        [
            ("NATO-Beitritt", "NATO", "name", "org-nato"),
            ("Nato-Beitritt", "Nato", "name", "org-nato"),
            ("US-Hilfe", "US", "name", "state-usa"),
            ("Ukraine-Krieg", "Ukraine", "name", "state-ukraine"),
            ("Kreml-Kurs", "Kreml", "metonym", "state-russland"),
        ],
    )
    def test_names_whom_its_first_part_names(self, word: str, part: str, kind: str, entity: str) -> None:
        assert found(f"{word} NN") == [(part, kind, entity)]

    def test_written_as_one_is_cut_where_its_parts_are_known(self) -> None:
        assert found("der ART | Kremlsprecher NN") == [
            ("Kreml", "metonym", "state-russland"),
            ("Kremlsprecher", "nominal", "Person"),
        ]
        assert found("die ART | Kremlmauer NN") == []

    @pytest.mark.parametrize("word", ["Nordkorea-", "-", "Krieg-Ukraine"])
    def test_without_a_known_first_part_names_nobody(self, word: str) -> None:
        assert found(f"{word} NN") == []


class TestBody:
    @pytest.mark.parametrize(
        "phrase",
        [
            "das ART | ukrainische/ukrainisch ADJA | Außenministerium NN",
            "das ART | Außenministerium NN | der ART | Ukraine NE nmod Außenministerium",
            "das ART | Außenministerium NN | in APPR | Kiew NE nmod Außenministerium",
            "das ART | Ukraine-Außenministerium NN",
        ],
        ids=["adjective", "genitive", "seat", "compound"],
    )
    def test_belongs_to_its_state(self, phrase: str) -> None:
        [body] = [m for m in read(phrase).mentions.values() if m.type == "GovernmentBody"]
        assert (body.acts_for, body.candidates) == ("state-ukraine", ("body-ukraine-aussenministerium",))
        assert body.label == "Ukrainisches Außenministerium"

    def test_that_the_knowledge_base_has_is_that_one(self) -> None:
        [body] = [m for m in read("die ART | deutsche/deutsch ADJA | Regierung NN").mentions.values() if m.acts_for]
        assert body.candidates == ("body-bundesregierung",)

    def test_without_a_state_has_no_candidates(self) -> None:
        mention = only("Das ART | Außenamt NN nsubj warnt | warnt VVFIN")
        assert (mention.kind, mention.acts_for, mention.candidates) == ("nominal", None, ())


class TestOtherWords:
    def test_an_adjective_of_a_state_names_it(self) -> None:
        assert found("der ART | russische/russisch ADJA | Angriff NN") == [("russische", "adjective", "state-russland")]

    def test_a_demonym_names_its_state(self) -> None:
        assert found("die ART | Ukrainer NN nsubj warten | warten VVFIN") == [("Ukrainer", "nominal", "state-ukraine")]

    def test_a_description_needs_an_article(self) -> None:
        assert found("Das ART | Bündnis NN nsubj zögert | zögert VVFIN") == [("Bündnis", "nominal", "org-nato")]
        assert found("Bündnis NN nsubj zögert | zögert VVFIN") == []

    def test_several_holders_of_a_role_are_a_group(self) -> None:
        assert found("Die ART | Außenminister NN nsubj tagen Number=Plur | tagen VVFIN") == [
            ("Außenminister", "nominal", "Group")
        ]

    def test_personal_pronouns_are_mentions_and_reflexives_are_not(self) -> None:
        assert found("Sie PPER nsubj wehrt | wehrt VVFIN | sich PRF") == [("Sie", "pronoun", "")]

    def test_words_outside_the_prose_name_nobody(self) -> None:
        doc = tree("Kiew NE nsubj zögert | zögert VVFIN", "Moskau NE nsubj droht | droht VVFIN")
        text = doc.source.text
        told = replace(article("x", text), sections=(Span(start=12, end=len(text)),))
        reading = Reading(doc=doc, article=told, knowledge=world(), prose=find_prose(doc, told))
        find_mentions(reading)
        assert [m.text for m in reading.mentions.values()] == ["Moskau"]


class TestRole:
    @pytest.mark.parametrize(
        ("word", "role"),
        [
            ("Generalsekretär", "role-generalsekretaer"),
            ("Generalsekretärin", "role-generalsekretaer"),
            ("NATO-Chef", "role-generalsekretaer"),
            ("US-Präsident", "role-praesident"),
            ("Kremlsprecher", "role-sprecher"),
            ("Lautsprecher", None),
            ("Chef", None),
        ],
    )
    def test_is_read_from_a_word_or_its_last_part(self, word: str, role: str | None) -> None:
        reading = read(f"{word} NN")
        assert role_of(reading, token(reading.doc, word)) == role


def test_an_analyst_adds_a_weapon_in_turtle(tmp_path: Path) -> None:
    sentence = "Kiew NE nsubj testet | testet VVFIN | die ART | Neptun NE obj testet | . $."
    assert ("Neptun", "name", "weapon-neptun") not in found(sentence)
    more = 'r:weapon-neptun a kg:WeaponSystem ; rdfs:label "Neptun"@de .'
    mentions = read(sentence, knowledge=read_world(tmp_path, more)).mentions.values()
    assert [(m.type, m.label) for m in mentions if m.text == "Neptun"] == [("WeaponSystem", "Neptun")]
