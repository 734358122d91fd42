"""A request that a check is about to make: one operation and its typed arguments, changed node by node."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from conformance.transport import Message
from specs.model import Contract, Operation, Parameter
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

    def set(self, node: str, value: Any) -> Call:
        """The same request with another value at a node; ``each`` is the first item (``body.each.source``)."""
        location, _, rest = node.partition(".")
        if location == "body":
            return replace(self, body=_set(deepcopy(self.body), rest.split(".") if rest else [], value))
        place = {**getattr(self, location)}
        name, _, item = rest.partition(".")
        place[name] = [value] if item == "each" else value
        return replace(self, **{location: place})  # type: ignore[arg-type]

    def drop(self, node: str) -> Call:
        """The same request without the node."""
        location, _, rest = node.partition(".")
        if location == "body":
            return replace(self, body=_set(deepcopy(self.body), rest.split(".") if rest else [], ABSENT))
        kept = {name: value for name, value in getattr(self, location).items() if name != rest}
        return replace(self, **{location: kept})  # type: ignore[arg-type]

    def get(self, node: str) -> Any:
        """The value at a node, ``ABSENT`` when the request has none there."""
        value: Any = self.arguments().as_json()
        for part in node.split("."):
            if isinstance(value, list):
                value = value[0] if part == "each" and value else ABSENT
            else:
                value = value.get(part, ABSENT) if isinstance(value, Mapping) else ABSENT
        return value

    def arguments(self) -> Arguments:
        """The request as the rules of the contract take it."""
        return Arguments(self.path, self.query, self.header, self.body)

    def message(self, contract: Contract, address: str, headers: Mapping[str, str]) -> Message:
        """The request on the wire, without credentials. ``address`` stands before the operation's path."""
        operation = contract.operations[self.operation]
        url = f"{address}{self._path(operation)}"
        query = "&".join(
            f"{quote(name, safe='')}={quote(text, safe='-._~,')}"
            for parameter in operation.parameters
            if parameter.location == "query" and parameter.name in self.query
            for name, text in _texts(parameter, self.query[parameter.name])
        )
        sent = dict(headers)
        sent.update({name: _text(value) for name, value in self.header.items()})
        if operation.body_media:
            sent["Content-Type"] = operation.body_media[0]
        body = b"" if self.body is ABSENT else json.dumps(self.body, ensure_ascii=False).encode()
        return Message(operation.method, f"{url}?{query}" if query else url, tuple(sent.items()), body)

    def _path(self, operation: Operation) -> str:
        path = operation.path
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quote(_text(value), safe=""))
        return path


def _set(value: Any, path: list[str], new: Any) -> Any:
    if not path:
        return new
    head, *rest = path
    if value is ABSENT:
        value = {}  # a field of a body that there was not yet
    if head == "each":
        value[0] = _set(value[0], rest, new)
    elif not rest and new is ABSENT:
        value.pop(head, None)
    else:
        value[head] = _set(value.get(head, ABSENT), rest, new)
    return value


def _texts(parameter: Parameter, value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, list):
        return [(parameter.name, _text(value))]
    if parameter.explode:
        return [(parameter.name, _text(item)) for item in value]
    return [(parameter.name, ",".join(_text(item) for item in value))]


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)
