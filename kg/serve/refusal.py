"""An answer that is an error: a status and a message for whoever asked."""

from collections.abc import Mapping
from http import HTTPStatus


class Refusal(Exception):  # noqa: N818  (an answer, not a fault of ours)
    """Why a request gets no result.

    Attributes:
        status: of HTTP.
        message: what is wrong and what to do about it, plain text.
        headers: further ones of the answer.
    """

    def __init__(self, status: HTTPStatus, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})
