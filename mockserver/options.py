"""How a mock behaves, beside its contracts and its seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from specs.model import Json

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
    control_token: str | None = field(default=None, repr=False)
    """The bearer token that ``/_mock`` asks for; None asks for none."""
    api_options: Mapping[str, Json] = field(default_factory=dict, hash=False)
    """Options of single APIs by full name (``jodoo.rate-limit``) that worlds start with; the rest have defaults."""
