"""Running the endpoint: the address it listens at, and the server around the application."""

import socket
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from kg.errors import InputError
from kg.serve.app import create_app
from kg.serve.guard import Access, check_origins
from kg.serve.limits import MEGABYTE, Limits
from kg.serve.snapshot import Snapshots

LEAST_TOKEN = 16  # characters
_CONNECTIONS = 500  # at a time; further ones get 503
_SECONDS_TO_END = 3  # for answers under way when the server is told to end


def serve_folder(
    folder: Path, *, port: int, access: Access, limits: Limits, tell: Callable[[str], None] = lambda address: None
) -> None:
    """Serves the graph in a folder until a signal ends it.

    Args:
        folder: one that `build` has written.
        port: 0 for any that is free.
        access: who may ask what.
        limits: what a query may take.
        tell: is given the address, and who may use it, once the server listens.

    Raises:
        StoreError: there is no graph in `folder`, or a build is writing it.
        InputError: the address cannot be used, the token is too short, an origin is none.
    """
    _check_access(access)
    with _listen(access.host, port) as listening, suppress(KeyboardInterrupt), closing(Snapshots(folder)) as snapshots:
        app = create_app(folder, limits=limits, access=access, snapshots=snapshots)
        tell(_describe_place(listening, access))
        server = uvicorn.Server(_configure(app))
        server.run(sockets=[listening])
        if not server.started:
            raise InputError("the processes that run queries do not start; is --memory too small?")


def _configure(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )


def read_limits(*, seconds: float, workers: int, result_megabytes: int, memory_megabytes: int) -> Limits:
    """What a user wants a query to take at most.

    Raises:
        InputError: a bound is none.
    """
    wanted = {
        "--timeout": seconds,
        "--workers": workers,
        "--max-result": result_megabytes,
        "--memory": memory_megabytes,
    }
    for name, value in wanted.items():
        if not 0 < value < 1_000_000:
            raise InputError(f"{name}={value}: wants a number above 0 and below a million")
    return Limits(
        seconds=seconds,
        workers=workers,
        result_bytes=result_megabytes * MEGABYTE,
        memory_bytes=memory_megabytes * MEGABYTE,
    )


def _check_access(access: Access) -> None:
    if access.token is not None and len(access.token) < LEAST_TOKEN:
        raise InputError(
            f"--token: {len(access.token)} characters; take at least {LEAST_TOKEN}, such as from: openssl rand -hex 16"
        )
    if access.token is not None and not (access.token.isascii() and access.token.isprintable()):
        raise InputError("--token: holds characters that no header can carry; take ASCII")
    try:
        check_origins(access.origins)
    except ValueError as error:
        raise InputError(f"--allow-origin: {error}") from error


def _listen(host: str, port: int) -> socket.socket:
    """A socket at that address.

    Raises:
        InputError: it cannot be had.
    """
    if not 0 <= port < 65_536:
        raise InputError(f"--port={port}: wants a number from 0 to 65535")
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(place[:2], family=family, backlog=2048)
    except (OSError, OverflowError, UnicodeError) as error:
        raise InputError(f"{host}, port {port}: cannot listen there: {error}; try another --port") from error


def _describe_place(listening: socket.socket, access: Access) -> str:
    host, port = listening.getsockname()[:2]
    address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    reach = "for this machine" if access.on_loopback else "for whoever reaches this machine"
    mode = "takes updates that bring the token" if access.token else "read-only"
    return f"{address} {reach}, {mode}; Ctrl-C ends it"
