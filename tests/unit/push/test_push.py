"""A graph pushed to a server that is played: what is sent, remembered, tried again, and said when it fails."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.errors import InputError, KgError, RemoteError, StoreError
from kg.push import Credentials, GraphServer, Pushed, push_graph
from kg.push.credentials import read_credentials
from kg.push.memory import FILE, open_memory
from kg.store import GraphStore
from kg.vocab import mint_article_graph
from tests.builders import empty, fill, put, resolved, turned

URL = "http://localhost:7/store"
BASE = "urn:x:"


class Played:
    """A server that keeps graphs in a dictionary; `faults` answer first, one a request."""

    def __init__(self) -> None:
        self.graphs: dict[str, bytes] = {}
        self.log: list[str] = []
        self.faults: Iterator[httpx.Response | Exception | None] = iter(())
        self.waits: list[float] = []
        self.no_head = False
        self.type = "application/n-triples"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        graph = request.url.params["graph"]
        self.log.append(f"{request.method} {graph}")
        fault = next(self.faults, None)
        if isinstance(fault, Exception):
            raise fault
        return fault or self._answer(request, graph)

    def _answer(self, request: httpx.Request, graph: str) -> httpx.Response:
        if request.method == "PUT":
            if request.headers["content-type"] != self.type:
                return httpx.Response(415)
            self.graphs[graph] = request.content
            return httpx.Response(201)
        if request.method == "HEAD" and self.no_head:
            return httpx.Response(501)
        if request.method == "DELETE":
            return httpx.Response(204 if self.graphs.pop(graph, None) is not None else 404)
        return httpx.Response(200 if graph in self.graphs else 404)

    def open(self, credentials: Credentials | None = None, url: str = URL) -> GraphServer:
        transport = httpx.MockTransport(self)
        return GraphServer(url, credentials or Credentials(), transport=transport, sleep=self.waits.append)

    def push(self, folder: Path, *, afresh: bool = False) -> Pushed:
        self.log.clear()
        with self.open() as server:
            return push_graph(folder, server, afresh=afresh, parallel=1)

    def quads(self) -> set[Quad]:
        return {
            Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))
            for graph, body in self.graphs.items()
            for quad in parse(body, format=RdfFormat.N_TRIPLES)
        }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with GraphStore.create(tmp_path / "graph", base=BASE) as store:
        fill(store, resolved("a"), turned(resolved(), "b"), empty("c c", 'x " </script>\n\n\\ \x01 \u2028'))
    return tmp_path / "graph"


def named_quads(folder: Path) -> set[Quad]:
    with GraphStore.open(folder) as store:
        return {quad for quad in store.database if str(quad.graph_name) != "DEFAULT"}


def change(folder: Path, do: Callable[[GraphStore], object]) -> None:
    with GraphStore.create(folder, base=BASE) as store:
        do(store)
        store.refresh_derived()


class TestPush:
    def test_server_has_what_the_store_has(self, folder: Path) -> None:
        server = Played()
        done = server.push(folder)
        assert server.quads() == named_quads(folder)
        assert (done.sent, done.deleted, done.unchanged, done.again) == (6, 0, 0, False)
        assert done.triples == len(named_quads(folder))
        assert all(line.startswith("PUT ") for line in server.log)

    def test_a_second_time_nothing_is_sent(self, folder: Path) -> None:
        server = Played()
        server.push(folder)
        done = server.push(folder)
        assert (done.sent, done.deleted, done.unchanged) == (0, 0, 6)
        assert {line.split()[0] for line in server.log} == {"HEAD"}

    def test_only_what_changed_is_sent_and_what_is_gone_is_deleted(self, folder: Path) -> None:
        server, (a, b) = Played(), (mint_article_graph(id, base=BASE) for id in "ab")
        server.push(folder)
        change(folder, lambda store: put(store, empty("a", "Neu.\n\nAnders.")))
        change(folder, lambda store: store.delete_article(b))
        done = server.push(folder)
        written = [line for line in server.log if not line.startswith("HEAD")]
        assert f"PUT {a}" in written
        assert [line for line in written if line.startswith("DELETE")] == [f"DELETE {b}", f"DELETE {BASE}graph-derived"]
        assert not any("graph-knowledge" in line or "article-c" in line for line in written)
        assert done.deleted == 2  # nothing follows any more from what is left
        assert server.quads() == named_quads(folder)

    def test_other_graphs_on_the_server_stay(self, folder: Path) -> None:
        server = Played()
        server.graphs["urn:other"] = b"<urn:a> <urn:b> <urn:c> .\n"
        server.push(folder)
        server.push(folder, afresh=True)
        assert "urn:other" in server.graphs

    def test_goes_on_where_it_was_cut_off(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kg.push.command.BATCH", 1)
        server = Played()
        server.faults = iter([None, None, httpx.Response(403)])
        with pytest.raises(RemoteError):
            server.push(folder)
        done = server.push(folder)
        assert (done.sent, done.unchanged) == (4, 2)
        assert server.quads() == named_quads(folder)

    def test_what_was_sent_but_not_acknowledged_is_not_taken_for_what_it_was(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """v1 acknowledged, v2 sent without an answer, v1 again in the store: v1 has to be sent."""
        server = Played()
        server.push(folder)
        old = server.quads()
        change(folder, lambda store: put(store, empty("a", "Neu.\n\nAnders.")))
        real = server._answer

        def lose(request: httpx.Request, graph: str) -> httpx.Response:
            answer = real(request, graph)
            if request.method == "PUT":
                raise KeyboardInterrupt
            return answer

        monkeypatch.setattr(server, "_answer", lose)
        with pytest.raises(KeyboardInterrupt):
            server.push(folder)
        monkeypatch.undo()
        change(folder, lambda store: put(store, resolved("a")))
        assert server.push(folder).sent > 0
        assert server.quads() == old

    def test_a_server_that_was_emptied_is_filled_again(self, folder: Path) -> None:
        server = Played()
        server.push(folder)
        server.graphs.clear()
        done = server.push(folder)
        assert (done.sent, done.again) == (6, True)
        assert server.quads() == named_quads(folder)

    def test_servers_without_head_are_asked_by_get(self, folder: Path) -> None:
        server = Played()
        server.no_head = True
        server.push(folder)
        assert server.push(folder).sent == 0
        assert {line.split()[0] for line in server.log} == {"HEAD", "GET"}

    def test_servers_that_know_only_turtle(self, folder: Path) -> None:
        server = Played()
        server.type = "text/turtle"
        server.push(folder)
        assert server.quads() == named_quads(folder)

    def test_each_server_is_remembered_apart(self, folder: Path) -> None:
        one, two = Played(), Played()
        one.push(folder)
        with two.open(url="https://example.org/store") as server:
            assert push_graph(folder, server).sent == 6
        assert one.push(folder).sent == 0

    def test_without_a_graph(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="no kg folder here"):
            Played().push(tmp_path)
        assert not list(tmp_path.iterdir())


class TestMemory:
    def test_two_pushes_do_not_meet(self, folder: Path) -> None:
        with open_memory(folder, URL), pytest.raises(StoreError, match="another kg push of this graph is at work"):
            Played().push(folder)

    def test_damaged(self, folder: Path) -> None:
        (folder / FILE).write_bytes(b"x" * 4096)
        with pytest.raises(StoreError, match=r"push\.sqlite: is damaged .* delete it"):
            Played().push(folder)
        assert (folder / FILE).read_bytes() == b"x" * 4096

    def test_of_a_newer_kg(self, folder: Path) -> None:
        database = sqlite3.connect(folder / FILE)
        database.execute("PRAGMA user_version = 9")
        database.close()
        with pytest.raises(StoreError, match="version 9, this kg reads up to 1; install a newer kg"):
            Played().push(folder)

    def test_graphs_are_listed_while_it_changes(self, folder: Path) -> None:
        names = [f"urn:{number:05}" for number in range(2_500)]
        with open_memory(folder, URL) as memory:
            memory.mark(names)
            found = []
            for name in memory.graphs():
                found.append(name)
                memory.forget([name])
            assert found == names
            assert list(memory.graphs()) == []


class TestFaults:
    @pytest.mark.parametrize(
        ("status", "message"),
        [
            (401, "wants to know who you are"),
            (403, "you may not write there"),
            (404, "has nothing at this address; the address of its Graph Store is wanted"),
            (405, "takes no graphs at this address"),
            (413, "takes no graph so large; raise its limit"),
            (400, "refuses"),
            (501, "takes no graphs"),
            (507, "has no room left"),
            (308, "sends on to http://elsewhere/; give the address"),
        ],
    )
    def test_say_what_to_do_and_are_not_tried_again(self, folder: Path, status: int, message: str) -> None:
        server = Played()
        said = httpx.Response(status, text="because\n of this", headers={"location": "http://elsewhere/"})
        server.faults = iter([said] * 100)
        with server.open() as target, pytest.raises(RemoteError, match=message) as raised:
            target.put("urn:g", b"")
        assert str(raised.value).startswith("http://localhost:7/store: ")
        assert status == 308 or (
            f"status {status} for urn:g" in str(raised.value) and "because of" in str(raised.value)
        )
        assert (len(server.log), server.waits) == (1, [])

    @pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
    def test_that_pass_are_waited_out(self, status: int) -> None:
        server = Played()
        server.faults = iter([httpx.Response(status)] * 3)
        with server.open() as target:
            target.put("urn:g", b"")
        assert server.waits == [0.5, 1, 2]
        assert "urn:g" in server.graphs

    @pytest.mark.parametrize(
        ("fault", "message"),
        [
            (httpx.ConnectError("refused"), r"cannot be reached \(refused\), 6 times"),
            (httpx.ReadTimeout("slow"), r"no answer in time \(slow\), 6 times"),
            (httpx.Response(503), "the server failed; see its log"),
        ],
    )
    def test_that_do_not_pass_end(self, fault: Exception | httpx.Response, message: str) -> None:
        server = Played()
        server.faults = iter([fault] * 100)
        with server.open() as target, pytest.raises(RemoteError, match=message):
            target.put("urn:g", b"")
        assert server.waits == [0.5, 1, 2, 4, 8]

    def test_the_server_says_how_long_to_wait(self) -> None:
        server = Played()
        asked = [{"retry-after": text} for text in ("7", "100000", "Thu, 26 Nov 2026 08:00:00 GMT")]
        server.faults = iter([httpx.Response(503, headers=headers) for headers in asked])
        with server.open() as target:
            target.delete("urn:g")
        assert server.waits == [7, 60, 2]

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("ftp://x/y", "give the http or https URL"),
            ("x", "give the http or https URL"),
            ("http://", "give the http or https URL"),
            ("http://me:secret@x/y", "write no password into the URL"),
            ("http://x/y?graph=urn:g", "leave graph and default out"),
            ("http://x:y/", "is no URL"),
        ],
    )
    def test_no_address_of_a_server(self, url: str, message: str) -> None:
        with pytest.raises(InputError, match=message) as raised:
            GraphServer(url, Credentials())
        assert "secret" not in str(raised.value)


class TestCredentials:
    def sent(self, credentials: Credentials, challenge: str | None) -> list[str | None]:
        seen: list[str | None] = []

        def answer(request: httpx.Request) -> httpx.Response:
            seen.append(request.headers.get("authorization"))
            if challenge is not None and seen[-1] is None:
                return httpx.Response(401, headers={"www-authenticate": challenge})
            return httpx.Response(201)

        with GraphServer(URL, credentials, transport=httpx.MockTransport(answer)) as server:
            server.put("urn:g", b"")
            server.put("urn:h", b"")
        return seen

    def test_token(self) -> None:
        assert self.sent(Credentials(token="abc"), None) == ["Bearer abc", "Bearer abc"]

    def test_a_password_is_sent_when_it_is_asked_for(self) -> None:
        me = Credentials(user="ich", password="geheim ü")
        assert self.sent(me, None) == [None, None]
        assert self.sent(me, 'Basic realm="x"') == [None, *["Basic aWNoOmdlaGVpbSDDvA=="] * 2]

    def test_digest_does_not_show_it(self) -> None:
        challenge = 'Digest realm="x", nonce="1", qop="auth", algorithm="MD5", Basic realm="x"'
        found = self.sent(Credentials(user="ich", password="geheim"), challenge)
        assert [text[:6] if text else text for text in found] == [None, None, "Digest", "Digest"]
        assert "geheim" not in str(found)

    def test_are_read_from_files_and_the_environment(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("pass wort\nrest\n", encoding="utf-8")
        assert read_credentials({}) == Credentials()
        assert read_credentials({"KG_PUSH_TOKEN": "t", "KG_TOKEN": "other"}) == Credentials(token="t")
        assert read_credentials({}, token_file=secret) == Credentials(token="pass wort")
        assert read_credentials({}, user="u", password_file=secret) == Credentials(user="u", password="pass wort")
        assert read_credentials({"KG_PASSWORD": "p", "KG_PUSH_TOKEN": "t"}, user="u").password == "p"

    def test_that_contradict_each_other(self, tmp_path: Path) -> None:
        empty_file, missing = tmp_path / "empty", tmp_path / "missing"
        empty_file.write_text("\n")
        for given, message in (
            ({"user": "u"}, "the password is missing; give --password-file FILE, or set KG_PASSWORD"),
            ({"user": "u", "token_file": missing}, "give one of them"),
            ({"password_file": missing}, "whose password is it"),
            ({"user": "u:v"}, "a name with a colon"),
            ({"user": "u", "password_file": missing}, "missing: cannot be read"),
            ({"token_file": empty_file}, "wants the password or token as its first line"),
        ):
            with pytest.raises(KgError, match=message):
                read_credentials({}, **given)
