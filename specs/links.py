"""``links`` of a document: what of one operation's exchange feeds the request of another, by runtime expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from specs.model import Contract, Json, Operation
from specs.places import token
from specs.pointers import at
from specs.requests import ABSENT, Arguments

_EMBEDDED = re.compile(r"\{(\$[^{}]+)\}")
_PLACES = ("path", "query", "header")


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a response."""

    name: str
    source: str
    """The operationId whose response names the link."""
    status: str
    """The status of that response as the document writes it: ``200``, ``2XX`` or ``default``."""
    target: str
    feeds: Mapping[str, Json]
    """Node of the target's request -> runtime expression, or the plain value that stands for it."""
    strangers: tuple[str, ...] = ()
    """Parameters that the link names and the target does not have."""

    @property
    def id(self) -> str:
        return f"{self.source}.{self.name}"

    def follows(self, status: int, documented: Mapping[int, object]) -> bool:
        """Whether an answer of this status has the link; ``documented`` are those with answers of their own."""
        if self.status == "default":
            return status not in documented
        return str(status) == self.status or (self.status.upper() == f"{status // 100}XX" and status not in documented)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One request and its answer, as runtime expressions read them."""

    request: Arguments
    status: int
    content: Json = ABSENT
    """The decoded body of the answer."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Those of the answer, names in lower case."""
    method: str = ""
    url: str = ""


def links_of(contract: Contract) -> Iterator[Link]:
    """Every link of a contract whose target is an operation of it, in the document's order."""
    for operation in contract:
        for status, raw in operation.raw["responses"].items():
            for name, written in contract.resolve(raw).get("links", {}).items():
                link = contract.resolve(written)
                target = _target(contract, link)
                if target is not None:
                    named = {parameter: _node(target, parameter) for parameter in link.get("parameters", {})}
                    feeds = {node: link["parameters"][parameter] for parameter, node in named.items() if node}
                    feeds.update(_leaves("body", link["requestBody"]) if "requestBody" in link else ())
                    strangers = tuple(parameter for parameter, node in named.items() if node is None)
                    yield Link(name, operation.id, str(status), target.id, feeds, strangers)


def value_of(expression: Json, exchanged: Exchanged) -> Json:
    """What a runtime expression stands for, ``ABSENT`` where the exchange has nothing there; else the value itself."""
    if not isinstance(expression, str):
        return expression
    if expression.startswith("$"):
        return _evaluate(expression, exchanged)
    parts = {found: _evaluate(found, exchanged) for found in _EMBEDDED.findall(expression)}
    if any(value is ABSENT for value in parts.values()):
        return ABSENT
    return _EMBEDDED.sub(lambda match: _text(parts[match[1]]), expression)


def _target(contract: Contract, link: Mapping[str, Json]) -> Operation | None:
    """The operation that a link names; ``None`` for one of another document."""
    if "operationId" in link:
        return contract.operations.get(link["operationId"])
    pointer = str(link.get("operationRef", "")).removeprefix("#")
    return next((operation for operation in contract if operation.pointer == pointer), None)


def _node(target: Operation, name: str) -> str | None:
    """The node of a parameter that a link names, its location before it or not."""
    location, _, rest = name.partition(".")
    for parameter in target.parameters:
        if parameter.name == name or (parameter.location == location and parameter.name == rest):
            return parameter.node
    return None


def _leaves(node: str, template: Json) -> Iterator[tuple[str, Json]]:
    """The fields of a body that is written out, an array by its first item."""
    if isinstance(template, Mapping):
        for name, value in template.items():
            yield from _leaves(f"{node}.{token(name)}", value)
    elif isinstance(template, list):
        for value in template[:1]:
            yield from _leaves(f"{node}.each", value)
    else:
        yield node, template


def _evaluate(expression: str, exchanged: Exchanged) -> Json:
    """OpenAPI 3.0.3, "Runtime Expressions"."""
    source, pointed, pointer = expression.partition("#")
    kind, _, rest = source.removeprefix("$").partition(".")
    where, _, name = rest.partition(".")
    match kind, where:
        case "request" | "response", "body":
            body = exchanged.request.body if kind == "request" else exchanged.content
            return _at(body, pointer) if pointed else body
        case "request", _ if where in _PLACES:
            place: Mapping[str, Json] = getattr(exchanged.request, where)
            return place.get(name, ABSENT)
        case "response", "header":
            return exchanged.headers.get(name.lower(), ABSENT)
        case "statusCode", "":
            return exchanged.status
        case "method", "":
            return exchanged.method
        case "url", "":
            return exchanged.url
    return ABSENT


def _at(value: Json, pointer: str) -> Json:
    """The value at a pointer. Beyond OpenAPI, ``*`` stands for every item of a list; then a list is found."""
    steps = pointer.split("/")[1:]
    if "*" in steps:
        star = steps.index("*")
        rest = "".join(f"/{step}" for step in steps[star + 1 :])
        listed = _at(value, "".join(f"/{step}" for step in steps[:star]))
        found = [_at(item, rest) for item in listed] if isinstance(listed, list) else []
        return [one for one in found if one is not ABSENT] or ABSENT
    try:
        return at(value, pointer)
    except LookupError:
        return ABSENT


def _text(value: Json) -> str:
    return value if isinstance(value, str) else str(value)
