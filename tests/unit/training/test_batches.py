"""Sentences become padded tensors; what is not known of a word is not learnt from."""

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from kg.nlp.lemmatizer import Lexicon
from kg.training.corpus import Sentence

if TYPE_CHECKING:
    from kg.training.batches import Pieces
    from kg.training.network import Labels

pytestmark = pytest.mark.torch

PARSED = Sentence(
    words=("Kiew", "hofft", "."),
    spaces=(True, False, True),
    treebank="gsd",
    upos=("PROPN", "VERB", "PUNCT"),
    xpos=("NE", None, "unbekannt"),
    feats=({"Case": "Nom"}, {}, None),
    lemmas=("Kiew", "hoffen", "."),
    heads=(2, 0, 2),
    deprels=("nsubj", "root", "punct"),
)
NAMED = Sentence(words=("Kiew", "!"), spaces=(False, True), treebank="germeval", ner=("B-LOC", "O"))


class Readings(Lexicon):
    """Knows that Kiew is of class 7."""

    def __init__(self) -> None:
        self.reading = lambda form: 7 if form == "Kiew" else 0  # type: ignore[assignment]


@pytest.fixture(name="pieces")
def make_pieces() -> "Pieces":
    from kg.training.batches import Pieces

    vocabulary = [(piece, -1.0) for piece in ["<s>", "<pad>", "</s>", "<unk>", "▁", *"Kiewhoft.!", "▁Kiew"]]
    return Pieces(Tokenizer(Unigram(vocabulary, unk_id=3)), Readings())


@pytest.fixture(name="labels")
def make_labels() -> "Labels":
    from kg.training.network import Labels

    return Labels(
        upos=("PROPN", "PUNCT", "VERB"),
        xpos=("$.", "NE"),
        feats=(("Case", ("", "Acc", "Nom")),),
        lemma=("=|0|", "=|1|en"),
        deprel=("nsubj", "punct", "root"),
        ner=("O", "B-LOC"),
        treebanks=("germeval", "gsd"),
    )


class TestMakeBatch:
    def test_holds_pieces_between_the_marks(self, pieces: "Pieces", labels: "Labels") -> None:
        from kg.nlp.encoder import BOS, EOS, PAD
        from kg.training.batches import STEP, make_batch

        batch = make_batch([[NAMED], [PARSED]], pieces, labels)
        first, second = batch.pieces.tolist()
        assert first == [BOS, *pieces("Kiew", True), *pieces("!", False), EOS] + [PAD] * (STEP - 4)
        assert batch.mask.sum(1).tolist() == [4, STEP - second.count(PAD)]

    def test_is_padded_to_few_lengths(self, pieces: "Pieces", labels: "Labels") -> None:
        from kg.training.batches import STEP, make_batch

        for count in (1, 5, 20):
            batch = make_batch([[PARSED] * count], pieces, labels)
            assert batch.pieces.shape[1] % STEP == batch.first.shape[1] % STEP == 0

    def test_knows_what_the_lexicon_says_of_a_word(self, pieces: "Pieces", labels: "Labels") -> None:
        from kg.training.batches import make_batch

        assert make_batch([[PARSED]], pieces, labels).reading[:, :3].tolist() == [[7, 0, 0]]

    def test_reads_words_as_the_pipeline_does(self, pieces: "Pieces", labels: "Labels") -> None:
        from kg.training.batches import make_batch

        soft = replace(PARSED, words=("Ki\u00adew", "hofft", "."))
        assert (
            make_batch([[soft]], pieces, labels).pieces.tolist()
            == make_batch([[PARSED]], pieces, labels).pieces.tolist()
        )

    def test_knows_where_words_begin_and_end(self, pieces: "Pieces", labels: "Labels") -> None:
        from kg.training.batches import make_batch

        batch = make_batch([[PARSED]], pieces, labels)
        assert batch.first[:, :3].tolist() == [[1, 2, 8]]
        assert batch.last[:, :3].tolist() == [[1, 7, 8]]

    def test_marks_what_is_not_known(self, pieces: "Pieces", labels: "Labels") -> None:
        from kg.training.batches import IGNORE, make_batch

        batch = make_batch([[PARSED], [NAMED]], pieces, labels)
        assert batch.upos[:, :3].tolist() == [[0, 2, 1], [IGNORE] * 3]
        assert batch.xpos[0, :3].tolist() == [1, IGNORE, IGNORE]
        assert batch.feats[:, :3].tolist() == [[[2], [0], [IGNORE]], [[IGNORE]] * 3]
        assert batch.ner[:, :3].tolist() == [[IGNORE] * 3, [1, 0, IGNORE]]
        assert batch.lemma[:, :3].tolist() == [[0, 1, 0], [IGNORE] * 3]

    def test_counts_heads_within_the_window(self, pieces: "Pieces", labels: "Labels") -> None:
        from kg.training.batches import make_batch

        batch = make_batch([[PARSED, PARSED]], pieces, labels)
        assert batch.head[:, :6].tolist() == [[2, 0, 2, 5, 0, 5]]
        assert batch.sentence[:, :6].tolist() == [[0, 0, 0, 1, 1, 1]]
        assert batch.start[:, :6].tolist() == [[1, 0, 0, 1, 0, 0]]


def test_windows_hold_every_sentence_once_and_are_bounded() -> None:
    from kg.training.batches import windows

    sentences = [replace(PARSED, words=PARSED.words, treebank=str(n)) for n in range(50)]
    found = list(windows(sentences, random.Random(1), most=12))
    assert [s for window in found for s in window] == sentences
    assert max(len(window) for window in found) <= 4


def test_batches_hold_every_window_once(pieces: "Pieces", labels: "Labels") -> None:
    from kg.training.batches import batches

    groups = [[PARSED] * (1 + n % 3) for n in range(30)]
    found = list(batches(groups, pieces, labels, 100, random.Random(1)))
    assert sum(len(batch.pieces) for batch in found) == 30
    assert sum(int((batch.sentence >= 0).sum()) for batch in found) == 180


def test_batches_have_no_more_pieces_than_asked_for(pieces: "Pieces", labels: "Labels") -> None:
    from kg.training.batches import batches

    found = list(batches([[PARSED] * 2] * 10, pieces, labels, 100, random.Random(1)))
    assert sorted(len(batch.pieces) for batch in found) == [1, 3, 3, 3]
    assert all(batch.pieces.numel() <= 100 for batch in found)


def test_words_have_at_least_one_piece_and_not_too_many(pieces: "Pieces") -> None:
    from kg.nlp.encoder import MAX_WORD_PIECES

    assert len(pieces("", False)) == 1
    assert len(pieces("K" * 100, True)) == MAX_WORD_PIECES
