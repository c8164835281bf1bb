"""Scores by the rules of the CoNLL 2018 shared task (Zeman et al. 2018), and entity F1.

Words are aligned by the characters they cover; words inside multiword tokens by their forms (longest
common subsequence). Labels are compared without subtypes, UFeats over the universal features only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

UNIVERSAL = frozenset(
    "PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense "
    "Aspect Voice Evident Polarity Person Polite".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; `span` is that of its token in the text without white space."""

    form: str
    span: tuple[int, int]
    multi: bool
    columns: tuple[str, ...]
    parent: int  # index of the head among all words, -1 for the root


def read_words(conllu: str) -> tuple[list[Word], list[tuple[int, int]], list[tuple[int, int]]]:
    """Words, tokens and sentences of a file; spans count the characters that are not white space."""
    words: list[Word] = []
    tokens, sentences = [], []
    at = 0
    for block in conllu.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        base, begin = len(words), at
        until, span = 0, (0, 0)
        for row in rows:
            if "." in row[0]:
                continue
            length = len("".join(row[1].split()))
            if "-" in row[0]:
                until, span = int(row[0].split("-")[1]), (at, at + length)
                tokens.append(span)
                at += length
                continue
            multi = int(row[0]) <= until
            if not multi:
                span = (at, at + length)
                tokens.append(span)
                at += length
            head = int(row[6]) if row[6].isdigit() else 0
            words.append(Word(row[1], span, multi, tuple(row), base + head - 1 if head else -1))
        sentences.append((begin, at))
    return words, tokens, sentences


def align(gold: Sequence[Word], system: Sequence[Word]) -> dict[int, int]:
    """Indices of system words for gold words."""
    pairs: dict[int, int] = {}
    plain = {w.span: i for i, w in enumerate(system) if not w.multi}
    groups: dict[tuple[int, int], list[int]] = {}
    for i, word in enumerate(system):
        groups.setdefault(word.span, []).append(i)
    done = set()
    for i, word in enumerate(gold):
        if not word.multi and word.span in plain:
            pairs[i] = plain[word.span]
        elif word.multi and word.span not in done:
            done.add(word.span)
            own = [j for j in range(i, min(i + 5, len(gold))) if gold[j].span == word.span]
            other = groups.get(word.span, [])
            matcher = SequenceMatcher(
                None, [gold[j].form.lower() for j in own], [system[j].form.lower() for j in other], autojunk=False
            )
            for block in matcher.get_matching_blocks():
                pairs.update({own[block.a + k]: other[block.b + k] for k in range(block.size)})
    return pairs


def score_conllu(gold_text: str, system_text: str) -> dict[str, float]:
    """F1 (in percent) of tokens, sentences, words, UPOS, XPOS, UFeats, lemmas, UAS, LAS."""
    gold, gold_tokens, gold_sentences = read_words(gold_text)
    system, tokens, sentences = read_words(system_text)
    if gold[-1].span[1] != system[-1].span[1]:
        raise ValueError(f"the texts differ: {gold[-1].span[1]} and {system[-1].span[1]} characters")
    pairs = align(gold, system)
    back = {s: g for g, s in pairs.items()}

    def same(test: object) -> float:
        hits = sum(1 for g, s in pairs.items() if test(gold[g], system[s]))  # type: ignore[operator]
        return 200 * hits / (len(gold) + len(system))

    def attached(g: Word, s: Word) -> bool:
        if g.parent < 0 or s.parent < 0:
            return g.parent == s.parent
        return back.get(s.parent) == g.parent

    return {
        "tokens": _f1(gold_tokens, tokens),
        "sentences": _f1(gold_sentences, sentences),
        "words": same(lambda g, s: True),
        "upos": same(lambda g, s: g.columns[3] == s.columns[3]),
        "xpos": same(lambda g, s: g.columns[4] == s.columns[4]),
        "ufeats": same(lambda g, s: _feats(g) == _feats(s)),
        "lemmas": same(lambda g, s: g.columns[2] in ("_", s.columns[2])),
        "uas": same(attached),
        "las": same(lambda g, s: attached(g, s) and _label(g) == _label(s)),
    }


def _f1(gold: Iterable[tuple[int, int]], system: Iterable[tuple[int, int]]) -> float:
    a, b = set(gold), set(system)
    return 200 * len(a & b) / (len(a) + len(b))


def _feats(word: Word) -> str:
    return "|".join(sorted(f for f in word.columns[5].split("|") if f.split("=")[0] in UNIVERSAL))


def _label(word: Word) -> str:
    return word.columns[7].split(":")[0]


def entity_spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """(start, end, type) of BIO tags; an I- without its B- begins an entity."""
    found, start, kind = set(), 0, ""
    for i, tag in enumerate((*tags, "O")):
        if kind and tag != f"I-{kind}":
            found.add((start, i, kind))
            kind = ""
        if tag != "O" and not kind:
            start, kind = i, tag[2:]
    return found


def score_entities(gold: Iterable[Sequence[str]], system: Iterable[Sequence[str]]) -> tuple[float, float, float]:
    """Precision, recall, F1 (in percent) over sentences of the same tokens."""
    hit = wanted = found = 0
    for g, s in zip(gold, system, strict=True):
        a, b = entity_spans(g), entity_spans(s)
        hit, wanted, found = hit + len(a & b), wanted + len(a), found + len(b)
    return 100 * hit / max(1, found), 100 * hit / max(1, wanted), 200 * hit / max(1, found + wanted)
