"""Hits as data: CSV, TSV, or a JSON object a line."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.characters import guard_cell
from kg.errors import InputError
from kg.search.hits import Hit

_COLUMNS = ("kind", "iri", "label", "type", "text", "marks", "article", "title", "published", "begin", "end")


def render_hits(hits: Iterable[Hit], form: str) -> Iterator[str]:
    """The hits in one of `FORMS`.

    `marks` says where in `text` the words stand, in code points: "12-21 40-47", or pairs in JSON. In CSV and TSV an
    apostrophe is put before a cell that a spreadsheet would take for a formula.

    Raises:
        InputError: there is no such form.
    """
    render = FORMS.get(form)
    if render is None:
        raise InputError(f"no format is named {form!r}; there are: table, {', '.join(FORMS)}")
    yield from render(hits)


def _render_json(hits: Iterable[Hit]) -> Iterator[str]:
    for hit in hits:
        row = {name: list(map(list, hit.marks)) if name == "marks" else getattr(hit.entry, name) for name in _COLUMNS}
        yield json.dumps({name: value for name, value in row.items() if value not in ("", None)}, ensure_ascii=False)
        yield "\n"


def _render_rows(hits: Iterable[Hit], dialect: str) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, dialect=dialect, lineterminator="\n")
    for row in (_COLUMNS, *map(_cells, hits)):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _cells(hit: Hit) -> tuple[str, ...]:
    marks = " ".join(f"{start}-{end}" for start, end in hit.marks)
    return tuple(marks if name == "marks" else _cell(getattr(hit.entry, name)) for name in _COLUMNS)


def _cell(value: object) -> str:
    return "" if value is None else guard_cell(str(value))


FORMS: Mapping[str, Callable[[Iterable[Hit]], Iterator[str]]] = {
    "csv": lambda hits: _render_rows(hits, "excel"),
    "tsv": lambda hits: _render_rows(hits, "excel-tab"),
    "json": _render_json,
}
