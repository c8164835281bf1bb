"""UD German-GSD sentences with lemmas and UniMorph features, without trees, as partly labelled sentences.

What the features do not say (pronoun types, STTS tags, heads) stays unknown: an attribute with the value
`UNKNOWN` and a tag of None are left out of the loss. They follow an older version of GSD, in which dieser, alle
and the like are pronouns even before a noun and lemmas of pronouns are others: of these words only case, number
and gender are taken.
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
    "PASS": ("Voice", "Pass"),
}  # fmt: skip
TAGS = {"N": "NOUN", "PROPN": "PROPN", "ADP": "ADP", "NUM": "NUM", "DET": "DET"}
ARTICLES = {  # the features of articles that are the same whatever the noun
    "der": {"Definite": "Def", "PronType": "Art"},
    "ein": {"Definite": "Ind", "NumType": "Card", "PronType": "Art"},
}
ALL = (*UNSAID, "Case", "Definite", "Gender", "Mood", "Number", "Person", "Tense", "VerbForm")
PERSONAL = frozenset(("1", "2", "3", "REFL"))
OPEN = frozenset(("NOUN", "PROPN", "VERB", "ADJ"))  # classes whose lemmas are those of today's GSD
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
        feats=tuple(_feats(rows[n], _tag(rows[n])) for n in last),
        lemmas=tuple(_lemma(rows[t[0]], tag) for t, tag in zip(tokens, tags, strict=True)),
    )


def _lemma(row: list[str], tag: str | None) -> str:
    return row[2] if tag in OPEN or row[2] == row[1].lower() else "_"


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
    if "PRO" in parts:
        return "PRON" if row[2] == "der" or PERSONAL & set(parts) else None
    return next((TAGS[p] for p in parts if p in TAGS), None)


def _feats(row: list[str], tag: str | None) -> dict[str, str] | None:
    """UD features that the UniMorph ones say or rule out; None where the word has none at all."""
    if tag is None and row[5] == "_":
        return None
    found = dict.fromkeys(UNSAID, UNKNOWN)
    if tag in ("PUNCT", "ADP"):
        return {}
    parts = row[5].split(";")
    for part in parts:
        if part in VALUES:
            key, value = VALUES[part]
            found[key] = value
    if "DET" in parts or "PRO" in parts:
        return _pronoun_feats(row[2], parts, found)
    if found.get("Number") == "Plur" and tag in ("ADJ", None):
        found["Gender"] = UNKNOWN  # GSD is not of one mind whether the plural has a gender
    if tag in ("NOUN", "ADJ", "NUM", "ADV", "PROPN", None) and "Case" not in found:
        found |= dict.fromkeys(("Case", "Gender", "Number"), UNKNOWN)
    return found


def _pronoun_feats(lemma: str, parts: list[str], found: dict[str, str]) -> dict[str, str]:
    """Features of articles in full, of other determiners and pronouns only those that both versions have."""
    agreement = {key: found[key] for key in ("Case", "Gender", "Number") if key in found}
    if agreement.get("Number") == "Plur":
        agreement.pop("Gender", None)
    if "DET" in parts and lemma in ARTICLES:
        return agreement | ARTICLES[lemma] if "Case" in agreement else dict.fromkeys(ALL, UNKNOWN)
    return dict.fromkeys(ALL, UNKNOWN) | ({"Case": agreement["Case"]} if "Case" in agreement else {})
