"""Parses written down by hand: a spaCy `Doc` from a compact notation, and what is extracted from it.

A sentence is its tokens, divided by ` | ` or line breaks. A token is

    form[/lemma] TAG [label [head]] [Feature=Value ...] [PER|LOC|ORG|MISC]

`TAG` is an STTS tag, `label` a UD label, `head` the nearest token of that form. What a tag says already is left
out: articles, adjectives and prepositions hang on the next noun, `zu` on the next verb, auxiliaries, negation,
particles and punctuation on the root. The root is the token without label. The sentence "¶" ends a paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.tokens import Doc

from kg.extract import extract_facts
from kg.extract.mentions import find_mentions
from kg.extract.parse import Parse, Token, read_parse
from kg.extract.reading import Reading, find_prose
from kg.knowledge import Knowledge, read_knowledge
from kg.model import Entity, Extraction, Ref, Resolved
from kg.resolve import resolve_entities
from tests.builders import HERE, article

ENTITIES = frozenset("PER LOC ORG MISC".split())
NOUNS, VERBS = ("NN", "NE"), ("VVINF", "VVFIN", "VVPP")
LEMMAS = {"ART": "der", "PIAT": "kein", "PRF": "sich"}
PARTS = {  # tag -> part of speech, label where it has a usual one, tags of the head (none: the root), features
    "NN": ("NOUN", "", (), ()),
    "NE": ("PROPN", "", (), ()),
    "ART": ("DET", "det", NOUNS, ()),
    "PDAT": ("DET", "det", NOUNS, ()),
    "PIAT": ("DET", "det", NOUNS, ()),
    "PPOSAT": ("DET", "det:poss", NOUNS, ("Poss=Yes",)),
    "ADJA": ("ADJ", "amod", NOUNS, ()),
    "ADJD": ("ADJ", "", (), ()),
    "APPR": ("ADP", "case", NOUNS, ()),
    "APPRART": ("ADP", "case", NOUNS, ()),
    "APPO": ("ADP", "case", NOUNS, ()),
    "CARD": ("NUM", "nummod", NOUNS, ()),
    "PPER": ("PRON", "", (), ("PronType=Prs",)),
    "PRF": ("PRON", "expl:pv", (), ("PronType=Prs", "Reflex=Yes")),
    "PRELS": ("PRON", "", (), ("PronType=Rel",)),
    "PDS": ("PRON", "", (), ("PronType=Dem",)),
    "VVFIN": ("VERB", "", (), ()),
    "VVPP": ("VERB", "", (), ()),
    "VVINF": ("VERB", "", (), ()),
    "VVIZU": ("VERB", "", (), ()),
    "VAFIN": ("AUX", "aux", (), ()),
    "VAINF": ("AUX", "aux", (), ()),
    "VAPP": ("AUX", "aux", (), ()),
    "VMFIN": ("AUX", "aux", (), ()),
    "VMINF": ("AUX", "aux", (), ()),
    "KOUI": ("SCONJ", "mark", (), ()),
    "ADV": ("ADV", "advmod", (), ()),
    "PROAV": ("ADV", "advmod", (), ()),
    "PTKNEG": ("PART", "advmod", (), ()),
    "PTKVZ": ("ADP", "compound:prt", (), ()),
    "PTKZU": ("PART", "mark", VERBS, ()),
    "KON": ("CCONJ", "cc", (), ()),
    "KOKOM": ("CCONJ", "case", NOUNS, ()),
    "KOUS": ("SCONJ", "mark", (), ()),
    "$.": ("PUNCT", "punct", (), ()),
    "$,": ("PUNCT", "punct", (), ()),
    "$(": ("PUNCT", "punct", (), ()),
}
NO_SPACE_BEFORE, NO_SPACE_AFTER = frozenset(".,;:?!“”)"), frozenset("„(")


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    lemma: str
    tag: str
    label: str
    head: str
    features: tuple[str, ...]
    entity: str


def parse(*sentences: str) -> Doc:
    """The sentences as a `Doc`, parsed as the notation says."""
    words: list[_Word] = []
    heads: list[int] = []
    starts: list[int] = []
    for sentence in sentences:
        found = [_Word("\n\n", "\n\n", "_SP", "dep", "", (), "")] if sentence == "¶" else _read(sentence)
        starts.append(len(words))
        heads += [max(len(words) - 1, 0)] if sentence == "¶" else [len(words) + h for h in _heads(found)]
        words += found
    return Doc(
        spacy.blank("de").vocab,
        words=[w.form for w in words],
        spaces=[_space(w, after) for w, after in zip(words, [*words[1:], None], strict=True)],
        pos=[PARTS[w.tag][0] if w.tag in PARTS else "SPACE" for w in words],
        tags=[w.tag for w in words],
        lemmas=[w.lemma for w in words],
        morphs=["|".join(sorted(w.features)) for w in words],
        heads=heads,
        deps=[w.label for w in words],
        ents=_ents(words),
    )


def _read(sentence: str) -> list[_Word]:
    return [_word(token.split()) for line in sentence.splitlines() for token in line.split(" | ") if token.strip(" |")]


def _word(columns: Sequence[str]) -> _Word:
    (form, _, lemma), tag, *rest = columns[0].partition("/"), columns[1], *columns[2:]
    features = tuple(c for c in rest if "=" in c)
    entity = next((c for c in rest if c in ENTITIES), "")
    label, head, *_ = [*(c for c in rest if "=" not in c and c not in ENTITIES), "", ""]
    usual = PARTS[tag]
    return _Word(
        form, lemma or LEMMAS.get(tag, form), tag, label or usual[1] or "ROOT", head, (*usual[3], *features), entity
    )


def _heads(words: Sequence[_Word]) -> list[int]:
    [root] = [i for i, word in enumerate(words) if word.label == "ROOT"]
    return [_head(words, i, root) for i in range(len(words))]


def _head(words: Sequence[_Word], at: int, root: int) -> int:
    word = words[at]
    if word.head:
        return min((i for i, w in enumerate(words) if w.form == word.head and i != at), key=lambda i: abs(i - at))
    wanted = PARTS[word.tag][2]
    return next((i for i in range(at + 1, len(words)) if words[i].tag in wanted), root)


def _space(word: _Word, after: _Word | None) -> bool:
    if after is None or after.tag == "_SP" or word.tag == "_SP":
        return False
    return word.form not in NO_SPACE_AFTER and after.form not in NO_SPACE_BEFORE


def _ents(words: Sequence[_Word]) -> list[str]:
    before = ["", *(w.entity for w in words)]
    return [
        f"{'I' if w.entity == b else 'B'}-{w.entity}" if w.entity else "O" for w, b in zip(words, before, strict=False)
    ]


@cache
def world() -> Knowledge:
    """What `world.ttl` knows."""
    with TemporaryDirectory() as folder:
        return read_world(Path(folder))


def read_world(folder: Path, more: str = "") -> Knowledge:
    """The same with what an analyst adds in Turtle."""
    (folder / "core.ttl").write_text((HERE / "world.ttl").read_text(encoding="utf-8") + more, encoding="utf-8")
    return read_knowledge(folder)


def read(*sentences: str, date: str | None = "2024-12-03", knowledge: Knowledge | None = None) -> Reading:
    """The sentences with their mentions, before any fact is extracted."""
    doc = parse(*sentences)
    told = article("test", doc.text, date)
    words = read_parse(doc)
    reading = Reading(doc=words, article=told, knowledge=knowledge or world(), prose=find_prose(words, told))
    find_mentions(reading)
    return reading


def extract(*sentences: str, date: str | None = "2024-12-03", knowledge: Knowledge | None = None) -> Extraction:
    """All facts of the sentences."""
    doc = parse(*sentences)
    return extract_facts(doc, article("test", doc.text, date), knowledge or world())


def resolve(*sentences: str, date: str | None = "2024-12-03", knowledge: Knowledge | None = None) -> Resolved:
    """The same, referring to entities."""
    knowledge = knowledge or world()
    return resolve_entities(extract(*sentences, date=date, knowledge=knowledge), knowledge)


def tree(*sentences: str) -> Parse:
    """The sentences as extraction reads them."""
    return read_parse(parse(*sentences))


def token(doc: Parse, form: str) -> Token:
    """The first token of that form."""
    return next(t for t in doc if t.text == form)


def words_of(extraction: Extraction, reference: Ref | None) -> str | None:
    """The words of the mention that a fact refers to."""
    return next((m.text for m in extraction.mentions if m.key == reference), None)


def entity_of(resolved: Resolved, words: str, nth: int = 0) -> Entity | None:
    """Which entity the words refer to, at their `nth` occurrence as a mention."""
    found = sorted((m.span.start, e.id) for e in resolved.entities for m in e.mentions if m.text == words)
    return next(e for e in resolved.entities if e.id == found[nth][1]) if len(found) > nth else None
