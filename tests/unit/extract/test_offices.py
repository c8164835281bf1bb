"""Who holds which role where, as the words beside the name say."""

import pytest

from tests.docs import extract, words_of

Office = tuple[str | None, str, str | None]


def offices(*sentences: str) -> list[Office]:
    """(person, role, organisation) as the article words them."""
    found = extract(*sentences)
    return [(words_of(found, o.person), o.role, words_of(found, o.organisation)) for o in found.offices]


@pytest.mark.parametrize(
    ("phrase", "office"),
    [
        ("NATO-Generalsekretär NN | Mark NE flat NATO-Generalsekretär PER | Rutte NE flat Mark PER",
         ("Mark Rutte", "Generalsekretär", "NATO")),
        ("NATO-Chef NN | Rutte NE flat NATO-Chef PER", ("Rutte", "Chef", "NATO")),
        ("Kremlsprecher NN | Iwan NE flat Kremlsprecher PER | Sorin NE flat Iwan PER",
         ("Iwan Sorin", "Sprecher", "Kreml")),
        ("die ART | deutsche/deutsch ADJA | Außenministerin NN | Brandt NE flat Außenministerin PER",
         ("Brandt", "Außenministerin", "deutsche")),
        ("der ART | Präsident NN | der ART | Ukraine NE nmod Präsident | , $, | Maruk NE appos Präsident PER",
         ("Maruk", "Präsident", "Ukraine")),
        ("Maruk NE PER | , $, | Präsident NN appos Maruk | der ART | Ukraine NE nmod Präsident",
         ("Maruk", "Präsident", "Ukraine")),
        ("Maruk NE PER | als KOKOM | Präsident NN nmod Maruk", ("Maruk", "Präsident", None)),
        ("Generalsekretär NN | Dr. NN flat Generalsekretär | Rutte NE flat Dr. PER",
         ("Rutte", "Generalsekretär", None)),
    ],
    ids=["compound", "tail", "written-as-one", "adjective", "genitive", "behind-the-name", "als", "title"],
)  # fmt: skip
def test_a_role_beside_a_name_is_an_office(phrase: str, office: Office) -> None:
    assert offices(phrase) == [office]


@pytest.mark.parametrize(
    ("phrase", "office"),
    [
        ("der ART | Chef NN | der ART | NATO NE nmod Chef | Mark NE dep Chef PER | Rutte NE flat Mark PER",
         ("Mark Rutte", "Chef", "NATO")),
        ("der ART | Generalsekretär NN | der ART | NATO NE nmod Generalsekretär | , $, | Mark NE dep Generalsekretär PER"
         " | Rutte NE flat Mark PER | , $,", ("Mark Rutte", "Generalsekretär", "NATO")),
        ("Ex-US-Präsident NN | Maruk NE flat Ex-US-Präsident PER", ("Maruk", "Präsident", "US")),
        ("Aussenministerin NN | Brandt NE flat Aussenministerin PER", ("Brandt", "Aussenministerin", None)),
        ("Präsidenten/Präsidenten NN | Maruk NE flat Präsidenten PER", ("Maruk", "Präsident", None)),
        ("ihr PPOSAT | Präsident NN | Maruk NE flat Präsident PER", ("Maruk", "Präsident", "ihr")),
    ],
    ids=["over-genitive", "between-commas", "prefix", "swiss", "case-ending", "possessive"],
)  # fmt: skip
def test_a_role_is_tied_to_its_name_over_what_stands_between(phrase: str, office: Office) -> None:
    assert offices(phrase) == [office]


def test_a_predicate_names_an_office() -> None:
    is_one = "Maruk NE nsubj Präsidentin PER | ist/sein VAFIN cop Präsidentin Mood=Ind | Präsidentin NN | . $."
    assert offices(is_one) == [("Maruk", "Präsidentin", None)]
    is_not = is_one.replace("| Präsidentin NN", "| nicht PTKNEG advmod Präsidentin | Präsidentin NN")
    assert offices(is_not) == []


def test_a_genitive_below_a_role_is_not_its_holder() -> None:
    assert offices("der ART | Sprecher NN | Maruks NE nmod Sprecher PER Case=Gen") == []


def test_evidence_reaches_from_role_to_name() -> None:
    found = extract("NATO-Chef NN nsubj kam | Mark NE flat NATO-Chef PER | Rutte NE flat Mark PER | kam VVFIN | . $.")
    assert [o.evidence.slice(found.article.text) for o in found.offices] == ["NATO-Chef Mark Rutte"]


def test_a_role_without_a_name_is_none() -> None:
    assert offices("Der ART | NATO-Generalsekretär NN nsubj kam | kam VVFIN | . $.") == []


def test_a_role_without_a_name_still_knows_its_organisation() -> None:
    found = extract("Der ART | NATO-Generalsekretär NN nsubj kam | kam VVFIN | . $.")
    [role] = [m for m in found.mentions if m.kind == "nominal"]
    assert (words_of(found, role.acts_for), role.head) == ("NATO", None)


def test_a_role_refers_by_the_name_beside_it() -> None:
    found = extract("Präsident NN nsubj kam | Maruk NE flat Präsident PER | kam VVFIN | . $.")
    [role] = [m for m in found.mentions if m.kind == "nominal"]
    assert words_of(found, role.head) == "Maruk"


def test_a_role_is_held_only_where_the_knowledge_base_has_it() -> None:
    phrase = "Generalsekretär NN | der ART | Ukraine NE nmod Generalsekretär | Maruk NE flat Generalsekretär PER"
    assert offices(phrase) == [("Maruk", "Generalsekretär", None)]


def test_a_name_in_another_phrase_holds_nothing() -> None:
    assert offices("Der ART | Präsident NN nsubj lobte | lobte VVFIN | gestern ADV | Maruk NE obj lobte PER") == []
