"""Hostile and random inputs through reading and analysing: python -m tests.fuzz.inputs COUNT [--first N] [--real].

First the list of hostile ones, each with what became of it, then so many that are made from their numbers. A fault is
printed and its input kept. Words are parsed at random, or with --real by the German model.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path

from kg.config import Settings
from kg.model import Article, Resolved, Skipped
from tests.fuzz.check import Analyse, analyse_guess, check_given, check_read, load_knowledge, read_together
from tests.fuzz.generate import Given, list_hostile, make_given

KEPT = Path("fuzz-faults")
GROUP = 50  # random inputs that are read together

Check = Callable[[], Iterator[Article | Skipped]]


def main(arguments: list[str] | None = None) -> int:
    """Exit status 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.inputs")
    parser.add_argument("count", type=int)
    parser.add_argument(
        "--first", type=int, default=0, help="number of the first random one; 0: after the hostile ones"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--every", type=int, default=1000, help="print the counts after so many")
    given = parser.parse_args(arguments)
    numbers = range(given.first, given.first + given.count)
    randoms = (make_given(number, given.seed) for number in numbers)
    counts: Counter[str] = Counter()
    load_knowledge()  # before the clock of the first input
    analyse = make_analyser() if given.real else analyse_guess
    for line in run(chain([] if given.first else list_hostile(), randoms), analyse, counts, given.every):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 1 if counts["faults"] else 0


def run(inputs: Iterable[Given], analyse: Analyse, counts: Counter[str], every: int = 1000) -> Iterator[str]:
    """Lines to print; `counts` is added up."""
    slowest, rest = 0.0, iter(inputs)
    while group := take_group(rest):
        for given, check in zip(group, read_ahead(group, analyse), strict=True):
            began = time.process_time()
            try:
                read = list(check())
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
                counts["faults"] += 1
                KEPT.mkdir(exist_ok=True)
                (KEPT / f"{given.name}{given.suffix}").write_bytes(given.data)
                yield f"FAULT {given.name}{given.suffix}: {type(error).__name__}: {str(error)[:300]}"
                yield "".join(traceback.format_tb(error.__traceback__)[-3:]).rstrip()
                continue
            seconds = time.process_time() - began
            slowest = max(slowest, seconds)
            counts["inputs"] += 1
            counts["articles"] += sum(isinstance(found, Article) for found in read)
            counts["skipped, with a reason"] += sum(isinstance(found, Skipped) for found in read)
            if not is_random(given):
                yield f"{given.name}{given.suffix}, {len(given.data)} bytes, {seconds:.1f} s: {describe(read)}"
            if counts["inputs"] % every == 0:
                yield f"{dict(counts)}, slowest {slowest:.1f} s"
    yield f"{dict(counts)}, slowest {slowest:.1f} s"


def take_group(rest: Iterator[Given]) -> list[Given]:
    """The next random ones, some at a time; a hostile one alone."""
    group = list(islice(rest, 1))
    if group and is_random(group[0]):
        group += islice(rest, GROUP - 1)
    return group


def is_random(given: Given) -> bool:
    return given.name.startswith("random")


def read_ahead(group: list[Given], analyse: Analyse) -> list[Check]:
    """What is to be checked of each input: what was read of all together, or all of one alone if that went wrong."""
    try:
        read = list(read_together(group)) if len(group) > 1 else []
    except Exception:  # noqa: BLE001 - one by one it will show whose fault it is
        read = []
    alone: list[Check] = [partial(check_given, given, analyse) for given in group]
    if not read:
        return alone
    return [partial(check_read, found, analyse) if found else one for found, one in zip(read, alone, strict=True)]


def describe(read: list[Article | Skipped]) -> str:
    first = read[0]
    what = first.reason[:110] if isinstance(first, Skipped) else f"an article of {len(first.text)} characters"
    return what if len(read) == 1 else f"{what}, and {len(read) - 1} more"


def make_analyser() -> Analyse:
    """The German model in place of random parses."""
    from kg.pipeline import analyse_articles, load_stages

    stages = load_stages(Settings())

    def analyse(article: Article) -> Resolved:
        [found] = analyse_articles([article], stages)
        if isinstance(found, Skipped):
            raise TypeError(found.reason)
        return found

    return analyse


if __name__ == "__main__":
    sys.exit(main())
