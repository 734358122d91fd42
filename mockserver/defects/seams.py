"""Where defects take hold of a running mock: places that it has anyway."""

from __future__ import annotations

from collections.abc import Callable
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
    rules: Rules
    handler: Callable[..., Any]
    before_handler: Callable[[Arguments], Arguments] | None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...


class Seams(Protocol):
    """A running mock, as defects see it."""

    def operation(self, api: str, operation_id: str) -> OperationSeams: ...

    def replace(self, api: str, operation_id: str, asgi: ASGIApp) -> None: ...

    def restore(self, api: str, operation_id: str) -> None: ...

    @property
    def worlds(self) -> Any: ...
