"""The page at `/`: the explorer that a build has written into the folder, else a short one that says what is here."""

import re
from html.parser import HTMLParser
from pathlib import Path

from kg.serve.guard import NO_CONTENT_POLICY

PAGE = "graph.html"
_HEAD = 65_536  # bytes of a page in which it says its policy
_NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_FOR_HEADERS = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_LANDING = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>kg</title>
<h1>kg</h1>
<ul>
<li><a href="sparql">/sparql</a>: SPARQL 1.1, by GET and POST; without a query it describes itself
<li><a href="queries">/queries</a>: the queries that come with kg; /queries/positions?issue=nato-membership runs one
<li><a href="graphs?default">/graphs?default</a>, /graphs?graph=IRI: whole graphs
</ul>
<p>The folder holds no graph.html; the next kg build writes it.
"""


def read_policy(path: Path) -> str:
    """The Content-Security-Policy for a page: its own, by which it lets its scripts run, and what only headers can say.

    A page without one runs no scripts.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8", "replace")
    reader = _PolicyReader()
    reader.feed(head)
    own = reader.policy or _NO_SCRIPTS
    named = {part.split()[0] for part in own.split(";") if part.strip()}
    return "; ".join([own, *(part for part in _FOR_HEADERS.split("; ") if part.split()[0] not in named)])


def landing() -> tuple[str, str]:
    """The short page, and its policy."""
    return _LANDING, NO_CONTENT_POLICY


class _PolicyReader(HTMLParser):
    """Finds the policy in the head of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.policy = ""
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._ended |= tag in ("body", "script", "style")
        found = dict(attrs)
        if tag == "meta" and not self._ended and (found.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy = self.policy or re.sub(r"[^\x20-\x7e]+", " ", found.get("content") or "").strip(" ;")
