"""The one call that decides whether a target is worth judging: root ``x-preflight``."""

from __future__ import annotations

from typing import Any

from conformance.answer import Answer
from conformance.client import Client
from conformance.errors import ConfigurationError, Prevented, TargetUnreachable, TransportError
from conformance.given import Given
from conformance.outcome import Blocker
from conformance.wire.call import Call
from specs.model import Contract, essence
from specs.nodes import flatten

KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def preflight(client: Client, given: Given) -> Answer:
    """Make the call. Raises ``TargetUnreachable`` unless status, media type and JSON kind are those of a success.

    Whether the body keeps its schema is judged later, like that of any other answer.
    """
    contract = client.contract
    try:
        call = given.hello() or _call(client, contract)
        answer = client.call(call)
    except Prevented as prevented:
        if prevented.answer is not None:
            raise TargetUnreachable(f"{prevented.answer.operation}: {prevented.seen}") from None
        raise ConfigurationError(_missing(prevented.blocker)) from None
    except TransportError as error:
        raise TargetUnreachable(f"no answer from {client.target.base_url}: {error}") from None
    success = contract.operations[call.operation].success
    if not answer.succeeded:
        raise TargetUnreachable(
            f"{call.operation} answered {answer.status} instead of {answer.accepted}; "
            f"check the address, the credentials and the roles of the target ({answer.exchange.answer[:200]!r})"
        )
    for flaw in answer.flaws:
        if flaw.pointer == "" and ("media type" in flaw.message or "not JSON" in flaw.message):
            raise TargetUnreachable(f"{call.operation} {flaw.message}; this does not look like the API")
    for media, pointer in success.media.items():
        kind = flatten(contract, contract.at(pointer)).get("type")
        if essence(media).endswith("json") and kind in KINDS and not isinstance(answer.content, KINDS[kind]):
            raise TargetUnreachable(f"{call.operation} answered no JSON {kind}; this does not look like the API")
    return answer


def _missing(blocker: Blocker) -> str:
    """What a target lacks for the first call."""
    kind, _, identity = blocker.name.partition(".")
    if kind == "identity":
        named = f"CONFORMANCE_{identity.upper()}_..."
        return f"the first call needs credentials: write identities.{identity} into the target, or set {named}"
    return f"the first call needs {blocker}, which the target does not name"


def _call(client: Client, contract: Contract) -> Call:
    declared = contract.document.get("x-preflight")
    if declared is None:
        raise ConfigurationError(f"the document of {contract.api} has no x-preflight; name a harmless operation there")
    call = Call(declared["operation"])
    for node, role in declared.get("arguments", {}).items():
        if client.target.roles.get(role) in (None, "", []):
            raise ConfigurationError(f"the target names no role {role!r}, which the first call needs; add it to roles")
        call = call.set(node, client.target.roles[role])
    return call
