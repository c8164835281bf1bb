"""SPARQL servers that the tests start, each in a folder of its own, and what graphs they hold."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

STARTED = 60  # seconds that a server may take to answer
VIRTUOSO = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ServerThreads = 20
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
"""


@dataclass(frozen=True)
class GraphServerProcess:
    """A running server."""

    url: str  # of its Graph Store
    user: str | None
    password: str

    def quads(self, graphs: Iterator[str] | list[str]) -> set[Quad]:
        """What it holds in these graphs."""
        auth = httpx.DigestAuth(self.user, self.password) if self.user else None
        with httpx.Client(auth=auth, headers={"Accept": "application/n-triples"}, timeout=60) as client:
            return {
                Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))
                for graph in graphs
                for found in [client.get(self.url, params={"graph": graph})]
                if found.status_code != httpx.codes.NOT_FOUND
                for quad in parse(found.raise_for_status().content, format=RdfFormat.N_TRIPLES)
            }


def find_oxigraph() -> str | None:
    """The server that `pip install oxigraph` brings."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def find_virtuoso() -> str | None:
    """The server of Debian's virtuoso-opensource."""
    return shutil.which("virtuoso-t")


@contextmanager
def run_oxigraph(folder: Path) -> Iterator[GraphServerProcess]:
    port = _free_port()
    command = [find_oxigraph() or "", "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    with _run(command, folder, f"http://127.0.0.1:{port}/"):
        yield GraphServerProcess(url=f"http://127.0.0.1:{port}/store", user=None, password="")


@contextmanager
def run_virtuoso(folder: Path) -> Iterator[GraphServerProcess]:
    port = _free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(port=port, sql=_free_port()))
    command = [find_virtuoso() or "", "+configfile", "virtuoso.ini", "+foreground"]
    with _run(command, folder, f"http://127.0.0.1:{port}/sparql"):
        yield GraphServerProcess(url=f"http://127.0.0.1:{port}/sparql-graph-crud-auth", user="dba", password="dba")


@contextmanager
def _run(command: list[str], folder: Path, page: str) -> Iterator[None]:
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
    try:
        _await_answer(process, page, folder / "output.txt")
        yield
    finally:
        process.kill()
        process.wait()


def _await_answer(process: "subprocess.Popen[bytes]", page: str, output: Path) -> None:
    ending = time.monotonic() + STARTED
    while time.monotonic() < ending and process.poll() is None:
        try:
            httpx.get(page, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer: {output.read_text(errors='replace')[-1000:]}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
