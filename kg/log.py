"""What happens, as one JSON object a line: for whoever runs builds at night and reads about them in the morning."""

import json
import logging
import sys
from typing import TextIO

from kg.errors import InputError

LEVELS = ("debug", "info", "warning", "error")
_NAME = "kg"


def start_log(level: str, stream: TextIO | None = None) -> None:
    """Writes what is told from now on, from that level upwards, to `stream` or standard error.

    Raises:
        InputError: there is no such level.
    """
    if level not in LEVELS:
        raise InputError(f"no log level is named {level!r}; there are: {', '.join(LEVELS)}")
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines())
    log = logging.getLogger(_NAME)
    log.handlers = [handler]
    log.propagate = False
    log.setLevel(level.upper())


def tell(level: str, event: str, **details: object) -> None:
    """Something happened; nothing is written unless `start_log` was called."""
    log = logging.getLogger(_NAME)
    if log.handlers:
        log.log(getattr(logging, level.upper()), event, extra={"details": details})


class _Lines(logging.Formatter):
    """Time, level and event first, then the details in the order given."""

    def format(self, record: logging.LogRecord) -> str:
        time = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        head = {"time": time, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(head | getattr(record, "details", {}), ensure_ascii=True, default=str)
