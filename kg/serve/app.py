"""The endpoint as an ASGI application: which address does what."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import QueryError
from kg.query import named_queries, named_query
from kg.serve.description import render_description
from kg.serve.guard import Access, Guard, check_token
from kg.serve.limits import Limits
from kg.serve.negotiation import GRAPH_TYPES, choose_type, content_type
from kg.serve.page import PAGE, landing, read_policy
from kg.serve.pool import Pool
from kg.serve.protocol import Body, Query, Update, read_get, read_graph_name, read_params, read_post
from kg.serve.refusal import Refusal
from kg.serve.service import Service, run_job, send_result
from kg.serve.snapshot import Snapshots


def create_app(folder: Path, *, limits: Limits, access: Access, snapshots: Snapshots) -> Starlette:
    """The application over the graph in a folder; it closes `snapshots` when it ends."""

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        service = Service(
            folder=folder,
            limits=limits,
            access=access,
            snapshots=snapshots,
            pool=Pool(limits),
            spool=Path(tempfile.mkdtemp(prefix="results-", dir=snapshots.home)),
        )
        app.state.service = service
        try:
            await service.pool.start()
            yield
        finally:
            await service.pool.close()
            snapshots.close()

    return Starlette(
        routes=[
            Route("/", _show_page, methods=["GET"]),
            *(Route(f"/sparql{end}", _sparql, methods=["GET", "POST"]) for end in ("", "/")),
            Route("/graphs", _send_graph, methods=["GET"]),
            Route("/queries", _list_queries, methods=["GET"]),
            Route("/queries/{name}", _run_named, methods=["GET"]),
        ],
        middleware=[Middleware(Guard, access=access)],
        exception_handlers={Refusal: _tell_refusal, ClientDisconnect: _tell_nobody},
        lifespan=live,
    )


async def _show_page(request: Request) -> Response:
    """The explorer, or what there is instead."""
    path = _service(request).folder / PAGE
    if path.is_file():
        policy = await asyncio.to_thread(read_policy, path)
        return FileResponse(path, media_type="text/html", headers={"Content-Security-Policy": policy})
    text, policy = landing()
    return HTMLResponse(text, headers={"Content-Security-Policy": policy})


async def _sparql(request: Request) -> Response:
    """SPARQL 1.1 Protocol: a query, an update, or the service description."""
    query_string: bytes = request.scope["query_string"]
    if request.method != "POST":
        query = read_get(query_string)
        return await _query(request, query) if query else _describe(request)
    operation = read_post(query_string, await _read_body(request))
    if isinstance(operation, Update):
        return await _update(request, operation)
    return await _query(request, operation)


async def _query(request: Request, query: Query) -> Response:
    job = {
        "kind": "query",
        "text": query.text,
        "default_graphs": query.default_graphs,
        "named_graphs": query.named_graphs,
        "base_iri": _endpoint(request),
    }
    return await send_result(_service(request), request, job)


async def _send_graph(request: Request) -> Response:
    """Graph Store Protocol, reading."""
    return await send_result(
        _service(request), request, {"kind": "graph", "graph": read_graph_name(request.scope["query_string"])}
    )


async def _list_queries(request: Request) -> Response:
    """The queries that come with `kg`."""
    return JSONResponse([asdict(query) for query in named_queries().values()])


async def _run_named(request: Request) -> Response:
    """A query that comes with `kg`, with its parameters; the worker binds them, which asks the graph for names."""
    try:
        query = named_query(request.path_params["name"])
    except QueryError as error:
        raise Refusal(HTTPStatus.NOT_FOUND, str(error)) from error
    job = {"kind": "named", "name": query.name, "params": read_params(request.scope["query_string"])}
    return await send_result(_service(request), request, job)


async def _update(request: Request, update: Update) -> Response:
    service = _service(request)
    check_token(request.headers.get("authorization", ""), service.access.token)
    job = {
        "kind": "update",
        "folder": str(service.folder),
        "text": update.text,
        "using_graphs": update.using_graphs,
        "using_named_graphs": update.using_named_graphs,
        "base_iri": _endpoint(request),
    }
    async with service.writing:
        await run_job(service, job)
        with suppress(Refusal):  # the update is done; whoever searches renews the index where this has not
            await run_job(service, {"kind": "index", "folder": job["folder"]})
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _describe(request: Request) -> Response:
    media_type = choose_type(",".join(request.headers.getlist("accept")), GRAPH_TYPES)
    if media_type is None:
        raise Refusal(HTTPStatus.NOT_ACCEPTABLE, f"Accept names none of: {', '.join(GRAPH_TYPES)}")
    writable = _service(request).access.token is not None
    body = render_description(_endpoint(request), media_type, writable=writable)
    return Response(body, headers={"Content-Type": content_type(media_type)})


async def _read_body(request: Request) -> Body:
    """The body of a request.

    Raises:
        Refusal: it is too large, or does not come.
    """
    limits = _service(request).limits
    parts = bytearray()
    try:
        async with asyncio.timeout(limits.request_seconds):
            async for part in request.stream():
                parts += part
                if len(parts) > limits.request_bytes:
                    raise Refusal(
                        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                        f"the body is larger than {limits.request_bytes:,} bytes; send less",
                        {"Connection": "close"},
                    )
    except TimeoutError:
        raise Refusal(HTTPStatus.REQUEST_TIMEOUT, "the body did not come in time", {"Connection": "close"}) from None
    return Body(request.headers.get("content-type", ""), bytes(parts))


def _endpoint(request: Request) -> str:
    """The address of the endpoint as the client knows it."""
    return str(request.url.replace(path="/sparql", query="", fragment=""))


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


async def _tell_refusal(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    return PlainTextResponse(f"{refusal.message}\n", status_code=refusal.status, headers=refusal.headers)


async def _tell_nobody(request: Request, error: Exception) -> Response:
    """Nobody is there to read it."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)
