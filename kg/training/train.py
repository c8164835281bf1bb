"""Train encoder and heads together; write a checkpoint after every round."""

import ctypes
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.nlp.lemmatizer import Lexicon
from kg.training.batches import IGNORE, Batch, Pieces, batches, windows
from kg.training.corpus import Sentence, collect_names, rename, vary
from kg.training.encoder import convert_bert
from kg.training.lemmas import lemma_script
from kg.training.network import Labels, Parser
from kg.training.unimorph import UNKNOWN

RATE_ENCODER, RATE_HEADS, DECAY, WARMUP = 2e-4, 1e-3, 0.01, 0.06
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # of mallopt(3)
LAYER_DECAY = 0.92  # the learning rate of each layer, as a share of that of the layer above it
Given = TypeVar("Given")
AVERAGE = 0.996  # share of the old in the running average of the weights, which is what is saved


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


def loss_of(model: Parser, batch: Batch) -> dict[str, Tensor]:
    """The losses of all heads for which the batch has labels, weighted."""
    words = model.words(batch.pieces, batch.mask, batch.first, batch.last, batch.reading)
    out = model.heads(words, batch.treebank)
    parts: dict[str, Tensor] = {}
    for key, weight in (("upos", 1.0), ("xpos", 0.5), ("lemma", 0.5), ("start", 1.0), ("ner", 1.0)):
        target = getattr(batch, key)
        if (target != IGNORE).any():
            parts[key] = weight * F.cross_entropy(out[key].flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    if (batch.feats != IGNORE).any():
        parts["feats"] = _feats_loss(model, out["feats"], batch.feats)
    if (batch.head != IGNORE).any():
        parts.update(_tree_loss(model, out, batch))
    return parts


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


def stream_batches(
    sentences: Sequence[Sentence], pieces: Pieces, labels: Labels, size: int, *, seed: int
) -> Iterator[Batch]:
    """Endless batches; every round has each sentence once, beside other neighbours."""
    rng = random.Random(seed)
    names = collect_names(s for s in sentences if any(s.ner))
    banks = sorted({s.treebank for s in sentences})
    while True:
        groups: list[list[Sentence]] = []
        for bank in banks:
            own = [vary(rename(s, names, rng), rng) for s in sentences if s.treebank == bank]
            if rng.random() < 0.5:
                rng.shuffle(own)
            groups.extend(windows(own, rng))
        yield from batches(groups, pieces, labels, size, rng)


def train(
    model: Parser,
    streams: Sequence[Iterator[Batch]],
    *,
    steps: int,
    out: Path,
    rates: tuple[float, float] = (RATE_ENCODER, RATE_HEADS),
    embeddings: bool = False,
) -> None:
    """Train encoder and heads of the tagger; `save` writes a checkpoint into `out` as it goes.

    `rates` are the highest learning rates of the last layer of the encoder and of the heads; `embeddings` says
    whether those of the pieces are trained as well.
    """
    model.encoder.words.weight.requires_grad_(embeddings)
    below = [p for n, p in model.encoder.named_parameters() if not n.startswith("layers.") and p.requires_grad]
    above = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = rate_groups(model.encoder.layers, above, *rates, below=below)
    optimise(model, groups, streams, loss_of, steps=steps, save=lambda: save(model, out))


def optimise(
    model: nn.Module,
    groups: list[dict[str, Any]],
    streams: Sequence[Iterator[Given]],
    loss: Callable[[Any, Given], dict[str, Tensor]],
    *,
    steps: int,
    save: Callable[[], None],
    log: int = 10,
    every: int = 200,
) -> None:
    """AdamW with warm-up and linear decay; `save` is called as it goes, with averaged weights in the model.

    A step takes a batch of each stream, each in a thread of its own: that uses two cores far better than
    two threads for every small operation. `groups` are those of the optimiser, `loss` gives its parts by name.
    """
    keep_memory()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, betas=(0.9, 0.98), fused=True)

    def rate(step: int) -> float:
        warm = max(1, int(WARMUP * steps))
        return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))

    def gradients(stream: Iterator[Given]) -> tuple[tuple[Tensor | None, ...], dict[str, float]]:
        parts = loss(model, next(stream))
        total = sum(parts.values(), torch.zeros(()))
        return torch.autograd.grad(total, trained, allow_unused=True), {k: float(v.detach()) for k, v in parts.items()}

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    model.train()
    average = [p.detach().clone() for p in trained]
    sums: Counter[str] = Counter()
    began = time.monotonic()
    workers = ThreadPoolExecutor(len(streams), initializer=torch.set_num_threads, initargs=(1,))
    for step in range(steps):
        found = list(workers.map(gradients, streams))
        _add_gradients(trained, [grads for grads, _ in found])
        for _, parts in found:
            sums.update(parts)
        torch.nn.utils.clip_grad_norm_(trained, 2.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        torch._foreach_lerp_(average, trained, 1 - min(AVERAGE, (step + 1) / (step + 10)))
        if (step + 1) % log == 0:
            shown = " ".join(f"{k} {v / log:.3f}" for k, v in sorted(sums.items()))
            print(f"step {step + 1}/{steps} {time.monotonic() - began:.0f} s  {shown}", flush=True)
            sums.clear()
        if (step + 1) % every == 0 or step + 1 == steps:
            _save_average(trained, average, save)


def keep_memory() -> None:
    """Let glibc keep the memory of tensors that are freed; to hand it back and fetch it again costs a tenth."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        for option, value in ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, 1 << 30), (M_TRIM_THRESHOLD, 1 << 30)):
            library.mallopt(option, value)


def _add_gradients(trained: Sequence[Tensor], found: Sequence[Sequence[Tensor | None]]) -> None:
    """Set `grad` of each parameter to the sum over the batches."""
    for parameter, *grads in zip(trained, *found, strict=True):
        given = [grad for grad in grads if grad is not None]
        for grad in given[1:]:
            given[0].add_(grad)
        parameter.grad = given[0] if given else None


def rate_groups(
    layers: nn.ModuleList, above: list[nn.Parameter], encoder: float, heads: float, *, below: list[nn.Parameter]
) -> list[dict[str, Any]]:
    """Parameters with their learning rates: lower layers learn more slowly, and what is below them most slowly."""
    rates = [encoder * LAYER_DECAY ** (len(layers) - 1 - n) for n in range(len(layers))]
    return [
        {"params": below, "lr": encoder * LAYER_DECAY ** len(layers)},
        *({"params": [*layer.parameters()], "lr": rate} for layer, rate in zip(layers, rates, strict=True)),
        {"params": above, "lr": heads},
    ]


def _save_average(trained: Sequence[Tensor], average: Sequence[Tensor], save: Callable[[], None]) -> None:
    current = [p.detach().clone() for p in trained]
    with torch.no_grad():
        torch._foreach_copy_(list(trained), list(average))
        save()
        torch._foreach_copy_(list(trained), current)


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
    return config, convert_bert(state, list(range(config["num_hidden_layers"])))


def load_checkpoint(folder: Path, config: dict[str, Any], lexicon: Lexicon) -> Parser:
    """A trained model from `save`."""
    raw = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    raw["feats"] = tuple((k, tuple(v)) for k, v in raw["feats"])
    labels = Labels(**{k: v if k == "feats" else tuple(v) for k, v in raw.items()})
    model = Parser(config, labels, read_readings(lexicon))
    model.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    return model


def read_readings(lexicon: Lexicon) -> Tensor:
    """Zeros and ones: a row a class of forms, a column a feature that their readings can have."""
    names, rows = lexicon.readings()
    table = torch.zeros(len(rows), len(names))
    for place, row in enumerate(rows):
        table[place, row] = 1.0
    table[0] = table[len(rows) // 2] = 0.0
    return table
