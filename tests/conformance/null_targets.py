"""Servers that are nothing: what a judge must never call conforming. Each is a transport of its own."""

from __future__ import annotations

import json
from collections.abc import Callable

from conformance.errors import TransportError
from conformance.wire.transport import Message, RawAnswer

JSON = {"content-type": "application/json"}
EMPTY_PAGE = {"list": [], "pagination": {"current": 1, "pageSize": 10, "total": 0}}


class Always:
    """A target that gives one answer to everything, or never gives one."""

    def __init__(self, answer: Callable[[], RawAnswer]) -> None:
        self.answer = answer
        self.asked = 0

    def send(self, message: Message, deadline: float) -> RawAnswer:
        self.asked += 1
        return self.answer()


def silent(reason: str) -> Callable[[], RawAnswer]:
    def answer() -> RawAnswer:
        raise TransportError(reason)

    return answer


def fixed(status: int, body: bytes, media: str = "application/json") -> Callable[[], RawAnswer]:
    return lambda: RawAnswer(status, {"content-type": media}, body)


ERROR = json.dumps({"code": 100000001, "message": "no"}).encode()

NOT_THIS_API = {
    "dead-port": silent("connection refused"),
    "hang": silent("timed out"),
    "endless": silent("the answer does not end: more than 16777216 bytes"),
    "500": fixed(500, ERROR),
    "404": fixed(404, ERROR),
    "401": fixed(401, ERROR),
    "html": fixed(200, b"<html></html>", "text/html"),
    "truncated": fixed(200, json.dumps(EMPTY_PAGE).encode()[:-9]),
}
"""Exit code 4: these do not answer as the API at all."""

NOT_CONFORMING = {
    "empty-object": fixed(200, b"{}"),
    "one-empty-page": fixed(200, json.dumps(EMPTY_PAGE).encode()),
}
"""Exit code 1: these look like the API for one call."""
