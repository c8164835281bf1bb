"""Pruning keeps what the words of a corpus need, every character, and the order of the pieces."""

import json
from collections import Counter
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from kg.training.vocabulary import SPECIAL, bare_tokenizer, count_pieces, count_words, prune

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁Waffen", "▁Friede", "n", "▁Kota", "Waffen", "語"]
KEPT = [0, 1, 2, 3, 4, 5, 6, 9]  # specials, the mark and single characters of European scripts


@pytest.fixture(name="spec")
def write_spec(tmp_path: Path) -> Path:
    path = tmp_path / "tokenizer.json"
    vocabulary = [[piece, 0.0 if n < SPECIAL else -1.0] for n, piece in enumerate(PIECES)]
    model = {"type": "Unigram", "unk_id": 3, "byte_fallback": False, "vocab": vocabulary}
    rest = dict.fromkeys(("truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder"))
    path.write_text(json.dumps({"version": "1.0", **rest, "added_tokens": [], "model": model}), encoding="utf-8")
    return path


def test_words_are_counted_with_punctuation_and_without() -> None:
    assert count_words(["Waffen, Waffen!", "„Frieden“ -"]) == {"Waffen": 2, "Frieden": 1, "-": 1}


def test_pieces_at_word_beginnings_weigh_most(spec: Path) -> None:
    counts = count_pieces(bare_tokenizer(spec), Counter({"Waffen": 3}))
    assert counts[PIECES.index("▁Waffen")] == 10 * counts[PIECES.index("Waffen")]


class TestPrune:
    def test_keeps_the_most_frequent_pieces(self, spec: Path) -> None:
        _, kept = prune(spec, Counter({"Waffen": 5, "Frieden": 1}), len(KEPT) + 1)
        assert kept == sorted([*KEPT, PIECES.index("▁Waffen")])

    def test_keeps_special_pieces_and_characters_whatever_the_size(self, spec: Path) -> None:
        _, kept = prune(spec, Counter(), 1)
        assert kept == KEPT

    def test_drops_what_no_word_uses(self, spec: Path) -> None:
        _, kept = prune(spec, Counter({"Waffen": 5, "Frieden": 1}), 100)
        assert PIECES.index("▁Kota") not in kept

    def test_cuts_kept_words_as_before(self, spec: Path) -> None:
        pruned, kept = prune(spec, Counter({"Waffen": 5, "Frieden": 1}), 100)
        after, before = Tokenizer.from_str(pruned), bare_tokenizer(spec)
        for word in ("▁Waffen", "▁Frieden", "ab"):
            assert [kept[i] for i in after.encode(word).ids] == before.encode(word).ids
