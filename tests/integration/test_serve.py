"""A running `kg serve`: what it answers, what it refuses, and what cannot take it down."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import rdflib

from kg.search import FILE
from kg.store import GraphStore
from kg.vocab import BASE
from tests.builders import fill, resolved
from tests.integration.conftest import Run
from tests.serving import CSV, ENDLESS, TOKEN, TURTLE, Answer, Server, serving

LINUX = pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="reads /proc")
GRAPH = f"{BASE}graph-article-2024-12-test"
TENS = " ".join(f"VALUES ?v{n} {{ 0 1 2 3 4 5 6 7 8 9 }}" for n in range(5))
LONG = "x" * 1_000
LARGE = f"SELECT ?v0 ?v1 ?v2 ?v3 ?v4 ('{LONG}' AS ?text) {{ {TENS} }}"  # 100,000 rows of 1 KB
BULGING = f"SELECT (GROUP_CONCAT(?t) AS ?all) {{ {TENS} VALUES ?w {{ 1 2 3 4 5 6 7 8 9 }} BIND('{LONG}' AS ?t) }}"


@pytest.fixture(name="folder", scope="module")
def build_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "graph"
    with GraphStore.create(folder) as store:
        fill(store, resolved())
    return folder


@pytest.fixture(name="server", scope="module")
def run_server(folder: Path) -> Iterator[Server]:
    with serving(folder, "--timeout", "20", "--allow-origin", "https://friend.example") as server:
        yield server


@pytest.fixture(name="strict", scope="module")
def run_strict_server(folder: Path) -> Iterator[Server]:
    """One process, and little of everything."""
    bounds = ("--timeout", "4", "--workers", "1", "--max-result", "1", "--memory", "300")
    with serving(folder, *bounds) as server:
        yield server


@pytest.fixture(name="writable", scope="module")
def run_writable_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("writable") / "graph"
    with GraphStore.create(folder) as store:
        fill(store, resolved())
    with serving(folder, "--token", TOKEN, "--timeout", "10") as server:
        yield server


@pytest.fixture(name="single", scope="module")
def run_server_of_one_worker(folder: Path) -> Iterator[Server]:
    with serving(folder, "--workers", "1", "--timeout", "60") as server:
        yield server


def goes_on(server: Server) -> bool:
    """Whether it answers, as soon as it has a process again."""
    found: list[Answer] = []

    def ask() -> bool:
        found.append(server.query("ASK { ?p a kg:Position }"))
        return found[-1].status != 503

    return until(ask) and found[-1].boolean


def until(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within a minute."""
    for _ in range(1_200):
        if holds():
            return True
        time.sleep(0.05)
    return False


def wait_for_rest(server: Server) -> int:
    """The worker of a server that has one, when it has nothing to do."""
    assert goes_on(server)
    (worker,) = server.workers()
    assert until(lambda: not works(worker))
    return worker


class TestQueries:
    COUNT = "SELECT (COUNT(*) AS ?n) { ?p a kg:Position }"

    def test_by_get_and_both_posts(self, server: Server) -> None:
        form = server.request(
            "POST", "/sparql", b"query=ASK%20%7B%7D", {"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert form.boolean
        assert server.post(self.COUNT).rows == server.query(self.COUNT).rows == [{"n": "4"}]

    @pytest.mark.parametrize(
        ("accept", "media_type", "start"),
        [
            ("*/*", "application/sparql-results+json", '{"head"'),
            ("text/csv", "text/csv", "n\r\n4"),
            ("text/tab-separated-values", "text/tab-separated-values", "?n\n4"),
            ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
            ("text/csv;q=0.2, application/xml;q=0.9, */*;q=0.1", "application/xml", "<?xml"),
            ("text/turtle, text/csv;q=0.1", "text/csv", "n\r\n"),
        ],
    )
    def test_of_rows_come_as_asked_for(self, server: Server, accept: str, media_type: str, start: str) -> None:
        answer = server.query(self.COUNT, accept)
        assert (answer.status, answer.type) == (200, media_type)
        assert answer.text.startswith(start)
        assert int(answer.headers["content-length"]) == len(answer.body)

    @pytest.mark.parametrize(
        ("accept", "media_type", "form"),
        [
            ("*/*", "text/turtle", "turtle"),
            ("application/n-triples", "application/n-triples", "nt"),
            ("application/rdf+xml", "application/rdf+xml", "xml"),
            ("application/ld+json", "application/ld+json", "json-ld"),
        ],
    )
    def test_of_triples_come_as_asked_for(self, server: Server, accept: str, media_type: str, form: str) -> None:
        answer = server.query("CONSTRUCT { ?h kg:opposes ?t } WHERE { ?h kg:opposes ?t }", accept)
        assert answer.type == media_type
        assert len(rdflib.Graph().parse(data=answer.text, format=form)) == 1

    def test_in_no_format_of_ours_are_told_which_there_are(self, server: Server) -> None:
        answer = server.query(self.COUNT, "text/turtle")
        assert answer.status == 406
        assert "text/csv" in answer.text

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("SELECT * { ?s ?p", "line 1, column 17: no valid SPARQL"),
            ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT changes a graph"),
            ("SELECT * { ?s x:y ?o }", "prefix x: is not declared"),
        ],
    )
    def test_with_faults_are_told_where(self, server: Server, query: str, message: str) -> None:
        answer = server.post(query)
        assert (answer.status, answer.type) == (400, "text/plain")
        assert message in answer.text

    def test_are_asked_of_the_graphs_that_the_request_names(self, server: Server) -> None:
        positions = "SELECT (COUNT(*) AS ?n) { ?p a kg:Position }"
        named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p a kg:Position } }"
        assert server.query(positions, **{"default-graph-uri": GRAPH}).rows == [{"n": "4"}]
        assert server.query(positions, **{"default-graph-uri": f"{BASE}graph-knowledge"}).rows == [{"n": "0"}]
        assert server.query(named, **{"named-graph-uri": GRAPH}).rows == [{"n": "4"}]
        assert server.query(positions, **{"named-graph-uri": GRAPH}).rows == [{"n": "0"}]
        assert server.query(positions, **{"default-graph-uri": "no iri"}).status == 400

    def test_that_come_with_kg_are_listed_and_run(self, server: Server) -> None:
        assert '"positions"' in server.get("/queries").text
        assert len(server.get("/queries/positions").rows) == 4
        answer = server.get("/queries/nix")
        assert answer.status == 404
        assert "there are: actors" in answer.text

    def test_that_come_with_kg_take_parameters(self, server: Server) -> None:
        rows = server.get("/queries/positions?topic=nato-membership&polarity=support").rows
        assert [row["holder"] for row in rows] == ["Wolodymyr Selenskyj"]

    @pytest.mark.parametrize("text", ["' } #", "x') } ; DROP ALL #", "<urn:a> } SELECT * { ?s ?p ?o", "\\u0027"])
    def test_read_names_as_names(self, server: Server, text: str) -> None:
        from urllib.parse import quote

        answer = server.get(f"/queries/positions?actor={quote(text)}")
        assert answer.status == 400
        assert "actor" in answer.text

    def test_know_their_parameters_only(self, server: Server) -> None:
        assert server.get("/queries/positions?nix=1").status == 400
        assert server.get("/queries/positions?topic=treaty&topic=ceasefire").status == 400
        assert server.get("/queries/positions?topic=%3Cno%20iri%3E").status == 400


class TestGraphStore:
    def test_sends_one_graph(self, server: Server) -> None:
        answer = server.get(f"/graphs?graph={GRAPH}", TURTLE)
        with_all = server.get("/graphs?default", "application/n-triples")
        one = rdflib.Graph().parse(data=answer.text)
        assert 0 < len(one) < len(rdflib.Graph().parse(data=with_all.text, format="nt"))

    def test_tells_by_head_whether_there_is_one(self, server: Server) -> None:
        answer = server.request("HEAD", f"/graphs?graph={GRAPH}")
        assert (answer.status, answer.body, answer.type) == (200, b"", TURTLE)
        assert server.request("HEAD", f"/graphs?graph={GRAPH}x").status == 404

    @pytest.mark.parametrize("path", ["/graphs", "/graphs?graph=a&default", "/graphs?graph=relative", "/graphs?graph="])
    def test_wants_one_graph_named(self, server: Server, path: str) -> None:
        assert server.get(path).status == 400

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
    def test_only_reads(self, server: Server, method: str) -> None:
        answer = server.request(method, f"/graphs?graph={GRAPH}", b"<urn:a> <urn:b> <urn:c> .")
        assert answer.status == 405
        assert "GET" in answer.headers["allow"]


class TestReach:
    """Nothing that a query says makes the server connect to a place or read a file."""

    @pytest.fixture(name="trap")
    def listen(self) -> Iterator[socket.socket]:
        with socket.create_server(("127.0.0.1", 0)) as trap:
            trap.setblocking(False)
            yield trap

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}", 400),
            ("SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}", 400),
            ("PREFIX x: <{}> SELECT * {{ SERVICEx:y {{ ?s ?p ?o }} }}", 400),
            ("LOAD <{}>", 400),
            ("SELECT * FROM <{}> {{ ?s ?p ?o }}", 200),
            ("SELECT * FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", 200),
            ("DESCRIBE <{}>", 200),
        ],
    )
    def test_ends_at_the_store(self, server: Server, trap: socket.socket, query: str, status: int) -> None:
        for place in (f"http://127.0.0.1:{trap.getsockname()[1]}/", "file:///etc/hostname"):
            answer = server.query(query.format(place), "*/*")
            assert answer.status == status
            assert status != 200 or b"bindings" not in answer.body or answer.rows == []
        with pytest.raises(BlockingIOError):
            trap.accept()

    @pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
    def test_ends_at_the_store_for_graphs_of_the_request(self, server: Server, trap: socket.socket, name: str) -> None:
        for place in (f"http://127.0.0.1:{trap.getsockname()[1]}/", "file:///etc/hostname"):
            assert server.query("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", **{name: place}).rows == []
        with pytest.raises(BlockingIOError):
            trap.accept()

    @pytest.mark.parametrize("update", ["LOAD <{}>", "LOAD SILENT <{}> INTO GRAPH <urn:g>", "PREFIX x: <{}>LOADx:y"])
    def test_ends_at_the_store_for_updates(self, writable: Server, trap: socket.socket, update: str) -> None:
        for place in (f"http://127.0.0.1:{trap.getsockname()[1]}/", "file:///etc/hostname"):
            answer = writable.update(update.format(place))
            assert (answer.status, answer.text) == (400, "LOAD is off; kg reads no other place\n")
        with pytest.raises(BlockingIOError):
            trap.accept()


class TestHardship:
    """What a client does to the server harms nobody else."""

    @pytest.mark.parametrize("bracket", ["()", "{}", "[]"])
    def test_five_thousand_brackets(self, server: Server, bracket: str) -> None:
        answer = server.post("SELECT * { FILTER " + bracket[0] * 5_000 + "1" + bracket[1] * 5_000 + " }")
        assert answer.status == 400
        assert "nested deeper than" in answer.text
        assert goes_on(server)

    def test_a_long_chain(self, server: Server) -> None:
        assert server.post("SELECT * { " + "{} UNION " * 5_000 + "{} }").status == 400
        assert goes_on(server)

    def test_an_endless_join(self, strict: Server) -> None:
        answer = strict.query(ENDLESS)
        assert answer.status == 504
        assert answer.text == "stopped after 4 seconds, the limit of this server; ask for less\n"
        assert goes_on(strict)

    @LINUX
    def test_a_hundred_megabytes(self, server: Server) -> None:
        assert goes_on(server)
        before = peak_memory(server)
        answer = server.post(LARGE, CSV)
        assert answer.status == 200
        assert len(answer.body) > 100_000_000
        assert answer.body.count(b"\n") == 100_001
        assert peak_memory(server) - before < 30_000_000

    def test_a_result_over_the_limit(self, strict: Server) -> None:
        answer = strict.post(LARGE, CSV)
        assert answer.status == 507
        assert "larger than 1,000,000 bytes" in answer.text
        assert goes_on(strict)

    @LINUX
    def test_a_query_that_wants_all_memory(self, strict: Server) -> None:
        assert strict.post(BULGING, CSV).status in (503, 504, 507)
        assert goes_on(strict)

    def test_ten_clients_at_once(self, server: Server) -> None:
        def ask(number: int) -> list[dict[str, str]]:
            return server.query(f"SELECT ({number} AS ?n) {{ ?p a kg:Position }}").rows

        with ThreadPoolExecutor(10) as clients:
            answers = list(clients.map(ask, range(10)))
        assert answers == [[{"n": str(number)}] * 4 for number in range(10)]

    def test_ten_clients_of_which_some_are_endless(self, folder: Path) -> None:
        with serving(folder, "--timeout", "10", "--workers", "4") as own, ThreadPoolExecutor(10) as clients:
            queries = [ENDLESS if number in (0, 5) else "ASK { ?p a kg:Position }" for number in range(10)]
            answers = list(clients.map(own.query, queries))
        assert [answer.status for answer in answers] == [504, *[200] * 4, 504, *[200] * 4]

    def test_more_than_can_wait(self, strict: Server) -> None:
        with ThreadPoolExecutor(4) as clients:
            statuses = sorted(answer.status for answer in clients.map(strict.query, [ENDLESS] * 4))
        assert set(statuses) <= {503, 504}
        assert 504 in statuses
        assert goes_on(strict)

    @LINUX
    def test_a_killed_worker_at_work(self, single: Server) -> None:
        worker = wait_for_rest(single)
        with ThreadPoolExecutor(1) as client:
            asked = client.submit(single.query, ENDLESS)
            assert until(lambda: works(worker))
            os.kill(worker, signal.SIGKILL)
            answer = asked.result()
        assert answer.status == 503
        assert "try again" in answer.text
        assert goes_on(single)

    @LINUX
    def test_a_killed_worker_at_rest(self, single: Server) -> None:
        os.kill(wait_for_rest(single), signal.SIGKILL)
        assert goes_on(single)

    @LINUX
    def test_a_client_that_leaves_takes_its_query_along(self, single: Server) -> None:
        worker = wait_for_rest(single)
        with socket.create_connection((single.host, single.port)) as client:
            head = f"POST /sparql HTTP/1.1\r\nHost: {single.host}:{single.port}\r\nContent-Length: {len(ENDLESS)}\r\n"
            client.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\n{ENDLESS}".encode())
            assert until(lambda: works(worker))
        assert until(lambda: worker not in single.workers())
        assert goes_on(single)

    def test_a_client_that_reads_nothing(self, strict: Server) -> None:
        """Its result waits in a file, the only worker is free for others."""
        with socket.create_connection((strict.host, strict.port)) as client:
            query = f"SELECT ('{LONG}' AS ?t) {{ VALUES ?a {{ {'1 ' * 900} }} }}"
            head = f"POST /sparql HTTP/1.1\r\nHost: {strict.host}:{strict.port}\r\nContent-Length: {len(query)}\r\n"
            client.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\n{query}".encode())
            assert client.recv(1)
            assert goes_on(strict)

    def test_a_body_that_is_too_large(self, server: Server) -> None:
        answer = server.post("# " + "x" * 1_000_000)
        assert answer.status == 413
        assert goes_on(server)

    def test_an_address_that_is_too_long(self, server: Server) -> None:
        assert server.query("#" + "x" * 100_000).status in (400, 414, 431)
        assert goes_on(server)


class TestStrangers:
    def test_the_host_is_this_machine(self, server: Server) -> None:
        assert server.get("/sparql", Host=f"localhost:{server.port}").status == 200
        assert server.get("/sparql", Host=f"[::1]:{server.port}").status == 200
        assert server.get("/sparql", Host="evil.example").status == 421
        assert server.get("/", Host="127.0.0.1.evil.example").status == 421

    def test_pages_of_others_get_nothing(self, server: Server) -> None:
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
            answer = server.get("/sparql?query=ASK%7B%7D", **headers)
            assert answer.status == 403
            assert "access-control-allow-origin" not in answer.headers

    def test_our_own_page_may_ask(self, server: Server) -> None:
        origin = f"http://{server.host}:{server.port}"
        assert server.get("/sparql?query=ASK%7B%7D", Origin=origin, Sec_Fetch_Site="same-origin").status == 200

    def test_pages_that_were_allowed_may_read(self, server: Server) -> None:
        answer = server.get("/sparql?query=ASK%7B%7D", Origin="https://friend.example", Sec_Fetch_Site="cross-site")
        assert answer.status == 200
        assert answer.headers["access-control-allow-origin"] == "https://friend.example"
        assert "access-control-allow-credentials" not in answer.headers

    def test_pages_that_were_allowed_may_bring_no_token(self, server: Server) -> None:
        answer = server.request(
            "OPTIONS",
            "/sparql",
            headers={"Origin": "https://friend.example", "Access-Control-Request-Method": "POST"},
        )
        assert answer.status == 204
        assert "uthorization" not in answer.headers["access-control-allow-headers"]

    def test_every_answer_is_guarded(self, server: Server) -> None:
        for path in ("/", "/sparql", "/sparql?query=x", "/queries", "/graphs", "/nix"):
            headers = server.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert "server" not in headers


class TestUpdates:
    ADD = "INSERT DATA {{ GRAPH <urn:{0}> {{ <urn:{0}> <urn:b> 'c' }} }}"
    ASK = "ASK {{ <urn:{0}> <urn:b> 'c' }}"

    def test_are_off_without_a_token(self, server: Server) -> None:
        assert server.update(self.ADD.format("off")).status == 403
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert server.request("POST", "/sparql", b"update=CLEAR+ALL", form).status == 403
        assert goes_on(server)

    @pytest.mark.parametrize("token", [None, "", TOKEN[:-1], TOKEN + "x", "ä"])
    def test_want_the_right_token(self, writable: Server, token: str | None) -> None:
        answer = writable.update(self.ADD.format("unasked"), token)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert not writable.query(self.ASK.format("unasked")).boolean

    def test_are_seen_by_the_next_query(self, writable: Server) -> None:
        assert writable.update(self.ADD.format("seen")).status == 204
        assert writable.query(self.ASK.format("seen")).boolean
        assert writable.update("DROP GRAPH <urn:seen>").status == 204
        assert not writable.query(self.ASK.format("seen")).boolean

    def test_change_what_follows_from_the_articles(self, writable: Server) -> None:
        derived = "ASK { ?who kg:opposes ?what }"
        assert writable.query(derived).boolean
        assert writable.update(f"DELETE WHERE {{ GRAPH <{GRAPH}> {{ ?p kg:polarity ?how }} }}").status == 204
        assert not writable.query("ASK { ?p kg:polarity ?how }").boolean
        assert not writable.query(derived).boolean

    def test_are_in_the_index_of_words_before_anybody_searches(self, writable: Server) -> None:
        name = f"<{BASE}person-dmitri-peskow> skos:altLabel 'Sprachrohr'"
        assert writable.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {name} }} }}").status == 204
        assert self.indexed(writable, "%Sprachrohr%") == 1
        assert writable.update(f"DELETE DATA {{ GRAPH <{GRAPH}> {{ {name} }} }}").status == 204
        assert self.indexed(writable, "%Sprachrohr%") == 0

    def indexed(self, server: Server, text: str) -> int:
        """How many entries of the file hold a text; nobody brings it up to date for that."""
        with closing(sqlite3.connect(server.folder / FILE)) as index:
            (number,) = index.execute("SELECT COUNT(*) FROM entry WHERE text LIKE ?", (text,)).fetchone()
        return int(number)

    def test_name_the_graph_they_write_to(self, writable: Server) -> None:
        answer = writable.update("INSERT DATA { <urn:a> <urn:b> 'c' }")
        assert answer.status == 400
        assert "GRAPH <IRI>" in answer.text

    def test_that_are_stopped_change_nothing(self, writable: Server) -> None:
        endless = f"INSERT {{ GRAPH <urn:x> {{ <urn:x> <urn:b> ?n }} }} WHERE {{ {{ {ENDLESS} }} }}"
        assert writable.update(f"{self.ADD.format('x')} ; {endless}").status == 504
        assert not writable.query("ASK { GRAPH <urn:x> { ?s ?p ?o } }").boolean
        assert writable.update(self.ADD.format("after")).status == 204

    def test_wait_for_a_build(self, writable: Server) -> None:
        with GraphStore.create(writable.folder):
            answer = writable.update(self.ADD.format("built"))
        assert (answer.status, "in use by another process" in answer.text) == (503, True)


class TestSnapshots:
    """Another process writes; queries see the state before it began, then the one after it has ended."""

    def test_show_finished_states_only(self, tmp_path: Path) -> None:
        folder = tmp_path / "graph"
        GraphStore.create(folder).close()
        count = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"
        code = (
            "import sys; from pathlib import Path; from pyoxigraph import *; from kg.store import GraphStore\n"
            "with GraphStore.create(Path(sys.argv[1])) as store:\n"
            "    for line in sys.stdin:\n"
            "        store.database.extend(\n"
            "            Quad(NamedNode(f'urn:{line.strip()}-{n}'), NamedNode('urn:p'), Literal('x' * 200))\n"
            "            for n in range(20_000))\n"
            "        store.flush(); print('done', flush=True)\n"
        )
        with serving(folder) as server:
            command = [sys.executable, "-c", code, str(folder)]
            pipe = subprocess.PIPE
            with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as writer:
                assert writer.stdin
                assert writer.stdout
                for part in ("a", "b", "c"):
                    print(part, file=writer.stdin, flush=True)
                    assert writer.stdout.readline() == "done\n"
                    assert server.query(count).rows == [{"n": "0"}]
                writer.stdin.close()
            assert server.query(count).rows == [{"n": "60000"}]

    def test_go_away_with_the_server(self, tmp_path: Path) -> None:
        GraphStore.create(tmp_path).close()
        with serving(tmp_path) as server:
            assert list(tmp_path.glob(".serve-*"))
        assert server.process.returncode == 0, "not ended by Ctrl-C as asked"
        assert not list(tmp_path.glob(".serve-*"))

    def test_of_a_server_that_was_killed_go_away_with_the_next(self, tmp_path: Path) -> None:
        GraphStore.create(tmp_path).close()
        with serving(tmp_path) as server:
            server.process.kill()
        (left,) = tmp_path.glob(".serve-*")
        with serving(tmp_path):
            assert not left.exists()


class TestPage:
    def test_is_the_explorer_under_its_own_policy(self, tmp_path: Path) -> None:
        GraphStore.create(tmp_path).close()
        policy = "default-src 'none'; script-src 'sha256-abc='"
        page = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}"><title>x</title>'
        with serving(tmp_path) as server:
            assert "/sparql" in server.get("/").text
            (tmp_path / "graph.html").write_text(page, encoding="utf-8")
            answer = server.get("/")
        assert (answer.text, answer.type) == (page, "text/html")
        assert answer.headers["content-security-policy"].startswith(policy + "; frame-ancestors 'none'")


class TestCommand:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("--token", "short"), "--token: 5 characters"),
            (("--token", "ä" * 20), "--token: holds characters that no header can carry"),
            (("--timeout", "0"), "--timeout=0"),
            (("--workers", "-1"), "--workers=-1"),
            (("--allow-origin", "example.org"), "--allow-origin: 'example.org': wants"),
            (("--host", "no.such.host.invalid"), "cannot listen there"),
            (("--port", "70000"), "--port=70000: wants"),
        ],
    )
    def test_says_what_is_wrong(self, run: Run, folder: Path, arguments: tuple[str, str], message: str) -> None:
        code, _, err = run("serve", folder, *arguments)
        assert (code, message in err) == (2, True)

    def test_wants_a_graph(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run("serve", tmp_path, "--port", 0)
        assert (code, "no kg folder here" in err) == (2, True)

    def test_serves_no_half_built_graph(self, run: Run, tmp_path: Path) -> None:
        holding = "import sys; from pathlib import Path; from kg.store import GraphStore\n"
        holding += "with GraphStore.create(Path(sys.argv[1])):\n    print('there', flush=True); sys.stdin.read()"
        command = [sys.executable, "-c", holding, str(tmp_path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == "there\n"
            code, _, err = run("serve", tmp_path, "--port", 0)
            writer.communicate("")
        assert (code, "in use by another process" in err) == (2, True)

    def test_wants_a_port_of_its_own(self, run: Run, server: Server, folder: Path) -> None:
        code, _, err = run("serve", folder, "--port", server.port)
        assert (code, "try another --port" in err) == (2, True)


def peak_memory(server: Server) -> int:
    """The most memory that the server has had so far, in bytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1_024


def works(process: int) -> bool:
    """Whether a process is running rather than waiting."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False
