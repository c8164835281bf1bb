"""Speed and memory on Bundestag speeches: the encoder alone, the pipeline, `kg build`.

    python -m tests.benchmark.speed [--speeches 200] [--data ../shared/data] [--threads 2]

Each is run in a process of its own, so that its peak memory is its own. Seconds differ from machine to
machine; the ratios should not: how much the pipeline costs beside the network it runs, and how much
the rest of a build costs beside the pipeline.
"""

import argparse
import gzip
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

DATA = Path(__file__).parents[3] / "shared" / "data"
MEBIBYTE = 1024  # getrusage counts kibibytes


Speeches = list[dict[str, str]]


class Run(NamedTuple):
    """What one stage took."""

    load_seconds: float
    seconds: float
    peak: float = 0.0  # MiB


def main(arguments: list[str] | None = None) -> int:
    """Run the three stages and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.speed")
    parser.add_argument("--speeches", type=int, default=200)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of bundestag/")
    parser.add_argument("--threads", type=int, default=2, help="processors to run on")
    given = parser.parse_args(arguments)
    path = given.data / "bundestag/security.jsonl.gz"
    if not path.is_file():
        parser.error(f"no speeches: {path} is missing; name another folder with --data")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.threads])
    speeches = list(islice(read_speeches(path), given.speeches))
    runs = {stage.__name__: _run(stage, speeches) for stage in (encoder, pipeline, build)}
    for line in render_table(runs, words=count_words(speeches)):
        sys.stdout.write(line + "\n")
    return 0


def read_speeches(path: Path) -> Iterator[dict[str, str]]:
    """Speeches as `kg` reads articles."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            speech = json.loads(line)
            yield {"id": speech["id"], "title": speech["id"], "date": speech["date"], "text": speech["text"]}


def count_words(speeches: Speeches) -> int:
    """Tokens that are no white space."""
    import spacy

    from kg.nlp.tokenizer import make_tokenizer

    tokenizer = make_tokenizer(spacy.blank("de"))
    return sum(not token.is_space for speech in speeches for token in tokenizer(speech["text"]))


def render_table(runs: dict[str, Run], *, words: int) -> Iterator[str]:
    """A line a stage, with its speed as a share of that of the stage before."""
    yield f"{words} words"
    yield f"{'stage':10}{'load s':>8}{'run s':>8}{'words/s':>9}{'ratio':>7}{'peak MiB':>10}"
    before = None
    for name, run in runs.items():
        ratio = "" if before is None else f"{before / run.seconds:.2f}"
        yield f"{name:10}{run.load_seconds:8.1f}{run.seconds:8.1f}{words / run.seconds:9.0f}{ratio:>7}{run.peak:10.0f}"
        before = run.seconds


def _run(stage: Callable[[Speeches], Run], speeches: Speeches) -> Run:
    """One stage in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (stage, speeches))


def _measure(stage: Callable[[Speeches], Run], speeches: Speeches) -> Run:
    return stage(speeches)._replace(peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE)


def encoder(speeches: Speeches) -> Run:
    """The network over the windows of the speeches, which are cut before the clock starts."""
    began = time.perf_counter()
    from kg.nlp.component import MODEL, read_window
    from kg.nlp.encoder import Encoder
    from kg.nlp.lemmatizer import Lexicon
    from kg.nlp.pipeline import load_pipeline
    from kg.nlp.segments import windows

    tokenise, network, lexicon = load_pipeline().make_doc, Encoder(MODEL), Lexicon(MODEL / "lexicon.marisa")
    network.session.get_inputs()
    loaded = time.perf_counter()
    docs = [tokenise(speech["text"]) for speech in speeches]
    documents = [[read_window(doc, group, lexicon) for group in windows(doc)] for doc in docs]
    cut = time.perf_counter()
    for document in documents:
        network.run(document)
    return Run(loaded - began, time.perf_counter() - cut)


def pipeline(speeches: Speeches) -> Run:
    """From text to finished `Doc`."""
    began = time.perf_counter()
    from kg.nlp.pipeline import load_pipeline

    nlp = load_pipeline()
    nlp("Ein Satz, mit dem das Netz geladen wird.")
    loaded = time.perf_counter()
    for _ in nlp.pipe(speech["text"] for speech in speeches):
        pass
    return Run(loaded - began, time.perf_counter() - loaded)


def build(speeches: Speeches) -> Run:
    """From a file to the graph: `kg build`."""
    began = time.perf_counter()
    import kg

    kg.annotate("Die Ukraine fordert von der NATO neue Waffen, sagte der Präsident am Montag.")  # loads all there is
    with TemporaryDirectory() as folder:
        path = Path(folder) / "speeches.jsonl"
        path.write_text("".join(json.dumps(speech) + "\n" for speech in speeches), encoding="utf-8")
        loaded = time.perf_counter()
        kg.build([path], Path(folder) / "out")
        return Run(loaded - began, time.perf_counter() - loaded)


if __name__ == "__main__":
    sys.exit(main())
