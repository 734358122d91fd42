"""The mock's own API below ``/_mock``: described, validated and served like the others."""

from __future__ import annotations

import importlib.metadata
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from mockserver.adapter import NO_BODY, Adapter, Verifier, WorldsLike
from mockserver.api_options import checked, listed, options_of
from mockserver.control import clock
from mockserver.engine import timeline
from mockserver.errors import Refused, UsageError
from mockserver.http.pipeline import Faults
from mockserver.http.security import anybody, bearer
from specs.model import Contract, Json, Operation

__all__ = ["Control", "contract"]

DISTRIBUTION = "workflow-contract-kit"
MOST = 1_000_000
"""Tasks of one API that a world holds; ``seed`` adds no more."""


@cache
def contract() -> Contract:
    """The contract of the mock's own API."""
    return Contract("control", json.loads(Path(__file__).with_name("openapi.json").read_bytes()))


@cache
def kit_version() -> str:
    """The version of the kit, ``unknown`` where it runs without being installed."""
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


class Control:
    """The handlers of ``/_mock``. They act on the world that ``X-Mock-World`` names, outside any command."""

    in_commands = False

    def __init__(self, adapters: Sequence[Adapter], worlds: WorldsLike, seed: int, *, token: str | None) -> None:
        self.contract = contract()
        self.faults = Faults()
        self._adapters = {adapter.name: adapter for adapter in adapters}
        self._worlds = worlds
        self._seed = seed
        self._started = time.monotonic()
        self._options = options_of(adapters)
        self._verify: Verifier = anybody if token is None else bearer(token)

    def handler(self, operation: Operation) -> Callable[..., Any]:
        """The method of this class that answers an operation."""
        handlers: Mapping[str, Callable[..., Any]] = {
            "health": self.health,
            "reset": self.reset,
            "seed": self.bulk,
            "fixtures": self.fixtures,
            "listOptions": self.list_options,
            "setOptions": self.set_options,
            "readClock": self.read_clock,
            "moveClock": self.move_clock,
        }
        return handlers[operation.id]

    def verifier(self, scheme: Mapping[str, Json]) -> Verifier:  # noqa: ARG002 - there is one scheme
        """Asks for the token, if there is one."""
        return self._verify

    def within(self, worlds: WorldsLike) -> WorldsLike:
        """The whole worlds, whatever APIs have parts in them."""
        return worlds

    def health(self, world: object) -> Json:  # noqa: ARG002 - health is the mock's, not a world's
        """How the mock is."""
        return {
            "status": "ok",
            "version": kit_version(),
            "seed": self._seed,
            "uptime": int(time.monotonic() - self._started),
            "faults": self.faults.count,
            "worlds": 1 + len(self._worlds),
            "apis": sorted(self._adapters),
        }

    def reset(self, world: object, *, x_mock_world: str | None) -> Any:  # noqa: ARG002 - it is named by the header
        """Put a world back to its seed."""
        self._worlds.reset(None if x_mock_world is None else x_mock_world.encode("latin-1"))
        return NO_BODY

    def bulk(self, world: Any, *, x_mock_world: str | None, body: Mapping[str, Json]) -> Json:  # noqa: ARG002 - see reset
        """Add pending tasks to one API, or to each of them."""
        name = body.get("api")
        if name is not None and name not in self._adapters:
            raise Refused(message=f"body.api: is none of {', '.join(sorted(self._adapters))}")
        chosen = [self._adapters[name]] if name is not None else list(self._adapters.values())
        with world.command():
            for adapter in chosen:
                part = world.part(adapter.name)
                if "tasks" in part and len(part.table("tasks")) + body["tasks"] > MOST:
                    said = f"a world holds at most {MOST} tasks of {adapter.name}; POST /_mock/reset takes them away"
                    raise Refused(message=f"body.tasks: {said}")
                adapter.bulk(part, body["tasks"], random.Random(f"{self._seed}:{adapter.name}"))  # noqa: S311 - repeatable
        return {"added": {adapter.name: body["tasks"] for adapter in chosen}}

    def fixtures(self, world: Any, *, x_mock_world: str | None) -> Json:  # noqa: ARG002 - see reset
        """The roles of each API."""
        return {name: dict(adapter.roles(world.part(name))) for name, adapter in self._adapters.items()}

    def list_options(self, world: Any, *, x_mock_world: str | None) -> Json:  # noqa: ARG002 - see reset
        """The options of the APIs, with the values that a world has."""
        return {"options": listed(self._options, world.options)}

    def set_options(self, world: Any, *, x_mock_world: str | None, body: Mapping[str, Json]) -> Json:
        """Give some options of a world other values, all of them or none."""
        try:
            values = checked(self._options, body)
        except UsageError as error:
            raise Refused(message=f"body: {error}") from None
        world.options.update(values)
        return self.list_options(world, x_mock_world=x_mock_world)

    def read_clock(self, world: Any, *, x_mock_world: str | None) -> Json:  # noqa: ARG002 - see reset
        """The time of a world."""
        return clock.shown(world.clock)

    def move_clock(self, world: Any, *, x_mock_world: str | None, body: Mapping[str, Json]) -> Json:  # noqa: ARG002 - see reset
        """Make a world's clock stand somewhere, or follow the machine."""
        written = timeline.latest(world.part(name) for name in self._adapters)
        world.clock = clock.moved(world.clock, body, written)
        return clock.shown(world.clock)
