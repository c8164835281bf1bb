"""Scores of the network become annotation: every attribute of the `Doc`, in one tree a sentence."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.component import GermanModel
from kg.nlp.encoder import Encoder, Inputs, Pending, Window
from kg.nlp.lemmatizer import Lexicon
from kg.nlp.segments import SECTIONS
from kg.nlp.sessions import Array

SIZE = 12  # as wide as the longest window here has words, and one more for the root
LABELS: dict[str, Any] = {
    "upos": ["NOUN", "VERB", "ADP", "PUNCT", "PROPN"],
    "xpos": ["NN", "VVFIN", "PTKVZ", "$.", "NE"],
    "feats": [
        ["Case", ["", "Nom", "Acc"]],
        ["Mood", ["", "Ind", "Sub"]],
        ["Number", ["", "Sing", "Plur"]],
        ["Person", ["", "3"]],
        ["Tense", ["", "Past", "Pres"]],
        ["Voice", ["", "Pass"]],
    ],
    "lemma": ["=|0|", "=|1|en", "l|0|"],
    "deprel": ["nsubj", "root", "obj", "compound:prt", "punct", "aux:pass"],
    "ner": ["O", "B-PER", "I-PER", "B-OTH", "B-LOCderiv"],
}
WORDS: dict[str, dict[str, Any]] = {  # what the network thinks of each word; `head` is a word, "" the root
    "Rutte": {"upos": 4, "xpos": 4, "feats": (1, 0, 1, 0, 0, 0), "head": "lehnt", "deprel": 0, "ner": 1, "start": True},
    "Mark": {"upos": 4, "xpos": 4, "feats": (1, 0, 1, 0, 0, 0), "head": "lehnt", "deprel": 0, "ner": 1, "start": True},
    "lehnt": {"upos": 1, "xpos": 1, "feats": (0, 1, 1, 1, 2, 0), "lemma": 1, "head": "", "deprel": 1},
    "lehnten": {"upos": 1, "xpos": 1, "feats": (0, 1, 2, 1, 1, 0), "head": "", "deprel": 1},
    "Taurus": {"upos": 0, "feats": (2, 0, 1, 0, 0, 0), "head": "lehnt", "deprel": 2, "ner": 3},
    "russische": {"head": "lehnt", "deprel": 2, "ner": 4},
    "ab": {"upos": 2, "xpos": 2, "feats": (2, 0, 0, 0, 0, 0), "head": "lehnt", "deprel": 3},
    "werden": {"upos": 1, "xpos": 1, "feats": (0, 1, 2, 1, 2, 0), "head": "lehnt", "deprel": 5},
    "Rütte": {"upos": 4, "xpos": 4, "feats": (1, 0, 1, 0, 0, 0), "head": "lehnt", "deprel": 0, "ner": 2},
    ".": {"upos": 3, "xpos": 3, "head": "lehnt", "deprel": 4},
}


class Stub(Encoder):
    """A network that has learned `WORDS` by heart."""

    def __init__(self) -> None:
        self.labels = LABELS
        relations = np.zeros((SIZE + 1, len(LABELS["deprel"]), SIZE + 1), np.float32)
        for k in range(len(LABELS["deprel"])):
            relations[k, k, SIZE] = 9.0  # whatever the head
        self.heads = {"root_arc": one_hot(0), "root_label": one_hot(0), "label": relations}

    def inputs(self, window: Window) -> Inputs:
        return {"words": np.array(window.words)}

    def submit(self, inputs: Sequence[Inputs], *, lower: bool = False) -> Pending:
        self.names = list(answer(["."]))
        found: Pending = [Future() for _ in inputs]
        for future, given in zip(found, inputs, strict=True):
            future.set_result(list(answer(given["words"].tolist()).values()))
        return found


class SmallLexicon(Lexicon):
    """Knows of one form alone what mood it can be."""

    def __init__(self) -> None:
        self.lookup = lambda form, upos: form if form in ("ablehnen", "lehnen") else None  # type: ignore[assignment]
        self.reading = lambda form: 0  # type: ignore[assignment]

    def moods(self, form: str, person: str, number: str) -> tuple[tuple[str, str], ...]:
        return (("Sub", "Past"),) if (form, person, number) == ("lehnten", "3", "Plur") else ()


def one_hot(place: int, size: int = SIZE) -> Array:
    row = np.zeros(size, np.float32)
    row[place] = 1
    return row


def answer(words: Sequence[str]) -> dict[str, Array]:
    """Scores of a window; the arcs are such that each word finds its head by its place, the nearest of its form."""
    known = [WORDS[word] for word in words]
    place = []
    for i, w in enumerate(known):
        heads = [j for j, word in enumerate(words) if word == w["head"]]
        place.append(1 + min(heads, key=lambda j: abs(i - j)) if heads else 0)
    out = {
        key: np.stack([one_hot(int(w.get(key, 0)), size) for w in known])
        for key, size in (("upos", 5), ("xpos", 5), ("lemma", 3), ("ner", 5), ("start", 2))
    }
    sizes = [len(values) for _, values in LABELS["feats"]]
    feats = [w.get("feats", [0] * len(sizes)) for w in known]
    out["feats"] = np.stack([np.concatenate([one_hot(*pair) for pair in zip(f, sizes, strict=True)]) for f in feats])
    out["arc_dep"] = np.stack([one_hot(p) for p in place])
    out["arc_head"] = np.stack([one_hot(1 + i) for i in range(len(words))])
    out["label_dep"] = np.stack([one_hot(int(w.get("deprel", 0))) for w in known])
    out["label_head"] = np.zeros((len(words), SIZE), np.float32)
    return out


@pytest.fixture(name="nlp", scope="module")
def make_nlp() -> Language:
    nlp = spacy.blank("de")
    Language.factory("kg_stub", func=lambda nlp, name: GermanModel(nlp.vocab, Stub(), SmallLexicon()))
    nlp.add_pipe("kg_stub")
    return nlp


@pytest.fixture(name="doc")
def read(nlp: Language) -> Doc:
    return nlp("Rutte lehnt Taurus ab.")


def each(doc: Doc, name: str) -> list[Any]:
    return [getattr(token, name) for token in doc]


class TestTags:
    def test_are_the_best_labels(self, doc: Doc) -> None:
        assert each(doc, "pos_") == ["PROPN", "VERB", "NOUN", "ADP", "PUNCT"]
        assert each(doc, "tag_") == ["NE", "VVFIN", "NN", "PTKVZ", "$."]

    def test_name_the_features_that_are_there(self, doc: Doc) -> None:
        nominal = ["Case=Nom|Number=Sing", "Case=Acc|Number=Sing"]
        assert [str(doc[i].morph) for i in (0, 2, 3)] == [*nominal, ""]
        assert doc[1].morph.to_dict() == {"Mood": "Ind", "Number": "Sing", "Person": "3", "Tense": "Pres"}

    def test_take_the_mood_that_the_form_can_be(self, nlp: Language) -> None:
        assert nlp("lehnten")[0].morph.to_dict() == {"Mood": "Sub", "Number": "Plur", "Person": "3", "Tense": "Past"}

    def test_leave_out_what_the_treebank_does_not_mark(self, nlp: Language) -> None:
        assert WORDS["ab"]["feats"][0] != 0
        assert str(nlp("Rutte lehnt ab.")[2].morph) == ""

    def test_mark_the_passive_auxiliary(self, nlp: Language) -> None:
        assert nlp("Taurus werden lehnt")[1].morph.to_dict()["Voice"] == "Pass"

    def test_call_werden_what_the_tree_makes_of_it(self, nlp: Language) -> None:
        assert [nlp(text)[-1].pos_ for text in ("werden", "lehnt werden")] == ["VERB", "AUX"]

    def test_join_the_particle_to_the_lemma_of_its_verb(self, doc: Doc) -> None:
        assert each(doc, "lemma_") == ["Rutte", "ablehnen", "Taurus", "ab", "."]


class TestTree:
    def test_follows_the_scores(self, doc: Doc) -> None:
        assert [token.head.text for token in doc] == ["lehnt"] * 5
        assert each(doc, "dep_") == ["nsubj", "ROOT", "obj", "compound:prt", "punct"]

    def test_has_one_subject_a_head(self, nlp: Language) -> None:
        assert each(nlp("Rutte lehnt Rütte ab"), "dep_") == ["nsubj", "ROOT", "obj", "compound:prt"]

    def test_ends_where_a_sentence_starts(self, nlp: Language) -> None:
        doc = nlp("Rutte lehnt ab. Mark lehnt ab.")
        assert [sent.text for sent in doc.sents] == ["Rutte lehnt ab.", "Mark lehnt ab."]
        assert [sent.root.i for sent in doc.sents] == [1, 5]

    def test_ends_with_a_paragraph(self, nlp: Language) -> None:
        doc = nlp("Rutte lehnt\n\nlehnt ab")
        assert [[t.text for t in sent if not t.is_space] for sent in doc.sents] == [["Rutte", "lehnt"], ["lehnt", "ab"]]


class TestEntities:
    def test_have_the_types_of_spacy(self, doc: Doc) -> None:
        assert [(ent.text, ent.label_) for ent in doc.ents] == [("Rutte", "PER"), ("Taurus", "MISC")]

    def test_are_names_not_what_derives_from_them(self, nlp: Language) -> None:
        assert [ent.text for ent in nlp("Rutte lehnt russische").ents] == ["Rutte"]

    def test_go_on_over_white_space(self, nlp: Language) -> None:
        doc = nlp("Mark  Rütte lehnt ab")
        assert [(ent.text, ent.label_) for ent in doc.ents] == [("Mark  Rütte", "PER")]


class TestRest:
    def test_hangs_white_space_on_the_token_before(self, nlp: Language) -> None:
        space = nlp("Rutte  lehnt")[1]
        assert (space.pos_, space.dep_, space.head.i) == ("SPACE", "dep", 0)

    @pytest.mark.parametrize("text", ["", " ", "\n\n"])
    def test_of_no_words_has_sentences_all_the_same(self, nlp: Language, text: str) -> None:
        assert len(list(nlp(text).sents)) == bool(text)

    def test_leaves_what_is_in_no_section_alone(self, nlp: Language) -> None:
        doc = nlp.make_doc("date 2024 Rutte lehnt")
        doc.user_data[SECTIONS] = ((10, 21),)
        tokens: list[Token] = list(nlp(doc))
        assert [(t.pos_, t.dep_) for t in tokens[:2]] == [("X", "ROOT")] * 2
        assert [t.text for t in tokens[3].subtree] == ["Rutte", "lehnt"]

    def test_is_the_same_in_a_stream(self, nlp: Language, doc: Doc) -> None:
        assert [d.to_json() for d in nlp.pipe([doc.text] * 9)] == [doc.to_json()] * 9

    def test_of_a_stream_is_in_its_order(self, nlp: Language) -> None:
        texts = ["Rutte lehnt ab. " * (1 + n % 2) for n in range(11)]
        assert [d.text for d in nlp.pipe(texts)] == texts
