"""Target files: JSON or TOML, described by ``target.schema.json``."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from conformance.errors import ConfigurationError
from conformance.target import Control, Limits, Target

FOLDER = Path(__file__).parent
SCHEMA = FOLDER / "target.schema.json"


def names() -> tuple[str, ...]:
    """The targets that we ship."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def target_named(name: str) -> dict[str, Any]:
    """The content of a target file, or of the target of ours with that name. Raises ``ConfigurationError``."""
    shipped = FOLDER / f"{name}.toml"
    if name in names() and not Path(name).exists():
        return read_content(shipped)
    return read_content(Path(name))


def read_content(path: Path) -> dict[str, Any]:
    """What a target file says, unchecked. Raises ``ConfigurationError``, which says what to change."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except FileNotFoundError:
        ours = f" and no target of ours ({', '.join(names())})" if path.suffix == "" and names() else ""
        raise ConfigurationError(f"the target file {path} cannot be read: there is no such file{ours}") from None
    except (OSError, ValueError, RecursionError) as error:  # what cannot be decoded is a ValueError
        raise ConfigurationError(f"the target file {path} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: a target is an object with the fields {', '.join(_fields())}")
    return content


def read_target(path: Path) -> Target:
    """The target that a file describes. Raises ``ConfigurationError``."""
    return parse_target(read_content(path), str(path))


def parse_target(content: object, origin: str) -> Target:
    """The target in a decoded file; ``origin`` names the file in errors, which never show a value of it."""
    if not isinstance(content, Mapping):
        raise ConfigurationError(f"{origin}: a target is an object with the fields {', '.join(_fields())}")
    try:
        plain = _without_nulls(json.loads(json.dumps(content, allow_nan=False)))
    except (TypeError, ValueError):
        raise ConfigurationError(f"{origin}: a target holds what JSON can: no dates, no infinite numbers") from None
    for error in sorted(_validator().iter_errors(plain), key=lambda error: list(map(str, error.absolute_path))):
        raise ConfigurationError(f"{origin}: {_explain(error)}")
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


def _without_nulls(content: dict[str, Any]) -> dict[str, Any]:
    """A field that is null is absent."""
    given = {name: value for name, value in content.items() if value is not None}
    if isinstance(given.get("control"), dict):
        given["control"] = {name: value for name, value in given["control"].items() if value is not None}
    return given


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


@cache
def _validator() -> Any:
    import jsonschema  # reading a target is rare; other commands need not wait for it

    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))


def _fields() -> list[str]:
    return [name for name in json.loads(SCHEMA.read_bytes())["properties"] if not name.startswith("$")]


def _explain(error: Any) -> str:
    """What is wrong and where, without the value, which may be a secret."""
    place = ".".join(map(str, error.absolute_path))
    match error.validator:
        case "required":
            missing = next(name for name in error.validator_value if name not in error.instance)
            said = f"{f'{place}.' if place else ''}{missing} is missing"
            return f"{said}; name the API that the target speaks" if missing == "api" else said
        case "additionalProperties" if isinstance(error.instance, dict) and error.validator_value is False:
            known = list(error.schema["properties"])
            unknown = next(name for name in error.instance if name not in known)
            there = ", ".join(name for name in known if not name.startswith("$"))
            return f"unknown field {f'{place}.' if place else ''}{unknown}; there are {there}"
        case "type":
            kinds = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
            return f"{place} must be {' or '.join(f'a JSON {kind}' for kind in kinds)}"
        case "enum":
            return f"{place} must be {', '.join(error.validator_value[:-1])} or {error.validator_value[-1]}"
        case _:
            described = error.parent.schema if error.parent is not None else error.schema
            about = described.get("description", "") if isinstance(described, dict) else ""
            return f"{place} breaks {error.validator} {error.validator_value}" + (f" ({about})" if about else "")
