"""The first call to a user's own server: the one that ``x-preflight`` names, or a harmless one without examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.errors import ConfigurationError, Prevented
from conformance.own.requests import OwnRequests
from conformance.wire.call import Call
from specs.model import Contract


def hello(contract: Contract, requests: OwnRequests, roles: Mapping[str, Any]) -> Call:
    """The call. Raises ``ConfigurationError`` if there is none."""
    declared = contract.document.get("x-preflight")
    if declared is not None:
        call, _ = requests.shown(declared["operation"])
        for node, value in declared.get("arguments", {}).items():
            call = call.set(node, roles.get(value, value) if isinstance(value, str) else value)
        return call
    found: Call | None = None
    for operation in contract:
        if not operation.safe or operation.excluded is not None:
            continue
        try:
            call, guessed = requests.shown(operation.id)
        except Prevented:  # one of its arguments names a role that the target lacks
            continue
        if not guessed and requests.valid(call):
            if operation.secured:  # it shows that the credentials are right, too
                return call
            found = found or call
    if found is None:
        raise ConfigurationError(
            f"no first call is known: the document of {contract.api} has no GET that can do without examples; name one "
            "with x-preflight: {operation: NAME, arguments: {path.id: 1}}, or give it arguments in the target"
        )
    return found
