"""Which data the model is made from, and what is held out to measure it."""

import gzip
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from kg.nlp.lemmatizer import CLASSES
from kg.training.corpus import Sentence, mend_double_objects, mend_features, read_comments, read_germeval, read_treebank
from kg.training.unimorph import read_unimorph

GSD_TRAINED = 400  # first sentences of gsd-dev that are trained on; the rest is held out
PUD_HELD = 150  # last news sentences of PUD, held out


def pud_held_out(data: Path) -> frozenset[int]:
    """Indices of the news sentences of PUD (ids `n...`) that are never trained on."""
    ids = list(read_comments(data / "ud/pud.conllu", "sent_id"))
    news = [i for i, name in enumerate(ids) if name.startswith("n")]
    return frozenset(news[-PUD_HELD:])


def parsed_sentences(data: Path) -> list[Sentence]:
    """Half of GSD dev, PUD without the held-out news, the HDT news sentences, all with trees; GSD train without.

    PUD's language-specific tags are another tag set and are left out; HDT's lemmas are heads of compounds.
    The morphology of both is brought nearer to GSD's.
    """
    gsd = list(read_treebank(data / "ud/gsd-dev.conllu", "gsd"))[:GSD_TRAINED]
    held = pud_held_out(data)
    pud = [
        mend_features(replace(s, xpos=tuple(x if x == "APPRART" else None for x in s.xpos)))
        for i, s in enumerate(read_treebank(data / "ud/pud.conllu", "pud"))
        if i not in held
    ]
    hdt = [
        mend_features(replace(mend_double_objects(s), lemmas=()))
        for part in "ab"
        for s in read_treebank(data / f"ud/hdt-news-{part}.conllu", "hdt", pretokenised=True)
    ]
    return gsd + pud + hdt + list(read_unimorph(data / "ud/gsd-train-unimorph.conllu", "gsd"))


def weighted(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences with the trees of GSD, whose style the model is to have, twice."""
    return sentences + [s for s in sentences if s.treebank == "gsd" and s.heads]


def named_sentences(data: Path) -> list[Sentence]:
    """GermEval 2014, train part, outer level."""
    return list(read_germeval(data / "ner/germeval2014-train.iob2"))


def speeches(data: Path) -> Iterator[str]:
    """Texts of Bundestag speeches, on security policy and others in turn."""
    paths = [data / f"bundestag/{name}.jsonl.gz" for name in ("security", "other")]
    with gzip.open(paths[0], "rt", encoding="utf-8") as security, gzip.open(paths[1], "rt", encoding="utf-8") as other:
        for pair in zip(security, other, strict=False):
            yield from (json.loads(line)["text"] for line in pair)


def vocabulary_texts(data: Path) -> Iterator[str]:
    """Text whose words decide which pieces are kept: Bundestag speeches; treebanks and GermEval eightfold."""
    for name in ("security", "other"):
        with gzip.open(data / f"bundestag/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)
    for sentence in read_germeval(data / "ner/germeval2014-train.iob2"):
        yield from [" ".join(sentence.words)] * 8
    for name in ("gsd-dev", "pud", "hdt-news-a", "hdt-news-b", "gsd-train-unimorph"):
        for text in read_comments(data / f"ud/{name}.conllu", "text"):
            yield from [text] * 8


def proper_names(data: Path) -> Iterator[tuple[str, str, str]]:
    """Readings of first names, surnames and places."""
    for line in (data / "lexicon/EIG.txt").read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) >= 3:
            yield columns[0], columns[1], columns[2]


def full_forms(data: Path, tools: Path) -> Iterator[tuple[str, str, str]]:
    """Readings of the Morfologik dictionary, decoded by `tools/lexicon.py`."""
    module = _load(tools / "lexicon.py")
    yield from module.readings((data / "lexicon/german.dict").read_bytes())


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def count_lemmas(sentences: list[Sentence]) -> Counter[tuple[str, str, str]]:
    """How often a treebank gives a form of a class a lemma."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for sentence in sentences:
        for word, lemma, upos in zip(sentence.words, sentence.lemmas, sentence.upos, strict=False):
            if upos in CLASSES and "-" not in word:
                counts[word, CLASSES[upos], lemma] += 1
    return counts
