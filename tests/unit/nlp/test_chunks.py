"""Noun chunks: what stands before the noun is in, what follows it is a chunk of its own."""

import pytest
from spacy.tokens import Doc

from kg.nlp.chunks import noun_chunks
from tests.docs import parse

VERB = "kommt VVFIN | . $."


def chunks(sentence: str) -> list[str]:
    doc = parse(f"{sentence} | {VERB}")
    return [doc[start:end].text for start, end, _ in noun_chunks(doc)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("der ART | neue ADJA | Minister NN nsubj kommt", "der neue Minister"),
        ("er PPER nsubj kommt", "er"),
        ("rund ADV advmod 300 | 300 CARD | Soldaten NN nsubj kommt", "rund 300 Soldaten"),
        ("drei CARD | Millionen NN nmod Euro | Euro NN nsubj kommt", "drei Millionen Euro"),
        ("Putins NE nmod:poss Krieg Case=Gen | Krieg NN nsubj kommt", "Putins Krieg"),
        ("der ART | Polen NE nmod Hilfe Case=Gen | die ART det Hilfe | Hilfe NN nsubj kommt", "der Polen | die Hilfe"),
        ("seine PPOSAT | Partei NN nsubj kommt", "seine Partei"),
        ("der ART | Beitritt NN nsubj kommt | der ART | Ukraine NE nmod Beitritt Case=Gen",
         "der Beitritt | der Ukraine"),
        ("der ART | Streit NN nsubj kommt | um APPR | den ART | Beitritt NN nmod Streit", "der Streit | den Beitritt"),
        ("im/in APPRART | Krieg NN obl kommt", "Krieg"),
        ("Kiew NE nsubj kommt | und KON cc Rom | das ART | ferne ADJA | Rom NE conj Kiew", "Kiew | das ferne Rom"),
        ("der ART | alte ADJA | und KON cc neue | neue ADJA conj alte | Minister NN nsubj kommt",
         "der alte und neue Minister"),
        ("der ART | von APPR case Moskau | Moskau NE obl geführte | geführte ADJA | Krieg NN nsubj kommt",
         "der von Moskau geführte Krieg"),
        ("nicht PTKNEG advmod Rom | nur ADV advmod Rom | Rom NE nsubj kommt", "Rom"),
        ("die ART | „ $( punct Mission | Mission NN nsubj kommt | “ $( punct Mission", "die „ Mission"),
    ],
)  # fmt: skip
def test_a_chunk_is_a_base_noun_phrase(sentence: str, expected: str) -> None:
    assert [" ".join(chunk.replace("„", "„ ").split()) for chunk in chunks(sentence)] == expected.split(" | ")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Bundeskanzler NN compound Olaf | Olaf NE nsubj kommt | Scholz NE flat Olaf", ["Bundeskanzler Olaf Scholz"]),
        ("Bundeskanzler NN nsubj kommt | Olaf NE appos Bundeskanzler | Scholz NE flat Olaf",
         ["Bundeskanzler Olaf Scholz"]),
        ("Bundeskanzler NN dep Olaf | Olaf NE nsubj kommt | Scholz NE flat:name Olaf", ["Bundeskanzler Olaf Scholz"]),
        ("Olaf NE nsubj kommt | Scholz NE flat Olaf | , $, punct Kanzler | der ART | Kanzler NN appos Olaf | , $,",
         ["Olaf Scholz", "der Kanzler"]),
        ("Olaf NE nsubj kommt | Scholz NE flat Olaf | ( $( punct SPD | SPD NE appos Olaf | ) $( punct SPD",
         ["Olaf Scholz", "SPD"]),
        ("die ART | Stadt NN nsubj kommt | Kiew NE appos Stadt", ["die Stadt Kiew"]),
        ("der ART | Abzug NN nsubj kommt | der ART | Truppen NN appos Abzug", ["der Abzug", "der Truppen"]),
    ],
)  # fmt: skip
def test_a_name_belongs_to_its_title_unless_a_comma_parts_them(sentence: str, expected: list[str]) -> None:
    assert chunks(sentence) == expected


def test_a_predicate_is_a_chunk_without_its_subject() -> None:
    doc = parse("Scholz NE nsubj Kanzler | ist/sein VAFIN cop | der ART | Kanzler NN | . $.")
    assert [doc[start:end].text for start, end, _ in noun_chunks(doc)] == ["Scholz", "der Kanzler"]


def test_a_reflexive_that_the_verb_demands_is_none() -> None:
    assert chunks("Kiew NE nsubj kommt | sich PRF") == ["Kiew"]


def test_chunks_of_a_span_are_those_of_its_words() -> None:
    doc = parse(f"der ART | Kanzler NN nsubj kommt | {VERB}", f"Kiew NE nsubj kommt | {VERB}")
    second = list(doc.sents)[1]
    assert [doc[start:end].text for start, end, _ in noun_chunks(second)] == ["Kiew"]


def test_without_a_parse_there_are_none() -> None:
    doc = Doc(parse("Kiew NE nsubj kommt | kommt VVFIN").vocab, words=["Kiew"])
    with pytest.raises(ValueError, match="need a parse"):
        list(noun_chunks(doc))
