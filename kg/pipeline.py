"""The whole composition: articles in, a graph in a folder out.

    Path -> Article -> Doc -> Extraction -> Resolved -> quads -> store -> view

This is the only place where an article that cannot be analysed becomes a `Skipped`.
"""

import json
import os
import platform
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeVar

from kg.annotations import render_json
from kg.articles import Inputs, read_articles, read_text
from kg.census import Census
from kg.config import Settings, find_ontology, read_settings
from kg.errors import InputError, KgError
from kg.extract import extract_facts
from kg.knowledge import Knowledge, read_knowledge
from kg.loading import Built, load_articles, pack_article
from kg.log import tell
from kg.model import Article, Resolved, Skipped
from kg.nlp import begin_article, load_pipeline
from kg.nlp.conllu import render_conllu, render_iob
from kg.origin import find_origin
from kg.outputs import write_outputs
from kg.report import write_report
from kg.resolve import resolve_entities
from kg.result import BuildResult
from kg.store import GraphStore, explain_faults, is_graph, open_manifest
from kg.timing import Timing
from kg.workers import cut_batches, hire_crew, map_batches

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["FORMS", "BuildResult", "annotate", "annotate_inputs", "build", "load_pipeline"]

T = TypeVar("T")
Progress = Callable[[int, int, str], None]  # articles done, articles in all, id of the last one


AHEAD = 4  # articles that the network reads before the facts of the first are looked for
BATCH = 8  # articles that a worker is given at a time
COMPACT = 10  # times what is new is at least all there is: it pays to merge the files of the database
ZONE = 200  # articles, after which spaCy forgets the words that came with them; it would keep every word for ever


class Stages(NamedTuple):
    """What it takes to analyse an article, loaded once."""

    nlp: "Language"
    knowledge: Knowledge


Stage = Callable[["Doc", Article, Stages], T]


def build(
    inputs: Inputs,
    out: str | os.PathLike[str],
    *,
    workers: int = 0,
    dask: str | None = None,
    stdin: BinaryIO | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda done, total, id: None,
    step: Callable[[str], None] = lambda what: None,
) -> BuildResult:
    """Reads articles and writes their graph into the folder `out`: `store/`, what is made from it, `report.json`.

    Articles that the graph holds as they are stay, changed ones are replaced, others in it stay. A build that was
    stopped, however, goes on where it was when it is run again. What cannot be read or analysed is named with its
    reason in `report.skipped` of the result.

    `workers` processes analyse, each on one processor; 0: this process, on all of them. With `dask`, workers of a Dask
    cluster do: "local" for `workers` of a new one here, else the address of a scheduler. The graph is the same.
    `progress` is told after each article, `step` what is done before and after them.

    Raises:
        InputError: an input does not exist, or none of them gave an article; nothing is written.
        StoreError: `out` is something else than a `kg` folder, cannot be written, or another process writes there.
        KnowledgeError: a fault in the ontology.
        ModelError: the language model cannot be used.
    """
    settings, folder, totals, timing = settings or read_settings(), Path(out), [0], Timing()
    found = read_articles(inputs, stdin=stdin, settings=settings, tell_total=totals.append)
    _check_folder(folder, settings)
    found = timing.follow("reading", _insist_on_articles(found))
    step("loading model and knowledge base")
    with timing.stage("loading"):
        origin = find_origin(settings)
        if not workers and dask is None and not is_graph(folder):
            load_stages(settings)  # what is wrong with them is told before there is a folder
    with (
        GraphStore.create(folder, base=settings.base) as store,
        open_manifest(folder) as manifest,
        explain_faults(folder),
    ):
        step("loading the ontology")
        with timing.stage("loading"):
            store.load_ontology(find_ontology(settings.ontology))
        tell("info", "begun", folder=folder, workers=workers, dask=dask, acknowledged=len(manifest))
        census = Census(store, manifest, origin.text, lambda done, id: progress(done, totals[-1], id))
        analyse = partial(_analyse_articles, settings=settings, workers=workers, dask=dask, origin=origin.text)
        built = timing.follow("analysing", census.count_new(analyse(census.drop_known(found))))
        with timing.stage("writing"):
            for _ in load_articles(built, store, manifest, origin.text):
                pass
        step("writing graph.ttl, graph.html and the index")
        with timing.stage("outputs"):
            if census.changed * COMPACT >= len(manifest):
                store.compact()
            write_outputs(store, folder)
    report = census.report(timing.seconds)
    write_report(report, folder / "report.json", model=origin.model)
    tell("info", "done", articles=report.articles, skipped=len(report.skipped), seconds=dict(timing.seconds))
    return BuildResult(out=folder, report=report, tally=census.tally)


def annotate(text: str | Article, *, settings: Settings | None = None) -> dict[str, Any]:
    """The facts of one article as the JSON object that `kg annotate` prints.

    Raises:
        InputError: the text is empty, not German, ...
        ModelError: the language model cannot be used.
    """
    settings = settings or read_settings()
    article = text if isinstance(text, Article) else read_text(text, settings=settings)
    stages = load_stages(settings)
    return render_json(_resolve(begin_article(stages.nlp, article)(), article, stages))


def annotate_inputs(
    inputs: Inputs,
    *,
    form: str = "json",
    stdin: BinaryIO | None = None,
    settings: Settings | None = None,
    tell_total: Callable[[int], None] = lambda total: None,
) -> Iterator[str | Skipped]:
    """What was found in each article as text in one of `FORMS`, or why there is nothing.

    `tell_total` is told how many articles there are, as far as that is known.

    Raises:
        InputError: an input does not exist, none of them gave an article, or there is no such form.
        ModelError: the language model cannot be used.
    """
    settings = settings or read_settings()
    render = FORMS.get(form)
    if render is None:
        raise InputError(f"no form is named {form!r}; there are: {', '.join(FORMS)}")
    found = _insist_on_articles(read_articles(inputs, stdin=stdin, settings=settings, tell_total=tell_total))
    stages = load_stages(settings)
    return _run(render, found, stages)


def analyse_articles(found: Iterable[Article | Skipped], stages: Stages) -> Iterator[Resolved | Skipped]:
    """The facts of each article; one that cannot be analysed is skipped with the reason."""
    return _run(_resolve, found, stages)


def load_stages(settings: Settings) -> Stages:
    """Language model and knowledge base, kept for the next call with the same settings."""
    return _load_stages(settings.pipeline, settings.ontology, settings.rules_only)


@lru_cache(maxsize=1)
def _load_stages(pipeline: str | None, ontology: Path | None, rules_only: bool) -> Stages:
    return Stages(nlp=load_pipeline(pipeline, stances=not rules_only), knowledge=read_knowledge(ontology))


def analyse_batch(settings: Settings, origin: str, articles: Iterable[Article]) -> list[Built | Skipped]:
    """The facts of some articles as they travel; what a worker does, on one processor.

    Raises:
        KgError: `origin`, by which the build knows what analyses, is not what would analyse here.
    """
    _insist_on_origin(settings, origin)
    stages = load_stages(settings)
    with _forget_words(stages):
        return list(_run(partial(_pack, base=settings.base), articles, stages, ahead=0))


@lru_cache(maxsize=1)
def _insist_on_origin(settings: Settings, origin: str) -> None:
    if find_origin(settings).text != origin:
        raise KgError(f"{platform.node()}: kg, model or ontology are not those of the build; install the same there")


def _analyse_articles(
    found: Iterable[Article], *, settings: Settings, workers: int, dask: str | None, origin: str
) -> Iterator[Built | Skipped]:
    """The facts of each article as they travel, here or by workers."""
    if not workers and dask is None:
        return _run_lazily(partial(_pack, base=settings.base), found, settings)
    hire = partial(hire_crew, partial(analyse_batch, settings, origin), workers=workers, dask=dask)
    return map_batches(hire, cut_batches(found, BATCH), give_up=_give_up)


def _run_lazily(stage: Stage[T], found: Iterable[Article], settings: Settings) -> Iterator[T | Skipped]:
    """As `_run` for a build; the model is loaded if there is an article, and keeps no words of those that are done."""
    rest = iter(found)
    for first in rest:
        stages = load_stages(settings)
        with _forget_words(stages):
            yield from _run(stage, chain([first], islice(rest, ZONE - 1)), stages)


@contextmanager
def _forget_words(stages: Stages) -> Iterator[None]:
    """The words that spaCy meets in between are forgotten at the end, after which no `Doc` of it may be used."""
    if stages.nlp.vocab.in_memory_zone:  # type: ignore[attr-defined]  # which the stub lacks
        yield  # zones cannot be nested; the outer one will do
    else:
        with stages.nlp.memory_zone():
            yield


def _give_up(article: Article) -> Skipped:
    tell("error", "worker lost", source=article.source)
    return Skipped(source=article.source, reason="ends the process that analyses it, perhaps for lack of memory")


def _run(
    stage: Stage[T], found: Iterable[Article | Skipped], stages: Stages, ahead: int = AHEAD
) -> Iterator[T | Skipped]:
    """What `stage` makes of each article, in their order; the network reads the next ones meanwhile."""
    waiting: deque[Callable[[], T | Skipped]] = deque()
    for article in found:
        waiting.append(_begin(stage, article, stages))
        if len(waiting) > ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def _begin(stage: Stage[T], article: Article | Skipped, stages: Stages) -> Callable[[], T | Skipped]:
    if isinstance(article, Skipped):
        return lambda: article
    given = article
    begun = _try(given, lambda: begin_article(stages.nlp, given))
    if isinstance(begun, Skipped):
        return lambda: begun
    return lambda: _try(given, lambda: stage(begun(), given, stages))


def _resolve(doc: "Doc", article: Article, stages: Stages) -> Resolved:
    return resolve_entities(extract_facts(doc, article, stages.knowledge), stages.knowledge)


def _pack(doc: "Doc", article: Article, stages: Stages, *, base: str) -> Built:
    return pack_article(_resolve(doc, article, stages), base=base)


def _render_json(doc: "Doc", article: Article, stages: Stages) -> str:
    return json.dumps(render_json(_resolve(doc, article, stages)), ensure_ascii=False) + "\n"


def _render_conllu(doc: "Doc", article: Article, stages: Stages) -> str:
    return f"# newdoc id = {article.id}\n{render_conllu(doc)}"


def _render_iob(doc: "Doc", article: Article, stages: Stages) -> str:
    return render_iob(doc)


FORMS = {"json": _render_json, "conllu": _render_conllu, "iob": _render_iob}


def _try(article: Article, do: Callable[[], T]) -> T | Skipped:
    """What `do` gives; a fault in our own code costs this one article, not the build."""
    try:
        return do()
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other articles are to be built
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        reason = f"cannot be analysed: {type(error).__name__}: {error} ({place}); report this with the article, please"
        return Skipped(source=article.source, reason=reason)


def _insist_on_articles(found: Iterator[Article | Skipped]) -> Iterator[Article | Skipped]:
    """`found` unchanged.

    Raises:
        InputError: not one of them is an article; says why.
    """
    first: list[Article | Skipped] = []
    for article in found:
        first.append(article)
        if isinstance(article, Article):
            return chain(first, found)
    reasons = "".join(f"\n  {item.source}: {item.reason}" for item in first[:20] if isinstance(item, Skipped))
    raise InputError(f"no article to read:{reasons}")


def _check_folder(folder: Path, settings: Settings) -> None:
    """Raises StoreError now, not after all was read, where `folder` holds something else than a graph."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        GraphStore.create(folder, base=settings.base).close()
