"""How a mock behaves, beside its contracts and its seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of one mock."""

    auth: bool = True
    """False: any credentials, or none, are accepted."""
    empty: bool = False
    """True: worlds start without seed data."""
    load: tuple[str, ...] = ()
    """World files, or folders that hold one, that every world starts with besides."""
    clock: str = "real"
    """``real`` follows the machine; an ISO 8601 time stands still there."""
    body_limit: int = 10 * MEBIBYTE
    """Bytes of the largest request body that is read."""
    check: Literal["object", "bytes"] = "object"
    """What the check of answers looks at: the handler's data, or the bytes that are sent, parsed back (dearer)."""
    control: bool = True
    """Whether ``/_mock`` is served."""
    control_token: str | None = None
    """The bearer token that ``/_mock`` asks for; None asks for none."""
