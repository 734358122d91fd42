"""Targets: a server to be judged, as a value. Where it comes from is the business of ``conformance.targets``."""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from conformance.masking import MASK
from specs.model import Contract, Operation

Writes = Literal["none", "own", "full"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How the server wants to be treated."""

    rate: float | None = None
    """Requests a second that it may be sent, by all workers together; ``None`` knows no limit."""
    timeout: float = 10.0
    """Seconds until an answer must be complete."""


@dataclass(frozen=True, slots=True)
class Control:
    """Where a mock has an API of its own beside the one that is judged."""

    path: str
    world_header: str | None = None
    """The header that names the world of a request; with it every run has a world of its own."""
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A server to be judged."""

    api: str
    base_url: str
    """Scheme, host and port; a path here stands before the API's own base path."""
    base_path: str | None = None
    """Stands in the place of the API's own base path, behind a gateway that maps it elsewhere."""
    identities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """``main`` and ``other``: credentials as the API's security scheme needs them."""
    roles: Mapping[str, Any] = field(default_factory=dict)
    """Names of things that a check needs and cannot discover. A list is a pool that workers share out."""
    arguments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """operationId -> node -> value of its valid request, for an API that has no givens in Python."""
    capabilities: frozenset[str] = frozenset()
    writes: Writes = "own"
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with every request."""
    limits: Limits = Limits()
    server: str | None = None
    """A released server by name and version, whose known differences the register lists as ``observed``."""
    ca_bundle: str | None = None
    """File with the certificates to trust instead of the usual ones."""
    confirm_host: str | None = None
    """The host that may be written to without restraint, off loopback."""
    control: Control | None = None
    world: str | None = None
    """The world of this run, where the control API offers worlds; no target file says it."""

    @property
    def host(self) -> str:
        """The name of the server's machine."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def address(self, contract: Contract) -> str:
        """What stands before the path of each of the API's operations."""
        return self.base_url + (contract.base_path if self.base_path is None else self.base_path.rstrip("/"))

    def allows(self, operation: Operation) -> bool:
        """Whether the target may be sent requests to this operation."""
        return operation.excluded is None and (self.writes != "none" or operation.safe)

    @property
    def sent_headers(self) -> Mapping[str, str]:
        """The headers of every request."""
        if self.world is None or self.control is None or self.control.world_header is None:
            return self.headers
        return {**self.headers, self.control.world_header: self.world}

    def secrets(self) -> tuple[str, ...]:
        """Every text that no log and no report may show, the longest first."""
        values = [value for identity in self.identities.values() for value in identity.values()]
        values += [_basic(identity) for identity in self.identities.values() if "password" in identity]
        values += self.headers.values()
        if self.control is not None and self.control.token:
            values.append(self.control.token)
        return tuple(sorted({value for value in values if value}, key=lambda value: (-len(value), value)))

    def at(self, base_url: str) -> Target:
        """The same target at another address."""
        return replace(self, base_url=base_url)

    def as_json(self) -> dict[str, Any]:
        """The target as its file holds it, secrets in the clear; only for handing it to our own workers."""
        control = self.control
        return {
            "api": self.api,
            "base_url": self.base_url,
            "base_path": self.base_path,
            "identities": {name: dict(values) for name, values in self.identities.items()},
            "roles": dict(self.roles),
            "arguments": {name: dict(values) for name, values in self.arguments.items()},
            "capabilities": sorted(self.capabilities),
            "writes": self.writes,
            "headers": dict(self.headers),
            "limits": {"rate": self.limits.rate, "timeout": self.limits.timeout},
            "server": self.server,
            "ca_bundle": self.ca_bundle,
            "confirm_host": self.confirm_host,
            "control": None
            if control is None
            else {"path": control.path, "world_header": control.world_header, "token": control.token},
        }

    def masked(self) -> dict[str, Any]:
        """The target for a report: every credential, header value and token hidden."""
        content = self.as_json()
        content["identities"] = {name: dict.fromkeys(values, MASK) for name, values in self.identities.items()}
        content["headers"] = dict.fromkeys(self.headers, MASK)
        if self.control is not None and self.control.token is not None:
            content["control"]["token"] = MASK
        return content


def _basic(identity: Mapping[str, str]) -> str:
    """User and password as HTTP basic authentication writes them."""
    return base64.b64encode(f"{identity.get('user', '')}:{identity['password']}".encode()).decode()
