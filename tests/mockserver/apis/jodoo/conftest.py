"""What the adapter's tests share: the default world, and a mock that is asked as clients ask it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from conformance.wire.transport import Message, RawAnswer
from mockserver import create_app
from mockserver.apis.jodoo import ADAPTER
from mockserver.apis.jodoo.instances import get_instance
from mockserver.engine.clock import Clock
from mockserver.engine.world import World
from mockserver.http.app import Mock
from tests.in_process import AsgiTransport

SAMPLE = "63ff32d918fbc20007a4a082"
NOW = 1_700_000_000_000
URL = "http://mock.example/api/v4/workflow/instance/get"
HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer test-key"}


def seeded(seed: int = 1) -> World:
    """The default world, its clock standing still."""
    world = World(clock=Clock(NOW))
    ADAPTER.prepare(world)
    ADAPTER.seed(world, seed)
    return world


@pytest.fixture
def world() -> World:
    return seeded()


def read(world: World, instance_id: str, tasks_type: int = 1) -> Any:
    """The handler's answer."""
    return get_instance(world, body={"instance_id": instance_id, "tasks_type": tasks_type})


@pytest.fixture
def mock() -> Mock:
    return create_app(apis=("jodoo",))


Ask = Callable[..., RawAnswer]


@pytest.fixture
def ask(mock: Mock) -> Iterator[Ask]:
    """``ask(body, ...)``: a body as bytes or as JSON; headers take the place of the usual ones, None drops one."""
    transport = AsgiTransport(mock)

    def ask(
        body: Any = None, *, method: str = "POST", url: str = URL, headers: dict[str, str | None] | None = None
    ) -> RawAnswer:
        sent = {name: value for name, value in {**HEADERS, **(headers or {})}.items() if value is not None}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return transport.send(Message(method, url, tuple(sent.items()), raw), 5)

    yield ask
    transport.close()
    assert mock.faults.count == 0


def refusal(answer: RawAnswer) -> tuple[int, int]:
    """Status and code of a refusal that has the documented form."""
    content = json.loads(answer.body)
    assert set(content) == {"code", "msg"}
    assert content["msg"]
    assert answer.headers["content-type"] == "application/json;charset=utf-8"
    return answer.status, content["code"]
