"""A request that a check is about to make: one operation and its typed arguments, changed node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.wire.encoding import body_of, pairs_of, quoted, text_of
from conformance.wire.transport import Message
from specs.model import Contract, Operation
from specs.places import names_of
from specs.requests import ABSENT, Arguments


@dataclass(frozen=True, slots=True)
class Call:
    """One request to come. Values are typed as the contract types them."""

    operation: str
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=dict)
    body: Any = ABSENT
    identity: str | None = "main"
    """Whose credentials it carries: ``main``, or ``main:wrong`` and ``main:malformed``; ``None`` sends none."""
    cookie: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, operation: str, arguments: Arguments) -> Call:
        """The request that says what these arguments say."""
        return cls(
            operation, arguments.path, arguments.query, arguments.header, arguments.body, cookie=arguments.cookie
        )

    def set(self, node: str, value: Any) -> Call:
        """The same request with another value at a node; ``each`` is the first item (``body.each.source``)."""
        location, *rest = names_of(node)
        if location == "body":
            return replace(self, body=_set(deepcopy(self.body), rest, value))
        place = {**getattr(self, str(location))}
        name, *item = rest
        place[name] = [value] if item else value
        return replace(self, **{location: place})  # type: ignore[arg-type]

    def drop(self, node: str) -> Call:
        """The same request without the node."""
        location, *rest = names_of(node)
        if location == "body":
            return replace(self, body=_set(deepcopy(self.body), rest, ABSENT))
        kept = {name: value for name, value in getattr(self, str(location)).items() if [name] != rest}
        return replace(self, **{location: kept})  # type: ignore[arg-type]

    def get(self, node: str) -> Any:
        """The value at a node, ``ABSENT`` when the request has none there."""
        value: Any = self.arguments().as_json()
        for name in names_of(node):
            if name is None:
                value = value[0] if isinstance(value, list) and value else ABSENT
            else:
                value = value.get(name, ABSENT) if isinstance(value, Mapping) else ABSENT
        return value

    def arguments(self) -> Arguments:
        """The request as the rules of the contract take it."""
        return Arguments(self.path, self.query, self.header, self.body, self.cookie)

    def message(self, contract: Contract, address: str, headers: Mapping[str, str]) -> Message:
        """The request on the wire, without credentials. ``address`` stands before the operation's path."""
        operation = contract.operations[self.operation]
        url = f"{address}{self._path(operation)}"
        query = "&".join(
            f"{quoted(name, '')}={quoted(text, '-._~,')}"
            for parameter in operation.parameters
            if parameter.location == "query" and parameter.name in self.query
            for name, text in pairs_of(parameter, self.query[parameter.name])
        )
        sent = dict(headers)
        sent.update({name: text_of(value) for name, value in self.header.items()})
        if self.cookie:
            sent["Cookie"] = "; ".join(f"{name}={quoted(text_of(value), '')}" for name, value in self.cookie.items())
        body = b""
        if operation.body_media:
            sent["Content-Type"] = operation.body_media[0]
            if self.body is not ABSENT:
                sent["Content-Type"], body = body_of(operation.body_media[0], self.body)
        return Message(operation.method, f"{url}?{query}" if query else url, tuple(sent.items()), body)

    def _path(self, operation: Operation) -> str:
        path = operation.path
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quoted(text_of(value), ""))
        return path


def _set(value: Any, path: Sequence[str | None], new: Any) -> Any:
    """The value with another one at a place. What would have to be there for that is made."""
    if not path:
        return new
    head, *rest = path
    if head is None:
        items = value if isinstance(value, list) and value else [ABSENT]
        return [_set(items[0], rest, new), *items[1:]]
    fields = value if isinstance(value, dict) else {}
    if new is ABSENT and head not in fields:
        return value
    if new is ABSENT and not rest:
        return {name: held for name, held in fields.items() if name != head}
    return {**fields, head: _set(fields.get(head), rest, new)}
