"""The worker processes: as many as may run at a time, each killed and replaced when a job goes beyond its limit."""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

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
        self._slots = asyncio.Semaphore(limits.workers)
        self._waiting = 0
        self._idle: list[_Worker] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts the processes; returns when they are ready.

        Raises:
            Refusal: they do not start.
        """
        self._idle += await asyncio.gather(*(_start_worker(self._limits) for _ in range(self._limits.workers)))

    async def run(self, job: Job) -> Reply:
        """How a job went.

        Raises:
            Refusal: no process was free in time, the job took too long, or its process has ended.
        """
        await self._wait()
        try:
            return await self._run(job)
        finally:
            self._slots.release()

    async def close(self) -> None:
        """Ends all processes."""
        for task in self._tasks:
            task.cancel()
        for worker in self._idle:
            await worker.kill()
        self._idle.clear()

    async def _wait(self) -> None:
        """Returns when a process may be used."""
        if self._waiting >= self._limits.waiting:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests are waiting; try again later", _RETRY)
        self._waiting += 1
        try:
            await asyncio.wait_for(self._slots.acquire(), self._limits.seconds)
        except TimeoutError:
            raise Refusal(
                HTTPStatus.SERVICE_UNAVAILABLE,
                f"other queries have kept the server busy for {self._limits.seconds:g} seconds; try again later",
                _RETRY,
            ) from None
        finally:
            self._waiting -= 1

    async def _run(self, job: Job) -> Reply:
        worker = await self._find_worker()
        try:
            reply = await asyncio.wait_for(worker.ask(job), self._limits.seconds)
        except TimeoutError:
            self._replace(worker)
            raise Refusal(
                HTTPStatus.GATEWAY_TIMEOUT,
                f"stopped after {self._limits.seconds:g} seconds, the limit of this server; ask for less",
            ) from None
        except (OSError, EOFError):
            self._replace(worker)
            raise Refusal(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "the process that ran this has ended, perhaps for lack of memory; try again, or ask for less",
                _RETRY,
            ) from None
        except BaseException:  # whoever asked is gone
            self._replace(worker)
            raise
        self._idle.append(worker)
        return reply

    async def _find_worker(self) -> "_Worker":
        """An idle process that lives, else a fresh one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.lives:
                return worker
            self._background(worker.kill())
        return await _start_worker(self._limits)

    def _replace(self, worker: "_Worker") -> None:
        """Kills a process at once; another takes its place while the answer is on its way."""
        worker.signal()
        self._background(self._start_spare(worker))

    async def _start_spare(self, ended: "_Worker") -> None:
        await ended.kill()
        with suppress(Refusal):  # the next job tries again
            spare = await _start_worker(self._limits)
            if len(self._idle) < self._limits.workers:
                self._idle.append(spare)
            else:
                await spare.kill()

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def lives(self) -> bool:
        return self._process.returncode is None

    async def ask(self, job: Job) -> Reply:
        """Hands over a job and waits for its end.

        Raises:
            EOFError: the process has ended.
            OSError: likewise.
        """
        if self._process.stdin is None:
            raise EOFError
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        await self._process.stdin.drain()
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

    def signal(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def kill(self) -> None:
        self.signal()
        await self._process.wait()


async def _start_worker(limits: Limits) -> _Worker:
    """A process that is ready for jobs.

    Raises:
        Refusal: it does not start.
    """
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
