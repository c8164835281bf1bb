"""Train what reads positions, and measure it on the texts that are kept for that."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from kg.nlp.lemmatizer import Lexicon
from kg.nlp.pipeline import load_pipeline
from kg.training.batches import Pieces
from kg.training.data import named_sentences
from kg.training.encoder import Encoder
from kg.training.passages import (
    MODALITIES,
    POLARITIES,
    Passage,
    cut,
    germeval_texts,
    is_held_out,
    make_passages,
    read_texts,
)
from kg.training.shipped import read_lower
from kg.training.stance_lines import collect_inventory, make_lines, pack_windows, stream_lines
from kg.training.stances import SHARED, Inventory, StanceReader, stance_loss
from kg.training.train import load_encoder, optimise, rate_groups

WEIGHTS, LABELS = "stances.pt", "stances.json"
HEADS = 5.0  # learning rate of the heads, as a multiple of that of the highest layer
LIKELY = 0.5  # probability above which a word is counted as carrying a position


def run_stances(
    data: Path, encoder: Path, model: Path, work: Path, *, rounds: float, size: int, rate: float, resume: bool
) -> None:
    """Train on all passages but the held-out ones; writes a checkpoint into `work` as it goes.

    Args:
        data: folder that holds GermEval.
        encoder: folder of the pretrained encoder.
        model: folder of the shipped model, whose lower layers are shared.
        work: where the checkpoint goes.
        rounds: how often each passage is seen.
        size: pieces in a batch; a step takes two.
        rate: highest learning rate of the layers.
        resume: begin with the last checkpoint.
    """
    texts = list(read_texts(sentences=germeval_texts(named_sentences(data))))
    nlp = load_pipeline(model=model, stances=False)
    train, held = (list(make_passages(nlp, (t for t in texts if is_held_out(t[0]) == kept))) for kept in (False, True))
    learn(train, held, encoder, model, work, rounds=rounds, size=size, rate=rate, resume=resume)


def learn(
    train: Sequence[Passage], held: Sequence[Passage], encoder: Path, model: Path, work: Path, *,
    rounds: float, size: int, rate: float, resume: bool,
) -> None:  # fmt: skip
    """Train on some passages and measure on others; the rest as `run_stances` says."""
    torch.manual_seed(1)
    inventory = collect_inventory(train, POLARITIES, MODALITIES)
    pieces = read_pieces(model)
    lower, reader = _begin(encoder, model, inventory)
    if resume:
        reader = load_reader(encoder, work)
        inventory = reader.inventory
    rng = random.Random(7)
    windows = [window for passage in train for window in cut(passage, rng)]
    steps = int(rounds * len(pack_windows(windows, pieces, size, rng)) / 2)
    print(f"{len(train)} texts, {len(windows)} windows, {steps} steps; {len(held)} texts held out", flush=True)
    streams = [stream_lines(train[n::2], pieces, lower, inventory, size, seed=7 + n) for n in range(2)]
    above = [p for n, p in reader.named_parameters() if not n.startswith("layers.")]
    groups = rate_groups(reader.layers, above, rate, HEADS * rate, below=[])
    work.mkdir(parents=True, exist_ok=True)
    (work / LABELS).write_text(json.dumps(asdict(inventory)), encoding="utf-8")

    def save() -> None:
        torch.save(reader.state_dict(), work / f"{WEIGHTS}.part")
        (work / f"{WEIGHTS}.part").replace(work / WEIGHTS)

    optimise(reader, groups, streams, stance_loss, steps=steps, save=save)
    reader.load_state_dict(torch.load(work / WEIGHTS, weights_only=True))
    print(measure(reader, lower, pieces, held), flush=True)


def read_pieces(model: Path) -> Pieces:
    """How the shipped model cuts words."""
    return Pieces(Tokenizer.from_file(str(model / "tokenizer.json")), Lexicon(model / "lexicon.marisa"))


def _begin(encoder: Path, model: Path, inventory: Inventory) -> tuple[Encoder, StanceReader]:
    """The shared lower layers, and a reader that begins with the pretrained layers above them."""
    config, state = load_encoder(encoder, [0])
    lower = read_lower(model / "encoder.onnx", config, SHARED)
    reader = StanceReader(config, inventory, config["num_hidden_layers"] - SHARED)
    for number, layer in enumerate(reader.layers, SHARED):
        prefix = f"layers.{number}."
        layer.load_state_dict({k[len(prefix) :]: v for k, v in state.items() if k.startswith(prefix)})
    return lower, reader


def load_reader(encoder: Path, work: Path) -> StanceReader:
    """What `run_stances` trained."""
    config: dict[str, Any] = json.loads((encoder / "config.json").read_text(encoding="utf-8"))
    inventory = Inventory(**{k: tuple(v) for k, v in json.loads((work / LABELS).read_text(encoding="utf-8")).items()})
    reader = StanceReader(config, inventory, config["num_hidden_layers"] - SHARED)
    reader.load_state_dict(torch.load(work / WEIGHTS, weights_only=True))
    reader.eval()
    return reader


def measure(reader: StanceReader, lower: Encoder, pieces: Pieces, held: Sequence[Passage]) -> dict[str, float]:
    """Of the words that carry a position: found (precision, recall), and of the found ones issue, polarity, holder."""
    reader.eval()
    windows = [window for passage in held for window in cut(passage, random.Random(1))]
    counts: Counter[str] = Counter()
    for packed in pack_windows(windows, pieces, 4000, random.Random(1)):
        lines = make_lines(packed, pieces, lower, reader.inventory)
        with torch.no_grad():
            out = reader(lines.states.float(), lines.mask, lines.first, lines.last)
        found = torch.softmax(out["carries"], -1)[..., 1] > LIKELY
        wanted = lines.carries == 1
        both = found & wanted
        counts.update(found=int((found & (lines.carries >= 0)).sum()), wanted=int(wanted.sum()), both=int(both.sum()))
        issue = out["issues"].argmax(-1)
        counts["issue"] += int((lines.issues.gather(-1, issue.unsqueeze(-1)).squeeze(-1) > 0)[both].sum())
        for name in ("polarity", "holder", "about"):
            counts[name] += int((out[name].argmax(-1) == getattr(lines, name))[both].sum())
    shares = {name: counts[name] / counts["both"] for name in ("issue", "polarity", "holder", "about")}
    return {"precision": counts["both"] / counts["found"], "recall": counts["both"] / counts["wanted"]} | shares
