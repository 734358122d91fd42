"""Keeps made-up writes away from what is not the run's: values that identify objects are the run's own or new.

An object is identified by path parameters and by whatever links of the document feed, unless it is one of a few fixed
values. A value that its own schema refuses identifies nothing and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from conformance.fuzz.reading import is_plain
from conformance.wire.call import Call
from specs.links import Link
from specs.model import Contract, Json, Operation, Schema
from specs.nodes import Node, flatten, request_nodes
from specs.places import EACH, names_of, token
from specs.requests import ABSENT, Arguments
from specs.schemas import compile_schema, translate

FRESH = 0.3
"""Share of the values that become a name which nothing has."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One node of a request that says which object is meant, or which objects."""

    node: Node
    many: bool
    """Whether it is a list of such values."""
    accepts: Callable[[Json], bool] = field(repr=False)
    """Whether a single value is valid there."""
    optional: frozenset[str] = frozenset()
    """The nodes above it that a request may leave out."""


class NotOwned(Exception):
    """A request would name an object that is not known to be the run's, and nothing can stand in its place."""


def identities(contract: Contract, operation: Operation, links: Iterable[Link]) -> tuple[Identity, ...]:
    """What identifies objects in an operation's request, in the documented order."""
    fed = {node for link in links if link.target == operation.id for node in link.feeds}
    nodes = request_nodes(contract, operation)
    optional = frozenset(node.id for node in nodes.values() if not node.required)
    return tuple(
        Identity(node, node.schema.get("type") == "array", _accepts(contract, schema), optional)
        for node in nodes.values()
        if node.location == "path" or node.id in fed
        for schema in (flatten(contract, node.schema.get("items", node.schema)),)
        if "enum" not in schema and schema.get("type") != "boolean"
    )


def own_values(found: Sequence[Identity], call: Call) -> dict[str, tuple[Json, ...]]:
    """Node -> the values of a request of the given, which are the run's own or were lent to it."""
    return {identity.node.id: tuple(_single(call.get(identity.node.id))) for identity in found}


def sheltered(
    found: Sequence[Identity],
    arguments: Arguments,
    own: Mapping[str, Sequence[Json]],
    fresh: Callable[[], str],
    chooser: Random,
) -> Arguments:
    """The request with every foreign object replaced. Raises ``NotOwned`` where nothing can stand in its place.

    ``own`` holds values by node, ``fresh`` gives names that nothing has. What is optional and missing is filled in,
    since a server may take its absence for "all of them".
    """
    whole: Json = arguments.as_json()
    for identity in found:
        values = tuple(own.get(identity.node.id, ()))
        whole = _change(whole, names_of(identity.node.id), 0, _Replacement(identity, values, fresh, chooser))
    return Arguments(whole["path"], whole["query"], whole["header"], whole.get("body", ABSENT), whole["cookie"])


@dataclass(frozen=True, slots=True)
class _Replacement:
    """What stands in the place of a value that may be somebody else's."""

    identity: Identity
    own: tuple[Json, ...]
    fresh: Callable[[], str]
    chooser: Random

    def __call__(self, value: Json) -> Json:
        if value is ABSENT or value is None or value == []:
            return self._filled(value)
        if not self.identity.many:
            return self._single(value)
        return [self._single(item) for item in value] if isinstance(value, list) else value

    def without(self, holder: str) -> None:
        """The node that would hold the value is not there."""
        if self.own and holder in self.identity.optional:
            raise NotOwned(f"{self.identity.node.id} is missing together with {holder}")

    def _filled(self, value: Json) -> Json:
        """What is not there is refused if it is required, and filled in if it is not."""
        if self.identity.node.required or not self.own:
            return value
        return list(self.own) if self.identity.many else self.own[0]

    def _single(self, value: Json) -> Json:
        if value in self.own or not self.identity.accepts(value):
            return value
        new = [name for name in (self.fresh(),) if self.identity.accepts(name)]
        if new and (not self.own or self.chooser.random() < FRESH):
            return new[0]
        if not self.own:
            raise NotOwned(f"{self.identity.node.id} has no value of the run's own")
        return self.chooser.choice(self.own)


def _change(value: Json, path: Sequence[str | None], at: int, replacement: _Replacement) -> Json:
    """A copy of a request in which the values at a node are replaced; what does not lead there stays as it is."""
    if at == len(path):
        return replacement(value)
    head = path[at]
    if head is None:
        return [_change(item, path, at + 1, replacement) for item in value] if isinstance(value, list) else value
    if not isinstance(value, Mapping):
        return value
    if head not in value and at + 1 < len(path):
        replacement.without(".".join(EACH if name is None else token(name) for name in path[: at + 1]))
        return value
    changed = _change(value.get(head, ABSENT), path, at + 1, replacement)
    kept = {name: child for name, child in value.items() if name != head}
    return kept if changed is ABSENT else {**value, head: changed}


def _single(value: Json) -> Iterator[Json]:
    if isinstance(value, list):
        yield from value
    elif value is not ABSENT and value is not None:
        yield value


def _accepts(contract: Contract, schema: Schema) -> Callable[[Json], bool]:
    valid = compile_schema(contract, translate(schema, "request"), "request").is_valid
    return lambda value: is_plain(value) and valid(value)
