"""Targets: a server to be judged, and the file (JSON or TOML) that describes it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from conformance.errors import ConfigurationError

Writes = Literal["none", "own", "full"]
FIELDS = ("api", "base_url", "identities", "roles", "capabilities", "writes", "headers", "timeout", "control")
MASK = "***"
MAX_TIMEOUT = 3600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server to be judged."""

    api: str
    base_url: str
    """Scheme, host and port; a path here stands before the API's own base path."""
    identities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """``main`` and ``other``: credentials as the API's security scheme needs them."""
    roles: Mapping[str, Any] = field(default_factory=dict)
    """Names of things that a check needs and cannot discover."""
    capabilities: frozenset[str] = frozenset()
    writes: Writes = "own"
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with every request."""
    timeout: float = 10.0
    """Seconds until an answer must be complete."""
    control: str | None = None
    """Path of the mock's own API, when the target is one."""

    def allows(self, method: str) -> bool:
        """Whether the target may be sent a request of this method."""
        return self.writes != "none" or method in ("GET", "HEAD")

    def masked(self) -> dict[str, object]:
        """The target for a report: every credential and header value hidden."""
        return {
            "api": self.api,
            "base_url": self.base_url,
            "identities": {name: dict.fromkeys(values, MASK) for name, values in self.identities.items()},
            "roles": dict(self.roles),
            "capabilities": sorted(self.capabilities),
            "writes": self.writes,
            "headers": dict.fromkeys(self.headers, MASK),
            "timeout": self.timeout,
            "control": self.control,
        }

    def secrets(self) -> tuple[str, ...]:
        """Every text that no log and no report may show."""
        values = [value for identity in self.identities.values() for value in identity.values()]
        return tuple(value for value in (*values, *self.headers.values()) if value)

    def at(self, base_url: str) -> Target:
        """The same target at another address."""
        return replace(self, base_url=base_url)

    def as_json(self) -> dict[str, Any]:
        """The target as its file holds it, secrets in the clear; only for handing it to our own workers."""
        return {
            **self.masked(),
            "identities": {name: dict(values) for name, values in self.identities.items()},
            "headers": dict(self.headers),
        }


def read_target(path: Path) -> Target:
    """The target that a file describes. Raises ``ConfigurationError``, which says what to change."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"the target file {path} cannot be read: {error}") from None
    return parse_target(content, str(path))


def parse_target(content: object, origin: str) -> Target:
    """The target in a decoded file; ``origin`` names the file in errors."""
    if not isinstance(content, Mapping):
        raise ConfigurationError(f"{origin}: a target is an object with the fields {', '.join(FIELDS)}")
    unknown = sorted(set(content) - set(FIELDS))
    if unknown:
        raise ConfigurationError(f"{origin}: unknown field {unknown[0]!r}; a target has {', '.join(FIELDS)}")
    for name, kind, wanted in (
        ("api", str, "a text"),
        ("base_url", str, "a text"),
        ("identities", Mapping, "an object of objects"),
        ("roles", Mapping, "an object"),
        ("headers", Mapping, "an object"),
        ("timeout", (int, float), "a number of seconds"),
        ("capabilities", list, "a list of names"),
    ):
        if name in content and not isinstance(content[name], cast(type, kind)):
            raise ConfigurationError(f"{origin}: {name} must be {wanted}")
    if not isinstance(content.get("api"), str):
        raise ConfigurationError(f"{origin}: api is missing; name the API that the target speaks")
    if not 0 < content.get("timeout", 10.0) < MAX_TIMEOUT:
        raise ConfigurationError(f"{origin}: timeout must be a number of seconds between 0 and {MAX_TIMEOUT}")
    try:
        json.dumps(content, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{origin}: a target holds what JSON can hold ({error})") from None
    if content.get("writes", "own") not in ("none", "own", "full"):
        raise ConfigurationError(f"{origin}: writes must be none, own or full")
    return Target(
        api=content["api"],
        base_url=content.get("base_url", ""),
        identities=content.get("identities", {}),
        roles=content.get("roles", {}),
        capabilities=frozenset(content.get("capabilities", ())),
        writes=content.get("writes", "own"),
        headers=content.get("headers", {}),
        timeout=float(content.get("timeout", 10.0)),
        control=content.get("control"),
    )


def check_address(base_url: str) -> str:
    """The address without a slash at its end. Raises ``ConfigurationError`` for what is no address."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigurationError(f"{base_url!r} is no address; write it like http://127.0.0.1:8080")
    return base_url.rstrip("/")
