"""Annotated German text as training examples: words with the spaces between them, labels or None.

A `Sentence` holds words as `kg`'s tokenizer cuts them: contractions ("im", "zum") are one word, with
tag and head of the preposition and the morphology of the article.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kg.training.evaluate import entity_spans

NO_SPACE_BEFORE = frozenset(",.;:!?)]}%…“»")
NO_SPACE_AFTER = frozenset("([{„«")
HYPHENS = frozenset("-‐")
STRAIGHT = frozenset(('"', "``", "''"))
MARKS = (("„", "“"), ("„", "”"), ("»", "«"), ("“", "”"), ("«", "»"), ('"', '"'))
VARIED, SHOUTED = 0.6, 0.01  # shares of sentences with other quotation marks, and in capitals
RENAMED = 0.3  # share of names that are replaced
UNMARKED = {"ADP": "Case", "NUM": "Number", "ADV": "Degree"}

T = TypeVar("T")
Row = list[str]  # the columns of a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; every label column has one entry a word, or is empty where nothing is known."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]  # whether white space follows the word
    treebank: str
    upos: tuple[str, ...] = ()  # "", here and in deprels and ner: not known
    xpos: tuple[str | None, ...] = ()
    feats: tuple[dict[str, str] | None, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()  # 0 is the root, -1 unknown, else 1 + index of the head
    deprels: tuple[str, ...] = ()
    ner: tuple[str, ...] = ()


def read_blocks(path: Path) -> Iterator[list[Row]]:
    """The sentences of a file with a word a line as rows of columns, comments left out."""
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
        sentence = merge_contractions(rows, treebank)
        if pretokenised:
            sentence = replace(sentence, spaces=detokenise(sentence.words))
        yield join_hyphens(sentence)


def merge_contractions(rows: Sequence[Row], treebank: str) -> Sentence:
    """One word for each multiword token (`im` for `in dem`), with what the first of its words says.

    The morphology is that of the article; the head is the first that lies outside of the token.
    """
    tokens = list(_tokens(rows))
    owner = {"0": 0} | {word[0]: place for place, (_, words) in enumerate(tokens, 1) for word in words}
    outer = [_outer(words) for _, words in tokens]
    return Sentence(
        words=tuple(token[1] for token, _ in tokens),
        spaces=tuple("SpaceAfter=No" not in token[9] for token, _ in tokens),
        treebank=treebank,
        upos=tuple(words[0][3] for _, words in tokens),
        xpos=tuple("APPRART" if len(words) > 1 else words[0][4] for _, words in tokens),
        feats=tuple(parse_feats(words[-1 if len(words) == 2 else 0][5]) for _, words in tokens),
        lemmas=tuple(words[0][2] for _, words in tokens),
        heads=tuple(owner[word[6]] for word in outer),
        deprels=tuple(word[7] for word in outer),
    )


def _tokens(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Each token as it is written, with its words; empty nodes (ids like `5.1`) are left out."""
    token, last = rows[0], 0
    words: list[Row] = []
    for row in rows:
        if "-" in row[0]:
            token, last = row, int(row[0].partition("-")[2])
        elif row[0].isdigit():
            words.append(row)
            if int(row[0]) >= last:
                yield (token if last else row), words
                words, last = [], 0


def _outer(words: Sequence[Row]) -> Row:
    """The first of the words of a token whose head is none of them."""
    own = {word[0] for word in words}
    return next((word for word in words if word[6] not in own), words[0])


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


def mend_features(sentence: Sentence) -> Sentence:
    """Leave out what GSD does not mark: the case of prepositions, the number of numerals, the degree of adverbs.

    A contraction keeps the case, which is that of its article.
    """
    return replace(
        sentence,
        feats=tuple(
            {key: value for key, value in (feats or {}).items() if key != UNMARKED.get(upos) or xpos == "APPRART"}
            for feats, upos, xpos in zip(sentence.feats, sentence.upos, sentence.xpos, strict=True)
        ),
    )


def _case(sentence: Sentence, i: int, below: list[int]) -> str | None:
    marked = [(sentence.feats[j] or {}).get("Case") for j in (i, *below)]
    return next((case for case in marked if case), None)


def read_germeval(path: Path) -> Iterator[Sentence]:
    """GermEval 2014, outer level, as sentences with entity tags (B-PER, I-LOCderiv, ..., O)."""
    for rows in read_blocks(path):
        words = tuple(row[0] for row in rows)
        yield Sentence(words=words, spaces=detokenise(words), treebank="germeval", ner=tuple(row[1] for row in rows))


def join_hyphens(sentence: Sentence) -> Sentence:
    """Join what GSD and PUD split at hyphens (US - Präsident, Rohstoff -) to the words that people write.

    The last part gives tag, morphology and head, the first only its letters. `kg.nlp.conllu` splits
    them again in the same way.
    """
    groups = _hyphenated(sentence)
    return sentence if len(groups) == len(sentence.words) else _join(sentence, groups)


def _hyphenated(s: Sentence) -> list[list[int]]:
    """Indices of the words that make up each written word."""
    groups: list[list[int]] = []
    joined = False
    for i, word in enumerate(s.words):
        hangs = i > 0 and word in HYPHENS and not s.spaces[i - 1] and s.words[i - 1][-1].isalnum()
        if hangs or joined:
            groups[-1].append(i)
        else:
            groups.append([i])
        following = s.words[i + 1][0] if i + 1 < len(s.words) else " "
        joined = hangs and not s.spaces[i] and following.isalnum()
    return groups


def _join(s: Sentence, groups: Sequence[Sequence[int]]) -> Sentence:
    new = {i: number for number, group in enumerate(groups, 1) for i in group}
    main = [_main(s, group) for group in groups]
    outer = [_attached(s, group, k) for group, k in zip(groups, main, strict=True)]
    return replace(
        s,
        words=tuple("".join(s.words[i] for i in group) for group in groups),
        spaces=tuple(s.spaces[group[-1]] for group in groups),
        upos=_at(s.upos, main),
        xpos=_at(s.xpos, main),
        feats=_at(s.feats, main),
        lemmas=tuple(_joined_lemma(s, group, k) for group, k in zip(groups, main, strict=True)) if s.lemmas else (),
        heads=tuple(new[h - 1] if h else 0 for h in _at(s.heads, outer)),
        deprels=_at(s.deprels, outer),
        ner=_at(s.ner, [group[0] for group in groups]),
    )


def _at(values: tuple[T, ...], places: Iterable[int]) -> tuple[T, ...]:
    return tuple(values[i] for i in places) if values else ()


def _main(s: Sentence, group: Sequence[int]) -> int:
    """The part that speaks for the word: the last that is no hyphen."""
    return group[-2] if len(group) > 1 and s.words[group[-1]] in HYPHENS else group[-1]


def _attached(s: Sentence, group: Sequence[int], main: int) -> int:
    """The part whose head is none of the others: the main one, if it is that."""
    return next((i for i in (main, *group) if s.heads and s.heads[i] - 1 not in group), main)


def _joined_lemma(s: Sentence, group: Sequence[int], main: int) -> str:
    return "".join(s.words[i] for i in group if i < main) + s.lemmas[main]


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence, some of the time with other quotation marks or all in capitals, as newspapers print them.

    Treebanks were typed with straight marks; a model that saw no others takes them for words.
    """
    words = list(sentence.words)
    quotes = [i for i, word in enumerate(words) if word in STRAIGHT]
    if quotes and rng.random() < VARIED:
        pair = rng.choice(MARKS)
        for n, i in enumerate(quotes):
            words[i] = pair[n % 2]
    if rng.random() < SHOUTED:
        words = [word.upper() for word in words]
    return replace(sentence, words=tuple(words)) if tuple(words) != sentence.words else sentence


def collect_names(sentences: Iterable[Sentence]) -> dict[tuple[str, int], list[tuple[str, ...]]]:
    """Every name by its type and its number of words."""
    found: dict[tuple[str, int], list[tuple[str, ...]]] = {}
    for sentence in sentences:
        for start, end, kind in entity_spans(sentence.ner):
            found.setdefault((kind, end - start), []).append(sentence.words[start:end])
    return found


def rename(
    sentence: Sentence, names: Mapping[tuple[str, int], Sequence[tuple[str, ...]]], rng: random.Random
) -> Sentence:
    """The sentence, some of its names replaced by others of their type (mention replacement, Dai and Adel 2020).

    What the network is to learn is what stands around a name, not the names of the corpus.
    """
    words = list(sentence.words)
    for start, end, kind in sorted(entity_spans(sentence.ner)):
        if rng.random() < RENAMED and (kind, end - start) in names:
            words[start:end] = rng.choice(names[kind, end - start])
    if tuple(words) == sentence.words:
        return sentence
    return replace(sentence, words=tuple(words), feats=(), lemmas=())
