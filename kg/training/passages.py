"""Passages with the positions that an analyst reads out of them, as training examples.

They were written for this project, or are cut from speeches in the Bundestag, and lie as JSON Lines in
`kg/training/positions`: `text`, and `positions` as lists of holder, issue, polarity, modality, about and evidence.
Holder, about and evidence are substrings of the text; the first two may be null.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.training.corpus import NOWHERE, Sentence

FOLDER = Path(__file__).parent / "positions"
POLARITIES = ("support", "oppose", "conditional", "ambivalent", "neutral")
MODALITIES = ("asserted", "possible", "hypothetical", "denied")
LONGEST = 200  # words; a longer passage is left out

Labelled = tuple[str | None, str, str, str, str | None, str]  # holder, issue, polarity, modality, about, evidence


def read_passages(folder: Path = FOLDER) -> Iterator[tuple[str, list[Labelled]]]:
    """Texts with their positions."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["text"], [(*position,) for position in row["positions"]]


def cut_passages(nlp: Language, folder: Path = FOLDER) -> Iterator[list[Sentence]]:
    """The passages with their positions, cut to sentences."""
    passages = list(read_passages(folder))
    for doc, (_, positions) in zip(nlp.pipe(text for text, _ in passages), passages, strict=True):
        if len(doc) <= LONGEST:
            yield list(make_sentences(doc, positions))


def make_sentences(doc: Doc, positions: Sequence[Labelled]) -> Iterator[Sentence]:
    """The sentences of a passage with a label for each word that carries a position."""
    words = [token for token in doc if not token.is_space]
    place = {token.i: n for n, token in enumerate(words)}
    starts = {token.idx: n for n, token in enumerate(words)}
    offsets = sorted(starts)
    issues: list[set[str]] = [set() for _ in words]
    polarity, modality = [""] * len(words), [""] * len(words)
    holder: list[int | None] = [None] * len(words)
    about: list[int | None] = [None] * len(words)

    def inside(start: int, end: int) -> list[int]:
        return [starts[i] for i in offsets if start <= i < end or (i < start < i + len(words[starts[i]]))]

    for name, issue, pole, mood, object_, evidence in positions:
        at = doc.text.find(evidence)
        carrying = inside(at, at + len(evidence))
        held, meant = _nearest(doc.text, name, at, inside), _nearest(doc.text, object_, at, inside)
        for n in carrying:
            issues[n].add(issue)
            polarity[n], modality[n] = pole, mood
            if holder[n] is None or holder[n] == NOWHERE:
                holder[n] = NOWHERE if held is None else held - n
            if about[n] is None or about[n] == NOWHERE:
                about[n] = NOWHERE if meant is None else meant - n
    for sent in doc.sents:
        own = [place[token.i] for token in sent if token.i in place]
        if own:
            low, high = own[0], own[-1] + 1
            yield Sentence(
                words=tuple(token.text for token in words[low:high]),
                spaces=tuple(bool(token.whitespace_) or token.i + 1 == sent.end for token in words[low:high]),
                treebank="gsd",
                issues=tuple(tuple(sorted(found)) for found in issues[low:high]),
                polarity=tuple(polarity[low:high]),
                modality=tuple(modality[low:high]),
                holder=tuple(holder[low:high]),
                about=tuple(about[low:high]),
            )


def _nearest(text: str, name: str | None, at: int, inside: Any) -> int | None:
    """The last word of the occurrence of a name nearest to a place."""
    if name is None:
        return None
    found = [i for i in range(len(text)) if text.startswith(name, i)]
    whole = [i for i in found if _is_whole(text, i, i + len(name))] or found
    start = min(whole, key=lambda i: abs(i - at), default=None)
    words: list[int] = inside(start, start + len(name)) if start is not None else []
    return words[-1] if words else None


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def collect_inventories(passages: Iterable[Sequence[Sentence]]) -> dict[str, tuple[str, ...]]:
    """The inventories of the heads for positions; none without passages."""
    issues = {issue for passage in passages for s in passage for found in s.issues for issue in found}
    return {"issues": tuple(sorted(issues)), "polarity": POLARITIES, "modality": MODALITIES} if issues else {}


def write_groups(groups: Iterable[Sequence[Sentence]], path: Path) -> int:
    """Write one JSON array of sentences a line, compressed; returns how many."""
    count = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as lines:
        for count, group in enumerate(groups, 1):  # noqa: B007 - counted
            lines.write(json.dumps([asdict(sentence) for sentence in group], ensure_ascii=False) + "\n")
    return count


def read_groups(path: Path) -> Iterator[list[Sentence]]:
    """What `write_groups` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield [_sentence(row) for row in json.loads(line)]


def _sentence(row: dict[str, Any]) -> Sentence:
    columns: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return replace(Sentence(**columns), issues=tuple(map(tuple, columns["issues"])))
