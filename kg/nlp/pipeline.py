"""Build the `Language`; run it over articles."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.model import Article
from kg.nlp import component  # noqa: F401  (registers the factory)
from kg.nlp.segments import SECTIONS
from kg.nlp.tokenizer import make_tokenizer

MAX_LENGTH = 100_000_000  # characters; how long an article may be is `kg.config`'s to say
PROBE = "Am Montag sagte der Minister, die Allianz werde der Ukraine neue Waffen liefern."
RELATIONS = frozenset(  # of Universal Dependencies 2; "root" is "ROOT" in spaCy, "dep" stands for none of them
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative "
    "xcomp".split()
)


def load_pipeline(name: str | None = None, *, model: Path | None = None) -> Language:
    """The German pipeline that ships with `kg`, or any installed spaCy pipeline with UD labels.

    `model` names a folder with other model files for the first.

    Raises:
        ModelError: model files are missing; there is no such pipeline; it does not parse, or not with UD labels.
    """
    nlp = _own_pipeline(model) if name is None else _other_pipeline(name)
    nlp.max_length = MAX_LENGTH
    return nlp


def _own_pipeline(model: Path | None) -> Language:
    nlp = spacy.blank("de")
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.add_pipe("kg_german", config={"folder": str(model) if model else None})
    return nlp


def _other_pipeline(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:  # not installed; a component that nothing registers
        raise ModelError(
            f"pipeline {name!r}: spaCy cannot load it ({error}); install it, or leave the name out"
        ) from error
    doc = nlp(PROBE)
    if not doc.has_annotation("DEP"):
        raise ModelError(f"pipeline {name!r} does not parse; components: {', '.join(nlp.pipe_names) or 'none'}")
    foreign = {token.dep_ for token in doc if token.dep_.partition(":")[0].lower() not in RELATIONS}
    if foreign:
        raise ModelError(
            f"pipeline {name!r} labels relations {', '.join(sorted(foreign))}, which Universal Dependencies does not "
            "know; take a pipeline trained on a UD treebank"
        )
    return nlp


def annotate_articles(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Each article with its `Doc`; token offsets are offsets into `Article.text`."""
    for article in articles:
        doc = nlp.make_doc(article.text)
        doc.user_data[SECTIONS] = tuple((s.start, s.end) for s in article.sections)
        yield article, nlp(doc)
