"""Tries a target: what it lacks, what it names in vain, and whether its first call succeeds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import specs
from conformance.errors import ConfigurationError, TargetUnreachable
from conformance.exitcode import ExitCode
from conformance.own.bundle import write_bundle
from conformance.own.target import roles_of
from conformance.preflight import preflight
from conformance.session import session
from conformance.settings import Settings
from conformance.target import Target
from conformance.targets.resolve import check_reach
from conformance.wire.signing import fields_of
from specs.model import Contract


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found, as lines for people."""

    lines: tuple[str, ...]
    code: ExitCode


def try_out(target: Target, contract: Contract) -> Trial:
    """Look a target over and make its first call. Raises ``ConfigurationError`` if it reaches too far."""
    check_reach(target)
    shown = json.dumps(target.masked(), ensure_ascii=False, indent=1)
    lacks = [*_lacks(contract, target)]
    lines = [shown, *_vain(contract, target), *lacks]
    try:
        with TemporaryDirectory() as folder:
            bundle = None if contract.api in specs.names() else Path(folder) / "bundle.json"
            if bundle is not None:
                write_bundle(contract, bundle)
            with session(Settings(target, "check", bundle=bundle), "check") as (client, given):
                answer = preflight(client, given)
    except TargetUnreachable as error:
        return Trial((*lines, str(error)), ExitCode.UNREACHABLE)
    except ConfigurationError as error:
        return Trial((*lines, str(error)), ExitCode.USAGE)
    lines.append(
        f"{answer.operation} answered {answer.status}: the server speaks the {contract.document['info']['title']}"
    )
    return Trial(tuple(lines), ExitCode.INCOMPLETE if lacks else ExitCode.OK)


def _lacks(contract: Contract, target: Target) -> Iterator[str]:
    """What checks will miss."""
    main = target.identities.get("main", {})
    missing = [name for name in fields_of(contract.document) if not main.get(name)]
    if missing:
        yield f"lacks the credentials {', '.join(f'identities.main.{name}' for name in missing)}"
    roles: Mapping[str, Any] = contract.document.get("x-roles", {})
    for name, text in roles.items():
        if target.roles.get(name) in (None, "", []):
            yield f"lacks the role {name}: {text}"


def _vain(contract: Contract, target: Target) -> Iterator[str]:
    """What no check asks for: a slip of the pen, most likely."""
    roles = {*contract.document.get("x-roles", {}), *roles_of(target)}
    for name in target.roles:
        if name not in roles:
            yield f"names a role that nothing asks for: {name}"
    for name in sorted(target.capabilities - contract.document.get("x-capabilities", {}).keys()):
        yield f"claims a capability that the API does not have: {name}"
