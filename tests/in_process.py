"""The mock's ASGI app as a transport: what only tests may hand to the judge."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote, urlsplit

from conformance.wire.transport import Message, RawAnswer


class AsgiTransport:
    """Requests to an app in this process, each in the world that is named at the time."""

    def __init__(self, app: Any, world: str | None = None) -> None:
        self.app = app
        self.world = world
        self.tampered = 0
        """Answers so far that a defect has changed."""
        self._loop = asyncio.new_event_loop()

    def send(self, message: Message, deadline: float) -> RawAnswer:
        parts = urlsplit(message.url)
        headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in message.headers]
        headers += [(b"host", parts.netloc.encode()), (b"content-length", str(len(message.body)).encode())]
        if self.world is not None:
            headers.append((b"x-mock-world", self.world.encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": message.method,
            "scheme": parts.scheme,
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "extensions": {},
            "state": {},
        }
        return self._loop.run_until_complete(self._send(scope, message.body))

    async def _send(self, scope: dict[str, Any], body: bytes) -> RawAnswer:
        status, headers, content = 0, {}, b""

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(event: dict[str, Any]) -> None:
            nonlocal status, headers, content
            if event["type"] == "http.response.start":
                status = event["status"]
                headers = {name.decode().lower(): value.decode() for name, value in event["headers"]}
            else:
                content += event.get("body", b"")

        await self.app(scope, receive, send)
        self.tampered += "x-mock-defect" in headers
        return RawAnswer(status, headers, content)

    def close(self) -> None:
        self._loop.close()
