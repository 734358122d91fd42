"""A server process that is nothing: ``python null_server.py KIND``. Prints its port and serves until it is ended."""

from __future__ import annotations

import socket
import socketserver
import sys
import time

PAGE = b'{"list": [], "pagination": {"current": 1, "pageSize": 10, "total": 0}}'


def _answer(status: bytes, body: bytes, media: bytes = b"application/json") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (status, media, len(body)) + body


class Handler(socketserver.StreamRequestHandler):
    """Reads a request as far as it must, and answers as its kind says."""

    def handle(self) -> None:
        length = 0
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        self.rfile.read(length)
        try:
            KINDS[sys.argv[1]](self)
        except (BrokenPipeError, ConnectionResetError):
            return

    def failing(self) -> None:
        self.wfile.write(_answer(b"500 Internal Server Error", b"{}"))

    def empty_page(self) -> None:
        self.wfile.write(_answer(b"200 OK", PAGE))

    def hanging(self) -> None:
        self.connection.settimeout(30)
        try:
            self.connection.recv(1)  # until the judge gives up and closes
        except TimeoutError:
            return

    def endless(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[")
        end = time.monotonic() + 30
        while time.monotonic() < end:
            self.wfile.write(b"1," * 65536)


KINDS = {
    "500": Handler.failing,
    "empty-page": Handler.empty_page,
    "hang": Handler.hanging,
    "endless": Handler.endless,
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
