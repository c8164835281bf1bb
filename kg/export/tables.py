"""The tables of a graph as CSV or Parquet, a file each, beside a `datapackage.json` that says what the columns mean.

CSV (RFC 4180, UTF-8) is made for spreadsheets too: a text that begins like a formula has an apostrophe in front, a
list is a JSON array. Parquet holds texts and lists as they are.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from kg.characters import guard_cell
from kg.errors import InputError
from kg.export.files import make_folder, open_whole
from kg.export.rows import read_rows
from kg.export.schema import TABLES, Cell, Column, Row, Table
from kg.store import GraphStore

Sink = Callable[[Row], None]

ROW_GROUP = 10_000  # rows of Parquet held in memory, a table
_FIELD_TYPES = {"text": "string", "integer": "integer", "decimal": "number", "texts": "array"}
_GUARD = "In CSV a text that begins with = + - @ TAB CR LF or ' has one ' in front; take it off to have the text."


def write_csv_tables(store: GraphStore, folder: Path) -> str:
    """Writes every table as CSV into a folder.

    Raises:
        InputError: the folder cannot be written.
    """
    return _write_tables(store, folder, "csv", _open_csv)


def write_parquet_tables(store: GraphStore, folder: Path) -> str:
    """Writes every table as Parquet into a folder.

    Raises:
        InputError: the folder cannot be written, or pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise InputError("Parquet wants pyarrow, which is not installed: pip install 'polkg[parquet]'") from error
    return _write_tables(store, folder, "parquet", _open_parquet)


def write_csv(header: Iterable[str], rows: Iterable[Iterable[Cell]], output: IO[bytes], *, guard: bool) -> None:
    """Writes lines of CSV as RFC 4180 has them. `guard`: neutralise what a spreadsheet takes for a formula."""
    text = io.TextIOWrapper(output, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows([render_cell(cell, guard=guard) for cell in row] for row in rows)
    finally:
        text.detach()


def render_cell(cell: Cell, *, guard: bool) -> str:
    """A cell of CSV; nothing for None, a JSON array for a list."""
    if isinstance(cell, tuple):
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, str):
        return guard_cell(cell) if guard else cell
    return "" if cell is None else str(cell)


def _write_tables(
    store: GraphStore, folder: Path, suffix: str, opened: Callable[[Path, Table], AbstractContextManager[Sink]]
) -> str:
    make_folder(folder)
    with ExitStack() as stack:
        sinks = {
            name: stack.enter_context(opened(folder / f"{name}.{suffix}", table)) for name, table in TABLES.items()
        }
        for name, row in read_rows(store):
            sinks[name](row)
    with open_whole(folder / "datapackage.json") as stream:
        stream.write(json.dumps(_describe(suffix), ensure_ascii=False, indent=2).encode() + b"\n")
    return f"wrote {', '.join(f'{name}.{suffix}' for name in TABLES)} and datapackage.json to {folder}"


@contextmanager
def _open_csv(path: Path, table: Table) -> Iterator[Sink]:
    with open_whole(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        yield lambda row: writer.writerow([render_cell(row.get(c.name), guard=True) for c in table.columns])
        text.flush()
        text.detach()


@contextmanager
def _open_parquet(path: Path, table: Table) -> Iterator[Sink]:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.schema([_parquet_field(pa, column) for column in table.columns])
    rows: list[dict[str, Any]] = []
    with open_whole(path) as stream, ParquetWriter(stream, schema) as writer:

        def flush() -> None:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            rows.clear()

        def add(row: Row) -> None:
            rows.append({column.name: row.get(column.name) for column in table.columns})
            if len(rows) >= ROW_GROUP:
                flush()

        yield add
        flush()


def _parquet_field(pa: Any, column: Column) -> Any:
    types = {"text": pa.string(), "integer": pa.int64(), "decimal": pa.float64(), "texts": pa.list_(pa.string())}
    return pa.field(column.name, types[column.kind], metadata={"description": column.meaning})


def _describe(suffix: str) -> Mapping[str, object]:
    """The tables as a data package (https://specs.frictionlessdata.io/data-package/)."""
    guard = {"description": _GUARD} if suffix == "csv" else {}
    return {
        "profile": "data-package",
        "name": "kg",
        **guard,
        "resources": [_describe_table(table, suffix) for table in TABLES.values()],
    }


def _describe_table(table: Table, suffix: str) -> Mapping[str, object]:
    fields = [{"name": c.name, "type": _FIELD_TYPES[c.kind], "description": c.meaning} for c in table.columns]
    key = {"primaryKey": [table.columns[0].name]} if table.key else {}
    return {
        "name": table.name,
        "path": f"{table.name}.{suffix}",
        "description": table.meaning,
        "encoding": "utf-8",
        "schema": {"fields": fields, **key},
    }
