"""Build the `Language`; run it over articles."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.model import Article
from kg.nlp import component  # noqa: F401  (registers the factory)
from kg.nlp.german import make_tokenizer
from kg.nlp.segments import SECTIONS

MAX_LENGTH = 100_000_000  # characters; how long an article may be is `kg.config`'s to say
NEEDED = ("TAG", "DEP", "HEAD", "LEMMA")


def load_pipeline(name: str | None = None, *, model: Path | None = None) -> Language:
    """The German pipeline that ships with `kg`, or any installed spaCy pipeline with UD labels.

    `model` names a folder with other model files. Raises `ModelError` when there is no such pipeline
    or it does not parse.
    """
    if name is None:
        return _own_pipeline(model)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(f"pipeline {name!r}: no installed spaCy pipeline of that name ({error})") from error
    if not any(nlp.has_pipe(p) for p in ("parser", "kg_german")):
        raise ModelError(f"pipeline {name!r} has no dependency parser; components: {', '.join(nlp.pipe_names)}")
    nlp.max_length = MAX_LENGTH
    return nlp


def _own_pipeline(model: Path | None) -> Language:
    nlp = spacy.blank("de")
    nlp.max_length = MAX_LENGTH
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.add_pipe("kg_german", config={"folder": str(model) if model else None})
    return nlp


def annotate_articles(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Each article with its `Doc`; token offsets are offsets into `Article.text`."""
    for article in articles:
        doc = nlp.make_doc(article.text)
        doc.user_data[SECTIONS] = tuple((s.start, s.end) for s in article.sections)
        yield article, nlp(doc)
