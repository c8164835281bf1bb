"""Passages -> padded tensors over the states of the lower layers."""

import random
from collections.abc import Iterator, Sequence
from itertools import chain

import torch
from torch import Tensor

from kg.nlp.encoder import BOS, EOS, PAD
from kg.training.batches import Pieces, pack, round_up
from kg.training.encoder import Encoder
from kg.training.passages import Passage, cut
from kg.training.stances import IGNORE, POINTERS, Inventory, Lines


def stream_lines(
    passages: Sequence[Passage], pieces: Pieces, lower: Encoder, inventory: Inventory, size: int, *, seed: int
) -> Iterator[Lines]:
    """Endless batches of at most `size` pieces with the padding; every round cuts the texts anew."""
    rng = random.Random(seed)
    while True:
        windows = [window for passage in passages for window in cut(passage, rng)]
        for packed in pack_windows(windows, pieces, size, rng):
            yield make_lines(packed, pieces, lower, inventory)


def pack_windows(windows: Sequence[Passage], pieces: Pieces, size: int, rng: random.Random) -> list[list[Passage]]:
    """Windows of like length together, at most `size` pieces with the padding, in random order."""

    def length(window: Passage) -> int:
        return 2 + sum(len(pieces(word, True)) for word in (*window.title, *window.words))

    return pack(windows, length, size, rng)


def make_lines(windows: Sequence[Passage], pieces: Pieces, lower: Encoder, inventory: Inventory) -> Lines:
    """One padded batch: title and window are read apart by the lower layers, and lie side by side after that."""
    rows = [_row(window, pieces) for window in windows]
    titles = _states(lower, [row.title for row in rows])
    bodies = _states(lower, [row.body for row in rows])
    long = round_up(max(len(row.title) - 1 + len(row.body) for row in rows))
    wide = round_up(max(len(window.words) for window in windows))
    states = torch.zeros(len(rows), long, bodies.shape[2], dtype=bodies.dtype)
    mask = torch.zeros(len(rows), long)
    first, last = (torch.zeros(len(rows), wide, dtype=torch.long) for _ in range(2))
    for n, row in enumerate(rows):
        before, after = len(row.title) - 1, len(row.body)  # the first piece of the title is a mark
        states[n, :before] = titles[n, 1 : before + 1]
        states[n, before : before + after] = bodies[n, :after]
        mask[n, : before + after] = 1
        first[n, : len(row.first)] = torch.tensor(row.first) + before
        last[n, : len(row.last)] = torch.tensor(row.last) + before
    return Lines(states=states, mask=mask, first=first, last=last, **_labels(windows, wide, inventory))


class _Row:
    """Piece ids of a window and of the beginning of its text; places of the first and last piece of its words."""

    def __init__(self) -> None:
        self.title: list[int] = [BOS]
        self.body: list[int] = [BOS]
        self.first: list[int] = []
        self.last: list[int] = []


def _row(window: Passage, pieces: Pieces) -> _Row:
    row = _Row()
    space = True
    for word, after in zip(window.title, window.title_spaces, strict=True):
        row.title.extend(pieces(word, space))
        space = after
    space = True
    for word, after in zip(window.words, window.spaces, strict=True):
        row.first.append(len(row.body))
        row.body.extend(pieces(word, space))
        row.last.append(len(row.body) - 1)
        space = after
    row.body.append(EOS)
    return row


@torch.no_grad()
def _states(lower: Encoder, rows: Sequence[list[int]]) -> Tensor:
    long = round_up(max(map(len, rows)))
    pieces = torch.tensor([row + [PAD] * (long - len(row)) for row in rows])
    x, bias = lower.embed(pieces, (pieces != PAD).float())
    x, bias = x.bfloat16(), bias.bfloat16()
    for layer in lower.layers:
        x = layer(x, bias)
    found: Tensor = x
    return found


def _labels(windows: Sequence[Passage], wide: int, inventory: Inventory) -> dict[str, Tensor]:
    shape = (len(windows), wide)
    labels = {name: torch.full(shape, IGNORE) for name in ("carries", "polarity", "modality", *POINTERS)}
    labels["issues"] = torch.zeros(*shape, len(inventory.issues))
    for n, window in enumerate(windows):
        labels["carries"][n, : len(window.words)] = 0
        for word, carried in window.carried.items():
            labels["carries"][n, word] = 1
            labels["polarity"][n, word] = inventory.polarity.index(carried.polarity)
            labels["modality"][n, word] = inventory.modality.index(carried.modality)
            labels["holder"][n, word] = 0 if carried.holder is None else carried.holder + 1
            labels["about"][n, word] = 0 if carried.about is None else carried.about + 1
            for issue in carried.issues:
                labels["issues"][n, word, inventory.issues.index(issue)] = 1 / len(carried.issues)
    return labels


def collect_inventory(passages: Sequence[Passage], polarity: Sequence[str], modality: Sequence[str]) -> Inventory:
    """The issues that occur, sorted, and the given polarities and modalities."""
    carried = chain.from_iterable(passage.carried.values() for passage in passages)
    issues = sorted({issue for word in carried for issue in word.issues})
    return Inventory(issues=tuple(issues), polarity=tuple(polarity), modality=tuple(modality))
