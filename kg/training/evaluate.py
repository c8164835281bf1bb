"""Scores by the rules of the CoNLL 2018 shared task (Zeman et al. 2018), and entity F1.

Words are aligned by the characters they cover; words inside multiword tokens by their forms (longest
common subsequence). Labels are compared without subtypes, UFeats over the universal features only.
The one difference: multiword tokens that overlap without being the same are not aligned at all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

UNIVERSAL = frozenset(
    "PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense "
    "Aspect Voice Evident Polarity Person Polite".split()
)


Span = tuple[int, int]  # characters of the text without white space


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; `span` is that of its token."""

    form: str
    span: Span
    multi: bool
    columns: tuple[str, ...]
    parent: int  # index of the head among all words, -1 for the root


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a CoNLL-U file says of a text."""

    words: tuple[Word, ...]
    tokens: tuple[Span, ...]
    sentences: tuple[Span, ...]


def read_analysis(conllu: str) -> Analysis:
    """Words, tokens and sentences of the text of a CoNLL-U file."""
    words: list[Word] = []
    tokens: list[Span] = []
    sentences: list[Span] = []
    for block in conllu.strip().split("\n\n"):
        begin = tokens[-1][1] if tokens else 0
        read_sentence([line.split("\t") for line in block.split("\n") if line and line[0] != "#"], words, tokens)
        sentences.append((begin, tokens[-1][1]))
    return Analysis(tuple(words), tuple(tokens), tuple(sentences))


def read_sentence(rows: Iterable[list[str]], words: list[Word], tokens: list[Span]) -> None:
    """Append the words and tokens of one sentence; empty nodes (ids like `5.1`) are passed over."""
    base, until = len(words), 0
    for row in rows:
        if "." in row[0]:
            continue
        within = row[0].isdigit() and int(row[0]) <= until
        if not within:
            begin = tokens[-1][1] if tokens else 0
            tokens.append((begin, begin + len("".join(row[1].split()))))
        if "-" in row[0]:
            until = int(row[0].partition("-")[2])
            continue
        head = int(row[6]) if row[6].isdigit() else 0
        words.append(Word(row[1], tokens[-1], within, tuple(row), base + head - 1 if head else -1))


def align(gold: Sequence[Word], system: Sequence[Word]) -> dict[int, int]:
    """Indices of system words for gold words."""
    pairs: dict[int, int] = {}
    theirs = _by_span(system)
    for span, own in _by_span(gold).items():
        other = theirs.get(span, [])
        if not any(gold[i].multi for i in own) and not any(system[i].multi for i in other):
            pairs.update(zip(own, other, strict=False))
            continue
        forms = [gold[i].form.lower() for i in own], [system[i].form.lower() for i in other]
        for block in SequenceMatcher(None, *forms, autojunk=False).get_matching_blocks():
            pairs.update({own[block.a + k]: other[block.b + k] for k in range(block.size)})
    return pairs


def _by_span(words: Sequence[Word]) -> dict[Span, list[int]]:
    found: dict[Span, list[int]] = {}
    for i, word in enumerate(words):
        found.setdefault(word.span, []).append(i)
    return found


def score_conllu(gold_text: str, system_text: str) -> dict[str, float]:
    """F1 (in percent) of tokens, sentences, words, UPOS, XPOS, UFeats, lemmas, UAS, LAS.

    Raises:
        ValueError: the two are not analyses of the same text.
    """
    gold, system = read_analysis(gold_text), read_analysis(system_text)
    if gold.tokens[-1][1] != system.tokens[-1][1]:
        raise ValueError(f"the texts differ: {gold.tokens[-1][1]} and {system.tokens[-1][1]} characters")
    pairs = align(gold.words, system.words)
    back = {s: g for g, s in pairs.items()}

    def same(test: Callable[[Word, Word], bool]) -> float:
        hits = sum(test(gold.words[g], system.words[s]) for g, s in pairs.items())
        return 200 * hits / (len(gold.words) + len(system.words))

    def attached(g: Word, s: Word) -> bool:
        return g.parent == s.parent if min(g.parent, s.parent) < 0 else back.get(s.parent) == g.parent

    return {
        "tokens": _f1(gold.tokens, system.tokens),
        "sentences": _f1(gold.sentences, system.sentences),
        "words": same(lambda g, s: True),
        "upos": same(lambda g, s: g.columns[3] == s.columns[3]),
        "xpos": same(lambda g, s: g.columns[4] == s.columns[4]),
        "ufeats": same(lambda g, s: _feats(g) == _feats(s)),
        "lemmas": same(lambda g, s: g.columns[2] in ("_", s.columns[2])),
        "uas": same(attached),
        "las": same(lambda g, s: attached(g, s) and _label(g) == _label(s)),
    }


def _f1(gold: Iterable[Span], system: Iterable[Span]) -> float:
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
