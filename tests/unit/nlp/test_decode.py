"""Trees have one root and the best score; entity tags follow each other as BIO allows."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kg.nlp.decode import Scores, decode_entities, decode_tree, transitions


def test_greedy_choice_that_is_a_tree_is_kept() -> None:
    scores = np.array([[9, 0, 1], [0, 9, 0]], np.float32)

    assert decode_tree(scores).tolist() == [0, 1]


def test_cycle_is_broken_where_it_costs_least() -> None:
    # words 1 and 2 prefer each other; the root is cheaper to give to word 2
    scores = np.array([[1, 0, 9], [5, 9, 0]], np.float32)

    assert decode_tree(scores).tolist() == [2, 0]


def test_single_word_hangs_on_the_root() -> None:
    assert decode_tree(np.zeros((1, 2), np.float32)).tolist() == [0]


@given(arrays.arrays(np.float32, st.integers(2, 4).map(lambda n: (n, n + 1)), elements=st.floats(-5, 5, width=32)))
def test_tree_is_the_best_single_rooted_one(scores: Scores) -> None:
    size = len(scores)
    found = decode_tree(scores.copy()).tolist()

    assert found.count(0) == 1
    assert _is_tree(found)
    best = max(_total(scores, heads) for heads in itertools.product(range(size + 1), repeat=size) if _fits(heads))
    assert _total(scores, found) == pytest.approx(best, abs=1e-3)


def _fits(heads: Sequence[int]) -> bool:
    own = any(h == i + 1 for i, h in enumerate(heads))
    return not own and sum(h == 0 for h in heads) == 1 and _is_tree(heads)


def _is_tree(heads: Sequence[int]) -> bool:
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


def _total(scores: Scores, heads: Sequence[int]) -> float:
    return sum(float(scores[i, h]) for i, h in enumerate(heads))


def test_inside_tag_needs_its_beginning() -> None:
    tags = ("O", "B-PER", "I-PER")
    scores = np.array([[[1.0, 0.0, 2.0], [0.0, 0.0, 3.0]]], np.float32)

    path = decode_entities(scores, np.array([2]), transitions(tags))

    assert [tags[k] for k in path[0]] == ["B-PER", "I-PER"]


def test_padding_of_a_batch_changes_nothing() -> None:
    tags = ("O", "B-PER", "I-PER")
    scores = np.random.default_rng(1).normal(size=(1, 3, 3)).astype(np.float32)
    padded = np.concatenate([scores, np.full((1, 4, 3), 50, np.float32)], 1)

    alone = decode_entities(scores, np.array([3]), transitions(tags))
    within = decode_entities(padded, np.array([3]), transitions(tags))

    assert alone[0].tolist() == within[0, :3].tolist()
