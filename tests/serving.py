"""A server of `kg serve` in a process of its own, and a plain HTTP client for it."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

ROOT = Path(__file__).parents[1]
TOKEN = "0123456789abcdef"
JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def boolean(self) -> bool:
        return bool(json.loads(self.body)["boolean"])

    @property
    def rows(self) -> list[dict[str, str]]:
        bindings: list[dict[str, Any]] = json.loads(self.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path
    process: subprocess.Popen[str]
    host: str
    port: int

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            found = connection.getresponse()
            return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "*/*", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("GET", path, headers={"Accept": accept} | named)

    def query(self, text: str, accept: str = JSON, **parameters: str) -> Answer:
        return self.get("/sparql?" + urlencode({"query": text} | parameters, quote_via=quote), accept)

    def post(self, text: str, accept: str = JSON) -> Answer:
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.request("POST", "/sparql", text.encode(), headers)

    def update(self, text: str, token: str | None = TOKEN, path: str = "/sparql") -> Answer:
        headers = {"Content-Type": "application/sparql-update"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        return self.request("POST", path, text.encode(), headers)

    def workers(self) -> set[int]:
        """The process ids of its workers (Linux)."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(number) for number in found.split()}


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    """`kg serve` over a folder, at a free port, until the block ends."""
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        try:
            first = process.stderr.readline() if process.stderr else ""
            place = re.search(r"http://(\[?[\w.:]+?\]?):(\d+)/", first)
            assert place, first + (process.stderr.read() if process.stderr else "")
            yield Server(folder, process, place[1].strip("[]"), int(place[2]))
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
