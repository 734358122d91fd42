"""A server process that is nothing: ``python null_server.py KIND``. Prints its port and serves until it is ended."""

from __future__ import annotations

import json
import socket
import socketserver
import sys
import time
from collections.abc import Callable

PATIENCE = 60
"""Seconds after which a server that never ends ends all the same."""

PAGE = b'{"list": [], "pagination": {"current": 1, "pageSize": 10, "total": 0}}'
ERROR = b'{"code": 100000001, "message": "no"}'
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n["


def answer_of(status: bytes, body: bytes, media: bytes = b"application/json", more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n"
    return head % (status, media, len(body), more) + body


class Handler(socketserver.StreamRequestHandler):
    """Reads a request as far as it must, and answers as its kind says."""

    def handle(self) -> None:
        length = 0
        self.lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            self.lines.append(line)
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        self.rfile.read(length)
        try:
            KINDS[sys.argv[1]](self)
        except (BrokenPipeError, ConnectionResetError):
            return

    def hanging(self) -> None:
        self.connection.settimeout(PATIENCE)
        try:
            self.connection.recv(1)  # until the judge gives up and closes
        except TimeoutError:
            return

    def endless(self) -> None:
        self.wfile.write(ENDLESS)
        self._on_and_on(b"1," * 65536, 0)

    def dripping_body(self) -> None:
        self.wfile.write(ENDLESS)
        self._on_and_on(b"1,", 0.1)

    def dripping_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self._on_and_on(b"X-Drip: 1\r\n", 0.1)

    def echoing(self) -> None:
        """Refuses everything but the first call, and repeats all that it was sent."""
        said = b"".join(self.lines)
        if b"GET " in said and b"/tasks/pending?" in said:
            self.wfile.write(answer_of(b"200 OK", PAGE))
            return
        body = json.dumps({"code": 100108500, "message": said.decode("latin-1")}).encode()
        self.wfile.write(answer_of(b"400 Bad Request", body, more=b"X-Echo: " + said.split(b"\r\n")[0] + b"\r\n"))

    def _on_and_on(self, piece: bytes, pause: float) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.wfile.write(piece)
            time.sleep(pause)


def always(answer: bytes) -> Callable[[Handler], None]:
    def write(handler: Handler) -> None:
        handler.wfile.write(answer)

    return write


KINDS: dict[str, Callable[[Handler], None]] = {
    "500": always(answer_of(b"500 Internal Server Error", ERROR)),
    "404": always(answer_of(b"404 Not Found", ERROR)),
    "401": always(answer_of(b"401 Unauthorized", ERROR)),
    "redirect": always(answer_of(b"302 Found", b"", more=b"Location: /elsewhere\r\n")),
    "html": always(answer_of(b"200 OK", b"<html></html>", b"text/html")),
    "no-json": always(answer_of(b"200 OK", b"{")),
    "another-kind": always(answer_of(b"200 OK", b"[1, 2]")),
    "truncated": always(answer_of(b"200 OK", PAGE)[:-9]),
    "no-http": always(b"SSH-2.0-OpenSSH_9.2p1\r\n"),
    "closed": always(b""),
    "empty-page": always(answer_of(b"200 OK", PAGE)),
    "empty-object": always(answer_of(b"200 OK", b"{}")),
    "echo": Handler.echoing,
    "hang": Handler.hanging,
    "endless": Handler.endless,
    "dripping-body": Handler.dripping_body,
    "dripping-headers": Handler.dripping_headers,
}


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    address_family = socket.AF_INET


if __name__ == "__main__":
    with Server(("127.0.0.1", 0), Handler) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()
