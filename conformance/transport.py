"""How requests reach a target: one method, so that a network and an app in this process are the same to a check."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx

from conformance.errors import TransportError

MAX_ANSWER = 16 * 1024 * 1024
"""Bytes of a body at which an answer counts as endless."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request as it is sent."""

    method: str
    url: str
    """Complete, with scheme, host and encoded query."""
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer as it came."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


class Transport(Protocol):
    """Sends a message and gives the answer, or raises ``TransportError`` before ``deadline`` seconds have passed.

    One that several threads may use at once says how many in an attribute ``parallel``.
    """

    def send(self, message: Message, deadline: float) -> RawAnswer: ...


class HttpTransport:
    """The network. Proxies and settings of the environment play no part."""

    parallel = 16

    def __init__(self) -> None:
        limits = httpx.Limits(max_connections=self.parallel)
        self._client = httpx.Client(trust_env=False, follow_redirects=False, limits=limits)

    def send(self, message: Message, deadline: float) -> RawAnswer:
        end = time.monotonic() + deadline
        request = httpx.Request(
            message.method,
            message.url,
            headers=[*message.headers, ("Accept", "*/*")],
            content=message.body,
            extensions={"timeout": httpx.Timeout(deadline).as_dict()},
        )
        try:
            answer = self._client.send(request, stream=True)
            try:
                body = self._read(answer, end)
            finally:
                answer.close()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise TransportError(f"{message.method} {message.url.partition('?')[0]}: {reason}") from None
        return RawAnswer(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, body)

    def _read(self, answer: httpx.Response, end: float) -> bytes:
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > MAX_ANSWER:
                raise TransportError(f"the answer does not end: more than {MAX_ANSWER} bytes")
            if time.monotonic() > end:
                raise TransportError("the answer does not end in time")
        return bytes(body)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
