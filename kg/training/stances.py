"""The network that reads positions: upper layers of their own over the lower ones that the tagger reads with.

The layers that have learned trees have forgotten what words are about; those of the pretrained encoder above the
first few still know it. So positions get a tower: the pretrained layers from `SHARED` upwards, fine-tuned on
passages with positions, over the lower layers of the shipped model, which are not changed by it.

Every word is asked whether it carries a position, on which issue, with which polarity and modality, and points to
the words that name its holder and what it is about. Before each window stands the beginning of the text: what
an article is about is said there. The lower layers read both apart, the tower together.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.training.encoder import Layer, cast_linear
from kg.training.network import Projection

SHARED = 4  # layers below that the tower shares with the tagger
STANCE, LOOK, POINTER = 256, 64, 128
POINTERS = ("holder", "about")
SHARPER = 3.0  # of the pointers' scores
DROPOUT = 0.2
IGNORE = -100
WEIGHTS = {"carries": 1.0, "issues": 1.0, "polarity": 1.0, "modality": 0.5, "holder": 0.3, "about": 0.3}


@dataclass(frozen=True, slots=True)
class Inventory:
    """The labels that the heads tell apart."""

    issues: tuple[str, ...]
    polarity: tuple[str, ...]
    modality: tuple[str, ...]


@dataclass(slots=True)
class Lines:
    """Padded windows, each with the beginning of its text before it. Labels hold `IGNORE` where nothing is known."""

    states: Tensor  # of the lower layers, [batch, pieces, width]
    mask: Tensor  # 0 where padded
    first: Tensor  # first and last piece of each word, [batch, words]
    last: Tensor
    carries: Tensor
    issues: Tensor  # [batch, words, issues]; a word that carries several has each in equal parts
    polarity: Tensor
    modality: Tensor
    holder: Tensor  # 0 nobody in the window, 1 + word
    about: Tensor


class StanceReader(nn.Module):
    """The tower and its heads over states of the lower layers."""

    def __init__(self, config: dict[str, Any], inventory: Inventory, depth: int) -> None:
        """`depth` is the number of layers of the tower; `config` that of the encoder."""
        super().__init__()
        self.inventory = inventory
        self.layers = nn.ModuleList(Layer(config) for _ in range(depth))
        width = 2 * config["hidden_size"]
        self.dropout = nn.Dropout(DROPOUT)
        self.stance = Projection(width, STANCE, DROPOUT)
        self.carries, self.modality = nn.Linear(STANCE, 2), nn.Linear(STANCE, len(inventory.modality))
        self.look_from, self.look_to = nn.Linear(width, LOOK), nn.Linear(width, LOOK)
        self.meaning = Projection(2 * width, STANCE, DROPOUT)
        self.issues, self.polarity = (
            nn.Linear(STANCE, len(inventory.issues)),
            nn.Linear(STANCE, len(inventory.polarity)),
        )
        for name in POINTERS:
            setattr(self, f"{name}_from", Projection(width, POINTER, DROPOUT))
            setattr(self, f"{name}_to", Projection(width, POINTER, DROPOUT))
            setattr(self, f"{name}_nobody", nn.Parameter(torch.zeros(POINTER)))

    def forward(self, states: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Scores of every word for each head, float32; pointers are [batch, word, 1 + word]."""
        bias = torch.zeros(mask.shape, dtype=states.dtype).masked_fill(mask == 0, -1e4)[:, None, None]
        for layer in self.layers:
            states = layer(states, bias)
        rows = torch.arange(len(states)).unsqueeze(1)
        words = self.dropout(torch.cat([states[rows, first], states[rows, last]], -1))
        missing = (first == 0).unsqueeze(1)  # the first piece is a mark: padding
        stance, meaning = self.stance(words), self.meaning(self._looked(words, missing))
        scores = {"carries": self.carries(stance), "modality": self.modality(stance)}
        scores |= {"issues": self.issues(meaning), "polarity": self.polarity(meaning)}
        return scores | {name: self._points(words, name, missing) for name in POINTERS}

    def _looked(self, words: Tensor, missing: Tensor) -> Tensor:
        """Each word with what it attends to in its window: the words that name what the stance is on."""
        scores = (cast_linear(words, self.look_from) @ cast_linear(words, self.look_to).transpose(1, 2)).float()
        weights = torch.softmax((scores * LOOK**-0.5).masked_fill(missing, -1e4), -1)
        return torch.cat([words, weights.to(words.dtype) @ words], -1)

    def _points(self, words: Tensor, name: str, missing: Tensor) -> Tensor:
        source, target = getattr(self, f"{name}_from")(words), getattr(self, f"{name}_to")(words)
        nobody = getattr(self, f"{name}_nobody").expand(len(target), 1, -1)
        scores = source @ torch.cat([nobody, target], 1).transpose(1, 2) * (SHARPER * POINTER**-0.5)
        return torch.cat([scores[..., :1], scores[..., 1:].masked_fill(missing, -1e4)], -1)


def stance_loss(reader: StanceReader, lines: Lines) -> dict[str, Tensor]:
    """Cross entropy of each head, weighted; all but the first count at words that carry a position."""
    out = reader(lines.states, lines.mask, lines.first, lines.last)
    parts = {"carries": _entropy(out["carries"], lines.carries)}
    carrying = lines.carries == 1
    if carrying.any():
        parts["issues"] = F.cross_entropy(out["issues"][carrying], lines.issues[carrying])
        parts |= {name: _entropy(out[name], getattr(lines, name)) for name in ("polarity", "modality", *POINTERS)}
    return {name: WEIGHTS[name] * part for name, part in parts.items()}


def _entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    return F.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=IGNORE)
