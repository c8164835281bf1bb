"""The page: data and front end in one HTML file that loads nothing and runs nothing but its own script.

Text of articles is hostile. In the data every character that could end the element is escaped, in the table it is text;
the content security policy allows the one script and the one style sheet by their hashes, and no request at all.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from kg.store import GraphStore
from kg.store.folder import write_file
from kg.view.choose import Limits
from kg.view.data import render_data

MOST_ROWS = 500  # of the table that stands in for the explorer
NO_BUNDLE = "the explorer is not bundled in this installation, so the page is a plain table"

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ENDS = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)
_COLUMNS = ("Akteur", "Haltung", "Thema", "laut", "Datum", "Satz", "Artikel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The front end as the build of the package bundled it."""

    script: str
    style: str


def write_page(store: GraphStore, path: Path, limits: Limits | None = None) -> None:
    """Writes the explorer of a graph as one HTML file; the same graph gives the same bytes.

    Raises:
        StoreError: the place cannot be written.
    """
    write_file(path, render_page(store, limits))


def render_page(store: GraphStore, limits: Limits | None = None, bundle: Bundle | None = None) -> Iterator[str]:
    """The parts of the page. Without a bundle, given or installed, it is a table of positions with their sentences."""
    bundle = bundle or find_bundle()
    data = render_data(store, limits)
    yield _head(data["meta"]["title"], data["meta"]["generator"], bundle)
    if bundle is None:
        yield from _table(data)
    else:
        yield '<div id="app"></div>\n<noscript>\n'
        yield from _table(data)
        yield '</noscript>\n<script type="application/json" id="kg-data">'
        yield escape_json(data)
        yield f"</script>\n<script>{bundle.script}</script>\n"
    yield "</body>\n</html>\n"


@cache
def find_bundle() -> Bundle | None:
    """The front end that comes with the package; None where it was not built."""
    dist = resources.files("kg").joinpath("web", "dist")
    script, style = dist.joinpath("explorer.js"), dist.joinpath("explorer.css")
    if not script.is_file() or not style.is_file():
        return None
    bundle = Bundle(script=script.read_text(encoding="utf-8"), style=style.read_text(encoding="utf-8"))
    return None if _ENDS.search(bundle.script + bundle.style) else bundle


def escape_json(data: object) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or a line of JavaScript."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _head(title: str, generator: str, bundle: Bundle | None) -> str:
    style = bundle.style if bundle else _PLAIN_STYLE
    policy = {
        "default-src": "'none'",
        "script-src": f"'{_digest(bundle.script)}'" if bundle else "'none'",
        "style-src": f"'{_digest(style)}'",
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    content = "; ".join(f"{name} {value}" for name, value in policy.items())
    return (
        '<!doctype html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{content}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="{_text(generator)}">\n'
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _table(data: Mapping[str, Any]) -> Iterator[str]:
    """The positions with their sentences, for readers without JavaScript."""
    positions = data["positions"]
    yield f"<h1>{_text(data['meta']['title'])}</h1>\n"
    yield f"<p>{len(data['nodes'])} Akteure, Dinge und Themen, {len(positions)} Positionen."
    if len(positions) > MOST_ROWS:
        yield f" Die Tabelle zeigt die ersten {MOST_ROWS}; alle gibt <code>kg query DIR --name positions</code>."
    yield "</p>\n<table>\n<thead>"
    yield from _row("th", _COLUMNS)
    yield "</thead>\n<tbody>\n"
    for position in positions[:MOST_ROWS]:
        yield from _row("td", _cells(data, position))
    yield "</tbody>\n</table>\n"


def _cells(data: Mapping[str, Any], position: Mapping[str, Any]) -> Iterator[str]:
    nodes, names, evidence = data["nodes"], data["meta"]["names"], position["evidence"]
    article = data["articles"][evidence["article"]]
    label = {None: ""} | {number: node["label"] for number, node in _mentioned(nodes, position)}
    stance = [names.get(position[key], {}).get("de", position[key]) for key in ("polarity", "modality")]
    yield label[position["holder"]]
    yield stance[0] if position["modality"] == "asserted" else f"{stance[0]} ({stance[1]})"
    yield ": ".join(filter(None, (label[position["topic"]], label[position["about"]])))
    yield label[position["accordingTo"]]
    yield position["date"] or ""
    yield article["text"][evidence["from"] : evidence["until"]]
    yield article["title"]


def _mentioned(nodes: list[Mapping[str, Any]], position: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for part in ("holder", "topic", "about", "accordingTo"):
        if position[part] is not None:
            yield position[part], nodes[position[part]]


def _row(tag: str, cells: Iterable[str]) -> Iterator[str]:
    yield "<tr>"
    for cell in cells:
        yield f"<{tag}>{_text(cell)}</{tag}>"
    yield "</tr>\n"


def _text(text: str) -> str:
    """Text for HTML, in elements and attributes; what HTML cannot hold is replaced."""
    return html.escape(_CONTROL.sub("\ufffd", text))


_PLAIN_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:75rem;"
    "padding:0 1rem}table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;"
    "border-bottom:1px solid GrayText}"
)
