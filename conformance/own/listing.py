"""What a user's own API is paged over: items that the run makes by ``x-pagination.own``, or whatever is listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.client import Client
from conformance.errors import Prevented
from conformance.listing import Listing
from conformance.outcome import Blocker
from conformance.own.requests import OwnRequests
from conformance.own.values import Names, candidates
from specs.model import Operation


@dataclass(frozen=True, slots=True)
class Own:
    """``x-pagination.own`` as a value."""

    operation: str
    key: tuple[str, ...]
    filter: Mapping[str, str]

    @classmethod
    def of(cls, operation: Operation) -> Own | None:
        """How items of an operation's listing are made; ``None`` if the document does not say."""
        pagination = operation.raw.get("x-pagination", {})
        raw = pagination.get("own")
        if raw is None:
            return None
        return cls(raw["operation"], tuple(raw.get("key", pagination["key"])), raw.get("filter", {}))


def listed(client: Client, requests: OwnRequests, names: Names, operation: str, count: int) -> Listing:
    """The listing of an operation. With ``own`` there are ``count`` items of the run's in it.

    A target that forbids writes is paged over as it is.
    """
    own = Own.of(client.contract.operations[operation])
    if own is None or not client.target.allows(client.contract.operations[own.operation]):
        return Listing(requests.listing(operation, {}), (), shared=True)
    values = _values(requests, names, own)
    keys: list[tuple[Any, ...]] = []
    for _ in range(count):
        answer = client.must(requests.request(own.operation, fixed=values))
        key = tuple(answer.declared(pointer) for pointer in own.key)
        if key in keys:
            raise Prevented(_same(client, own.operation), f"{own.operation} made {key} twice", answer)
        keys.append(key)
    asked = {here: values[there] for here, there in own.filter.items()}
    return Listing(requests.listing(operation, asked), tuple(keys), shared=not own.filter)


def _values(requests: OwnRequests, names: Names, own: Own) -> Mapping[str, Any]:
    """The values by which items are listed: of the run's own where the making request leaves them open."""
    if not own.filter:
        return {}
    call = requests.request(own.operation)
    made = requests.nodes(own.operation)
    values = {}
    for node in own.filter.values():
        if not requests.left_open(own.operation, node):
            values[node] = call.get(node)
            continue
        tag = names.tag()
        fitting = (value for value in candidates(made[node].schema, tag) if requests.valid(call.set(node, value)))
        values[node] = next(fitting, None)
        if values[node] is None:
            blocker = Blocker("role", f"arguments.{own.operation}.{node}")
            raise Prevented(blocker, f"no value of the run's own is known that {node} may have")
    return values


def _same(client: Client, operation: str) -> Blocker:
    """What stands in the way where two requests made one object: the clause that says that they make two, if any."""
    clause = f"{client.contract.api}.{operation}.repeat"
    promised = client.contract.operations[operation].raw.get("x-idempotency", {}).get("repeat") == "another"
    return Blocker("clause", clause) if promised else Blocker("role", f"arguments.{operation}")
