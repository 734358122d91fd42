"""Files that users write for us, JSON or TOML, each with a JSON Schema that we publish beside the code.

What is wrong is said with its place and without the value, which may be a secret.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from conformance.errors import ConfigurationError


def read_content(path: Path, what: str) -> dict[str, Any]:
    """What a file says, unchecked; ``what`` names its kind. Raises ``ConfigurationError``."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except FileNotFoundError:
        raise ConfigurationError(f"the {what} file {path} cannot be read: there is no such file") from None
    except (OSError, ValueError, RecursionError) as error:  # what cannot be decoded is a ValueError
        raise ConfigurationError(f"the {what} file {path} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: a {what} file holds an object")
    return content


def check_content(content: Mapping[str, Any], schema: Path, origin: str) -> dict[str, Any]:
    """The content as plain JSON, if it keeps its schema. ``origin`` names the file in errors.

    Dates of TOML become texts, and a null is absent, as TOML has none. Raises ``ConfigurationError``.
    """
    import jsonschema  # reading such a file is rare; commands that read none need not wait for it

    try:
        plain: dict[str, Any] = _without_nulls(json.loads(json.dumps(content, allow_nan=False, default=_text)))
    except (TypeError, ValueError):
        raise ConfigurationError(f"{origin}: the file holds what JSON cannot, such as an infinite number") from None
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_bytes()))
    for error in sorted(validator.iter_errors(plain), key=lambda error: list(map(str, error.absolute_path))):
        raise ConfigurationError(f"{origin}: {_explain(error)}")
    return plain


def _text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError


def _without_nulls(value: Any, depth: int = 0) -> Any:
    """Fields that are null are absent, on the first two levels: deeper down a null may be what is meant."""
    if isinstance(value, dict) and depth < 2:
        return {name: _without_nulls(held, depth + 1) for name, held in value.items() if held is not None}
    return value


def _explain(error: Any) -> str:
    """What is wrong and where."""
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path).lstrip(".")
    before = f"{place}." if place else ""
    match error.validator:
        case "required":
            missing = next(name for name in error.validator_value if name not in error.instance)
            about = error.schema["properties"][missing].get("description", "")
            return f"{before}{missing} is missing" + (f" ({about})" if about else "")
        case "additionalProperties":
            known = [name for name in error.schema["properties"] if not name.startswith("$")]
            unknown = next(name for name in error.instance if name not in error.schema["properties"])
            return f"unknown field {before}{unknown}; there are {', '.join(known)}"
        case "type":
            kinds = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
            return f"{place} must be {' or '.join(f'a JSON {kind}' for kind in kinds)}"
        case "enum":
            return f"{place} must be {', '.join(error.validator_value[:-1])} or {error.validator_value[-1]}"
        case _:
            about = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
            return f"{place} breaks {error.validator} {error.validator_value}" + (f" ({about})" if about else "")
