"""Windows of words become rows of pieces that the network has room for; batches hold windows of like length."""

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from kg.errors import ModelError
from kg.nlp.encoder import BOS, EOS, FILES, MAX_WINDOW_PIECES, UNKNOWN, Array, Encoder, Window

VOCABULARY = [(piece, -1.0) for piece in ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁ab"]]
NAMES = [piece for piece, _ in VOCABULARY]


class Echo(Encoder):
    """Answers each batch with the ids of the pieces that stand first in each word."""

    def __init__(self) -> None:
        self.tokenizer = Tokenizer(Unigram(VOCABULARY, unk_id=UNKNOWN))
        self._pieces: dict[str, list[int]] = {}
        self.batches: list[int] = []

    def _run_batch(self, rows: list[tuple[list[int], list[int], list[int]]]) -> dict[str, Array]:  # type: ignore[override]
        self.batches.append(len(rows))
        size = max(len(first) for _, first, _ in rows)
        return {"ids": np.array([[ids[i] for i in first] + [-1] * (size - len(first)) for ids, first, _ in rows])}


def window(*words: str) -> Window:
    return Window(words=words, spaced=(True,) * len(words))


def read(encoder: Encoder, *words: str) -> list[list[str]]:
    """The pieces of each word."""
    ids, first, last = encoder._ids(window(*words))
    return [[NAMES[i] for i in ids[a : b + 1]] for a, b in zip(first, last, strict=True)]


def test_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / FILES[0]).touch()
    with pytest.raises(ModelError, match=r"heads\.npz, labels\.json, tokenizer\.json"):
        Encoder(tmp_path)


class TestPieces:
    def test_begin_with_the_space_before_the_word(self) -> None:
        encoder = Echo()
        assert [NAMES[i] for i in encoder.pieces("ab", True)] == ["▁ab"]
        assert [NAMES[i] for i in encoder.pieces("ab", False)] == ["a", "b"]

    def test_are_never_none(self) -> None:
        assert Echo().pieces("", False) == [UNKNOWN]

    def test_of_a_word_lie_between_its_first_and_last(self) -> None:
        assert read(Echo(), "ab", "bb") == [["▁ab"], ["▁", "b", "b"]]

    def test_stand_between_the_marks_of_the_window(self) -> None:
        ids, _, _ = Echo()._ids(window("ab"))
        assert (ids[0], ids[-1]) == (BOS, EOS)

    @pytest.mark.parametrize(("words", "length"), [(1, 500), (100, 3), (240, 3), (240, 40), (500, 2)])
    def test_of_a_window_are_not_more_than_the_network_reads(self, words: int, length: int) -> None:
        ids, first, last = Echo()._ids(window(*["b" * length] * words))
        assert len(ids) <= MAX_WINDOW_PIECES + 2
        assert len(first) == len(last) == words
        assert last[-1] < len(ids) - 1


class TestRun:
    def test_answers_in_the_order_of_the_windows(self) -> None:
        windows = [window(*["ab"] * n) for n in (3, 1, 2)]
        assert [len(out["ids"]) for out in Echo().run(windows)] == [3, 1, 2]

    def test_cuts_the_padding_off(self) -> None:
        outputs = Echo().run([window("ab"), window("ab", "ab")])
        assert all((out["ids"] == NAMES.index("▁ab")).all() for out in outputs)

    def test_reads_windows_in_batches_of_bounded_size(self) -> None:
        encoder = Echo()
        encoder.run([window(*["b"] * 100)] * 100)
        assert sum(encoder.batches) == 100
        assert 1 < len(encoder.batches) < 100

    def test_of_no_windows_is_nothing(self) -> None:
        assert Echo().run([]) == []
