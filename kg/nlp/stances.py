"""What the network says of positions, word by word: whether one carries a position, on what, how, whose.

The layers for it stand over the lower ones of the encoder, whose states of a window it is given behind those of
the beginning of the text: an article says first what it is about.
"""

import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.nlp.sessions import Array, open_session

KEY = "kg_stances"  # of `Doc.user_data`
FILES = ("stances.onnx", "stances.json")
WINDOW = 100  # words; the network is trained on windows of up to 110
TITLE = 30  # words of the beginning of a text that stand before each of its windows
CARRIES = 1  # the label of words that carry a position
LIKELIHOODS = ("issues", "polarity", "modality")
POINTERS = ("holder", "about")

Inputs = dict[str, NDArray[np.int64]]
Outputs = Future[list[Array]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceScores:
    """What the network says of the words of a document; a row a word, `token` being its index in the `Doc`."""

    token: NDArray[np.int64]
    carries: Array  # probability that the word carries a position, between 0 and 1
    issues: Array  # probabilities, a column an issue of `labels`, and so on
    polarity: Array
    modality: Array
    holder: NDArray[np.int64]  # index of the token that names who holds it; -1 nobody in the window
    about: NDArray[np.int64]  # index of the token that names what it is about
    labels: dict[str, list[str]]


def stances_of(doc: Doc) -> StanceScores | None:
    """What the network said of the document; nothing where another pipeline read it, or it was switched off."""
    found: StanceScores | None = doc.user_data.get(KEY)
    return found


class StanceNetwork:
    """The layers and heads for positions; one window at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """Issues, polarities and modalities, in the order of the scores."""
        found: dict[str, list[str]] = json.loads((self.folder / "stances.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The network, loaded at first use."""
        return open_session(self.folder / "stances.onnx")

    @cached_property
    def names(self) -> list[str]:
        """The heads, in the order in which the network gives their scores."""
        return [output.name for output in self.session.get_outputs()]

    def submit(self, workers: ThreadPoolExecutor, inputs: Sequence[Inputs], lower: Sequence[Outputs]) -> list[Outputs]:
        """Begin to read; `inputs` are those of the encoder's windows, whose states `lower` gives as last output.

        Windows that follow each other are read together up to `WINDOW` words: a short paragraph says little alone.
        """
        return [
            workers.submit(self._read, inputs[low:high], lower[low:high], inputs[0], lower[0])
            for low, high in pairwise(_joined([len(window["first"]) for window in inputs]))
        ]

    def _read(self, inputs: Sequence[Inputs], lower: Sequence[Outputs], begin: Inputs, opening: Outputs) -> list[Array]:
        words = min(TITLE, len(begin["last"]))
        states = [opening.result()[-1][:, 1 : int(begin["last"][words - 1]) + 1]]  # the first piece is a mark
        offset, places = states[0].shape[1], []
        for n, (window, future) in enumerate(zip(inputs, lower, strict=True)):
            own = future.result()[-1][:, min(n, 1) :]  # marks stand at the ends alone
            places.append({name: window[name] + offset - min(n, 1) for name in ("first", "last")})
            states.append(own if n + 1 == len(inputs) else own[:, :-1])
            offset += states[-1].shape[1]
        ends = {name: np.concatenate([place[name] for place in places]) for name in ("first", "last")}
        found: list[Array] = self.session.run(self.names, {"states": np.concatenate(states, 1), **ends})
        return found

    def collect(self, pending: Sequence[Outputs], index: NDArray[np.int64]) -> StanceScores:
        """What `submit` began; `index` has the token of each word."""
        windows = [dict(zip(self.names, future.result(), strict=True)) for future in pending]
        likely = {
            name: np.concatenate([_softmax(window[name]) for window in windows]) for name in (*LIKELIHOODS, "carries")
        }
        targets: dict[str, list[NDArray[np.int64]]] = {name: [] for name in POINTERS}
        low = 0
        for window in windows:
            own = np.append(index[low : low + len(window["carries"])], -1)  # -1 for nobody, the first column
            for name in POINTERS:
                targets[name].append(own[window[name].argmax(1) - 1])
            low += len(own) - 1
        return StanceScores(
            token=index, carries=likely["carries"][:, CARRIES], labels=self.labels,
            issues=likely["issues"], polarity=likely["polarity"], modality=likely["modality"],
            holder=np.concatenate(targets["holder"]), about=np.concatenate(targets["about"]),
        )  # fmt: skip


def _joined(sizes: Sequence[int]) -> list[int]:
    """Where windows begin that are read together, and the end of the last, for windows of so many words."""
    bounds, total = [0], 0
    for n, size in enumerate(sizes):
        if n > bounds[-1] and total + size > WINDOW:
            bounds.append(n)
            total = 0
        total += size
    return [*bounds, len(sizes)]


def _softmax(scores: Array) -> Array:
    raised: Array = np.exp(scores - scores.max(-1, keepdims=True))
    likely: Array = raised / raised.sum(-1, keepdims=True)
    return likely
