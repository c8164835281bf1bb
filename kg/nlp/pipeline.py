"""Build the `Language`; run it over articles."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import get_package_path, is_package

from kg import __version__
from kg.errors import ModelError
from kg.model import Article
from kg.nlp import component, universal  # noqa: F401  (register the factories)
from kg.nlp.chunks import noun_chunks
from kg.nlp.segments import SECTIONS
from kg.nlp.tokenizer import make_tokenizer
from kg.nlp.universal import foreign_relations

MAX_LENGTH = 100_000_000  # characters; how long an article may be is `kg.config`'s to say
PROBE = "Am Montag sagte der Minister, die Allianz werde der Ukraine neue Waffen liefern."
LANGUAGES = ("de", "xx")  # "xx" is spaCy's name for several languages
LEAVE_OUT = "or leave --pipeline out"


def load_pipeline(name: str | None = None, *, model: Path | None = None, stances: bool = True) -> Language:
    """The German pipeline that ships with `kg`, or any spaCy pipeline with UD labels by its name or folder.

    `model` names a folder with other model files for the first; without `stances` it leaves out the network for
    positions, which rules alone then find. `Doc.noun_chunks` works with both.

    Raises:
        ModelError: model files are missing; there is no such pipeline; it is not German, does not tag or parse, or
            not with UD labels, or changes the text.
    """
    nlp = _own_pipeline(model, stances) if name is None else _other_pipeline(name)
    nlp.max_length = MAX_LENGTH
    nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # the stub has what Doc.noun_chunks yields
    return nlp


def find_model(name: str | None = None) -> tuple[str, Path]:
    """Name and version of a pipeline as `load_pipeline` takes it, and the folder of its files; mostly without loading.

    Raises:
        ModelError: there is no such pipeline.
    """
    if name is None:
        return f"kg_german {__version__}", component.MODEL
    folder = get_package_path(name) if is_package(name) else Path(name)
    if not (folder / "meta.json").is_file():
        load_pipeline(name)
        raise ModelError(f"pipeline {name!r}: {folder} holds no meta.json; give the folder that does")
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}", folder


def _own_pipeline(model: Path | None, stances: bool) -> Language:
    nlp = spacy.blank("de")
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.add_pipe("kg_german", config={"folder": str(model) if model else None, "stances": stances})
    return nlp


def _other_pipeline(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except Exception as error:  # not installed; made for another version; a component or package that is not there
        raise ModelError(
            f"pipeline {name!r}: spaCy cannot load it ({_first_line(error)}); wants the name of an installed pipeline "
            f"or its folder: install it, {LEAVE_OUT}"
        ) from error
    if nlp.lang not in LANGUAGES:
        raise ModelError(f"pipeline {name!r} is for language {nlp.lang!r}; wants 'de': take a German one, {LEAVE_OUT}")
    nlp.add_pipe("kg_paragraphs", first=True)
    _check(name, nlp)
    nlp.add_pipe("kg_universal")
    return nlp


def _check(name: str, nlp: Language) -> None:
    """Raises ModelError if what the pipeline makes of a sentence cannot be used."""
    try:
        doc = nlp(PROBE)
    except Exception as error:
        raise ModelError(
            f"pipeline {name!r} fails at a German sentence ({type(error).__name__}: {_first_line(error)}); "
            f"repair it, {LEAVE_OUT}"
        ) from error
    if doc.text != PROBE:
        raise ModelError(
            f"pipeline {name!r} changes the text: {_difference(PROBE, doc.text)}; wants tokens that together are the "
            f"text, contractions (am, zum) whole: switch off the splitting of multiword tokens, {LEAVE_OUT}"
        )
    for attribute, component_name, does in (("DEP", "parser", "parse"), ("POS", "morphologizer", "tag")):
        if not doc.has_annotation(attribute):
            raise ModelError(
                f"pipeline {name!r} does not {does}; components: {', '.join(nlp.pipe_names[1:]) or 'none'}; wants one "
                f"such as {component_name} that sets Token.{attribute.lower()}_: add it, {LEAVE_OUT}"
            )
    foreign = foreign_relations(doc)
    if foreign:
        raise ModelError(
            f"pipeline {name!r} labels relations {', '.join(foreign)}, which Universal Dependencies 2 does not know; "
            f"wants nsubj, obj, obl and the like: take a pipeline trained on a UD treebank, {LEAVE_OUT}"
        )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _difference(text: str, other: str) -> str:
    """Where two texts part, with the words there."""
    at = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    return f"at character {at} {text[at : at + 20]!r} became {other[at : at + 20]!r}"


def annotate_articles(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Each article with its `Doc`; token offsets are offsets into `Article.text`.

    Raises:
        ModelError: the tokenizer of the pipeline changes the text of an article.
    """
    for article in articles:
        yield article, begin_article(nlp, article)()


def begin_article(nlp: Language, article: Article) -> Callable[[], Doc]:
    """Begin to annotate an article; the call of what comes back waits for the `Doc`.

    In between, the network of our own pipeline reads on in threads of its own.

    Raises:
        ModelError: the tokenizer of the pipeline changes the text of the article.
    """
    doc = nlp.make_doc(article.text)
    if doc.text != article.text:
        raise ModelError(
            f"{article.source}: the tokenizer of pipeline {nlp.meta['name']!r} changes the text: "
            f"{_difference(article.text, doc.text)}; wants tokens that together are the text: "
            f"take another pipeline, {LEAVE_OUT}"
        )
    doc.user_data[SECTIONS] = tuple((s.start, s.end) for s in article.sections)
    components = [part for _, part in nlp.pipeline]
    if len(components) == 1 and isinstance(components[0], component.GermanModel):
        return partial(components[0].finish, components[0].begin(doc))
    return partial(nlp, doc)
