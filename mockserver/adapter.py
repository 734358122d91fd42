"""What the mock needs of an API's adapter, and what adapters use of the mock.

An adapter is the package ``mockserver.apis.<api>``, which exports ``ADAPTER``.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

import specs
from mockserver.errors import UsageError
from mockserver.options import Options
from specs.model import Json

if TYPE_CHECKING:
    from mockserver.defects.model import Defect


class _NoBody(Enum):
    NO_BODY = "no body"

    def __repr__(self) -> str:
        return "NO_BODY"


NO_BODY = _NoBody.NO_BODY
"""What a handler returns for an empty body (``None`` is JSON's null)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with more to say than its data. ``status`` None stands for the operation's documented success."""

    data: Json
    status: int | None = None
    headers: Sequence[tuple[str, str]] = ()


class WorldLike(Protocol):
    """What the pipeline needs of a world."""

    def command(self) -> AbstractContextManager[Any]:
        """A block that happens wholly or, when an exception leaves it, not at all."""


class WorldsLike(Protocol):
    """The worlds of one mock, by the name in the header ``X-Mock-World`` (None: the default world)."""

    def of(self, name: bytes | None) -> Any: ...

    def reset(self, name: bytes | None) -> None: ...

    def __len__(self) -> int: ...


class Verifier(Protocol):
    """Authenticates a request by its ASGI scope."""

    def __call__(self, scope: Mapping[str, Any]) -> object:
        """Who is calling. Raises ``Unauthorized``."""


class StateDefect(Protocol):
    """A policy of the world that an adapter can exchange for a wrong one."""

    def as_defect(self) -> Defect: ...


@dataclass(frozen=True)
class Adapter:
    """One API: its handlers by tag, its seed and its credentials."""

    name: str
    modules: Mapping[str, str]
    """OpenAPI tag -> module with the handlers of that tag, imported at the first call."""
    seed: Callable[[Any, int], None]
    """Fills an empty world with the API's default content."""
    bulk: Callable[[Any, int, random.Random], None]
    """Adds that many pending tasks."""
    roles: Callable[[Any], Mapping[str, Json]]
    """Role name -> value in a seeded world."""
    verifier: Callable[[Mapping[str, Json]], Verifier]
    """Makes the verifier of a security scheme object of the document."""
    state_defects: Callable[[], Sequence[StateDefect]] = tuple
    credentials: Mapping[str, str] = field(default_factory=dict)
    """The default credentials, as a target's identity needs them."""


def adapter_names() -> tuple[str, ...]:
    """The APIs that have both a contract and an adapter."""
    return tuple(name for name in specs.names() if importlib.util.find_spec(f"mockserver.apis.{name}") is not None)


def load_adapter(name: str) -> Adapter:
    """The adapter of an API. Raises ``UnknownApi`` or ``UsageError``."""
    specs.load(name)
    if importlib.util.find_spec(f"mockserver.apis.{name}") is None:
        raise UsageError(f"the API {name!r} has no mock (choose from: {', '.join(adapter_names())})")
    adapter: Adapter = importlib.import_module(f"mockserver.apis.{name}").ADAPTER
    return adapter


def seeded_worlds(adapters: Iterable[Adapter], seed: int, options: Options) -> WorldsLike:
    """Worlds that all start as the seed makes them, or empty."""
    from mockserver.engine.worlds import Worlds  # the engine is not needed to import the mock

    chosen = tuple(adapters)

    def fill(world: Any) -> None:
        for adapter in chosen if not options.empty else ():
            adapter.seed(world, seed)

    worlds: WorldsLike = Worlds(fill)
    return worlds
