"""A build of many Bundestag speeches: time an article from the first to the last, memory of each process, workers.

    python -m tests.benchmark.scale [--speeches 10000] [--workers 2] [--dask local] [--data ../shared/data]

One build a way to work, each with its own folder, the ways separated by commas: --workers 1,2 --dask none,none,local
would be one worker, two, and then Dask. The speeches come in random order, so that each thousand is like any other; those
beyond the number there is are the first ones again, under other ids. Memory is what Linux says that a process holds,
looked at ten times a second, main process and others apart.
"""

import argparse
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmark.speed import DATA, read_speeches

SEED = 1
PAGE = 4096 / 2**20  # MiB of a page of memory
FILES = ("bundestag/security.jsonl.gz", "bundestag/other.jsonl.gz")


def main(arguments: list[str] | None = None) -> int:
    """Run the builds and print what each took."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.scale")
    parser.add_argument("--speeches", type=int, default=10_000)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--dask", default="none")
    parser.add_argument("--parts", type=int, default=10, help="lines that a build is told in")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of bundestag/")
    given = parser.parse_args(arguments)
    paths = [given.data / name for name in FILES]
    if missing := [path for path in paths if not path.is_file()]:
        parser.error(f"no speeches: {missing[0]} is missing; name another folder with --data")
    workers = given.workers.split(",")
    dask = given.dask.split(",") * (len(workers) if "," not in given.dask else 1)
    with TemporaryDirectory() as folder:
        words = write_speeches(paths, given.speeches, Path(folder) / "speeches.jsonl")
        for number, cluster in zip(workers, dask, strict=True):
            for line in run_build(Path(folder), words, number, cluster, max(1, len(words) // given.parts)):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
    return 0


def write_speeches(paths: list[Path], number: int, out: Path) -> list[int]:
    """Writes so many speeches as a file that `kg` reads; the words of each, in their order."""
    speeches = [speech for path in paths for speech in read_speeches(path)]
    random.Random(SEED).shuffle(speeches)
    words = []
    with out.open("w", encoding="utf-8") as file:
        for at in range(number):
            speech = speeches[at % len(speeches)]
            again = at // len(speeches)
            id = f"{speech['id']}-{again}" if again else speech["id"]
            file.write(json.dumps(speech | {"id": id, "title": id}) + "\n")
            words.append(len(speech["text"].split()))
    return words


def run_build(folder: Path, words: list[int], workers: str, dask: str, part: int) -> Iterator[str]:
    """Lines about one build: what was acknowledged when, and what the whole took."""
    out = folder / f"graph-{workers}-{dask}"
    command = [sys.executable, "-m", "kg", "build", str(folder / "speeches.jsonl"), "-o", str(out)]
    command += ["--workers", workers, "--log-level", "info", *(["--dask", dask] if dask != "none" else [])]
    yield f"{len(words)} speeches, {sum(words)} words, --workers {workers}, --dask {dask}"
    yield f"{'articles':>9}{'ms/article':>12}{'ms/1000 words':>15}{'main MiB':>10}{'others MiB':>12}"
    began = last = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    memory = Memory(process.pid)
    done = told = 0
    acknowledged = began
    for line in process.stderr:
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("event") == "begun":
            began = last = time.perf_counter()
        elif event.get("event") == "acknowledged":
            done += event["articles"]
            acknowledged = time.perf_counter()
            if done - told >= part:
                yield describe_part(words, told, done, acknowledged - last, memory)
                told, last = done, acknowledged
    if done > told:  # what is left, and how high the memory was until the end
        yield describe_part(words, told, done, acknowledged - last, memory)
    status, ended = process.wait(), time.perf_counter()
    report = json.loads((out / "report.json").read_text(encoding="utf-8")) if status == 0 else {}
    yield f"exit status {status}, {ended - began:.1f} s, {acknowledged - began:.1f} s of them until all was acknowledged"
    yield f"highest: main {memory.highest[0]:.0f} MiB, one of the others {memory.highest[1]:.0f} MiB"
    yield f"stages {report.get('seconds')}, skipped {len(report.get('skipped', []))}"


def describe_part(words: list[int], told: int, done: int, seconds: float, memory: "Memory") -> str:
    """A line about the articles since the last one; skipped ones are few, and count as if they were the last."""
    spoken = sum(words[told:done])
    line = f"{done:9}{1000 * seconds / (done - told):12.1f}{1e6 * seconds / spoken:15.1f}{memory.main:10.0f}"
    line += f"{memory.others:12.0f}"
    memory.forget()
    return line


class Memory:
    """Highest resident memory in MiB of a process, and of the one that has most of those below it."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.main = self.others = 0.0
        self.highest = (0.0, 0.0)
        threading.Thread(target=self._look, daemon=True).start()

    def forget(self) -> None:
        """Begin to look for the highest anew."""
        self.main = self.others = 0.0

    def _look(self) -> None:
        while Path(f"/proc/{self._pid}/statm").exists():
            self.main = max(self.main, read_memory(self._pid))
            self.others = max(self.others, *map(read_memory, list_below(self._pid)), 0)
            self.highest = max(self.highest[0], self.main), max(self.highest[1], self.others)
            time.sleep(0.1)


def read_memory(pid: int) -> float:
    """Resident memory in MiB; 0 of a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except OSError:
        return 0.0


def list_below(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found: list[int] = []
    for task in islice(Path(f"/proc/{pid}/task").glob("*/children"), 1000):
        try:
            children = [int(child) for child in task.read_text(encoding="ascii").split()]
        except OSError:
            continue
        found += [below for child in children for below in (child, *list_below(child))]
    return found


if __name__ == "__main__":
    sys.exit(main())
