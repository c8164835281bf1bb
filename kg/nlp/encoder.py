"""The network at run time: windows of words in, scores of every head out (onnxruntime, int8)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.errors import ModelError

MARK = "\u2581"  # the piece alphabet's sign for a space before
BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
MAX_WORD_PIECES = 16  # a longer word is a web address or noise; the rest of it is not read
MAX_WINDOW_PIECES = 510  # position embeddings of the encoder, less two for the marks at the ends
BATCH_PIECES = 4096
FILES = ("encoder.onnx", "heads.npz", "labels.json", "tokenizer.json")

Array = NDArray[Any]
Pieces = tuple[list[int], list[int], list[int]]  # ids; places of the first and the last one of each word


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The words of one window and whether white space stands before each."""

    words: tuple[str, ...]
    spaced: tuple[bool, ...]


class Encoder:
    """Runs the ONNX network over windows. What comes out depends on the windows given together alone.

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
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def heads(self) -> dict[str, Array]:
        """Weights of the biaffine products."""
        with np.load(self.folder / "heads.npz") as arrays:
            return {name: arrays[name] for name in arrays.files}

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

    def run(self, windows: Sequence[Window]) -> list[dict[str, Array]]:
        """Scores of every head for each window, in the order given; arrays are [words, ...]."""
        ids = [self._ids(w) for w in windows]
        order = sorted(range(len(windows)), key=lambda n: (len(ids[n][0]), n))
        results: list[dict[str, Array]] = [{}] * len(windows)
        for batch in _batches(order, [len(row[0]) for row in ids]):
            outputs = self._run_batch([ids[n] for n in batch])
            for row, n in enumerate(batch):
                size = len(windows[n].words)
                results[n] = {name: values[row, :size] for name, values in outputs.items()}
        return results

    def _ids(self, window: Window) -> Pieces:
        words = [self.pieces(word, spaced) for word, spaced in zip(window.words, window.spaced, strict=True)]
        most = _fitting([len(pieces) for pieces in words])
        row: list[int] = [BOS]
        first: list[int] = []
        last: list[int] = []
        for pieces in words:
            first.append(len(row))
            row.extend(pieces[:most])
            last.append(len(row) - 1)
        return [*row, EOS], first, last

    def _run_batch(self, rows: Sequence[Pieces]) -> dict[str, Array]:
        pieces = _pad([r[0] for r in rows], PAD)
        inputs = {
            "pieces": pieces,
            "mask": (pieces != PAD).astype(np.int64),
            "first": _pad([r[1] for r in rows], 0),
            "last": _pad([r[2] for r in rows], 0),
        }
        names = [output.name for output in self.session.get_outputs()]
        return dict(zip(names, self.session.run(names, inputs), strict=True))


def _fitting(sizes: Sequence[int]) -> int:
    """How many pieces of each word are read, so that all words find room in the window."""
    most = MAX_WORD_PIECES
    while most > 1 and sum(min(size, most) for size in sizes) > MAX_WINDOW_PIECES:
        most -= 1
    return most


def _pad(rows: Sequence[list[int]], fill: int) -> NDArray[np.int64]:
    padded = np.full((len(rows), max(map(len, rows))), fill, np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded


def _batches(order: Sequence[int], sizes: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for n in order:
        if not found or sizes[n] * (len(found[-1]) + 1) > BATCH_PIECES:
            found.append([])
        found[-1].append(n)
    return found
