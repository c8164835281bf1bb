"""Who may ask: names of the host, origins of web pages, the token for updates; and the headers of every answer.

A server on loopback is open to whoever sits at the machine, and so to every web page in a browser there. What keeps
pages of others out: the host must be a loopback name (else a page could rebind its own name to 127.0.0.1), and a
request from another origin is refused unless that origin has been allowed.
"""

import hmac
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.refusal import Refusal

NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_HEADERS = {
    "Content-Security-Policy": NO_CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_CORS = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "600",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may ask what."""

    host: str = "127.0.0.1"  # the address that the server listens at
    origins: tuple[str, ...] = ()  # of web pages that may read, such as "https://example.org"
    token: str | None = None  # for updates; None: there are none

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a name or address means this machine: "localhost", "127.0.0.1", "::1"."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_token(header: str, token: str | None) -> None:
    """Lets an update pass that brings the token: "Authorization: Bearer TOKEN".

    Raises:
        Refusal: it does not, or there are no updates.
    """
    if token is None:
        raise Refusal(HTTPStatus.FORBIDDEN, "this server is read-only; kg serve --token TOKEN takes updates")
    scheme, _, given = header.partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise Refusal(
            HTTPStatus.UNAUTHORIZED,
            "updates need the token of this server: Authorization: Bearer TOKEN",
            {"WWW-Authenticate": 'Bearer realm="kg"'},
        )


class Guard:
    """Stands before the application: refuses requests of strangers, and adds the headers of every answer."""

    def __init__(self, app: ASGIApp, *, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        allowed = headers.get("origin", "") in self._access.origins
        added = _cors_headers(headers["origin"]) if allowed else {}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in (_HEADERS | added).items():
                    if name.lower() not in found or name in added:
                        found[name] = value
                found.add_vary_header("Accept, Origin")
            await send(message)

        refusal = self._refuse(headers, allowed=allowed)
        if refusal is not None:
            await _send_text(send_with_headers, *refusal)
        elif allowed and scope["method"] == "OPTIONS":
            await _send_text(send_with_headers, HTTPStatus.NO_CONTENT, "")
        else:
            await self._app(scope, receive, send_with_headers)

    def _refuse(self, headers: Headers, *, allowed: bool) -> tuple[HTTPStatus, str] | None:
        """Why a request is turned away, if it is."""
        host = headers.get("host", "")
        if self._access.on_loopback and not is_loopback(_host_name(host)):
            return HTTPStatus.MISDIRECTED_REQUEST, "this server answers at localhost only"
        origin = headers.get("origin")
        if allowed or (origin is not None and _is_same(origin, host)):
            return None
        foreign = headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
        if origin is not None or foreign:
            return HTTPStatus.FORBIDDEN, "pages of other origins are not answered; see kg serve --allow-origin"
        return None


def check_origins(origins: Collection[str]) -> None:
    """Refuses what is no origin of a web page.

    Raises:
        ValueError: one of them is none, with what is wanted.
    """
    for origin in origins:
        scheme, mark, host = origin.partition("://")
        if scheme not in ("http", "https") or not mark or not host or set(host) & set("/?#@*, "):
            raise ValueError(f"{origin!r}: wants scheme and host of a web page, such as https://example.org")


def _cors_headers(origin: str) -> dict[str, str]:
    """An allowed page may read; it can bring no token, for that header is not allowed."""
    return {"Access-Control-Allow-Origin": origin, "Cross-Origin-Resource-Policy": "cross-origin", **_CORS}


def _is_same(origin: str, host: str) -> bool:
    return origin.partition("://")[2] == host


def _host_name(host: str) -> str:
    """The host without its port: "[::1]:80" -> "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


async def _send_text(send: Send, status: HTTPStatus, text: str) -> None:
    body = f"{text}\n".encode() if text else b""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
