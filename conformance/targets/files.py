"""Target files, described by ``target.schema.json``: read, found by name, turned into targets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from conformance.errors import ConfigurationError
from conformance.target import Control, Limits, Target
from conformance.user_file import check_content, read_content

FOLDER = Path(__file__).parent
SCHEMA = FOLDER / "target.schema.json"


def names() -> tuple[str, ...]:
    """The targets that we ship."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json") if path != SCHEMA))


def target_content(name: str) -> dict[str, Any]:
    """What a target file says, or the target of ours with that name. Raises ``ConfigurationError``."""
    path = Path(name)
    if path.exists() or path.suffix:
        return read_content(path, "target")
    if name not in names():
        ours = ", ".join(names()) or "none"
        raise ConfigurationError(f"there is neither a target file {name} nor a target of ours by that name ({ours})")
    return read_content(FOLDER / f"{name}.json", "target")


def parse_target(content: object, origin: str) -> Target:
    """The target in a decoded file. Raises ``ConfigurationError``; ``origin`` names the file in it."""
    if not isinstance(content, Mapping):
        raise ConfigurationError(f"{origin}: a target file holds an object")
    plain = check_content(content, SCHEMA, origin)
    limits, control = plain.get("limits", {}), plain.get("control")
    optional = {name: plain[name] for name in ("base_path", "server", "ca_bundle", "confirm_host") if name in plain}
    return Target(
        api=plain["api"],
        base_url=plain.get("base_url", ""),
        identities=plain.get("identities", {}),
        roles=plain.get("roles", {}),
        arguments=plain.get("arguments", {}),
        capabilities=frozenset(plain.get("capabilities", ())),
        writes=plain.get("writes", "own"),
        headers=plain.get("headers", {}),
        limits=Limits(limits.get("rate"), float(limits.get("timeout", Limits().timeout))),
        control=None if control is None else Control(**control),
        **optional,
    )


def check_address(base_url: str) -> str:
    """The address without a slash at its end. Raises ``ConfigurationError`` for what is no address."""
    try:
        parts = urlsplit(base_url)
        well_formed = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ConfigurationError(f"{base_url!r} is no address; write it like http://127.0.0.1:8080")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError("the address holds credentials; put them into identities or headers of the target")
    if parts.query or parts.fragment:
        raise ConfigurationError(f"{base_url!r} has a query or a fragment; an address ends with its path")
    return base_url.rstrip("/")
