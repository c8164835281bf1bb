"""Texts with the positions that an analyst reads out of them, as training examples.

They were written for this project, or are cut from speeches in the Bundestag, and lie as JSON Lines in
`kg/training/positions`: `text`, or the number of a `sentence` of GermEval 2014; and `positions` as lists of holder,
issue, polarity, modality, about and evidence. Holder, about and evidence are substrings of the text; the first two
may be null. Where two issues fit, both are named: `first|second`.
"""

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.normalise import normalise_word
from kg.training.corpus import Sentence

FOLDER = Path(__file__).parent / "positions"
POLARITIES = ("support", "oppose", "conditional", "ambivalent", "neutral")
MODALITIES = ("asserted", "possible", "hypothetical", "denied")
HELD_OUT = 5  # one text in so many is kept for measuring
WINDOW = 100  # words
TITLE = 30  # words of the beginning of a text that stand before each of its windows

Labelled = tuple[str | None, tuple[str, ...], str, str, str | None, str]
# holder, issues, polarity, modality, about, evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a word that carries a position says of it; holder and about are indices of words, or None."""

    issues: frozenset[str]
    polarity: str
    modality: str
    holder: int | None
    about: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text as words, or a window of it behind the words of its beginning."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]  # whether white space follows
    sentences: tuple[int, ...]  # of each word
    carried: Mapping[int, Carried]  # by index of the word
    title: tuple[str, ...] = ()
    title_spaces: tuple[bool, ...] = ()


def read_texts(folder: Path = FOLDER, sentences: Sequence[str] = ()) -> Iterator[tuple[str, list[Labelled]]]:
    """Texts with their positions; `sentences` are those of GermEval, without which its texts are left out."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "text" in row or sentences:
                text = row["text"] if "text" in row else sentences[row["sentence"]]
                yield text, [(h, tuple(i.split("|")), p, m, a, e) for h, i, p, m, a, e in row["positions"]]


def germeval_texts(sentences: Iterable[Sentence]) -> list[str]:
    """The sentences of GermEval as text, with German quotation marks, which its own have lost."""
    found = []
    for sentence in sentences:
        spaced = zip(sentence.words, sentence.spaces, strict=True)
        text = "".join(word + " " * space for word, space in spaced).strip()
        halves = text.split('"')
        marks = ("„" if n % 2 == 0 else "“" for n in range(len(halves) - 1))
        found.append("".join(chain.from_iterable(zip(halves, [*marks, ""], strict=True))))
    return found


def is_held_out(text: str) -> bool:
    """Whether a text is kept for measuring, by its digest."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % HELD_OUT == 0


def make_passages(nlp: Language, texts: Iterable[tuple[str, list[Labelled]]]) -> Iterator[Passage]:
    """Each text as words with what they carry."""
    kept = list(texts)
    for doc, (_, positions) in zip(nlp.pipe(text for text, _ in kept), kept, strict=True):
        passage = make_passage(doc, positions)
        if passage.words:
            yield passage


def make_passage(doc: Doc, positions: Sequence[Labelled]) -> Passage:
    """One text; of several positions at a word all issues count, else the last."""
    words = [token for token in doc if not token.is_space]
    numbers = {token.i: n for n, sent in enumerate(doc.sents) for token in sent}
    carried: dict[int, Carried] = {}
    for holder, issues, polarity, modality, about, evidence in positions:
        at = doc.text.find(evidence)
        found = [n for n, token in enumerate(words) if at <= token.idx < at + len(evidence)]
        held, meant = (_nearest(doc.text, words, name, at) for name in (holder, about))
        for n in found if at >= 0 else ():
            before = carried.get(n)
            carried[n] = Carried(
                issues=frozenset(issues) | (before.issues if before else frozenset()),
                polarity=polarity,
                modality=modality,
                holder=before.holder if before and before.holder is not None else held,
                about=before.about if before and before.about is not None else meant,
            )
    return Passage(
        words=tuple(normalise_word(token.text) for token in words),
        spaces=tuple(bool(token.whitespace_) or _breaks(token) for token in words),
        sentences=tuple(numbers.get(token.i, 0) for token in words),
        carried=carried,
    )


def _breaks(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].is_space


def _nearest(text: str, words: Sequence[Token], name: str | None, at: int) -> int | None:
    """The last word of the occurrence of a name nearest to an offset."""
    if name is None:
        return None
    found = [i for i in range(len(text)) if text.startswith(name, i)]
    whole = [i for i in found if not (text[i - 1 : i].isalnum() or text[i + len(name) : i + len(name) + 1].isalnum())]
    start = min(whole or found, key=lambda i: abs(i - at), default=None)
    if start is None:
        return None
    inside = [n for n, token in enumerate(words) if start <= token.idx < start + len(name)]
    return inside[-1] if inside else None


def cut(passage: Passage, rng: random.Random) -> Iterator[Passage]:
    """Windows of whole sentences, up to a random number of words, each behind the beginning of the text."""
    bounds = [n for n in range(len(passage.words)) if n == 0 or passage.sentences[n] != passage.sentences[n - 1]]
    title = next(iter(bounds[1:]), len(passage.words))
    title = min(title, TITLE)
    limit = rng.randint(WINDOW // 2, WINDOW + 10) if len(passage.words) > WINDOW else len(passage.words)
    low = 0
    for begin, end in zip(bounds, [*bounds[1:], len(passage.words)], strict=True):
        if end - low > limit and begin > low:
            yield _window(passage, low, begin, title)
            low = begin
    yield _window(passage, low, len(passage.words), title)


def _window(passage: Passage, low: int, high: int, title: int) -> Passage:
    def inside(word: int | None) -> int | None:
        return word - low if word is not None and low <= word < high else None

    carried = {
        n - low: Carried(
            issues=c.issues, polarity=c.polarity, modality=c.modality, holder=inside(c.holder), about=inside(c.about)
        )
        for n, c in passage.carried.items()
        if low <= n < high
    }
    return Passage(
        words=passage.words[low:high],
        spaces=passage.spaces[low:high],
        sentences=passage.sentences[low:high],
        carried=carried,
        title=passage.words[:title],
        title_spaces=passage.spaces[:title],
    )
