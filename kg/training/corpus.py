"""Annotated German text as training examples: words with the spaces between them, labels or None.

A `Sentence` holds words as `kg`'s tokenizer cuts them: contractions ("im", "zum") are one word, with
tag and head of the preposition and the morphology of the article.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

NO_SPACE_BEFORE = frozenset(",.;:!?)]}%…“»")
NO_SPACE_AFTER = frozenset("([{„«")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; every label column has one entry a word, or is empty where nothing is known."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]  # whether white space follows the word
    treebank: str
    upos: tuple[str, ...] = ()
    xpos: tuple[str | None, ...] = ()
    feats: tuple[dict[str, str] | None, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()  # 0 is the root, else 1 + index of the head
    deprels: tuple[str, ...] = ()
    ner: tuple[str, ...] = ()
    raw: tuple[tuple[str, ...], ...] = field(default=(), repr=False)  # the lines as read


def read_blocks(path: Path) -> Iterator[list[list[str]]]:
    """The sentences of a CoNLL-U file as rows of columns, comments left out."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        yield [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]


def read_comments(path: Path, key: str) -> Iterator[str]:
    """The value of one comment (`text`, `sent_id`) of every sentence."""
    prefix = f"# {key} = "
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        yield next((line[len(prefix) :] for line in block.split("\n") if line.startswith(prefix)), "")


def parse_feats(column: str) -> dict[str, str]:
    """`Case=Nom|Number=Sing` as a mapping; `_` is empty."""
    return {} if column == "_" else dict(part.split("=", 1) for part in column.split("|"))


def detokenise(words: Iterable[str]) -> tuple[bool, ...]:
    """Guess the spaces of text that was distributed token by token (HDT, GermEval).

    Straight quotes open and close in turn, as German newspapers print them.
    """
    words = list(words)
    after = [True] * len(words)
    open_quote = False
    for i, word in enumerate(words):
        if word in ('"', "''", "``"):
            if open_quote and i:
                after[i - 1] = False
            if not open_quote:
                after[i] = False
            open_quote = not open_quote
        elif word in NO_SPACE_AFTER:
            after[i] = False
        elif i and word in NO_SPACE_BEFORE:
            after[i - 1] = False
    return tuple(after)


def read_treebank(path: Path, treebank: str, *, pretokenised: bool = False) -> Iterator[Sentence]:
    """Sentences of a UD treebank, contractions merged. `pretokenised`: the spaces are to be guessed."""
    for rows in read_blocks(path):
        yield join_hyphens(_merge_contractions(rows, treebank, pretokenised))


def _merge_contractions(rows: list[list[str]], treebank: str, pretokenised: bool) -> Sentence:
    ranges = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            ranges[first] = (last, row)
    kept, owner, surface = [], {0: 0}, []
    skip_to = 0
    for row in rows:
        if not row[0].isdigit():
            continue
        number = int(row[0])
        if number <= skip_to:
            owner[number] = len(kept)
            continue
        shown = row
        if number in ranges:
            skip_to, shown = ranges[number]
        kept.append(row)
        owner[number] = len(kept)
        surface.append(shown)
    by_number = {int(row[0]): row for row in rows if row[0].isdigit()}
    heads, labels, feats = [], [], []
    for row, shown in zip(kept, surface, strict=True):
        number = int(row[0])
        last = ranges[number][0] if number in ranges else number
        parts = [by_number[n] for n in range(number, last + 1)]
        outer = next((p for p in parts if not number <= int(p[6]) <= last), parts[0])
        heads.append(owner[int(outer[6])])
        labels.append(outer[7])
        feats.append(parse_feats(parts[-1][5] if len(parts) == 2 else row[5]))
    words = tuple(row[1] for row in surface)
    spaces = detokenise(words) if pretokenised else tuple("SpaceAfter=No" not in row[9] for row in surface)
    return Sentence(
        words=words,
        spaces=spaces,
        treebank=treebank,
        upos=tuple(row[3] for row in kept),
        xpos=tuple("APPRART" if shown is not row else row[4] for row, shown in zip(kept, surface, strict=True)),
        feats=tuple(feats),
        lemmas=tuple(row[2] for row in kept),
        heads=tuple(heads),
        deprels=tuple(labels),
        raw=tuple(tuple(row) for row in rows),
    )


def mend_double_objects(sentence: Sentence) -> Sentence:
    """Relabel the second of two objects, the fault that the validator found in these HDT sentences.

    A dative beside an accusative is `obl:arg`; an object with a preposition is `obl`.
    """
    labels = list(sentence.deprels)
    children: dict[int, list[int]] = {}
    for i, head in enumerate(sentence.heads):
        children.setdefault(head, []).append(i)
    for head, dependents in children.items():
        objects = [i for i in dependents if labels[i] == "obj"]
        if head == 0 or len(objects) < 2:
            continue
        for i in objects:
            below = children.get(i + 1, [])
            if any(labels[j] == "case" for j in below):
                labels[i] = "obl"
            elif _case(sentence, i, below) == "Dat":
                labels[i] = "obl:arg"
    return replace(sentence, deprels=tuple(labels))


def _case(sentence: Sentence, i: int, below: list[int]) -> str | None:
    marked = [(sentence.feats[j] or {}).get("Case") for j in (i, *below)]
    return next((case for case in marked if case), None)


def read_germeval(path: Path) -> Iterator[Sentence]:
    """GermEval 2014, outer level, as sentences with entity tags (B-PER, I-LOCderiv, ..., O)."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        words = tuple(row[0] for row in rows)
        yield Sentence(words=words, spaces=detokenise(words), treebank="germeval", ner=tuple(row[1] for row in rows))


def join_hyphens(sentence: Sentence) -> Sentence:
    """Join what GSD and PUD split at hyphens (US - Präsident, Rohstoff -) to the words that people write.

    The last part gives tag, morphology and head, the first only its letters. `kg.nlp.conllu` splits
    them again in the same way.
    """
    count = len(sentence.words)
    group = list(range(count))
    for i, word in enumerate(sentence.words):
        if word not in ("-", "‐") or not i or sentence.spaces[i - 1] or not sentence.words[i - 1][-1].isalnum():
            continue
        group[i] = group[i - 1]
        if i + 1 < count and not sentence.spaces[i] and sentence.words[i + 1][0].isalnum():
            group[i + 1] = group[i - 1]
    if group == list(range(count)):
        return sentence
    return _join(sentence, group)


def _join(s: Sentence, group: list[int]) -> Sentence:
    members: dict[int, list[int]] = {}
    for i, g in enumerate(group):
        members.setdefault(g, []).append(i)
    new = {i: n for n, m in enumerate(members.values()) for i in m}
    keep = [m[-2] if len(m) > 1 and s.words[m[-1]] in ("-", "‐") else m[-1] for m in members.values()]
    heads, labels = [], []
    for m, k in zip(members.values(), keep, strict=True):
        outer = next((i for i in (k, *m) if s.heads and s.heads[i] - 1 not in m), k)
        heads.append((new[s.heads[outer] - 1] + 1 if s.heads[outer] else 0) if s.heads else 0)
        labels.append(s.deprels[outer] if s.deprels else "")
    lemma = tuple("".join(s.words[i] for i in m[: m.index(k)]) + s.lemmas[k] for m, k in zip(members.values(), keep, strict=True)) if s.lemmas else ()
    return replace(
        s,
        words=tuple("".join(s.words[i] for i in m) for m in members.values()),
        spaces=tuple(s.spaces[m[-1]] for m in members.values()),
        upos=tuple(s.upos[k] for k in keep) if s.upos else (),
        xpos=tuple(s.xpos[k] for k in keep) if s.xpos else (),
        feats=tuple(s.feats[k] for k in keep) if s.feats else (),
        lemmas=lemma,
        heads=tuple(heads) if s.heads else (),
        deprels=tuple(labels) if s.deprels else (),
    )
