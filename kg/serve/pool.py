"""The worker processes: as many as may run at a time, each killed and replaced when a job goes beyond its limit."""

import asyncio
import json
import os
import sys
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

from kg.serve.limits import Limits
from kg.serve.refusal import Refusal
from kg.serve.worker import Job, Reply

_START_SECONDS = 60.0  # until a fresh process is ready
_RETRY = {"Retry-After": "5"}
_CODE = Path(__file__).resolve().parents[2]  # where `kg` lies


class Pool:
    """Runs jobs in worker processes. Used within one event loop; close it in the end."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._places = tuple(_Place(limits) for _ in range(limits.workers))
        self._free: asyncio.Queue[_Place] = asyncio.Queue()
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts the processes; returns when they are ready.

        Raises:
            Refusal: they do not start.
        """
        await asyncio.gather(*(place.find_worker() for place in self._places))
        for place in self._places:
            self._free.put_nowait(place)

    async def run(self, job: Job) -> Reply:
        """How a job went.

        Raises:
            Refusal: no process was free in time, the job took too long, or its process has ended.
        """
        place = await self._wait()
        try:
            return await self._run(place, job)
        finally:
            self._free_when_ready(place)

    async def close(self) -> None:
        """Ends all processes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(place.close() for place in self._places))

    def _free_when_ready(self, place: "_Place") -> None:
        if place.ready:
            self._free.put_nowait(place)
            return
        task = asyncio.create_task(self._await_ready(place))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _await_ready(self, place: "_Place") -> None:
        with suppress(Refusal):  # whoever gets the place tries again
            await place.find_worker()
        self._free.put_nowait(place)

    async def _wait(self) -> "_Place":
        """A place that is free, when there is one."""
        if self._waiting >= self._limits.waiting:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests are waiting; try again later", _RETRY)
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._free.get(), self._limits.seconds)
        except TimeoutError:
            raise Refusal(
                HTTPStatus.SERVICE_UNAVAILABLE,
                f"no process was free for {self._limits.seconds:g} seconds, others are asking too; try again later",
                _RETRY,
            ) from None
        finally:
            self._waiting -= 1

    async def _run(self, place: "_Place", job: Job) -> Reply:
        worker = await place.find_worker()
        try:
            return await asyncio.wait_for(worker.ask(job), self._limits.seconds)
        except _NotBegunError:  # it had died at rest
            place.replace(worker)
            return await self._run(place, job)
        except TimeoutError:
            place.replace(worker)
            if job["kind"] == "update":
                await worker.kill()  # it holds the folder until it has ended, and the next update wants it
            raise Refusal(
                HTTPStatus.GATEWAY_TIMEOUT,
                f"stopped after {self._limits.seconds:g} seconds, the limit of this server; ask for less",
            ) from None
        except EOFError:
            place.replace(worker)
            raise Refusal(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "the process that ran this has ended, perhaps for lack of memory; try again, or ask for less",
                _RETRY,
            ) from None
        except BaseException:  # whoever asked is gone
            place.replace(worker)
            raise


class _Place:
    """Where one process is, or is starting."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._coming: asyncio.Task[_Worker] | None = None

    @property
    def ready(self) -> bool:
        """Whether a process waits here for a job, or cannot be had."""
        return self._coming is None or self._coming.done()

    async def find_worker(self) -> "_Worker":
        """The process, when it is ready.

        Raises:
            Refusal: it does not start; asked again, it is tried again.
        """
        if self._coming is None:
            self._coming = asyncio.create_task(_start_worker(self._limits))
        try:
            return await asyncio.shield(self._coming)  # whoever waits for it may leave
        except Refusal:
            self._coming = None
            raise

    def replace(self, worker: "_Worker") -> None:
        """Kills the process at once; another is on its way when this returns."""
        worker.signal()
        self._coming = asyncio.create_task(_start_worker(self._limits, after=worker))

    async def close(self) -> None:
        """Ends the process."""
        if self._coming is None:
            return
        if not self._coming.done():
            self._coming.cancel()
        with suppress(asyncio.CancelledError, Refusal):
            await (await self._coming).kill()


class _NotBegunError(Exception):
    """The process was no more before it read its job."""


class _Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, job: Job) -> Reply:
        """Hands over a job and waits for its end.

        Raises:
            EOFError: the process has ended over it.
            _NotBegunError: the process had ended before.
        """
        try:
            await self._send(job)
            await self.read()
        except (OSError, EOFError) as error:
            raise _NotBegunError from error
        return await self.read()

    async def read(self) -> Reply:
        """The next line of the process.

        Raises:
            EOFError: there is none.
        """
        line = await self._process.stdout.readline() if self._process.stdout else b""
        if not line.endswith(b"\n"):
            raise EOFError
        reply: Reply = json.loads(line)
        return reply

    async def _send(self, job: Job) -> None:
        if self._process.stdin is None:
            raise EOFError
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        await self._process.stdin.drain()

    def signal(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def kill(self) -> None:
        self.signal()
        await self._process.wait()


async def _start_worker(limits: Limits, *, after: _Worker | None = None) -> _Worker:
    """A process that is ready for jobs; it starts when the one `after` which it comes has ended.

    Raises:
        Refusal: it does not start.
    """
    if after is not None:
        await after.kill()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "kg.serve.worker", str(limits.seconds), str(limits.memory_bytes)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=_environment(),
        start_new_session=True,  # Ctrl-C is for the server
    )
    worker = _Worker(process)
    try:
        await asyncio.wait_for(worker.read(), _START_SECONDS)
    except (EOFError, TimeoutError, ValueError) as error:
        await worker.kill()
        raise Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "the process that runs queries does not start") from error
    except BaseException:
        worker.signal()
        raise
    return worker


def _environment() -> dict[str, str]:
    """Ours, without secrets, and such that the process finds the same `kg`."""
    kept = {name: value for name, value in os.environ.items() if name != "KG_TOKEN"}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, (str(_CODE), kept.get("PYTHONPATH"))))}
