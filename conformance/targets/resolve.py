"""The target that a command line means: flag over environment over file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import specs
from conformance.errors import ConfigurationError
from conformance.target import Target
from conformance.targets.environment import with_environment
from conformance.targets.files import check_address, parse_target, target_content


def resolve(
    *,
    api: str | None,
    name: str | None,
    base_url: str | None,
    confirm_host: str | None,
    environment: Mapping[str, str],
) -> Target:
    """The target. Raises ``ConfigurationError``, which says what to change."""
    content = target_content(name) if name is not None else {}
    content = with_environment(content, environment)
    if api is not None:
        content["api"] = api
    if "api" not in content:
        raise ConfigurationError(f"which API does the server speak? add --api with one of {', '.join(specs.names())}")
    target = parse_target(content, name or "the target")
    address = base_url or target.base_url
    if not address:
        raise ConfigurationError("which server? name one with --base-url URL or base_url in the target, or use --mock")
    target = target.at(check_address(address))
    return target if confirm_host is None else replace(target, confirm_host=confirm_host)


def check_reach(target: Target) -> None:
    """Off loopback, writing without restraint needs the host's name twice. Raises ``ConfigurationError``."""
    if target.writes != "full" or target.is_local or target.confirm_host == target.host:
        return
    if target.confirm_host is not None:
        raise ConfigurationError(f"the run would write to {target.host}, and {target.confirm_host} is confirmed")
    raise ConfigurationError(
        f"writes: full may reach what others have on {target.host}; add --confirm-host {target.host} "
        "if they may be harmed, or say writes: own in the target"
    )
