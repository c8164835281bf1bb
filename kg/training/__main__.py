"""Make the German model: `python -m kg.training prepare|train|export|label|evaluate --help`."""

import argparse
import itertools
import json
import sys
from dataclasses import asdict
from pathlib import Path

DATA = Path("../shared/data")
STEPS = ("prepare", "train", "export", "label", "evaluate", "stances", "export-stances")
SAMPLE = 12  # batches that the products in 8 bits are fitted to
SIZE = 32_000  # pieces kept of 250,002
MODEL = Path(__file__).parents[1] / "nlp" / "model"


def main(arguments: list[str] | None = None) -> int:
    """Run one step; each reads what the step before wrote into the work folder."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of ud/, ner/, lexicon/, bundestag/")
    parser.add_argument("--tools", type=Path, help="folder of lexicon.py (default: beside the data)")
    parser.add_argument("--encoder", type=Path, help="folder of encoder.npz, config.json, tokenizer.json")
    parser.add_argument("--work", type=Path, default=Path("work"), help="checkpoints and intermediate files")
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model files to write or to measure")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--size", type=int, default=2000, help="pieces in a batch; a step has two")
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the encoder")
    parser.add_argument("--resume", action="store_true", help="begin with the last checkpoint in the work folder")
    parser.add_argument(
        "--silver", type=Path, help="file of sentences that a model has labelled: written, or learned from"
    )
    parser.add_argument("--embeddings", action="store_true", help="train the embeddings of the pieces as well")
    parser.add_argument(
        "--named", type=int, default=0, help="how often GermEval is also mixed among the sentences with trees"
    )
    parser.add_argument("--silver-words", type=int, default=120_000, help="words of speeches to label")
    parser.add_argument("--pieces", type=int, default=SIZE, help="size of the vocabulary")
    parser.add_argument("--rounds", type=float, default=4, help="how often stances are learned from all passages")
    given = parser.parse_args(arguments)
    if given.encoder is None and given.step in ("prepare", "train", "stances", "export-stances"):
        parser.error(f"{given.step} needs --encoder, the folder that tools/e5_weights.py writes")
    given.tools = given.tools or given.data.parent / "tools"
    if given.silver is None and given.step == "label":
        parser.error("label needs --silver, the file to write")
    steps = {"prepare": prepare, "train": run_training, "export": run_export, "label": label, "evaluate": evaluate}
    steps |= {"stances": train_stances, "export-stances": export_stances}
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
    """Fine-tune the encoder with all heads; writes weights.pt and labels.json every 200 steps."""
    import torch
    from tokenizers import Tokenizer

    from kg.nlp.lemmatizer import Lexicon
    from kg.training import data, train
    from kg.training.batches import Pieces
    from kg.training.network import Parser
    from kg.training.silver import read_sentences

    torch.manual_seed(1)
    parsed, named = data.parsed_sentences(given.data), data.named_sentences(given.data)
    labels = train.collect_labels(parsed, named)
    kept = json.loads((given.work / "kept.json").read_text())
    config, state = train.load_encoder(given.encoder, kept)
    (given.work / "config.json").write_text(json.dumps(config))
    lexicon = Lexicon(given.work / "lexicon.marisa")
    if given.resume:
        model = train.load_checkpoint(given.work, config, lexicon)
        labels = model.labels
    else:
        model = Parser(config, labels, train.read_readings(lexicon))
        model.encoder.load_state_dict(state)
    print({name: len(values) for name, values in asdict(labels).items()}, flush=True)
    pieces = Pieces(Tokenizer.from_file(str(given.work / "tokenizer.json")), lexicon)
    groups = data.weighted(parsed), named
    if given.silver:
        silver = list(read_sentences(given.silver))  # GermEval comes first
        groups = groups[0] + silver[len(named) :], silver[: len(named)]
    groups = groups[0] + given.named * groups[1], groups[1]
    streams = [train.stream_batches(group, pieces, labels, given.size, seed=7) for group in groups]
    train.train(
        model,
        streams,
        steps=given.steps,
        out=given.work,
        rates=(given.rate, 5 * given.rate),
        embeddings=given.embeddings,
    )


def run_export(given: argparse.Namespace) -> None:
    """Write the model files of the last checkpoint."""
    from tokenizers import Tokenizer

    from kg.nlp.lemmatizer import Lexicon
    from kg.training import data, train
    from kg.training.batches import Pieces
    from kg.training.export import export_model

    config = json.loads((given.work / "config.json").read_text())
    lexicon, tokenizer = Lexicon(given.work / "lexicon.marisa"), given.work / "tokenizer.json"
    model = train.load_checkpoint(given.work, config, lexicon)
    pieces = Pieces(Tokenizer.from_file(str(tokenizer)), lexicon)
    batches = train.stream_batches(data.parsed_sentences(given.data), pieces, model.labels, given.size, seed=3)
    export_model(model, tokenizer, given.out, sample=itertools.islice(batches, SAMPLE))
    (given.out / "lexicon.marisa").write_bytes((given.work / "lexicon.marisa").read_bytes())


def train_stances(given: argparse.Namespace) -> None:
    """Fine-tune the layers that read positions, over the lower ones of the shipped model; writes stances.pt."""
    from kg.training.stance_training import run_stances

    run_stances(
        given.data,
        given.encoder,
        given.out,
        given.work,
        rounds=given.rounds,
        size=given.size,
        rate=given.rate,
        resume=given.resume,
    )


def export_stances(given: argparse.Namespace) -> None:
    """Write the model files of what `stances` trained."""
    from kg.training.stance_export import export_reader

    export_reader(given.encoder, given.work, given.out)


def label(given: argparse.Namespace) -> None:
    """Let the exported model label GermEval, the sentences of GSD without trees, and speeches."""
    from kg.nlp.component import GermanModel
    from kg.nlp.pipeline import load_pipeline
    from kg.training import data
    from kg.training.silver import cut_sentences, label_sentences, write_sentences

    nlp = load_pipeline(model=given.out)
    model = nlp.get_pipe("kg_german")
    if not isinstance(model, GermanModel):
        raise TypeError(f"kg_german is a {type(model).__name__}")
    speeches = cut_sentences(nlp, data.speeches(given.data), given.silver_words)
    treeless = [s for s in data.parsed_sentences(given.data) if not s.heads]
    sentences = itertools.chain(data.named_sentences(given.data), treeless, speeches)
    print(write_sentences(label_sentences(model, sentences), given.silver), "sentences labelled")


def evaluate(given: argparse.Namespace) -> None:
    """Print the scores of the model card: held-out GSD and PUD news from raw text, GermEval dev."""
    from kg.training.measure import measure_entities, measure_parsing

    for name, scores in measure_parsing(given.data, given.out).items():
        print(name, " ".join(f"{k} {v:.2f}" for k, v in scores.items()))
    precision, recall, f1 = measure_entities(given.data, given.out)
    print(f"germeval-dev entities precision {precision:.2f} recall {recall:.2f} F1 {f1:.2f}")


if __name__ == "__main__":
    sys.exit(main())
