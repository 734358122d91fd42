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
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import specs
from mockserver.errors import UsageError
from mockserver.options import Options
from mockserver.times import milliseconds
from specs.model import Json

if TYPE_CHECKING:
    from mockserver.defects.model import Defect


SEEDS = 2**63
"""Seeds are numbers of 64 bits, so that JSON can tell them."""


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

    def part(self, name: str) -> Any:
        """What one of several APIs sees of it."""


class WorldsLike(Protocol):
    """The worlds of one mock, by the name in the header ``X-Mock-World`` (None: the default world)."""

    def of(self, name: bytes | None) -> Any: ...

    def reset(self, name: bytes | None) -> Any: ...

    def __len__(self) -> int:
        """How many named worlds there are."""


@dataclass(frozen=True, slots=True)
class PartsOf:
    """The worlds as one API sees them."""

    worlds: WorldsLike
    api: str

    def of(self, name: bytes | None) -> Any:
        """The API's part of the world of that name."""
        return self.worlds.of(name).part(self.api)


class Verifier(Protocol):
    """Authenticates a request by its ASGI scope."""

    def __call__(self, scope: Mapping[str, Any]) -> object:
        """Who is calling. Raises ``Unauthorized``."""


class StateDefect(Protocol):
    """A policy of the world that an adapter can exchange for a wrong one."""

    def as_defect(self) -> Defect: ...


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one API that a world starts with and that may be changed while the mock runs."""

    name: str
    """Without the API, whose name stands before it: ``rate-limit`` is ``jodoo.rate-limit``."""
    default: Json
    schema: Mapping[str, Json]
    """JSON Schema of its values, in the dialect of OpenAPI 3.0."""
    text: str
    """What it does, for whoever reads the list."""


def _nothing(_world: Any) -> None:
    """For adapters whose seed adds the tables, too."""


@dataclass(frozen=True)
class Adapter:
    """One API: its handlers by tag, its seed and its credentials."""

    name: str
    modules: Mapping[str, str]
    """OpenAPI tag -> module with the handlers of that tag, imported at the first call."""
    seed: Callable[[Any, int], None]
    """Fills a prepared world with the API's default content."""
    bulk: Callable[[Any, int, random.Random], None]
    """Adds that many pending tasks, and whatever they need that the world lacks."""
    roles: Callable[[Any], Mapping[str, Json]]
    """Role name -> value in a seeded world."""
    verifier: Callable[[Mapping[str, Json]], Verifier]
    """Makes the verifier of a security scheme object of the document."""
    prepare: Callable[[Any], None] = _nothing
    """Adds what an empty world needs for the API to be served: its tables and rules."""
    state_defects: Callable[[], Sequence[StateDefect]] = tuple
    properties: Callable[[], Mapping[str, Mapping[str, Json]]] = dict
    """Makes the table of what world files may say of people and tasks beyond the engine: full name -> JSON Schema."""
    options: Sequence[Option] = ()
    """Settings; ``world.options`` holds their values by full name."""
    credentials: Mapping[str, str] = field(default_factory=dict)
    """The default credentials, as a target's identity needs them."""
    rate: float | None = None
    """Requests a second that a judge may send without meeting a limit; ``None`` knows none."""


def late(module: str, name: str) -> Callable[..., Any]:
    """A function of a module that is imported when the function is called first, or what gives a value of it.

    A mock that serves needs neither its defects nor Faker, and listing APIs needs no engine.
    """

    def call(*arguments: Any) -> Any:
        found = getattr(importlib.import_module(module), name)
        return found(*arguments) if callable(found) else found

    return call


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
    """Worlds that all start as the seed makes them, or empty, with what is loaded besides.

    Raises ``UsageError`` for an option that there is not, a value that it does not take, a clock that is no time, a
    seed beyond 64 bits and a world file that cannot be loaded.
    """
    from mockserver.api_options import options_of, start_values
    from mockserver.engine import worldfile  # the engine is not needed to import the mock
    from mockserver.engine.clock import Clock
    from mockserver.engine.worlds import Worlds

    chosen = tuple(adapters)
    values = start_values(options_of(chosen), options.api_options)
    if not -SEEDS <= seed < SEEDS:
        raise UsageError(f"the seed {str(seed)[:30]} is too large; choose one of 64 bits")
    try:
        loaded = [worldfile.read(Path(name)) for name in options.load]
    except worldfile.WorldFileError as error:
        raise UsageError(str(error)) from None

    for file in loaded:
        if file.content.get("api", chosen[0].name) not in adapter_names():
            named = f"api: there is no API {file.content['api']!r}; choose from: {', '.join(adapter_names())}"
            raise UsageError(f"{file.path}: {named}")
    known = {name: schema for adapter in chosen for name, schema in adapter.properties().items()} if loaded else {}

    def fill(world: Any) -> None:
        world.options.update(values)
        for adapter in chosen:
            part = world.part(adapter.name)
            adapter.prepare(part)
            if not options.empty:
                adapter.seed(part, seed)
            for file in loaded:
                if file.content.get("api", adapter.name) == adapter.name:
                    worldfile.load(part, file, known)

    try:
        return Worlds(fill, seed, Clock(clock_time(options.clock)))
    except worldfile.WorldFileError as error:
        raise UsageError(str(error)) from None


def clock_time(text: str) -> int | None:
    """``real`` is None; an ISO 8601 time is milliseconds since 1970, in UTC if it names no offset."""
    if text == "real":
        return None
    try:
        return milliseconds(text)
    except ValueError as error:
        raise UsageError(f"the clock {text!r} {error}; give 'real', or a time like 2024-05-01T08:00:00+08:00") from None
