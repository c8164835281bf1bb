"""The network at run time: windows of words in, scores of every head out (onnxruntime, int8)."""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.nlp.sessions import Array, open_session

MARK = "\u2581"  # the piece alphabet's sign for a space before
BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
MAX_WORD_PIECES = 16  # a longer word is a web address or noise; the rest of it is not read
MAX_WINDOW_PIECES = 510  # position embeddings of the encoder, less two for the marks at the ends
FILES = ("encoder.onnx", "heads.npz", "labels.json", "tokenizer.json")

Scores = dict[str, Array]  # by head; a row a word
Pending = list[Future[list[Array]]]  # a window each
Inputs = dict[str, NDArray[np.int64]]  # of one window
LOWER = "lower"  # states of the lower layers, of each piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The words of one window, whether white space stands before each, and what the lexicon says of them."""

    words: tuple[str, ...]
    spaced: tuple[bool, ...]
    readings: tuple[int, ...]  # class of each word in the lexicon


class Encoder:
    """Runs the ONNX network over windows, several at once; a window's scores depend on that window alone.

    Raises:
        ModelError: a file is missing in the folder.
    """

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: no {', '.join(missing)}; install `kg` again or train the model")
        self.folder = folder
        self.labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._pieces: dict[str, list[int]] = {}

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The network, loaded at first use."""
        return open_session(self.folder / "encoder.onnx")

    @property
    def network(self) -> Callable[[list[str], Inputs], list[Array]]:
        """Names of heads and the inputs of one window -> the scores of these heads."""
        run: Callable[[list[str], Inputs], list[Array]] = self.session.run
        return run

    @cached_property
    def names(self) -> list[str]:
        """The heads, in the order in which the network gives their scores."""
        return [output.name for output in self.session.get_outputs() if output.name != LOWER]

    @cached_property
    def workers(self) -> ThreadPoolExecutor:
        """A thread for each processor that this process may use."""
        return ThreadPoolExecutor(count_processors(), thread_name_prefix="kg-encoder")

    @cached_property
    def heads(self) -> dict[str, Array]:
        """Weights of the biaffine products, which are stored in 16 bits."""
        with np.load(self.folder / "heads.npz") as arrays:
            return {name: arrays[name].astype(np.float32) for name in arrays.files}

    def pieces(self, word: str, spaced: bool) -> list[int]:
        """Piece ids of a word, remembered (the memory is bounded)."""
        key = MARK + word if spaced else word
        found = self._pieces.get(key)
        if found is None:
            if len(self._pieces) > 200_000:
                self._pieces.clear()
            found = self.tokenizer.encode(key, add_special_tokens=False).ids[:MAX_WORD_PIECES] or [UNKNOWN]
            self._pieces[key] = found
        return found

    def run(self, windows: Sequence[Window]) -> Scores:
        """Scores of every head for the words of all windows, one after the other."""
        return self.collect(self.submit([self.inputs(window) for window in windows]))

    def submit(self, inputs: Sequence[Inputs], *, lower: bool = False) -> Pending:
        """Begin to read windows; with `lower` the states of the lower layers are the last of their outputs."""
        network, names = self.network, [*self.names, LOWER] if lower else self.names
        return [self.workers.submit(network, names, window) for window in inputs]

    def collect(self, pending: Pending) -> Scores:
        """What `submit` began; no scores at all for no windows."""
        outputs = [future.result() for future in pending]
        return {
            name: np.concatenate(parts) for name, parts in zip(self.names, zip(*outputs, strict=True), strict=False)
        }

    def inputs(self, window: Window) -> Inputs:
        """What the network is given of a window."""
        words = [self.pieces(word, spaced) for word, spaced in zip(window.words, window.spaced, strict=True)]
        most = _fitting([len(pieces) for pieces in words])
        row: list[int] = [BOS]
        first: list[int] = []
        last: list[int] = []
        for pieces in words:
            first.append(len(row))
            row.extend(pieces[:most])
            last.append(len(row) - 1)
        row.append(EOS)
        columns = {"pieces": row, "first": first, "last": last, "reading": window.readings}
        return {name: np.array(values, np.int64) for name, values in columns.items()}


def count_processors() -> int:
    """Processors that this process may use, at least one; OMP_NUM_THREADS says it, as for numerical libraries."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdecimal():
        return int(wanted) or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _fitting(sizes: Sequence[int]) -> int:
    """How many pieces of each word are read, so that all words find room in the window."""
    most = MAX_WORD_PIECES
    while most > 1 and sum(min(size, most) for size in sizes) > MAX_WINDOW_PIECES:
        most -= 1
    return most
