"""UD German-GSD sentences with lemmas and UniMorph features, without trees, as partly labelled sentences.

What the features do not say (pronoun types, STTS tags, heads) stays unknown: an attribute with the value
`UNKNOWN` and a tag of None are left out of the loss.
"""

from collections.abc import Iterator
from pathlib import Path

from kg.nlp.german import CONTRACTIONS
from kg.training.corpus import Sentence, read_blocks, read_comments

UNKNOWN = "?"
UNSAID = (
    *("Abbr", "Degree", "ExtPos", "Foreign", "Gender[psor]", "NumType", "Number[psor]", "Polarity"),
    *("Polite", "Poss", "PronType", "Reflex", "Typo", "Voice"),
)
VALUES = {
    "MASC": ("Gender", "Masc"), "FEM": ("Gender", "Fem"), "NEUT": ("Gender", "Neut"), "SG": ("Number", "Sing"),
    "PL": ("Number", "Plur"), "NOM": ("Case", "Nom"), "GEN": ("Case", "Gen"), "DAT": ("Case", "Dat"),
    "ACC": ("Case", "Acc"), "1": ("Person", "1"), "2": ("Person", "2"), "3": ("Person", "3"),
    "PRS": ("Tense", "Pres"), "PST": ("Tense", "Past"), "IND": ("Mood", "Ind"), "SBJV": ("Mood", "Sub"),
    "IMP": ("Mood", "Imp"), "FIN": ("VerbForm", "Fin"), "NFIN": ("VerbForm", "Inf"), "V.PTCP": ("VerbForm", "Part"),
    "DEF": ("Definite", "Def"), "INDF": ("Definite", "Ind"),
}  # fmt: skip
TAGS = {"N": "NOUN", "PROPN": "PROPN", "ADP": "ADP", "NUM": "NUM", "DET": "DET", "PRO": "PRON"}
AUXILIARIES = frozenset("sein haben werden können müssen sollen wollen dürfen mögen".split())


def read_unimorph(path: Path, treebank: str) -> Iterator[Sentence]:
    """Sentences whose words are found again in their text; the others are left out."""
    for rows, text in zip(read_blocks(path), read_comments(path, "text"), strict=True):
        aligned = _align([row[1] for row in rows], text)
        if aligned is not None:
            yield _sentence(rows, text, aligned, treebank)


def _align(words: list[str], text: str) -> list[tuple[int, int, int]] | None:
    """(first word, start, end) of each token of the text; two words make one token in a contraction."""
    found, at, i = [], 0, 0
    while i < len(words):
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith(words[i], at) and not _contracted(words, i, text, at):
            found.append((i, at, at + len(words[i])))
            i += 1
        elif _contracted(words, i, text, at):
            found.append((i, at, at + len(_contracted(words, i, text, at))))
            i += 2
        else:
            return None
        at = found[-1][2]
    return found


def _contracted(words: list[str], i: int, text: str, at: int) -> str:
    """The contraction that stands in the text for words i and i + 1, "" if none does."""
    if i + 1 >= len(words):
        return ""
    pair = (words[i].lower(), words[i + 1].lower())
    for short, parts in CONTRACTIONS.items():
        after = text[at + len(short) : at + len(short) + 1]
        if parts == pair and text[at : at + len(short)].lower() == short and not after.isalnum():
            return short
    return ""


def _sentence(rows: list[list[str]], text: str, tokens: list[tuple[int, int, int]], treebank: str) -> Sentence:
    starts = [first for first, _, _ in tokens] + [len(rows)]
    last = [starts[n + 1] - 1 for n in range(len(tokens))]
    tags = [_tag(rows[first]) for first, _, _ in tokens]
    return Sentence(
        words=tuple(text[start:end] for _, start, end in tokens),
        spaces=tuple(text[end : end + 1].isspace() or end >= len(text) for _, _, end in tokens),
        treebank=treebank,
        upos=tuple(tag or "" for tag in tags),
        feats=tuple(_feats(rows[n], tag) for n, tag in zip(last, tags, strict=True)),
        lemmas=tuple(rows[first][2] for first, _, _ in tokens),
    )


def _tag(row: list[str]) -> str | None:
    """UPOS where the features settle it."""
    parts = row[5].split(";")
    if not any(char.isalnum() for char in row[1]):
        return "PUNCT"
    if "V" in parts or "V.PTCP" in parts:
        if "ADJ" in parts or row[2] in AUXILIARIES:
            return None
        return "VERB"
    if "ADJ" in parts:
        return "ADJ"
    return next((TAGS[p] for p in parts if p in TAGS), None)


def _feats(row: list[str], tag: str | None) -> dict[str, str] | None:
    """UD features that the UniMorph ones say or rule out; None where the word has none at all."""
    if tag is None and row[5] == "_":
        return None
    found = dict.fromkeys(UNSAID, UNKNOWN)
    if tag in ("PUNCT", "ADP"):
        return {}
    for part in row[5].split(";"):
        if part in VALUES:
            key, value = VALUES[part]
            found[key] = value
    if found.get("Number") == "Plur" and tag in ("DET", "ADJ", "PRON", None):
        found["Gender"] = UNKNOWN  # GSD is not of one mind whether the plural has a gender
    if tag in ("ADJ", "NUM", "ADV", "PROPN", None) and "Case" not in found:
        found |= dict.fromkeys(("Case", "Gender", "Number"), UNKNOWN)
    return found
