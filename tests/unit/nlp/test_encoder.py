"""Windows of words become rows of pieces that the network has room for; their scores come in the order of the text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from kg.errors import ModelError
from kg.nlp.encoder import BOS, EOS, FILES, MAX_WINDOW_PIECES, UNKNOWN, Encoder, Window, count_processors
from kg.nlp.sessions import Array

VOCABULARY = [(piece, -1.0) for piece in ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁ab"]]
NAMES = [piece for piece, _ in VOCABULARY]


class Echo(Encoder):
    """A network that answers with the ids of the pieces that stand first in each word."""

    def __init__(self) -> None:
        self.tokenizer = Tokenizer(Unigram(VOCABULARY, unk_id=UNKNOWN))
        self._pieces: dict[str, list[int]] = {}
        self.names = ["ids", "readings"]
        self.windows = 0

    @property
    def network(self) -> Callable[[list[str], dict[str, Array]], list[Array]]:
        return self.answer

    def answer(self, names: list[str], inputs: dict[str, Array]) -> list[Array]:
        self.windows += 1
        return [inputs["pieces"][inputs["first"]], inputs["reading"]]


def window(*words: str) -> Window:
    return Window(words=words, spaced=(True,) * len(words), readings=tuple(range(len(words))))


def places(encoder: Encoder, *words: str) -> tuple[list[int], list[int], list[int]]:
    """Ids of a window, and where each word begins and ends among them."""
    inputs = encoder.inputs(window(*words))
    return inputs["pieces"].tolist(), inputs["first"].tolist(), inputs["last"].tolist()


def read(encoder: Encoder, *words: str) -> list[list[str]]:
    """The pieces of each word."""
    ids, first, last = places(encoder, *words)
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
        ids, _, _ = places(Echo(), "ab")
        assert (ids[0], ids[-1]) == (BOS, EOS)

    @pytest.mark.parametrize(("words", "length"), [(1, 500), (100, 3), (240, 3), (240, 40), (500, 2)])
    def test_of_a_window_are_not_more_than_the_network_reads(self, words: int, length: int) -> None:
        ids, first, last = places(Echo(), *["b" * length] * words)
        assert len(ids) <= MAX_WINDOW_PIECES + 2
        assert len(first) == len(last) == words
        assert last[-1] < len(ids) - 1


class TestRun:
    def test_answers_in_the_order_of_the_windows(self) -> None:
        scores = Echo().run([window("ab"), window("b", "ab", "b"), window("ab", "ab")])
        whole, space = NAMES.index("▁ab"), NAMES.index("▁")
        assert scores["ids"].tolist() == [whole, space, whole, space, whole, whole]

    def test_tells_the_network_what_the_lexicon_says(self) -> None:
        assert Echo().run([window("a", "b"), window("a")])["readings"].tolist() == [0, 1, 0]

    def test_reads_each_window_by_itself(self) -> None:
        encoder = Echo()
        encoder.run([window(*["b"] * 100)] * 20)
        assert encoder.windows == 20

    def test_of_no_windows_is_nothing(self) -> None:
        assert Echo().run([]) == {}


def test_there_is_a_processor() -> None:
    assert count_processors() >= 1
