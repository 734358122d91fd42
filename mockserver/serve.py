"""Runs a mock on a socket until it is told to stop."""

from __future__ import annotations

import gc
import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.config import Config

from mockserver.errors import UsageError

BACKLOG = 2048
GRACE = 5
"""Seconds that open requests are given when the server is told to stop."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 picks a free one. Raises ``UsageError`` if the address cannot be had."""
    if not 0 <= port <= 65535:
        raise UsageError(f"{port} is no port; choose one from 0 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0].lower()
        raise UsageError(f"cannot listen on {host} port {port}: {reason}; choose another --host or --port") from None


def address(listener: socket.socket, host: str) -> str:
    """The URL that a listening socket answers at."""
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


class _Server(uvicorn.Server):
    def __init__(self, config: Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections, say so, and take what is there by now out of the garbage collector's way."""
        await super().startup(sockets)
        sys.stdout.write(f"ready on {self._url}\n")
        sys.stdout.flush()
        gc.collect()
        gc.freeze()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but a signal that ended the server in good order does not end the process once more."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def serve(app: Any, listener: socket.socket, host: str) -> None:
    """Serve until SIGINT or SIGTERM. One line on stdout says when connections are accepted."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    config = Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    with listener:
        _Server(config, address(listener, host)).run([listener])
