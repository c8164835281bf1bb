"""The network: one transformer encoder, many heads.

A word is represented by its first and last piece (the last carries inflection and, in German
compounds, the head). Parsing is biaffine (Dozat and Manning 2017). Differences between treebanks are
absorbed by an embedding of the treebank (Stymne et al. 2018); at run time it is that of GSD.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

ARC, LABEL, TAG, ENTITY = 256, 96, 320, 192


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


class Projection(nn.Sequential):
    """Linear, GELU, dropout."""

    def __init__(self, inputs: int, outputs: int, dropout: float = 0.25) -> None:
        super().__init__(nn.Linear(inputs, outputs), nn.GELU(), nn.Dropout(dropout))


class Parser(nn.Module):
    """Encoder and heads. `forward` gives raw scores of every head."""

    def __init__(self, config: dict[str, Any], labels: Labels, dropout: float = 0.25) -> None:
        super().__init__()
        self.encoder = BertModel(BertConfig(**config, attn_implementation="eager"), add_pooling_layer=False)
        self.labels = labels
        self.treebank = nn.Embedding(len(labels.treebanks), 2 * config["hidden_size"])
        nn.init.zeros_(self.treebank.weight)
        width = 2 * config["hidden_size"]
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

    def words(self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, treebank: Tensor) -> Tensor:
        """Representation of every word, [batch, words, 2 x hidden]."""
        states = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        batch = torch.arange(len(pieces)).unsqueeze(1)
        both = torch.cat([states[batch, first], states[batch, last]], -1)
        return self.dropout(both + self.treebank(treebank).unsqueeze(1))

    def heads(self, words: Tensor) -> dict[str, Tensor]:
        """Scores and projections of every head, before the biaffine products."""
        tag = self.tag(words)
        return {
            "upos": self.upos(tag),
            "xpos": self.xpos(tag),
            "feats": self.feats(tag),
            "lemma": self.lemma(tag),
            "start": self.start(words),
            "ner": self.ner(self.entity(words)),
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
