"""The transformer encoder, BERT's architecture (Devlin et al. 2019), written for training on a CPU.

Everything between the embeddings and the last layer is bfloat16: on processors with matrix units for it
that halves the time of a step against automatic mixed precision. Weights stay float32.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

MASKS = 1 << 24  # random numbers kept for dropout


class Dropout(nn.Module):
    """Dropout that cuts its masks from a stock of random bits; drawing fresh ones takes a fifth of a step."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.stock: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Same shape; unchanged outside of training."""
        if not self.training or not self.rate:
            return x
        if self.stock is None or self.stock.dtype != x.dtype:
            kept = torch.rand(MASKS) >= self.rate
            self.stock = kept.to(x.dtype) / (1 - self.rate)
        size = x.numel()
        if size > MASKS:
            return F.dropout(x, self.rate)
        start = int(torch.randint(MASKS - size + 1, ()))
        return x * self.stock[start : start + size].view(x.shape)


def cast_linear(x: Tensor, layer: nn.Linear) -> Tensor:
    """The layer's product in the precision of `x`."""
    bias = None if layer.bias is None else layer.bias.to(x.dtype)
    return F.linear(x, layer.weight.to(x.dtype), bias)


def cast_norm(x: Tensor, layer: nn.LayerNorm) -> Tensor:
    """Layer normalisation in the precision of `x`."""
    return F.layer_norm(x, layer.normalized_shape, layer.weight.to(x.dtype), layer.bias.to(x.dtype), layer.eps)


class Layer(nn.Module):
    """Self-attention and feed-forward, normalised after each."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        width, inner, epsilon = config["hidden_size"], config["intermediate_size"], config["layer_norm_eps"]
        self.heads: int = config["num_attention_heads"]
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=epsilon)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.dropout = Dropout(config.get("hidden_dropout_prob", 0.1))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """States [batch, pieces, width]; `bias` is added to the attention scores (minus infinity where padded)."""
        x = self.attend(x, bias)
        return self.contract(x, self.expand(x))

    def attend(self, x: Tensor, bias: Tensor) -> Tensor:
        """States after self-attention."""
        batch, length, width = x.shape
        q, k, v = cast_linear(x, self.qkv).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = (q * (q.shape[-1] ** -0.5)) @ k.transpose(2, 3) + bias
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(batch, length, width)
        return cast_norm(x + self.dropout(cast_linear(mixed, self.out)), self.attention_norm)

    def expand(self, x: Tensor) -> Tensor:
        """The hidden units of the feed-forward part."""
        return F.gelu(cast_linear(x, self.inner))

    def contract(self, x: Tensor, hidden: Tensor) -> Tensor:
        """States after the feed-forward part."""
        return cast_norm(x + self.dropout(cast_linear(hidden, self.outer)), self.norm)


class Encoder(nn.Module):
    """Pieces in, states out."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.norm = nn.LayerNorm(width, eps=config["layer_norm_eps"])
        self.dropout = Dropout(config.get("hidden_dropout_prob", 0.1))
        self.layers = nn.ModuleList(Layer(config) for _ in range(config["num_hidden_layers"]))

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """States [batch, pieces, width] of piece ids; `mask` is 0 where padded. bfloat16 in training."""
        x, bias = self.embed(pieces, mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def embed(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What the first layer is given: states, and what is added to attention scores."""
        positions = self.positions.weight[: pieces.shape[1]]
        x = self.dropout(self.norm(self.words(pieces) + positions))
        if self.training:
            x = x.bfloat16()
        return x, torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask == 0, -1e4)[:, None, None]


def convert_bert(state: dict[str, Tensor], layers: list[int]) -> dict[str, Tensor]:
    """Weights under the names of Hugging Face's `BertModel` -> under those of `Encoder`, the given layers alone.

    The token type embedding, of which there is only the first, is added to the positions.
    """
    kind = state["embeddings.token_type_embeddings.weight"][0]
    found = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "positions.weight": state["embeddings.position_embeddings.weight"] + kind,
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense", "outer": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    for new, old in enumerate(layers):
        source, target = f"encoder.layer.{old}.", f"layers.{new}."
        for part in ("weight", "bias"):
            qkv = [state[f"{source}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            found[f"{target}qkv.{part}"] = torch.cat(qkv)
            found |= {f"{target}{ours}.{part}": state[f"{source}{theirs}.{part}"] for ours, theirs in names.items()}
    return found
