"""Self-training: a finished model annotates text that has no trees, and what it is sure of is learned from.

Labels that people gave stay as they are. A label of the model counts only above `SURE`; the others stay
unknown, and the loss passes over them.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language

from kg.nlp.component import GermanModel
from kg.nlp.decode import decode_tree
from kg.nlp.encoder import Array, Scores, Window
from kg.nlp.normalise import normalise_word
from kg.training.corpus import Sentence
from kg.training.unimorph import UNKNOWN

SURE = {"tree": 0.6, "upos": 0.8, "xpos": 0.8, "feats": 0.8, "ner": 0.9}  # least probability of a label
WORDS = 100  # in a window


def label_sentences(model: GermanModel, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences with the labels they lack, in the style of GSD."""
    window: list[Sentence] = []
    for sentence in sentences:
        if window and sum(len(s.words) for s in window) + len(sentence.words) > WORDS:
            yield from _label_window(model, window)
            window = []
        window.append(sentence)
    if window:
        yield from _label_window(model, window)


def cut_sentences(nlp: Language, texts: Iterable[str], most: int) -> Iterator[Sentence]:
    """Sentences of running text, as the model cuts it, up to `most` words in all."""
    count = 0
    for doc in nlp.pipe(texts):
        for sent in doc.sents:
            tokens = [token for token in sent if not token.is_space]
            if 3 <= len(tokens) <= WORDS:
                count += len(tokens)
                spaces = tuple(bool(token.whitespace_) or token.i + 1 == sent.end for token in tokens)
                yield Sentence(words=tuple(token.text for token in tokens), spaces=spaces, treebank="gsd")
        if count >= most:
            return


def _label_window(model: GermanModel, window: Sequence[Sentence]) -> Iterator[Sentence]:
    words = tuple(normalise_word(word) for s in window for word in s.words)
    spaced = (True, *(space for s in window for space in s.spaces))[: len(words)]
    readings = tuple(map(model.lexicon.reading, words))
    out = model.encoder.run([Window(words=words, spaced=spaced, readings=readings)])
    bounds = np.cumsum([0, *(len(s.words) for s in window)]).tolist()
    for sentence, (low, high) in zip(window, pairwise(bounds), strict=True):
        yield _label(model, sentence, {name: scores[low:high] for name, scores in out.items()})


def _label(model: GermanModel, sentence: Sentence, out: Scores) -> Sentence:
    labels = model.encoder.labels
    found = {
        name: _choose(out[name], labels[name], SURE[name])
        for name in ("upos", "xpos", "ner")
        if not any(getattr(sentence, name))
    }
    if not sentence.feats:
        found["feats"] = _features(model, out["feats"])
    if not sentence.heads:
        found["heads"], found["deprels"] = _tree(model, out)
    return replace(sentence, treebank="gsd", **found)


def _choose(scores: Array, names: Sequence[str], sure: float) -> tuple[str | None, ...]:
    likely = _softmax(scores)
    return tuple(names[k] if p >= sure else None for k, p in zip(likely.argmax(1), likely.max(1), strict=True))


def _features(model: GermanModel, scores: Array) -> tuple[dict[str, str], ...]:
    rows: list[dict[str, str]] = [{} for _ in scores]
    at = 0
    for key, values in model.encoder.labels["feats"]:
        chosen = _choose(scores[:, at : at + len(values)], values, SURE["feats"])
        at += len(values)
        for row, value in zip(rows, chosen, strict=True):
            if value != "":
                row[key] = UNKNOWN if value is None else value
    return tuple(rows)


def _tree(model: GermanModel, out: Scores) -> tuple[tuple[int | None, ...], tuple[str | None, ...]]:
    """Heads and relations, both None where their joint probability is too low."""
    weights = model.encoder.heads
    arcs = out["arc_dep"] @ np.concatenate([weights["root_arc"][None], out["arc_head"]]).T
    heads = decode_tree(arcs)
    places = np.arange(len(heads))
    relations, sure = model.relate(out, heads)
    sure = sure * _softmax(arcs)[places, heads]
    names = ["root" if head == 0 else model.deprel[k] for head, k in zip(heads, relations, strict=True)]
    kept = (sure >= SURE["tree"]).tolist()
    return (
        tuple(head if keep else None for head, keep in zip(heads.tolist(), kept, strict=True)),
        tuple(name if keep else None for name, keep in zip(names, kept, strict=True)),
    )


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def write_sentences(sentences: Iterable[Sentence], path: Path) -> int:
    """Write one JSON object a line, compressed; returns how many."""
    count = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as lines:
        for count, sentence in enumerate(sentences, 1):  # noqa: B007 - counted
            lines.write(json.dumps(asdict(sentence), ensure_ascii=False) + "\n")
    return count


def read_sentences(path: Path) -> Iterator[Sentence]:
    """What `write_sentences` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield Sentence(**{k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(line).items()})
