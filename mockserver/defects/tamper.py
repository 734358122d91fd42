"""Response defects: an operation's answer is changed on its way out, behind the check of the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MARK = (b"x-mock-defect", b"1")
"""Header on every answer that a defect has changed."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer on its way out."""

    status: int
    media: bytes
    body: bytes

    def json(self) -> Any:
        """The body decoded; ``None`` without one."""
        return orjson.loads(self.body) if self.body else None

    def with_json(self, value: Any) -> Outgoing:
        """The same answer with another body."""
        return replace(self, body=orjson.dumps(value), media=self.media or b"application/json")


Change = Callable[[bytes, Outgoing], Outgoing | None]
"""From request (path, query and body) and answer to another answer; ``None`` leaves it alone."""


class Tampered:
    """An operation whose answers go through a change."""

    def __init__(self, inner: ASGIApp, change: Change) -> None:
        self.inner = inner
        self.change = change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent: list[Message] = []
        asked = bytearray(scope["path"].encode() + b"?" + scope["query_string"] + b"\n")

        async def listen() -> Message:
            message = await receive()
            asked.extend(message.get("body", b""))
            return message

        async def keep(message: Message) -> None:
            sent.append(message)

        await self.inner(scope, listen, keep)
        start = next(message for message in sent if message["type"] == "http.response.start")
        body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
        headers = list(start["headers"])
        media = next((value for name, value in headers if name == b"content-type"), b"")
        changed = self.change(bytes(asked), Outgoing(start["status"], media, body))
        if changed is None:
            for message in sent:
                await send(message)
            return
        kept = [(name, value) for name, value in headers if name not in (b"content-type", b"content-length")]
        kept += [(b"content-length", str(len(changed.body)).encode()), MARK]
        if changed.media:
            kept.append((b"content-type", changed.media))
        await send({"type": "http.response.start", "status": changed.status, "headers": kept})
        await send({"type": "http.response.body", "body": changed.body})
