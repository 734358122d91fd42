"""Where defects take hold of a running mock: places that it has anyway."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from starlette.types import ASGIApp

from specs.requests import Arguments


class Rules(Protocol):
    """What validates an operation's arguments."""

    def valid(self, arguments: Arguments) -> bool: ...

    def findings(self, arguments: Arguments) -> list[Any]: ...


class OperationSeams(Protocol):
    """The replaceable parts of one operation."""

    verify: Callable[[Any], Any]
    admit: Callable[[Any, object], None] | None
    decode: Callable[[Any, Any], Awaitable[Arguments]]
    rules: Rules
    handler: Callable[..., Any]
    before_handler: Callable[[Arguments], Arguments] | None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...


class Seams(Protocol):
    """A running mock, as defects see it."""

    def operation(self, api: str, operation_id: str) -> OperationSeams: ...

    def replace(self, api: str, operation_id: str, asgi: ASGIApp) -> None: ...

    def restore(self, api: str, operation_id: str) -> None: ...

    def serve(self, api: str, operation_id: str, method: str) -> Callable[[], None]: ...

    @property
    def worlds(self) -> Any: ...


PARTS = ("verify", "admit", "decode", "rules", "before_handler", "handler")
"""The replaceable parts of an operation, in the order in which a request meets them."""


def spoiling(
    api: str, operation_id: str, spoil: Callable[[OperationSeams], None]
) -> Callable[[Seams], Callable[[], None]]:
    """What lets ``spoil`` exchange parts of an operation of a running mock, and gives what puts them back."""

    def install(mock: Seams) -> Callable[[], None]:
        seams = mock.operation(api, operation_id)
        kept = {name: getattr(seams, name) for name in PARTS}
        spoil(seams)

        def undo() -> None:
            for name, part in kept.items():
                setattr(seams, name, part)

        return undo

    return install
