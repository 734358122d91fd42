"""The network: what is sent is what was signed, byte for byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from conformance.wire.transport import HttpTransport, Message


class Listener:
    """A server that remembers the first lines of a request."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.heard = b""
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def _serve(self) -> None:
        connection, _ = self.socket.accept()
        with connection:
            while b"\r\n\r\n" not in self.heard:
                self.heard += connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Odd: \xe9\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.close()


@pytest.fixture
def transport() -> Iterator[HttpTransport]:
    made = HttpTransport()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/a/%zz?x=%&y=%FF%u00", b"/a/%zz?x=%&y=%FF%u00"),
        ("/a/../b/./c%2f", b"/a/../b/./c%2f"),
        ("/a%2Fb?x=%E6%B5%81&x=a+b", b"/a%2Fb?x=%E6%B5%81&x=a+b"),
        ("?a", b"/?a"),
        ("", b"/"),
        ("/流?ü=1", b"/%E6%B5%81?%C3%BC=1"),
    ],
)
def test_the_request_line_is_what_was_signed(
    listener: Listener, transport: HttpTransport, path: str, target: bytes
) -> None:
    transport.send(Message("GET", listener.address + path, (), b""), 5)
    assert listener.heard.split(b"\r\n")[0] == b"GET " + target + b" HTTP/1.1"


def test_headers_hold_what_http_lets_them_hold(listener: Listener, transport: HttpTransport) -> None:
    answer = transport.send(Message("GET", listener.address, (("X-Odd", "\xe9;=,"), ("X-Empty", "")), b""), 5)
    assert b"\r\nX-Odd: \xe9;=,\r\nX-Empty: \r\n" in listener.heard
    assert answer.headers["x-odd"] == "\xe9"
