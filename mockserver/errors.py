"""What can go wrong in the mock.

MockError               the root
├── Refused             a handler declines: an answer that the document lists
├── Unauthorized        the caller did not prove who he is
├── Fault               the mock itself is wrong; the net answers 500 and counts it
└── UsageError          the command line or ``create_app`` was asked for something that there is not
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal


class MockError(Exception):
    """The root of this package's exceptions."""


class Refused(MockError):
    """A documented refusal.

    ``code`` None stands for the contract's ``x-error-default``. The status is the one that lists the code, the message
    the one of the documented example, unless given here.
    """

    def __init__(
        self,
        code: int | str | None = None,
        *,
        message: str | None = None,
        status: int | None = None,
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(message or f"refused with code {code}")
        self.code = None if code is None else str(code)
        self.message = message
        self.status = status
        self.headers = tuple(headers)


class Unauthorized(MockError):
    """No credentials, or wrong ones. Status and code come from ``x-error`` of the security scheme."""

    def __init__(self, message: str | None = None, *, headers: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message or "the credentials are missing or wrong")
        self.message = message
        self.headers = tuple(headers)


class Fault(MockError):
    """The mock's own mistake: ``response`` if its answer breaks the contract, ``handler`` if a handler broke down."""

    def __init__(self, kind: Literal["response", "handler"], reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class UsageError(MockError):
    """Something was asked for that there is not. The text is one line that says what to change."""
