"""What the readers keep of real documents: a line a document, and the beginning and the end of its text.

    python -m tests.benchmark.readers FILE-OR-FOLDER... [--german] [--characters 160]

Real documents lie, for example, in Debian's packages debian-faq-de, debian-reference-de, debian-edu-doc-de and
maint-guide-de (PDF, HTML) and among the tests in the sources of pypdf, python-docx, mammoth, feedparser, warcio,
FastWARC and trafilatura on PyPI. Most of those are not in German, so the language is only asked with --german.
"""

import argparse
import sys
import time
from pathlib import Path

from kg.articles import read_articles
from kg.config import Settings
from kg.model import Article, Skipped


def main(arguments: list[str] | None = None) -> int:
    """Reads everything and prints it; the last lines count by kind of file."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.readers")
    parser.add_argument("inputs", nargs="+", type=Path)
    parser.add_argument("--german", action="store_true", help="skip what does not read as German, as kg does")
    parser.add_argument("--characters", type=int, default=160, help="of the beginning and of the end of each text")
    given = parser.parse_args(arguments)
    counts: dict[str, list[int]] = {}
    settings, began = Settings(check_language=given.german), time.perf_counter()
    for path in given.inputs:
        for found in read_articles(path, settings=settings):
            name = found.source.partition("#")[0]
            read, skipped = counts.setdefault(Path(name).suffix, [0, 0])
            is_read = isinstance(found, Article)
            counts[Path(name).suffix] = [read + is_read, skipped + (not is_read)]
            sys.stdout.write(describe(found, given.characters, time.perf_counter() - began))
            began = time.perf_counter()
    for suffix, (read, skipped) in sorted(counts.items()):
        sys.stdout.write(f"{suffix or '(none)'}: {read} read, {skipped} skipped\n")
    return 0


def describe(found: Article | Skipped, characters: int, seconds: float) -> str:
    """What is known of a document, and what of its text is seen first and last."""
    if isinstance(found, Skipped):
        return f"{found.source}: SKIPPED {found.reason}\n"
    prose = " ¶ ".join(span.slice(found.text) for span in found.sections).replace("\n", " ")
    about = (found.title, found.date, found.publisher, found.author, found.language)
    return (
        f"{found.source}: {len(found.text)} characters, {len(found.sections)} sections, {seconds:.1f} s\n"
        f"  {' | '.join(str(value or '-') for value in about)}\n  {prose[:characters]} [...] {prose[-characters:]}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
