"""A small API of our own, served by the real pipeline over worlds that hold one list of names."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest

from mockserver.adapter import NO_BODY, Reply
from mockserver.errors import Refused, Unauthorized
from mockserver.http.app import Mock
from mockserver.http.bodies import header
from mockserver.http.names import snake_case
from mockserver.options import Options
from specs.model import Contract

BASE = "/shop/v1"
KEY = {"X-Key": "secret"}


class World:
    def __contains__(self, table: str) -> bool:
        """It has no tables."""
        return False

    def __init__(self) -> None:
        self.names = ["nut"]
        self.commands = 0

    def part(self, name: str) -> World:
        return self

    @contextmanager
    def command(self) -> Iterator[None]:
        before = list(self.names)
        self.commands += 1
        try:
            yield
        except BaseException:
            self.names = before
            raise


class Worlds:
    def __init__(self) -> None:
        self.known: dict[bytes | None, World] = {None: World()}

    def of(self, name: bytes | None) -> World:
        return self.known.setdefault(name, World())

    def reset(self, name: bytes | None) -> World:
        self.known[name] = World()
        return self.known[name]

    def __len__(self) -> int:
        return len(self.known) - 1


class Handlers:
    """What the operations do; a test may put another function in the place of one."""

    def list_items(self, world: World, **asked: Any) -> Any:
        return {"list": [{"name": name} for name in world.names], "asked": asked}

    def add_item(self, world: World, *, body: Any) -> Any:
        world.names.append(body["name"])
        if world.names.count(body["name"]) > 1:
            raise Refused(109)
        return Reply(NO_BODY, headers=(("Location", f"/items/{body['name']}"),))

    def total(self, world: World) -> Any:
        return len(world.names)

    def get_item(self, world: World, *, item_id: str) -> Any:
        if item_id == "gone":
            raise Refused(104)
        return {"name": item_id[:5]}

    def remove_item(self, world: World, *, item_id: str) -> Any:
        world.names.remove(item_id)
        return NO_BODY

    def set_total(self, world: World, *, item_id: str, body: Any) -> Any:
        return {"item": item_id, "body": body}

    def upload(self, world: World, *, body: Any) -> Any:
        file = body["file"]
        return {"name": file.filename, "type": file.media_type, "text": file.content.decode(), "count": body["count"]}

    def store(self, world: World, *, body: Any) -> Any:
        return body.content.decode() if body else ""


@dataclass
class Shop:
    contract: Contract
    handlers: Handlers = field(default_factory=Handlers)
    in_commands: bool = True

    def handler(self, operation: Any) -> Callable[..., Any]:
        name = snake_case(operation.id)
        return lambda *args, **kwargs: getattr(self.handlers, name)(*args, **kwargs)

    def within(self, worlds: Worlds) -> Worlds:
        return worlds

    def verifier(self, scheme: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], object]:
        def verify(scope: Mapping[str, Any]) -> object:
            if header(dict(scope), scheme["name"].lower().encode()) != b"secret":
                raise Unauthorized
            return None

        return verify


@dataclass(frozen=True)
class Sent:
    """What an ASGI application has sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    messages: int

    def json(self) -> Any:
        return orjson.loads(self.body)


def call(
    app: Any,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] = KEY,
    body: bytes | list[bytes] = b"",
    data: Any = None,
    hang_up: bool = False,
) -> Sent | None:
    """One request as uvicorn would hand it over; ``None`` if nothing is answered."""
    path, _, query = url.partition("?")
    sent = {name.lower(): value for name, value in headers.items()}
    if data is not None:
        body = orjson.dumps(data)
        sent.setdefault("content-type", "application/json")
    chunks = [body] if isinstance(body, bytes) else body
    waiting: list[dict[str, Any]] = [
        {"type": "http.request", "body": chunk, "more_body": hang_up or at + 1 < len(chunks)}
        for at, chunk in enumerate(chunks)
    ]
    if hang_up:
        waiting.append({"type": "http.disconnect"})
    messages: list[Any] = []

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }
    asyncio.run(app(scope, receive, send))
    if not messages:
        return None
    given = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return Sent(messages[0]["status"], given, b"".join(m.get("body", b"") for m in messages[1:]), len(messages))


@pytest.fixture
def shop() -> Shop:
    return Shop(Contract("shop", json.loads(Path(__file__).with_name("shop.json").read_bytes())))


@pytest.fixture
def worlds() -> Worlds:
    return Worlds()


@pytest.fixture
def mock(shop: Shop, worlds: Worlds) -> Mock:
    return Mock([shop], worlds, Options(body_limit=1000))


@pytest.fixture
def ask(mock: Mock) -> Callable[..., Any]:
    """``ask(method, path below the base path, ...)``."""
    return lambda method, path, **rest: call(mock, method, BASE + path, **rest)
