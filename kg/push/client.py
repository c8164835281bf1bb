"""A client for the Graph Store Protocol: PUT, DELETE and HEAD of named graphs, with credentials and patience.

SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/. Every request may be repeated:
each makes a graph what it is to be, whatever it was. So what fails for a while is tried again.
"""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from kg import __version__
from kg.errors import InputError, RemoteError

ATTEMPTS = 6
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds between attempts; each wait is twice the one before
N_TRIPLES, TURTLE = "application/n-triples", "text/turtle"  # the first is a part of the second
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # worth another attempt
_ENDPOINTS = (
    "the address of its Graph Store is wanted, such as .../store (Oxigraph), .../DATASET/data (Fuseki), "
    ".../sparql-graph-crud-auth (Virtuoso), .../repositories/NAME/rdf-graphs/service (GraphDB, RDF4J)"
)
_REASONS = {
    401: "wants to know who you are, or refuses it; give --user and --password-file, or --token-file",
    403: "knows you, but you may not write there; have the server let this account write named graphs",
    404: f"has nothing at this address; {_ENDPOINTS}",
    405: f"takes no graphs at this address; {_ENDPOINTS}",
    413: "takes no graph so large; raise its limit for the body of a request, or load kg export --partition in bulk",
    501: f"takes no graphs at this address; {_ENDPOINTS}",
    507: "has no room left",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who writes: a user with a password, a bearer token, or nobody in particular."""

    user: str | None = None
    password: str = ""
    token: str | None = None

    @property
    def secret(self) -> bool:
        """Whether there is something that others should not read."""
        return self.user is not None or self.token is not None


class GraphServer:
    """A server's Graph Store at `url`; use it as context manager.

    Raises:
        InputError: `url` is no address of a server.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        *,
        timeout: float = 120,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._sleep, self._type = _read_url(url), sleep, N_TRIPLES
        self.encrypted = self._url.scheme == "https"
        self.local = self._url.host in ("localhost", "127.0.0.1", "::1")
        self._client = httpx.Client(
            auth=_choose_auth(credentials),
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10)),
            transport=transport,
            headers={"User-Agent": f"kg/{__version__}"},
        )

    @property
    def target(self) -> str:
        """The address, in the one form by which it is remembered."""
        return str(self._url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def put(self, graph: str, triples: bytes) -> None:
        """Makes these triples, written as N-Triples, all that the named graph holds.

        Raises:
            RemoteError: the server cannot be reached or refuses.
        """
        found = self._send("PUT", graph, triples)
        if found.status_code == httpx.codes.UNSUPPORTED_MEDIA_TYPE and self._type != TURTLE:
            self._type = TURTLE
            found = self._send("PUT", graph, triples)
        _check(found, graph)

    def delete(self, graph: str) -> None:
        """Sees to it that there is no such named graph.

        Raises:
            RemoteError: the server cannot be reached or refuses.
        """
        found = self._send("DELETE", graph)
        if found.status_code not in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            _check(found, graph)

    def holds(self, graph: str) -> bool:
        """Whether there is such a named graph.

        Raises:
            RemoteError: the server cannot be reached or refuses.
        """
        found = self._send("HEAD", graph)
        if found.status_code in (httpx.codes.METHOD_NOT_ALLOWED, httpx.codes.NOT_IMPLEMENTED):
            found = self._send("GET", graph)
        if found.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE, httpx.codes.NO_CONTENT):
            return False
        _check(found, graph)
        return True

    def _send(self, method: str, graph: str, body: bytes | None = None) -> httpx.Response:
        """The answer of the server; what does not last is waited out."""
        wait, url = FIRST_WAIT, self._url.copy_merge_params({"graph": graph})
        headers = {"Content-Type": self._type} if body is not None else {}
        if method == "GET":  # Virtuoso answers a DELETE that wants triples with 406
            headers["Accept"] = N_TRIPLES
        for attempt in range(1, ATTEMPTS + 1):
            asked = 0.0
            try:
                found = self._client.request(method, url, content=body, headers=headers)
                if found.status_code not in _PASSING or attempt == ATTEMPTS:
                    return found
                asked = _read_wait(found.headers.get("retry-after", ""))
            except httpx.TransportError as error:
                if attempt == ATTEMPTS or isinstance(error, httpx.UnsupportedProtocol):
                    raise RemoteError(f"{self.target}: {_explain(error)}, {attempt} times") from error
            self._sleep(min(max(wait, asked), LONGEST_WAIT))
            wait *= 2
        raise AssertionError("the last attempt returns or raises")


class _ChallengeAuth(httpx.Auth):
    """A password sent only when the server asks for it, and as Digest where it can: that does not show it."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = ",".join(response.headers.get_list("www-authenticate")).lower()
            kind = httpx.DigestAuth if "digest" in asked else httpx.BasicAuth
            self._chosen = kind(self._user, self._password)
        yield from self._chosen.auth_flow(request)


class _TokenAuth(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def _choose_auth(credentials: Credentials) -> httpx.Auth | None:
    if credentials.token is not None:
        return _TokenAuth(credentials.token)
    return _ChallengeAuth(credentials.user, credentials.password) if credentials.user is not None else None


def _read_url(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise InputError(f"{text}: is no URL: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(f"{text}: give the http or https URL of a server's Graph Store")
    if url.userinfo:
        raise InputError(f"{url.copy_with(userinfo=b'')}: write no password into the URL; give --user, --password-file")
    if "graph" in url.params or "default" in url.params:
        raise InputError(f"{text}: leave graph and default out of the URL; kg push names the graphs")
    return url.copy_with(fragment=None)


def _check(found: httpx.Response, graph: str) -> None:
    """Raises RemoteError where the server did not do what it was asked."""
    if found.is_success:
        return
    where = found.request.url.copy_with(query=None)
    if found.has_redirect_location:
        raise RemoteError(f"{where}: sends on to {found.headers['location']}; give the address where the graphs are")
    said = " ".join(found.text.split())[:300] if found.request.method != "HEAD" else ""
    reason = _REASONS.get(found.status_code, "failed; see its log" if found.is_server_error else "refuses")
    rest = f"; it says: {said}" if said else ""
    raise RemoteError(f"{where}: the server {reason} (status {found.status_code} for {graph}){rest}")


def _explain(error: httpx.TransportError) -> str:
    what = "no answer in time" if isinstance(error, httpx.TimeoutException) else "cannot be reached"
    return f"{what} ({error or type(error).__name__})"


def _read_wait(text: str) -> float:
    """Seconds of a header Retry-After; 0 where it names none (a date is left to our own waits)."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0.0
