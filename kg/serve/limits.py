"""What the endpoint allows: one frozen dataclass."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one server."""

    seconds: float = 30.0  # that a query or an update may run
    workers: int = 2  # processes, and so queries that run at a time
    result_bytes: int = 1_000 * MEGABYTE  # of one result
    memory_bytes: int = 2_000 * MEGABYTE  # of one worker process, where the system can hold it to that
    request_bytes: int = 1 * MEGABYTE  # of the body of a request
    request_seconds: float = 30.0  # until the body of a request is there
    waiting: int = 64  # requests that wait for a process; further ones are turned away
