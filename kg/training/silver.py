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
from typing import Any

import numpy as np
from spacy.language import Language

from kg.nlp.component import GermanModel
from kg.nlp.decode import decode_tree
from kg.nlp.encoder import Scores, Window
from kg.nlp.normalise import normalise_word
from kg.nlp.sessions import Array
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
    """The sentence with labels where it has none at all of a kind."""
    if not any(sentence.upos):
        sentence = replace(sentence, upos=_choose(model, out, "upos"))
    if not any(sentence.xpos):
        sentence = replace(sentence, xpos=_choose(model, out, "xpos"))
    if not any(sentence.ner):
        sentence = replace(sentence, ner=_choose(model, out, "ner"))
    if not sentence.feats:
        sentence = replace(sentence, feats=_features(model, out["feats"]))
    if not sentence.heads:
        heads, deprels = _tree(model, out)
        sentence = replace(sentence, heads=heads, deprels=deprels)
    return replace(sentence, treebank="gsd")


def _choose(model: GermanModel, out: Scores, name: str) -> tuple[str, ...]:
    return _likely(out[name], model.encoder.labels[name], SURE[name], "")


def _likely(scores: Array, names: Sequence[str], sure: float, unknown: str) -> tuple[str, ...]:
    likely = _softmax(scores)
    return tuple(names[k] if p >= sure else unknown for k, p in zip(likely.argmax(1), likely.max(1), strict=True))


def _features(model: GermanModel, scores: Array) -> tuple[dict[str, str], ...]:
    rows: list[dict[str, str]] = [{} for _ in scores]
    for (key, values), part in zip(model.morphology.feats, model.morphology.columns, strict=True):
        chosen = _likely(scores[:, part], values, SURE["feats"], UNKNOWN)
        for row, value in zip(rows, chosen, strict=True):
            if value:
                row[key] = value
    return tuple(rows)


def _tree(model: GermanModel, out: Scores) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Heads and relations, unknown where their joint probability is too low."""
    arcs = out["arc_dep"] @ np.concatenate([model.encoder.heads["root_arc"][None], out["arc_head"]]).T
    heads = decode_tree(arcs)
    relations, sure = model.relate(out, heads)
    sure = sure * _softmax(arcs)[np.arange(len(heads)), heads]
    names = np.where(heads == 0, "root", np.array(model.deprel)[relations])
    kept = sure >= SURE["tree"]
    return tuple(np.where(kept, heads, -1).tolist()), tuple(np.where(kept, names, "").tolist())


def _softmax(scores: Array) -> Array:
    raised: Array = np.exp(scores - scores.max(-1, keepdims=True))
    likely: Array = raised / raised.sum(-1, keepdims=True)
    return likely


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
            row = json.loads(line)
            columns: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
            yield Sentence(**columns)
