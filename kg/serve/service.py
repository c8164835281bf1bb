"""From a job to its answer: the newest snapshot, a worker process, a file, and the file on its way to the client."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from kg.serve.guard import Access
from kg.serve.limits import Limits
from kg.serve.negotiation import content_type
from kg.serve.pool import Pool
from kg.serve.refusal import Refusal
from kg.serve.snapshot import Snapshots
from kg.serve.worker import Job, Reply

_CHUNK = 65_536  # bytes of a result sent at a time


@dataclass(slots=True)
class Service:
    """What stands behind the addresses."""

    folder: Path
    limits: Limits
    access: Access
    snapshots: Snapshots
    pool: Pool
    spool: Path  # where results wait to be sent
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)


async def run_job(service: Service, job: Job) -> Reply:
    """How a job went.

    Raises:
        Refusal: wrongly.
    """
    reply = await service.pool.run(job)
    if "status" in reply:
        raise Refusal(HTTPStatus(reply["status"]), reply["message"])
    return reply


async def send_result(service: Service, request: Request, job: Job) -> Response:
    """Runs a job over the newest snapshot, and sends the file that it has written.

    Raises:
        Refusal: the job went wrong.
        ClientDisconnect: the client has left; the job is stopped.
    """
    handle, name = await asyncio.to_thread(tempfile.mkstemp, dir=service.spool)
    os.close(handle)
    path, sent = Path(name), False
    try:
        with _reading(service.snapshots) as entered:
            given = {
                "snapshot": str(await entered()),
                "accept": ",".join(request.headers.getlist("accept")),
                "file": "" if request.method == "HEAD" and job["kind"] == "graph" else name,
                "result_bytes": service.limits.result_bytes,
            }
            reply = await _until_gone(request, run_job(service, {**job, **given}))
        response = _send_file(path, reply["media_type"]) if given["file"] else _send_head(reply["media_type"])
        sent = bool(given["file"])
        return response
    finally:
        if not sent:
            path.unlink(missing_ok=True)


@contextmanager
def _reading(snapshots: Snapshots) -> Iterator[Callable[[], Awaitable[Path]]]:
    """Lets a snapshot be entered in another thread, for that may copy files; it is left with the block."""
    reading: AbstractContextManager[Path] = snapshots.reading()
    entered = False

    async def enter() -> Path:
        nonlocal entered
        folder = await asyncio.to_thread(reading.__enter__)
        entered = True
        return folder

    try:
        yield enter
    finally:
        if entered:
            reading.__exit__(None, None, None)


async def _until_gone(request: Request, work: Any) -> Reply:
    """The outcome of `work`, which is stopped when the client leaves."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_wait_until_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        reply: Reply = task.result()
        return reply
    finally:
        for pending in (task, gone):
            if not pending.done():
                pending.cancel()
                with suppress(asyncio.CancelledError, Refusal):
                    await pending


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _send_file(path: Path, media_type: str) -> Response:
    """A file as answer; its name is gone at once, its content when it has been sent."""
    file = path.open("rb")
    size = path.stat().st_size
    with suppress(OSError):  # a system that keeps the names of open files: the folder goes with the server
        path.unlink()

    def chunks() -> Iterator[bytes]:
        with file:
            while chunk := file.read(_CHUNK):
                yield chunk

    headers = {"Content-Type": content_type(media_type), "Content-Length": str(size)}
    return StreamingResponse(chunks(), headers=headers)


def _send_head(media_type: str) -> Response:
    """The headers of an answer that has not been made, and so without its length."""
    return StreamingResponse(iter(()), headers={"Content-Type": content_type(media_type)})
