"""Where a text takes a stance, as the network reads it: on which issue, how, whose, about what.

The network scores every word for every issue; here the words of a sentence that carry the same stance of the
same holder are brought together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.nlp.encoder import Array, Scores

KEY = "stances"  # of `Doc.user_data`
LEAST = 0.35  # probability above which a word is counted among those that carry a stance
FEW = 0.05  # share of an issue below which it is not mentioned
CARRIES = 1  # the label of words that carry a stance

Row = tuple[int, int, int, dict[str, float], str, str, int, int, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceSpan:
    """One stance. Tokens are indices into the `Doc`; -1 stands for none in the window."""

    token: int  # the word that carries it most clearly
    start: int  # first and last token that carry it
    end: int
    issues: Mapping[str, float]  # which issue it is on, with probabilities
    polarity: str
    modality: str
    holder: int
    about: int
    confidence: float  # probability that there is a stance at `token`, between 0 and 1
    certainty: float  # probability of the polarity


def stances_of(doc: Doc) -> tuple[StanceSpan, ...]:
    """What the network found in the document; nothing where another pipeline read it."""
    names = StanceSpan.__slots__
    return tuple(StanceSpan(**dict(zip(names, row, strict=True))) for row in doc.user_data.get(KEY, ()))


def find_stances(
    out: Scores, roots: Mapping[str, Array], labels: Mapping[str, Sequence[str]],
    windows: Sequence[int], sentences: Sequence[int],
) -> Iterator[Row]:  # fmt: skip
    """Stances of all sentences, with places among the words of all windows.

    Args:
        out: scores of the network, a row a word.
        roots: the vectors that stand for "nobody in the window".
        labels: inventories by head.
        windows: where the windows begin, and the end of the last.
        sentences: the same for the sentences.
    """
    likely = _softmax(out["carries"])[:, CARRIES]
    carries = likely > LEAST
    if not carries.any():
        return
    for low, high in pairwise(windows):
        if not carries[low:high].any():
            continue
        pointers = {
            name: (out[f"{name}_from"][low:high] @ _targets(out, roots, name, low, high).T).argmax(1) - 1
            for name in ("holder", "about")
        }
        for begin, end in pairwise([low, *(s for s in sentences if low < s < high), high]):
            words = begin + np.flatnonzero(carries[begin:end])
            yield from _of_sentence(out, likely, labels, pointers, low, words.tolist())


def _targets(out: Scores, roots: Mapping[str, Array], name: str, low: int, high: int) -> Array:
    return np.concatenate([roots[f"root_{name}"][None], out[f"{name}_to"][low:high]])


def _of_sentence(
    out: Scores, likely: Array, labels: Mapping[str, Sequence[str]], pointers: Mapping[str, NDArray[np.int64]],
    low: int, words: Sequence[int],
) -> Iterator[Row]:  # fmt: skip
    """Words with the same polarity and holder carry one stance."""
    groups: dict[tuple[int, int], list[int]] = {}
    for word in words:
        groups.setdefault((int(out["polarity"][word].argmax()), int(pointers["holder"][word - low])), []).append(word)
    for (polarity, holder), members in groups.items():
        top = max(members, key=lambda word: float(likely[word]))
        about = int(pointers["about"][top - low])
        yield (
            top, members[0], members[-1],
            _issues(_softmax(out["issues"][members]).mean(0), labels["issues"]),
            labels["polarity"][polarity],
            labels["modality"][int(out["modality"][top].argmax())],
            holder + low if holder >= 0 else -1, about + low if about >= 0 else -1,
            round(float(likely[top]), 3), round(float(_softmax(out["polarity"][members])[:, polarity].mean()), 3),
        )  # fmt: skip


def _issues(weights: Array, names: Sequence[str]) -> dict[str, float]:
    return {names[k]: round(float(weights[k]), 3) for k in np.flatnonzero(weights >= FEW).tolist()}


def _softmax(scores: Array) -> Array:
    raised: Array = np.exp(scores - scores.max(-1, keepdims=True))
    likely: Array = raised / raised.sum(-1, keepdims=True)
    return likely
