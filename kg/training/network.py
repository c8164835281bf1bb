"""The network: one transformer encoder, many heads.

A word is represented by its first and last piece (the last carries inflection and, in German compounds, the
head), and by what the full-form lexicon says that it can be. Parsing is biaffine (Dozat and Manning 2017).
Differences between treebanks are absorbed by an embedding of the treebank (Stymne et al. 2018); at run time it is
that of GSD.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.training.encoder import Encoder, cast_linear

ARC, LABEL, TAG, ENTITY, READING = 256, 96, 320, 192, 128
NAMED = "germeval"  # the data with entities
UNREAD = 0.1  # share of words whose readings are hidden in training, so that the network lives without them


@dataclass(frozen=True)
class Labels:
    """The label inventories; index 0 of every morphological attribute is "absent"."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[tuple[str, tuple[str, ...]], ...]
    lemma: tuple[str, ...]
    deprel: tuple[str, ...]
    ner: tuple[str, ...]
    treebanks: tuple[str, ...]


class Projection(nn.Module):
    """Linear, GELU, dropout."""

    def __init__(self, inputs: int, outputs: int, dropout: float = 0.25) -> None:
        super().__init__()
        self.linear, self.dropout = nn.Linear(inputs, outputs), nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Float32, whatever comes in."""
        hidden: Tensor = self.dropout(F.gelu(cast_linear(x, self.linear)).float())
        return hidden


class Parser(nn.Module):
    """Encoder and heads. `forward` gives raw scores of every head."""

    def __init__(self, config: dict[str, Any], labels: Labels, readings: Tensor, dropout: float = 0.25) -> None:
        """`readings` holds for each class of forms in the lexicon a row of zeros and ones, a column a feature."""
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.labels = labels
        self.named = labels.treebanks.index(NAMED) if NAMED in labels.treebanks else 0
        self.register_buffer("readings", readings)
        self.reading = nn.Linear(readings.shape[1], READING, bias=False)
        width = 2 * config["hidden_size"] + READING
        self.treebank = nn.Embedding(len(labels.treebanks), width)
        nn.init.zeros_(self.treebank.weight)
        self.dropout = nn.Dropout(dropout)
        self.tag = Projection(width, TAG, dropout)
        self.upos = nn.Linear(TAG, len(labels.upos))
        self.xpos = nn.Linear(TAG, len(labels.xpos))
        self.feats = nn.Linear(TAG, sum(len(values) for _, values in labels.feats))
        self.lemma = nn.Linear(TAG, len(labels.lemma))
        self.start = nn.Linear(width, 2)
        self.entity = Projection(width, ENTITY, dropout)
        self.ner = nn.Linear(ENTITY, len(labels.ner))
        self.arc_dep, self.arc_head = Projection(width, ARC, dropout), Projection(width, ARC, dropout)
        self.label_dep, self.label_head = Projection(width, LABEL, dropout), Projection(width, LABEL, dropout)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label = nn.Parameter(torch.zeros(len(labels.deprel), LABEL + 1, LABEL + 1))
        self.root_arc = nn.Parameter(torch.zeros(ARC))
        self.root_label = nn.Parameter(torch.zeros(LABEL))
        for parameter in (self.arc, self.label):
            nn.init.xavier_uniform_(parameter)

    def words(self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, reading: Tensor) -> Tensor:
        """Representation of every word, [batch, words, 2 x hidden + READING], before the treebank is added."""
        states = self.encoder(pieces, mask)
        batch = torch.arange(len(pieces)).unsqueeze(1)
        known = self.reading_table().to(states.dtype)[reading]
        if self.training:
            known = known * (torch.rand(reading.shape) >= UNREAD).unsqueeze(-1)
        return torch.cat([states[batch, first], states[batch, last], known], -1)

    def reading_table(self) -> Tensor:
        """What a word's class in the lexicon adds to its representation; nothing for class 0."""
        table: Tensor = self.reading(self.readings)
        return table

    def styled(self, words: Tensor, treebank: Tensor) -> Tensor:
        """Words as a treebank would annotate them."""
        mixed: Tensor = self.dropout(words.float() + self.treebank(treebank).unsqueeze(1)).to(words.dtype)
        return mixed

    def heads(self, words: Tensor, treebank: Tensor) -> dict[str, Tensor]:
        """Scores and projections of every head, before the biaffine products, as `treebank` would annotate.

        Entities are always those of the data that they are learned from.
        """
        styled, named = self.styled(words, treebank), self.styled(words, torch.full_like(treebank, self.named))
        return self.tags(styled) | self.trees(styled) | {"ner": self.ner(self.entity(named))}

    def tags(self, words: Tensor) -> dict[str, Tensor]:
        """Scores of tags, morphology, lemma scripts and sentence starts."""
        tag = self.tag(words)
        return {
            "upos": self.upos(tag),
            "xpos": self.xpos(tag),
            "feats": self.feats(tag),
            "lemma": self.lemma(tag),
            "start": cast_linear(words, self.start).float(),
        }

    def trees(self, words: Tensor) -> dict[str, Tensor]:
        """Projections for the biaffine products."""
        return {
            "arc_dep": self.arc_dep(words),
            "arc_head": self.arc_head(words),
            "label_dep": self.label_dep(words),
            "label_head": self.label_head(words),
        }

    def arcs(self, out: dict[str, Tensor]) -> Tensor:
        """Scores [batch, dependent, head]; head 0 is the root, head j + 1 is word j."""
        dep = _with_one(out["arc_dep"])
        head = _with_root(out["arc_head"], self.root_arc)
        return dep @ self.arc @ head.transpose(1, 2)

    def arc_labels(self, out: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Scores [batch, dependent, label] for the given heads (0 is the root)."""
        head = _with_root(out["label_head"], self.root_label)
        chosen = head[torch.arange(len(head)).unsqueeze(1), heads]
        return torch.einsum("bwi,lij,bwj->bwl", _with_one(out["label_dep"]), self.label, _with_one(chosen))


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def _with_root(x: Tensor, root: Tensor) -> Tensor:
    return torch.cat([root.to(x.dtype).expand(len(x), 1, -1), x], 1)
