"""How requests reach a target: one method, so that a network and an app in this process are the same to a check."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import httpcore
import httpx

from conformance.errors import ConfigurationError, TransportError
from conformance.wire.network import Deadline, TimedBackend

ALWAYS = (("Accept", "*/*"), ("Accept-Encoding", "identity"))
"""Headers of every request."""

FAILURES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ProxyError,
)
"""All that httpcore raises when there is no answer."""

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
    """Sends a message and gives the answer, or raises ``TransportError`` before ``deadline`` seconds have passed."""

    def send(self, message: Message, deadline: float) -> RawAnswer: ...


def trusting(ca_bundle: str) -> ssl.SSLContext:
    """TLS that trusts the certificates in a file and no others. Raises ``ConfigurationError``."""
    try:
        return ssl.create_default_context(cafile=ca_bundle)
    except (OSError, ssl.SSLError) as error:
        reason = error.strerror or "no certificates"
        raise ConfigurationError(f"the CA bundle {ca_bundle} cannot be used: {reason}") from None


class HttpTransport:
    """The network. Proxies and settings of the environment play no part. One request at a time."""

    def __init__(self, ca_bundle: str | None = None, *, trust: ssl.SSLContext | None = None) -> None:
        self._trust = trust or (ssl.create_default_context() if ca_bundle is None else trusting(ca_bundle))
        self._deadline = Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=self._trust,
            max_connections=4,
            network_backend=TimedBackend(self._deadline),
        )

    def send(self, message: Message, deadline: float) -> RawAnswer:
        self._deadline.start(deadline)
        try:
            answer = self._pool.handle_request(_request(message))
            try:
                body = self._read(answer)
            finally:
                answer.close()
        except (*FAILURES, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise TransportError(f"{message.method} {message.url.partition('?')[0]}: {reason}") from None
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        return RawAnswer(answer.status, headers, body)

    def _read(self, answer: httpcore.Response) -> bytes:
        body = bytearray()
        for chunk in answer.iter_stream():
            body += chunk
            if len(body) > MAX_ANSWER:
                raise TransportError(f"the answer does not end: more than {MAX_ANSWER} bytes")
            self._deadline.left()
        return bytes(body)

    def twin(self) -> HttpTransport:
        """Another one like this, with connections of its own."""
        return HttpTransport(trust=self._trust)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


def _request(message: Message) -> httpcore.Request:
    """A message as httpcore takes it; httpx knows how an address is written."""
    url = httpx.URL(message.url)
    headers = [(name.encode(), value.encode("latin-1")) for name, value in (*message.headers, *ALWAYS)]
    request = httpx.Request(message.method, url, headers=headers, content=message.body)
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=_target(message.url, url))
    return httpcore.Request(message.method.encode(), target, headers=request.headers.raw, content=message.body)


def _target(written: str, url: httpx.URL) -> bytes:
    """What stands in the request line: what was signed, where that can stand there. httpx would mend it."""
    parts = urlsplit(written)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return target.encode() if target.isascii() else url.raw_path
