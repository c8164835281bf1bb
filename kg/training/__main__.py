"""Make the German model: `python -m kg.training prepare|train|export|evaluate --help`."""

import argparse
import itertools
import json
import sys
from dataclasses import asdict
from pathlib import Path

DATA = Path("../shared/data")
SIZE = 32_000  # pieces kept of 250,002
MODEL = Path(__file__).parents[1] / "nlp" / "model"


def main(arguments: list[str] | None = None) -> int:
    """Run one step; each reads what the step before wrote into the work folder."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("step", choices=("prepare", "train", "export", "evaluate"))
    parser.add_argument("--data", type=Path, default=DATA, help="folder of ud/, ner/, lexicon/, bundestag/")
    parser.add_argument("--tools", type=Path, help="folder of lexicon.py (default: beside the data)")
    parser.add_argument("--encoder", type=Path, help="folder of encoder.npz, config.json, tokenizer.json")
    parser.add_argument("--work", type=Path, default=Path("work"), help="checkpoints and intermediate files")
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model files to write or to measure")
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument("--named-steps", type=int, default=520, help="steps of the second round, mostly entities")
    parser.add_argument("--words", type=int, default=1000, help="words in a batch")
    parser.add_argument("--pieces", type=int, default=SIZE, help="size of the vocabulary")
    given = parser.parse_args(arguments)
    if given.encoder is None and given.step in ("prepare", "train"):
        parser.error(f"{given.step} needs --encoder, the folder that tools/e5_weights.py writes")
    given.tools = given.tools or given.data.parent / "tools"
    steps = {"prepare": prepare, "train": run_training, "export": run_export, "evaluate": evaluate}
    steps[given.step](given)
    return 0


def prepare(given: argparse.Namespace) -> None:
    """Prune the vocabulary and compile the lexicon."""
    from kg.training import data, vocabulary
    from kg.training.lexicon import compile_lexicon

    given.work.mkdir(parents=True, exist_ok=True)
    counts = vocabulary.count_words(data.vocabulary_texts(given.data))
    for form, _, _ in data.proper_names(given.data):
        counts[form] += 3
    spec, kept = vocabulary.prune(given.encoder / "tokenizer.json", counts, given.pieces)
    (given.work / "tokenizer.json").write_text(spec, encoding="utf-8")
    (given.work / "kept.json").write_text(json.dumps(kept))
    readings = itertools.chain(data.full_forms(given.data, given.tools), data.proper_names(given.data))
    seen = data.count_lemmas([s for s in data.parsed_sentences(given.data) if s.lemmas])
    print(len(kept), "pieces,", compile_lexicon(readings, seen, given.work / "lexicon.marisa"), "lexicon entries")


def run_training(given: argparse.Namespace) -> None:
    """Fine-tune the encoder with all heads; writes weights.pt and labels.json every 100 steps."""
    import torch

    from kg.training import data, train
    from kg.training.network import Parser

    torch.manual_seed(1)
    parsed, named = data.parsed_sentences(given.data), data.named_sentences(given.data)
    labels = train.collect_labels(parsed, named)
    kept = json.loads((given.work / "kept.json").read_text())
    config, state = train.load_encoder(given.encoder, kept)
    config |= {"hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.0}
    (given.work / "config.json").write_text(json.dumps(config))
    model = Parser(config, labels)
    model.encoder.load_state_dict(state, strict=False)
    print({name: len(values) for name, values in asdict(labels).items()}, flush=True)
    pieces = train.read_tokenizer(given.work / "tokenizer.json")
    stream = train.rounds(parsed, named, pieces, labels, given.words, seed=7)
    train.train(model, stream, steps=given.steps, out=given.work)
    # There is eight times as much text with entities as with trees: a second round, mostly of it, more slowly.
    stream = train.rounds(parsed, named, pieces, labels, given.words, seed=11, named_share=3)
    train.train(model, stream, steps=given.named_steps, out=given.work, rates=(8e-5, 4e-4))


def run_export(given: argparse.Namespace) -> None:
    """Write the model files of the last checkpoint."""
    from kg.training import train
    from kg.training.export import export_model

    config = json.loads((given.work / "config.json").read_text())
    export_model(train.load_checkpoint(given.work, config), given.work / "tokenizer.json", given.out)
    (given.out / "lexicon.marisa").write_bytes((given.work / "lexicon.marisa").read_bytes())


def evaluate(given: argparse.Namespace) -> None:
    """Print the scores of the model card: held-out GSD and PUD news from raw text, GermEval dev."""
    from kg.training.measure import measure_entities, measure_parsing

    for name, scores in measure_parsing(given.data, given.out).items():
        print(name, " ".join(f"{k} {v:.2f}" for k, v in scores.items()))
    precision, recall, f1 = measure_entities(given.data, given.out)
    print(f"germeval-dev entities precision {precision:.2f} recall {recall:.2f} F1 {f1:.2f}")


if __name__ == "__main__":
    sys.exit(main())
