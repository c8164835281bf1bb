"""`kg` with hand-built facts in place of the model's, quick to start: python -m tests.stub build ... --workers 2.

Worker processes import the main module, so they get the same facts. An article says what becomes of it: one that
holds TOD ends the process that analyses it, every time. The file that KILL_ONCE names, as long as it is there, has an
article that ends its process the first time it is analysed. Where REAL is set, the model analyses, and only CHUNK, the
bytes that are acknowledged at a time, is another.
"""

import os
import signal
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kg import pipeline
from kg.model import Article, Resolved
from kg.origin import Origin
from tests.builders import TEXT, resolved, turned


def write_articles(folder: Path, number: int) -> Path:
    """So many articles, no two alike."""
    folder.mkdir()
    for n in range(number):
        (folder / f"{n:03}.txt").write_text(f"{TEXT} Das war Nummer {n}.\n", encoding="utf-8")
    return folder


def resolve(doc: object, article: Article, stages: object) -> Resolved:
    if "TOD" in article.text:
        os._exit(9)
    if (once := Path(os.environ.get("KILL_ONCE", "-"))).exists() and once.read_text(encoding="utf-8") == article.id:
        once.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(resolved() if len(article.text) % 2 else turned(resolved(), article.id), article=article)


def prepare(target: Any) -> None:
    target.load_stages = lambda settings: SimpleNamespace(nlp=None, knowledge=None)
    target.find_origin = lambda settings: Origin(model="de_test 1", text="{}")
    target.begin_article = lambda nlp, article: lambda: None
    target._resolve = resolve
    target._forget_words = lambda stages: nullcontext()


if (
    __name__ in ("__main__", "__mp_main__") and "REAL" not in os.environ
):  # the build, or a worker of it; whoever imports this keeps the model
    prepare(pipeline)

if __name__ == "__main__":
    import kg.loading
    from kg.cli import main

    kg.loading.CHUNK = int(os.environ.get("CHUNK", kg.loading.CHUNK))
    main(sys.argv[1:])
