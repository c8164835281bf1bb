"""Sentences -> padded tensors. Several sentences are joined to one window, as in running text."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.nlp.encoder import BOS, EOS, MARK, MAX_WORD_PIECES, PAD, UNKNOWN
from kg.nlp.lemmatizer import Lexicon
from kg.nlp.normalise import normalise_word
from kg.training.corpus import Sentence
from kg.training.lemmas import lemma_script
from kg.training.network import Labels

T = TypeVar("T")

IGNORE = -100
STEP = 16  # lengths are padded to multiples of it: few shapes, for each of which the kernels are made once
WORD_LABELS = ("start", "upos", "xpos", "lemma", "head", "deprel", "ner")

Row = dict[str, list[Any]]  # one window: lists by the name of the field of `Batch`


class Pieces:
    """Piece ids of words, remembered, and their classes in the lexicon."""

    def __init__(self, tokenizer: Tokenizer, lexicon: Lexicon) -> None:
        self.tokenizer = tokenizer
        self.lexicon = lexicon
        self.known: dict[str, list[int]] = {}

    def __call__(self, word: str, space_before: bool) -> list[int]:
        """Ids of the pieces of a word; at least one, at most `MAX_WORD_PIECES`."""
        key = MARK + word if space_before else word
        if key not in self.known:
            self.known[key] = self.tokenizer.encode(key, add_special_tokens=False).ids[:MAX_WORD_PIECES] or [UNKNOWN]
        return self.known[key]


@dataclass
class Batch:
    """Padded windows. Label tensors hold `IGNORE` where nothing is known."""

    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    reading: Tensor  # class of the form in the lexicon
    treebank: Tensor
    sentence: Tensor  # index of the sentence within the window, -1 where padded
    start: Tensor
    upos: Tensor
    xpos: Tensor
    feats: Tensor  # [batch, words, attributes]
    lemma: Tensor
    head: Tensor  # 0 root, 1 + index in the window
    deprel: Tensor
    ner: Tensor


def windows(sentences: Sequence[Sentence], rng: random.Random, most: int = 110) -> Iterator[list[Sentence]]:
    """Join neighbours to windows of a random length up to `most` words, so that all lengths are seen."""
    window: list[Sentence] = []
    limit = rng.randint(1, most)
    size = 0
    for sentence in sentences:
        if window and size + len(sentence.words) > limit:
            yield window
            window, size, limit = [], 0, rng.randint(1, most)
        window.append(sentence)
        size += len(sentence.words)
    if window:
        yield window


def batches(
    groups: Sequence[list[Sentence]], pieces: Pieces, labels: Labels, size: int, rng: random.Random
) -> Iterator[Batch]:
    """Windows of like length in batches of at most `size` pieces with the padding, in random order."""

    def length(group: list[Sentence]) -> int:
        return 2 + sum(len(pieces(normalise_word(word), True)) for s in group for word in s.words)

    for packed in pack(groups, length, size, rng):
        yield make_batch(packed, pieces, labels)


def pack(items: Sequence[T], length: Callable[[T], int], size: int, rng: random.Random) -> list[list[T]]:
    """Items of like length together, at most `size` with the padding, in random order."""
    ordered = sorted((length(item), rng.random(), n) for n, item in enumerate(items))
    packed: list[list[T]] = [[]]
    for longest, _, n in ordered:
        if packed[-1] and round_up(longest) * (len(packed[-1]) + 1) > size:
            packed.append([])
        packed[-1].append(items[n])
    rng.shuffle(packed)
    return packed


def make_batch(groups: list[list[Sentence]], pieces: Pieces, labels: Labels) -> Batch:
    """One padded batch."""
    index = _Index(labels)
    rows = [_encode(group, pieces, index) for group in groups]
    most_words = round_up(max(len(r["first"]) for r in rows))
    most_pieces = round_up(max(len(r["pieces"]) for r in rows))

    def pad(key: str, fill: int, to: int) -> Tensor:
        return torch.tensor([r[key] + [fill] * (to - len(r[key])) for r in rows])

    none = [IGNORE] * len(labels.feats)
    feats = torch.tensor([r["feats"] + [none] * (most_words - len(r["feats"])) for r in rows])
    named = {key: pad(key, IGNORE, most_words) for key in WORD_LABELS}
    return Batch(
        pieces=pad("pieces", PAD, most_pieces),
        mask=pad("mask", 0, most_pieces),
        first=pad("first", 0, most_words),
        last=pad("last", 0, most_words),
        reading=pad("reading", 0, most_words),
        treebank=torch.tensor([r["treebank"][0] for r in rows]),
        sentence=pad("sentence", -1, most_words),
        feats=feats,
        **named,
    )


def round_up(length: int) -> int:
    """The next multiple of `STEP`."""
    return -(-length // STEP) * STEP


class _Index:
    def __init__(self, labels: Labels) -> None:
        self.upos = {x: i for i, x in enumerate(labels.upos)}
        self.xpos = {x: i for i, x in enumerate(labels.xpos)}
        self.feats = [(k, {v: i for i, v in enumerate(values)}) for k, values in labels.feats]
        self.lemma = {x: i for i, x in enumerate(labels.lemma)}
        self.deprel = {x: i for i, x in enumerate(labels.deprel)}
        self.ner = {x: i for i, x in enumerate(labels.ner)}
        self.treebank = {x: i for i, x in enumerate(labels.treebanks)}


def _encode(group: list[Sentence], pieces: Pieces, index: _Index) -> Row:
    row: Row = {key: [] for key in ("first", "last", "reading", "sentence", "feats", *WORD_LABELS)}
    row["treebank"] = [index.treebank[group[0].treebank]]
    row["pieces"] = [BOS]
    space = True
    for number, sentence in enumerate(group):
        offset = len(row["first"])
        for i, word in enumerate(sentence.words):
            ids = pieces(normalise_word(word), space)
            row["first"].append(len(row["pieces"]))
            row["pieces"].extend(ids)
            row["last"].append(len(row["pieces"]) - 1)
            row["reading"].append(pieces.lexicon.reading(normalise_word(word)))
            row["sentence"].append(number)
            row["start"].append(int(i == 0))
            _labels(row, sentence, i, offset, index)
            space = sentence.spaces[i]
    row["pieces"].append(EOS)
    row["mask"] = [1] * len(row["pieces"])
    return row


def _labels(row: Row, sentence: Sentence, i: int, offset: int, index: _Index) -> None:
    def put(key: str, table: dict[str, int], values: Sequence[str | None]) -> None:
        value = values[i] if values else None
        row[key].append(table.get(value, IGNORE) if value is not None else IGNORE)

    put("upos", index.upos, sentence.upos)
    put("xpos", index.xpos, sentence.xpos)
    put("deprel", index.deprel, sentence.deprels)
    put("ner", index.ner, sentence.ner)
    script = lemma_script(normalise_word(sentence.words[i]), sentence.lemmas[i]) if sentence.lemmas else None
    row["lemma"].append(index.lemma.get(script, IGNORE) if script else IGNORE)
    head = sentence.heads[i] if sentence.heads else None
    row["head"].append(IGNORE if head is None or head < 0 else head + offset if head else 0)
    feats = sentence.feats[i] if sentence.feats else None
    row["feats"].append(
        [IGNORE if feats is None else table.get(feats.get(key, ""), IGNORE) for key, table in index.feats]
    )
