"""Requests made of what a document shows: examples, defaults, enumerations and bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conformance.wire.call import Call
from specs.model import Contract, Json, Operation, Schema
from specs.nodes import flatten
from specs.places import EACH, token
from specs.requests import ABSENT, RequestRules

FORMATTED = {
    "binary": "a",
    "byte": "YQ==",
    "calendar-time": "2020-09-22T07:38:13.893+0800",
    "date": "2020-09-22",
    "date-time": "2020-09-22T07:38:13Z",
    "duration": "P1D",
    "email": "ann@example.org",
    "hostname": "example.org",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "07:38:13Z",
    "uri": "https://example.org/",
    "uuid": "6f1c3a52-8f0e-4d0e-9d3b-0d1f2a3b4c5d",
}
"""A value of a format, for fields without an example."""

DEPTH = 6
"""Levels below which no optional value is made up: schemas may contain themselves."""


MOST_DROPPED = 50
"""Optional fields that are given up in one request."""


@dataclass(frozen=True, slots=True)
class Example:
    """A request as a document shows it."""

    call: Call
    guessed: frozenset[str]
    """Parameters (by node) and ``body`` whose values are examples or made up: a server need not know them."""


def example_call(contract: Contract, operation: Operation, *, every: bool = True) -> Example:
    """A valid request, as far as the document shows one.

    ``every``: each optional field is set. Otherwise one is set only where the document shows a value for it.
    """
    places: dict[str, dict[str, Json]] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
    guessed = set()
    known = {parameter.node for parameter in operation.parameters}
    for raw in map(contract.resolve, operation.raw.get("parameters", ())):
        node = f"{raw['in']}.{token(raw['name'])}"
        if node not in known:
            continue
        schema = flatten(contract, raw.get("schema", {}))
        start = next(_examples(contract, raw), ABSENT)
        own = start is ABSENT and "example" not in schema and _shown(schema) is not ABSENT
        if start is ABSENT and _shown(schema) is ABSENT and not every and not raw.get("required"):
            continue
        places[raw["in"]][raw["name"]] = example_of(contract, schema, start, every=every)
        if not own:  # a default or a value of an enumeration is one that every server has to know
            guessed.add(node)
    body = ABSENT
    if operation.body is not None:
        media = contract.resolve(operation.raw["requestBody"])["content"][operation.body_media[0]]
        start = next(_examples(contract, media), ABSENT if flatten(contract, operation.body) else {})
        body = example_of(contract, operation.body, start, every=every)
        guessed.add("body")
    call = Call(operation.id, places["path"], places["query"], places["header"], body, cookie=places["cookie"])
    return Example(call, frozenset(guessed))


def sound(rules: RequestRules, call: Call) -> Call:
    """The request without the optional fields whose made-up values break its rules; the rest of what is wrong stays."""
    for _ in range(MOST_DROPPED):
        node = next((_optional(rules, finding.node) for finding in rules.findings(call.arguments())), None)
        if node is None:
            return call
        call = call.drop(node)
    return call


def _optional(rules: RequestRules, name: str) -> str | None:
    """The node itself or the nearest one around it that a request may leave out."""
    while name in rules.nodes:
        node = rules.nodes[name]
        if not node.required and node.location != "path" and not name.endswith(f".{EACH}"):
            return name
        name = name.rpartition(".")[0]
    return None


def _examples(contract: Contract, holder: Mapping[str, Json]) -> Iterator[Json]:
    """The examples of a parameter or a media type."""
    if "example" in holder:
        yield holder["example"]
    for example in map(contract.resolve, holder.get("examples", {}).values()):
        if "value" in example:
            yield example["value"]


def example_of(contract: Contract, schema: Schema, start: Json = ABSENT, depth: int = 0, *, every: bool = True) -> Json:
    """A value of a schema: ``start`` where it says something, made up from examples and bounds where it does not."""
    schema = flatten(contract, schema)
    if start is ABSENT:
        start = _shown(schema)
    alternatives = schema.get("oneOf") or schema.get("anyOf")
    if start is ABSENT and alternatives and depth < DEPTH:
        start = example_of(contract, alternatives[0], ABSENT, depth + 1, every=every)
        if isinstance(start, Mapping):
            start = {**start, **_discriminated(schema, alternatives[0])}
    kind = schema.get("type") or _kind(schema)
    if kind == "object" and (start is ABSENT or isinstance(start, Mapping)):
        return _object(contract, schema, {} if start is ABSENT else dict(start), depth, every=every)
    if kind == "array" and (start is ABSENT or isinstance(start, list)):
        count = max(1, schema.get("minItems", 1)) if depth < DEPTH else schema.get("minItems", 0)
        items = [ABSENT] * count if start is ABSENT else start
        return [example_of(contract, schema.get("items", {}), item, depth + 1, every=every) for item in items]
    return _scalar(schema) if start is ABSENT else start


def _object(contract: Contract, schema: Schema, value: dict[str, Json], depth: int, *, every: bool) -> Json:
    for name, child in schema.get("properties", {}).items():
        flat = flatten(contract, child)
        needed = name in schema.get("required", ())
        optional = depth < DEPTH and (every or _shown(flat) is not ABSENT)
        if name in value or ((needed or optional) and not flat.get("readOnly")):
            value[name] = example_of(contract, child, value.get(name, ABSENT), depth + 1, every=every)
    return value


def _discriminated(schema: Schema, alternative: Schema) -> dict[str, Json]:
    """The property by which an object says which of the alternatives it is."""
    discriminator, ref = schema.get("discriminator"), alternative.get("$ref")
    if discriminator is None or ref is None:
        return {}
    name = ref.rpartition("/")[2]
    mapping = discriminator.get("mapping", {})
    return {discriminator["propertyName"]: next((key for key, to in mapping.items() if to in (ref, name)), name)}


def _kind(schema: Schema) -> str:
    """The type of a schema that does not say it."""
    return "object" if "properties" in schema else "array" if "items" in schema else ""


def _shown(schema: Schema) -> Json:
    for name in ("example", "default"):
        if name in schema:
            return schema[name]
    return schema["enum"][0] if schema.get("enum") else ABSENT


def _scalar(schema: Schema) -> Json:
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return _number(schema)
    if kind == "boolean":
        return True
    return FORMATTED.get(schema.get("format", ""), "a" * max(1, schema.get("minLength", 1)))


def _number(schema: Schema) -> int | float:
    """The least number that is allowed, 1 if there is none."""
    step: int | float = schema.get("multipleOf", 1)
    if "minimum" in schema:
        least: int | float = schema["minimum"]
        first = -(-least // step) * step
        return first + step if schema.get("exclusiveMinimum") and first == least else first
    most: int | float = schema.get("maximum", step)
    last = most // step * step
    return min(step, last - step if schema.get("exclusiveMaximum") and last == most else last)
