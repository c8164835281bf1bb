"""What the command line shows to people: tables, evidence, the summary of a build, a progress bar."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TypeVar

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from kg.explain import Evidence, Explanation
from kg.query import NamedQuery, kinds
from kg.query import Table as Rows
from kg.report import list_examples
from kg.result import BuildResult
from kg.search import Hit

LONG = 32  # cells of a terminal; where room is short, wider columns of a table go below their row
_Item = TypeVar("_Item")
_SUMMARY = ("actors", "positions", "treaties", "weapon systems")


def make_console(*, stderr: bool = False, quiet: bool = False) -> Console:
    """A console that shows text as it is: no markup, no colouring of numbers, no emoji. `quiet`: and shows nothing."""
    return Console(stderr=stderr, quiet=quiet, markup=False, emoji=False, highlight=False, soft_wrap=stderr)


def plain(text: str) -> str:
    """`text` on one line, without control characters, which could drive a terminal; as long as before."""
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)


def show_rows(console: Console, rows: Rows) -> None:
    """A table; where it is too wide, its wide columns stand below each row, indented."""
    names = [plain(name) for name in rows.columns]
    cells = [[plain(cell) for cell in row] for row in rows.rows]
    widths = [max(map(cell_len, column)) for column in zip(names, *cells, strict=True)]
    fits = sum(widths) + 2 * len(widths) <= console.width
    narrow = [n for n, width in enumerate(widths) if fits or width <= LONG]
    wide = [n for n in range(len(names)) if n not in narrow]
    console.print(Text("  ".join(set_cell_size(names[n], widths[n]) for n in narrow).rstrip(), style="bold"))
    for row in cells:
        console.print("  ".join(set_cell_size(row[n], widths[n]) for n in narrow).rstrip())
        for n in wide:
            console.print(Padding(Text(f"{names[n]}: {row[n]}"), (0, 0, 0, 4), expand=False))


def show_queries(console: Console, queries: Iterable[NamedQuery]) -> None:
    """Names, descriptions and the names of the parameters of queries."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for query in queries:
        table.add_row(query.name, query.description)
        if query.parameters:
            table.add_row("", Text(f"--param {', '.join(p.name for p in query.parameters)}", style="dim"))
    console.print(table)


def show_parameters(console: Console, query: NamedQuery) -> None:
    """What a query finds, and what may be given to it: name, kind, meaning, what is taken where nothing is given."""
    console.print(Text(query.name, style="bold"))
    console.print(query.description)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True)
    table.add_column()
    for parameter in query.parameters:
        taken = f"; without: {parameter.default}" if parameter.default else ""
        example = f" (such as {kinds()[parameter.kind]})" if not parameter.default else ""
        table.add_row(f"--param {parameter.name}=", parameter.kind, f"{parameter.meaning}{example}{taken}")
    console.print(table)


def show_summary(console: Console, result: BuildResult, *, most: int = 6) -> None:
    """What a build found: actors, positions, treaties, weapon systems, their number and the most frequent."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for kind in ("articles", *_SUMMARY):
        examples = (plain(text) for text in list_examples(result.tally, kind, most=most))
        table.add_row(kind.capitalize(), str(result.report.counts.get(kind, 0)), "\n".join(examples))
    console.print(table)


def show_explanation(console: Console, explanation: Explanation) -> None:
    """A node or edge with its evidence: by article, each sentence and what was found in it, where and by what."""
    console.print(Text(f"{plain(explanation.label)} ({', '.join(explanation.types)})", style="bold"))
    console.print(plain(explanation.iri), soft_wrap=True)
    for reason in explanation.reasons:
        console.print(f"  {plain(reason)}", soft_wrap=True)
    for place, in_article in groupby(explanation.evidence, key=_name_article):
        console.print(f"\n{plain(place)}", soft_wrap=True)
        for _, in_sentence in groupby(in_article, key=lambda evidence: evidence.sentence_begin):
            _show_sentence(console, list(in_sentence))


def show_hits(console: Console, hits: Iterable[Hit]) -> None:
    """What a search found, a line or two each: the name with its class, or the sentence with its place; hits bold."""
    for hit in hits:
        text, entry = Text(plain(hit.entry.text)), hit.entry
        for start, end in hit.marks:
            text.stylize("bold", start, end)
        if entry.type:
            text.append(f" ({plain(entry.type)})")
        console.print(text)
        offsets = "" if entry.begin is None else f" {entry.begin}-{entry.end}"
        date = f" ({entry.published})" if entry.published else ""
        place = f"{entry.article}{offsets}: {entry.title}{date}" if entry.article else entry.iri
        console.print(Padding(Text(plain(place), style="dim"), (0, 0, 0, 4), expand=False))


class Bar:
    """A bar that is told how far the articles are, and what is done before and after them."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def __call__(self, done: int, total: int, what: str) -> None:
        """So many are done, the last one was `what`."""
        self._progress.update(self._task, completed=done, total=total or None, description=plain(what))

    def step(self, what: str) -> None:
        """Something begins of which nobody knows how long it takes."""
        self._progress.reset(self._task, total=None, description=plain(what))


@contextmanager
def show_progress(console: Console, what: str = "reading") -> Iterator[Bar]:
    """A progress bar with rate and time left, gone at the end; silent without a terminal."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(elapsed_when_finished=False),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield Bar(progress, progress.add_task(plain(what), total=None))


def follow(console: Console, items: Collection[_Item], what: str) -> Iterator[_Item]:
    """The items, one after the other, with a progress bar."""
    with show_progress(console, what) as bar:
        for done, item in enumerate(items, start=1):
            yield item
            bar(done, len(items), what)


class _Rate(ProgressColumn):
    """How many are done in a second, or in a minute where they are slow."""

    def render(self, task: Task) -> Text:
        speed = task.speed if task.total is not None else None
        if not speed:
            return Text("")
        return Text(f"{speed:,.1f}/s" if speed >= 1 else f"{speed * 60:.1f}/min", style="progress.data.speed")


def _name_article(evidence: Evidence) -> str:
    date = f" ({evidence.published})" if evidence.published else ""
    return f"{evidence.article}: {evidence.title}{date}, {evidence.source}"


def _show_sentence(console: Console, found: list[Evidence]) -> None:
    sentence = Text(plain(found[0].sentence))
    for evidence in found:
        start = max(evidence.begin - evidence.sentence_begin, 0)
        sentence.stylize("bold", start, start + len(evidence.words))
    console.print(Padding(sentence, (0, 0, 0, 2), expand=False))
    for evidence in found:
        console.print(Padding(Text(_describe_evidence(evidence)), (0, 0, 0, 6), expand=False))


def _describe_evidence(evidence: Evidence) -> str:
    role = "" if evidence.role == "itself" else f" as {evidence.role}"
    rule = f" ({evidence.rule} {evidence.version})" if evidence.rule else ""
    return f"{evidence.kind}{role} {evidence.begin}-{evidence.end}: {plain(evidence.words)}{rule}"
