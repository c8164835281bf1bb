"""A training set of a few sentences made up here, and a random encoder so small that it trains in a second."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CONFIG: dict[str, Any] = {  # of that encoder without a tokenizer
    "vocab_size": 50, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
    "max_position_embeddings": 40, "layer_norm_eps": 1e-12,
}  # fmt: skip
SENTENCES = [  # form, lemma, UPOS, XPOS, features, head, relation
    [
        ("Kiew", "Kiew", "PROPN", "NE", "Case=Nom|Number=Sing", 2, "nsubj"),
        ("fordert", "fordern", "VERB", "VVFIN", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", 0, "root"),
        ("Waffen", "Waffe", "NOUN", "NN", "Case=Acc|Number=Plur", 2, "obj"),
        (".", ".", "PUNCT", "$.", "_", 2, "punct"),
    ],
    [
        ("Rutte", "Rutte", "PROPN", "NE", "Case=Nom|Number=Sing", 2, "nsubj"),
        ("lieferte", "liefern", "VERB", "VVFIN", "Mood=Sub|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", 0, "root"),
        ("Raketen", "Rakete", "NOUN", "NN", "Case=Acc|Number=Plur", 2, "obj"),
        (".", ".", "PUNCT", "$.", "_", 2, "punct"),
    ],
]
NAMES = "Kiew\tB-LOC\tO\nfordert\tO\tO\nWaffen\tO\tO\n.\tO\tO\n\nMark\tB-PER\tO\nRutte\tI-PER\tO\nkam\tO\tO\n.\tO\tO\n"
READINGS = [
    ("Waffen", "Waffe", "SUB:NOM:PLU:FEM"),
    ("Raketen", "Rakete", "SUB:NOM:PLU:FEM"),
    ("fordern", "fordern", "VER:INF"),
    ("liefern", "liefern", "VER:INF"),
]
ENCODER: dict[str, float | str] = {
    "vocab_size": 64,
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "max_position_embeddings": 512,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "hidden_act": "gelu",
}


def write_data(folder: Path) -> Path:
    """Everything that `kg.training` reads, as it lies in the data folder."""
    for name in ("ud", "ner", "lexicon", "bundestag"):
        (folder / name).mkdir(parents=True)
    treebank = "\n".join(render(n, SENTENCES[n % len(SENTENCES)]) for n in range(12))
    for name in ("gsd-dev", "pud", "hdt-news-a", "hdt-news-b", "gsd-train-unimorph"):
        (folder / f"ud/{name}.conllu").write_text(treebank, encoding="utf-8")
    for name in ("train", "dev"):
        (folder / f"ner/germeval2014-{name}.iob2").write_text(NAMES, encoding="utf-8")
    (folder / "lexicon/EIG.txt").write_text("Rutte\tRutte\tEIG:NOM:SIN:MAS:NOA:NAC\n", encoding="utf-8")
    (folder / "lexicon/german.dict").write_bytes(b"")
    for name in ("security", "other"):
        with gzip.open(folder / f"bundestag/{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.write(json.dumps({"text": "Kiew fordert Waffen. Rutte lieferte Raketen."}) + "\n")
    return folder


def render(number: int, rows: list[tuple[str, str, str, str, str, int, str]]) -> str:
    """One sentence as CoNLL-U."""
    text = " ".join(row[0] for row in rows).replace(" .", ".")
    lines = [f"# sent_id = n{number}", f"# text = {text}"]
    for place, (form, lemma, upos, xpos, feats, head, relation) in enumerate(rows, 1):
        misc = "SpaceAfter=No" if place == len(rows) - 1 else "_"
        lines.append("\t".join((str(place), form, lemma, upos, xpos, feats, str(head), relation, "_", misc)))
    return "\n".join(lines) + "\n"


def write_tools(folder: Path) -> Path:
    """A `lexicon.py` that knows `READINGS`."""
    folder.mkdir(parents=True)
    (folder / "lexicon.py").write_text(f"def readings(data):\n    yield from {READINGS!r}\n", encoding="utf-8")
    return folder


def write_encoder(folder: Path) -> Path:
    """Random weights, their config and a tokenizer of characters."""
    import numpy as np

    folder.mkdir(parents=True)
    rng = np.random.default_rng(0)
    shapes = dict(weight_shapes(**{name: size for name, size in ENCODER.items() if isinstance(size, int)}))
    gains = {name for name in shapes if name.endswith("LayerNorm.weight")}
    state: dict[str, Any] = {
        name: np.ones(shape, np.float32) if name in gains else rng.normal(0, 0.02, shape).astype(np.float32)
        for name, shape in shapes.items()
    }
    np.savez(folder / "encoder.npz", **state)
    (folder / "config.json").write_text(json.dumps(ENCODER), encoding="utf-8")
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁Kiew", "▁Waffen", *"abcdefghijklmnopqrstuvwxyzäöüßKRWM."]
    vocabulary = [[piece, 0.0 if n < 4 else -1.0] for n, piece in enumerate(pieces)]
    rest = dict.fromkeys(("truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder"))
    model = {"type": "Unigram", "unk_id": 3, "byte_fallback": False, "vocab": vocabulary}
    spec: dict[str, object] = {"version": "1.0", **rest, "added_tokens": [], "model": model}
    (folder / "tokenizer.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder


def weight_shapes(
    vocab_size: int, hidden_size: int, num_hidden_layers: int, intermediate_size: int, **rest: int
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes of the weights of a BERT encoder, as Hugging Face names them."""
    yield "embeddings.word_embeddings.weight", (vocab_size, hidden_size)
    yield "embeddings.position_embeddings.weight", (rest["max_position_embeddings"], hidden_size)
    yield "embeddings.token_type_embeddings.weight", (rest["type_vocab_size"], hidden_size)
    for layer in range(num_hidden_layers):
        place = f"encoder.layer.{layer}"
        for name in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            yield from _linear(f"{place}.{name}", hidden_size, hidden_size)
        yield from _linear(f"{place}.intermediate.dense", intermediate_size, hidden_size)
        yield from _linear(f"{place}.output.dense", hidden_size, intermediate_size)
    norms = [
        f"encoder.layer.{n}.{part}.LayerNorm"
        for n in range(num_hidden_layers)
        for part in ("attention.output", "output")
    ]
    for name in ("embeddings.LayerNorm", *norms):
        yield f"{name}.weight", (hidden_size,)
        yield f"{name}.bias", (hidden_size,)


def _linear(name: str, outputs: int, inputs: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield f"{name}.weight", (outputs, inputs)
    yield f"{name}.bias", (outputs,)
