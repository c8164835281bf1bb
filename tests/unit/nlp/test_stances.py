"""Windows of the network for positions, and what its scores become."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.nlp.sessions import Array
from kg.nlp.stances import StanceNetwork, _joined

WIDTH = 2
LABELS = {"issues": ["arms", "peace"], "polarity": ["support", "oppose"], "modality": ["asserted"]}


class Session:
    """Answers with scores by the place of a word, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[dict[str, Array]] = []

    def run(self, names: list[str], inputs: dict[str, Array]) -> list[Array]:
        self.given.append(inputs)
        words = len(inputs["first"])
        pointers = np.zeros((words, 1 + words))
        pointers[0, -1] = 1.0  # the first word points to the last, all others to nobody
        scores = {
            "carries": np.array([[0.0, 9.0]] + [[9.0, 0.0]] * (words - 1)), "issues": np.ones((words, 2)),
            "polarity": np.array([[0.0, 9.0]] * words), "modality": np.ones((words, 1)),
            "holder": pointers, "about": np.zeros((words, 1 + words)),
        }  # fmt: skip
        return [scores[name] for name in names]


@pytest.fixture(name="network")
def make_network(tmp_path: Path) -> StanceNetwork:
    network = StanceNetwork(tmp_path)
    network.__dict__ |= {"session": Session(), "labels": LABELS}
    network.__dict__["names"] = ["carries", "issues", "polarity", "modality", "holder", "about"]
    return network


def window(words: int) -> dict[str, Array]:
    """Of one piece a word."""
    places = np.arange(1, words + 1)
    return {"pieces": np.arange(words + 2), "first": places, "last": places}


def states(words: int, value: float) -> Future[list[Array]]:
    found: Future[list[Array]] = Future()
    rows = np.full((1, words + 2, WIDTH), value)
    rows[:, [0, -1]] = -value  # marks
    found.set_result([np.empty(0), rows])
    return found


def read(network: StanceNetwork, *sizes: int) -> tuple[list[dict[str, Array]], list[list[Array]]]:
    with ThreadPoolExecutor(1) as workers:
        lower = [states(size, n + 1.0) for n, size in enumerate(sizes)]
        found = network.submit(workers, [window(size) for size in sizes], lower)
        results = [future.result() for future in found]
    session: Any = network.session
    return session.given, results


def test_short_windows_are_read_together_behind_the_beginning_of_the_text(network: StanceNetwork) -> None:
    [given], _ = read(network, 2, 3)
    assert given["states"][0, :, 0].tolist() == [1, 1, -1, 1, 1, 2, 2, 2, -2]
    assert given["first"].tolist() == [3, 4, 5, 6, 7]
    assert given["last"].tolist() == [3, 4, 5, 6, 7]


def test_of_a_long_beginning_the_first_words_alone(network: StanceNetwork) -> None:
    given, _ = read(network, 90, 90)
    assert [len(inputs["first"]) for inputs in given] == [90, 90]
    assert given[1]["states"][0, :, 0].tolist() == [1] * 30 + [-2] + [2] * 90 + [-2]
    assert given[1]["first"][0] == 31


def test_scores_become_probabilities_and_pointers_tokens(network: StanceNetwork) -> None:
    index = np.array([0, 2, 3, 7, 8])
    with ThreadPoolExecutor(1) as workers:
        pending = network.submit(workers, [window(2), window(3)], [states(2, 1.0), states(3, 1.0)])
        scores = network.collect(pending, index)
    assert scores.carries.round(3).tolist() == [1, 0, 0, 0, 0]
    assert scores.issues.tolist() == [[0.5, 0.5]] * 5
    assert scores.polarity.argmax(1).tolist() == [1] * 5
    assert scores.holder.tolist() == [8, -1, -1, -1, -1]
    assert scores.about.tolist() == [-1] * 5


@pytest.mark.parametrize(
    ("sizes", "bounds"),
    [([5], [0, 1]), ([60, 40, 1], [0, 2, 3]), ([200, 5], [0, 1, 2]), ([5, 200, 5], [0, 1, 2, 3])],
)
def test_windows_are_joined_up_to_a_number_of_words(sizes: list[int], bounds: list[int]) -> None:
    assert _joined(sizes) == bounds
