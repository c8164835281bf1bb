"""What pipelines with UD labels do differently is made alike."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.nlp.stts import has_stts
from kg.nlp.universal import foreign_relations, make_alike, start_paragraphs

pytestmark = pytest.mark.model  # lemmas come from the lexicon that ships with the model

VOCAB = spacy.blank("de").vocab
ROWS = """
    Moskau PROPN nsubj 1 Case=Nom
    lehnt VERB root 1 VerbForm=Fin
    den DET det 3 PronType=Art
    Beitritt NOUN obj 1 Case=Acc
    ab ADP compound:prt 1 _
    . PUNCT punct 1 _
"""


def doc_of(rows: str, *, morphs: bool = True, lemmas: list[str] | None = None, tags: list[str] | None = None) -> Doc:
    table = [row.split() for row in rows.strip().splitlines()]
    return Doc(
        VOCAB,
        words=[row[0] for row in table],
        pos=[row[1] for row in table],
        deps=[row[2] for row in table],
        heads=[int(row[3]) for row in table],
        morphs=[row[4].replace("_", "") if morphs else "" for row in table],
        lemmas=lemmas,
        tags=tags,
    )


class TestMakeAlike:
    @pytest.mark.parametrize("morphs", [True, False], ids=["features", "no-features"])
    def test_fills_what_is_missing(self, morphs: bool) -> None:
        doc = make_alike(doc_of(ROWS, morphs=morphs))
        assert [t.tag_ for t in doc] == ["NE", "VVFIN", "ART", "NN", "PTKVZ", "$."]
        assert [t.lemma_ for t in doc] == ["Moskau", "ablehnen", "der", "Beitritt", "ab", "."]
        assert doc[1].dep_ == "ROOT"
        assert next(iter(doc.sents)).root.text == "lehnt"

    def test_leaves_what_is_there(self) -> None:
        lemmas = ["Moskau", "ablehnen", "der", "Beitritt", "ab", "."]
        tags = ["NE", "VVFIN", "ART", "NN", "PTKVZ", "$."]
        doc = make_alike(doc_of(ROWS, lemmas=lemmas, tags=tags))
        assert ([t.lemma_ for t in doc], [t.tag_ for t in doc]) == (lemmas, tags)

    def test_replaces_tags_of_another_set(self) -> None:
        doc = make_alike(doc_of(ROWS, tags=["PROPN", "VERB", "DET", "NOUN", "ADP", "PUNCT"]))
        assert has_stts(doc)

    @pytest.mark.parametrize(
        ("label", "ours"),
        [("PERSON", "PER"), ("per", "PER"), ("GPE", "LOC"), ("ORG", "ORG"), ("OTH", "MISC"), ("DATE", None)],
    )
    def test_names_entities_as_we_do(self, label: str, ours: str | None) -> None:
        doc = doc_of(ROWS)
        doc.ents = (Span(doc, 0, 1, label=label),)
        assert [ent.label_ for ent in make_alike(doc).ents] == ([ours] if ours else [])

    def test_does_without_entities(self) -> None:
        doc = make_alike(doc_of(ROWS))
        assert doc.has_annotation("ENT_IOB")
        assert not doc.ents


class TestTags:
    def tag(self, rows: str, *, morphs: bool = True) -> str:
        return " ".join(t.tag_ for t in make_alike(doc_of(rows, morphs=morphs)))

    @pytest.mark.parametrize(
        ("rows", "tags"),
        [
            ("wird AUX aux:pass 1 VerbForm=Fin\ngeliefert VERB root 1 VerbForm=Part", "VAFIN VVPP"),
            ("muss AUX aux 1 VerbForm=Fin\nhelfen VERB root 1 VerbForm=Inf", "VMFIN VVINF"),
            ("zu PART mark 1 _\nhelfen VERB root 1 VerbForm=Inf", "PTKZU VVINF"),
            ("versucht VERB root 0 VerbForm=Fin\nabzulehnen VERB xcomp 0 VerbForm=Inf", "VVFIN VVIZU"),
            ("um SCONJ mark 2 _\nzu PART mark 2 _\nhelfen VERB root 2 VerbForm=Inf", "KOUI PTKZU VVINF"),
            ("er PRON nsubj 1 PronType=Prs\nhilft VERB root 1 VerbForm=Fin\nnicht PART advmod 1 _",
             "PPER VVFIN PTKNEG"),
            ("sich PRON expl:pv 1 Reflex=Yes\nhelfen VERB root 1 VerbForm=Inf", "PRF VVINF"),
            ("seine DET det:poss 2 Poss=Yes\nneue ADJ amod 2 Case=Nom\nArmee NOUN root 2 _", "PPOSAT ADJA NN"),
            ("im ADP case 1 _\nKrieg NOUN root 1 _", "APPRART NN"),
            ("kein DET det 1 PronType=Neg\nKrieg NOUN root 1 _", "PIAT NN"),
        ],
    )  # fmt: skip
    def test_are_read_off_features_and_relations(self, rows: str, tags: str) -> None:
        assert self.tag(rows) == tags

    @pytest.mark.parametrize(
        ("rows", "tags"),
        [
            ("wird AUX aux:pass 1 _\ngeliefert VERB root 1 _", "VAFIN VVPP"),
            ("muss AUX aux 1 _\nhelfen VERB root 1 _", "VMFIN VVINF"),
            ("zu PART mark 1 _\nhelfen VERB root 1 _", "PTKZU VVINF"),
            ("lehnt VERB root 0 _", "VVFIN"),
        ],
    )
    def test_are_guessed_without_features(self, rows: str, tags: str) -> None:
        assert self.tag(rows, morphs=False) == tags


def test_foreign_relations_are_named() -> None:
    doc = doc_of("a NOUN sb 0 _\nb NOUN nsubj:pass 0 _\nc NOUN Root 2 _")
    assert foreign_relations(doc) == ["sb"]


def test_paragraphs_start_sentences() -> None:
    doc = start_paragraphs(spacy.blank("de")("Ein Titel\n\nDer Text beginnt."))
    assert [t.text for t in doc if t.is_sent_start] == ["Ein", "Der"]
