"""Train encoder and heads together; write a checkpoint after every round."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from kg.training.batches import IGNORE, Batch, Pieces, batches, windows
from kg.training.corpus import Sentence
from kg.training.lemmas import lemma_script
from kg.training.network import Labels, Parser
from kg.training.unimorph import UNKNOWN

RATE_ENCODER, RATE_HEADS, DECAY, WARMUP = 1.5e-4, 1e-3, 0.01, 0.06


def collect_labels(parsed: Sequence[Sentence], named: Sequence[Sentence], like: str = "gsd") -> Labels:
    """Inventories of the training data; morphology and lemma scripts in the style of one treebank."""
    feats: dict[str, Counter[str]] = {}
    scripts: Counter[str] = Counter()
    for sentence in parsed:
        if sentence.treebank == like:
            for row in sentence.feats:
                for key, value in (row or {}).items():
                    if value != UNKNOWN:
                        feats.setdefault(key, Counter())[value] += 1
        if sentence.lemmas and sentence.treebank != "hdt":
            scripts.update(lemma_script(w, m) for w, m in zip(sentence.words, sentence.lemmas, strict=True))
    return Labels(
        upos=_sorted(t for s in parsed for t in s.upos if t),
        xpos=_sorted(t for s in parsed for t in s.xpos if t and t != "_"),
        feats=tuple((k, ("", *sorted(feats[k]))) for k in sorted(feats) if sum(feats[k].values()) >= 5),
        lemma=tuple(sorted(s for s, n in scripts.items() if n >= 2 and s)),
        deprel=_sorted(t for s in parsed for t in s.deprels),
        ner=("O", *(t for t in _sorted(t for s in named for t in s.ner) if t != "O")),
        treebanks=_sorted(s.treebank for s in [*parsed, *named]),
    )


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def loss_of(model: Parser, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Sum of the losses of all heads for which the batch has labels."""
    words = model.words(batch.pieces, batch.mask, batch.first, batch.last, batch.treebank)
    out = {k: v.float() for k, v in model.heads(words).items()}
    parts: dict[str, Tensor] = {}
    for key, weight in (("upos", 1.0), ("xpos", 0.5), ("lemma", 0.5), ("start", 1.0), ("ner", 1.0)):
        target = getattr(batch, key)
        if (target != IGNORE).any():
            parts[key] = weight * F.cross_entropy(out[key].flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    if (batch.feats != IGNORE).any():
        parts["feats"] = _feats_loss(model, out["feats"], batch.feats)
    if (batch.head != IGNORE).any():
        parts.update(_tree_loss(model, out, batch))
    return sum(parts.values(), torch.zeros(())), {k: float(v.detach()) for k, v in parts.items()}


def _feats_loss(model: Parser, scores: Tensor, target: Tensor) -> Tensor:
    total, at = torch.zeros(()), 0
    for i, (_, values) in enumerate(model.labels.feats):
        part = scores[..., at : at + len(values)]
        at += len(values)
        total = total + F.cross_entropy(part.flatten(0, 1), target[..., i].flatten(), ignore_index=IGNORE)
    return total


def _tree_loss(model: Parser, out: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    scores = model.arcs(out)
    same = batch.sentence.unsqueeze(2) == batch.sentence.unsqueeze(1)
    allowed = torch.cat([torch.ones_like(same[..., :1]), same], -1)
    scores = scores.masked_fill(~allowed, -1e4)
    arc = F.cross_entropy(scores.flatten(0, 1), batch.head.flatten(), ignore_index=IGNORE)
    labels = model.arc_labels(out, batch.head.clamp(min=0))
    label = F.cross_entropy(labels.flatten(0, 1), batch.deprel.flatten(), ignore_index=IGNORE)
    return {"arc": arc, "label": label}


def rounds(
    parsed: Sequence[Sentence],
    named: Sequence[Sentence],
    pieces: Pieces,
    labels: Labels,
    words: int,
    *,
    seed: int,
    named_share: int = 1,
) -> Iterator[Batch]:
    """Endless batches: one of parsed text, then `named_share` of text with entities."""
    trees, names = (_stream(group, pieces, labels, words, seed) for group in (parsed, named))
    while True:
        yield next(trees)
        for _ in range(named_share):
            yield next(names)


def _stream(sentences: Sequence[Sentence], pieces: Pieces, labels: Labels, words: int, seed: int) -> Iterator[Batch]:
    rng = random.Random(seed)
    banks = sorted({s.treebank for s in sentences})
    while True:
        groups: list[list[Sentence]] = []
        for bank in banks:
            own = [s for s in sentences if s.treebank == bank]
            if rng.random() < 0.5:
                rng.shuffle(own)
            groups.extend(windows(own, rng))
        yield from batches(groups, pieces, labels, words, rng)


def train(
    model: Parser,
    stream: Iterator[Batch],
    *,
    steps: int,
    out: Path,
    rates: tuple[float, float] = (RATE_ENCODER, RATE_HEADS),
    log: int = 25,
) -> None:
    """AdamW with warm-up and linear decay; two batches a step; bfloat16 products; word embeddings frozen.

    `rates` are the highest learning rates of encoder and heads.
    """
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, betas=(0.9, 0.98))

    def rate(step: int) -> float:
        warm = max(1, int(WARMUP * steps))
        return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    model.train()
    sums: Counter[str] = Counter()
    began = time.monotonic()
    for step in range(steps):
        for _ in range(2):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, parts = loss_of(model, next(stream))
            loss.backward()
            sums.update(parts)
        torch.nn.utils.clip_grad_norm_(encoder + heads, 2.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        if (step + 1) % log == 0:
            shown = " ".join(f"{k} {v / log:.3f}" for k, v in sorted(sums.items()))
            print(f"step {step + 1}/{steps} {time.monotonic() - began:.0f} s  {shown}", flush=True)
            sums.clear()
        if (step + 1) % 100 == 0 or step + 1 == steps:
            save(model, out)


def save(model: Parser, out: Path) -> None:
    """Weights and labels, written whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(asdict(model.labels), ensure_ascii=False), encoding="utf-8")
    torch.save(model.state_dict(), out / "weights.tmp")
    (out / "weights.tmp").replace(out / "weights.pt")


def load_encoder(folder: Path, kept: Sequence[int]) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """Config and weights of the pretrained encoder, cut to the kept pieces."""
    config = json.loads((folder / "config.json").read_text())
    config["vocab_size"] = len(kept)
    arrays = np.load(folder / "encoder.npz")
    state = {k: torch.from_numpy(arrays[k]) for k in arrays.files}
    words = "embeddings.word_embeddings.weight"
    state[words] = state[words][list(kept)]
    return config, state


def load_checkpoint(folder: Path, config: dict[str, Any]) -> Parser:
    """A trained model from `save`."""
    raw = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    raw["feats"] = tuple((k, tuple(v)) for k, v in raw["feats"])
    labels = Labels(**{k: v if k == "feats" else tuple(v) for k, v in raw.items()})
    model = Parser(config, labels)
    model.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    return model


def read_tokenizer(path: Path) -> Pieces:
    """Piece ids of words by the pruned tokenizer."""
    return Pieces(Tokenizer.from_file(str(path)))
