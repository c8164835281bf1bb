"""Scores of a finished model on data it was not trained on, as in the model card."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.conllu import render_conllu
from kg.nlp.pipeline import load_pipeline
from kg.training.corpus import read_germeval
from kg.training.data import GSD_TRAINED, pud_held_out
from kg.training.evaluate import score_conllu, score_entities

OUTER = ("PER", "LOC", "ORG", "OTH")


def held_out_blocks(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Name and CoNLL-U blocks of each held-out part."""
    gsd = (data / "ud/gsd-dev.conllu").read_text(encoding="utf-8").strip().split("\n\n")
    yield "gsd-dev", gsd[GSD_TRAINED:]
    pud = (data / "ud/pud.conllu").read_text(encoding="utf-8").strip().split("\n\n")
    yield "pud-news", [pud[i] for i in sorted(pud_held_out(data))]


def measure_parsing(data: Path, model: Path | None = None) -> dict[str, dict[str, float]]:
    """CoNLL 2018 scores of each held-out part, from raw text: its sentences joined by blanks."""
    nlp = load_pipeline(model=model)
    return {name: _score(nlp, blocks) for name, blocks in held_out_blocks(data)}


def _score(nlp: Language, blocks: list[str]) -> dict[str, float]:
    text = " ".join(line[9:] for block in blocks for line in block.split("\n") if line.startswith("# text = "))
    return score_conllu("\n\n".join(blocks), render_conllu(nlp(text)))


def measure_entities(data: Path, model: Path | None = None, *, every: int = 1) -> tuple[float, float, float]:
    """Precision, recall and F1 on GermEval dev: outer level, four classes, -deriv and -part left out.

    `every` takes a fixed sample: each sentence whose number it divides.
    """
    nlp = load_pipeline(model=model)
    gold, found = [], []
    for sentence in islice(read_germeval(data / "ner/germeval2014-dev.iob2"), 0, None, every):
        doc = Doc(nlp.vocab, words=list(sentence.words), spaces=list(sentence.spaces))
        for _, component in nlp.pipeline:
            doc = component(doc)
        gold.append([t if t[2:] in OUTER else "O" for t in sentence.ner])
        found.append([_tag(t.ent_iob_, t.ent_type_) for t in doc])
    return score_entities(gold, found)


def _tag(iob: str, kind: str) -> str:
    return f"{iob}-{'OTH' if kind == 'MISC' else kind}" if kind else "O"
