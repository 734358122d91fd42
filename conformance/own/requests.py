"""Valid requests of a user's own API: from the document's examples, its links, and the target's ``arguments``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.answer import Answer
from conformance.client import Client
from conformance.errors import Prevented, TransportError
from conformance.examples import example_call, sound
from conformance.outcome import Blocker
from conformance.own.values import Names, filled
from conformance.wire.call import Call
from conformance.wire.encoding import text_of
from specs.links import Exchanged, Link, links_of, value_of
from specs.model import Contract, Operation
from specs.nodes import Node, flatten, request_nodes
from specs.requests import ABSENT, RequestRules, decode_parameter

MISSING = (404, 409, 410)
"""Statuses by which a server may say that it does not know what an example names, or has it already."""

REPLACING = ("PUT", "PATCH", "DELETE")
"""Methods that reach something that is there before."""

Values = Mapping[str, Any]
"""Node -> value."""


@dataclass(frozen=True, slots=True)
class Made:
    """A request, and what stands behind it."""

    call: Call
    guessed: frozenset[str]
    """Nodes whose values only the document vouches for."""
    foreign: frozenset[str]
    """Nodes of the path whose values name what the run has neither made nor was lent."""
    own: bool
    """Whether anything outside its body was made for it or lent."""


class OwnRequests:
    """Makes requests. Whatever they need is made first, by following the document's links backwards."""

    def __init__(self, client: Client, names: Names) -> None:
        self._client = client
        self._contract: Contract = client.contract
        self._names = names
        self._links: dict[str, list[Link]] = defaultdict(list)
        for link in links_of(client.contract):
            self._links[link.target].append(link)
        self._guessed: dict[str, frozenset[str]] = {}

    def request(self, operation: str, *, every: bool = False, fixed: Values | None = None) -> Call:
        """A valid request. ``every``: each optional field is set, not only those for which the document shows a value.

        ``fixed`` are values that nothing overrides. Blocks the check when something is missing.
        """
        made = self._make(self._contract.operations[operation], fixed or {}, (), every=every)
        self._guessed[operation] = made.guessed
        return made.call

    def shown(self, operation: str) -> tuple[Call, frozenset[str]]:
        """The least request that document and target show, nothing made for it, and the nodes left to examples."""
        described = self._contract.operations[operation]
        example = example_call(self._contract, described, every=False)
        lent = self.lent(operation)
        call = example.call
        for parameter in described.parameters:
            if not parameter.required and parameter.location != "path" and parameter.node not in lent:
                call = call.drop(parameter.node)
        for node, value in lent.items():
            call = call.set(node, self._typed(described, node, value))
        left = example.guessed - lent.keys()
        return call, frozenset(node for node in left if node == "body" or call.get(node) is not ABSENT)

    def listing(self, operation: str, asked: Values) -> Call:
        """A request for a list: what it must say and what it is asked for, no filter besides."""
        call = self.request(operation, fixed=asked)
        kept = {*self.lent(operation), *asked}
        for parameter in self._contract.operations[operation].parameters:
            if parameter.location == "query" and not parameter.required and parameter.node not in kept:
                call = call.drop(parameter.node)
        return call

    def left_open(self, operation: str, node: str) -> bool:
        """Whether nothing but the document says what a node of the last request to an operation holds."""
        guessed = self._guessed[operation]
        return node in guessed or (node.startswith("body") and "body" in guessed and node not in self.lent(operation))

    def lent(self, operation: str) -> Values:
        """What the target's ``arguments`` say of an operation's request."""
        said = self._client.target.arguments.get(operation, {})
        return {node: filled(value, self._names) for node, value in said.items()}

    def doubt(self, answer: Answer) -> Prevented | None:
        """Why an answer may say no more than that an example of the document is unknown; ``None`` if it says more.

        It may say no more where the valid request is answered alike.
        """
        guessed = self._guessed.get(answer.operation)
        if answer.status not in MISSING or not guessed or self._client.has_succeeded(answer.operation):
            return None
        try:
            if self._client.call(self.request(answer.operation)).succeeded:
                return None
        except (Prevented, TransportError):
            return None
        seen = f"{answer.operation} answered {answer.status} to a request made of the document's examples"
        return Prevented(_argument(answer.operation, *guessed), seen, answer)

    def _make(self, operation: Operation, fixed: Values, above: tuple[str, ...], *, every: bool = False) -> Made:
        nodes = self.nodes(operation.id)
        example = example_call(self._contract, operation, every=every)
        settled = {**self.lent(operation.id), **fixed}
        needed = {
            name
            for name in example.guessed
            if name != "body" and name not in settled and (name in nodes and nodes[name].required)
        }
        needed |= {name for name, node in nodes.items() if node.location == "body" and node.required} - settled.keys()
        linked, made_for_it = self._linked(operation, needed, settled, (*above, operation.id))
        call = sound(self._rules(operation.id), example.call)
        for node, value in {**linked, **settled}.items():
            call = call.set(node, self._typed(operation, node, value))
        own = {node for node in (*made_for_it, *settled) if not node.startswith("body")}
        path = {parameter.node for parameter in operation.parameters if parameter.location == "path"}
        guessed = example.guessed - linked.keys() - settled.keys()
        made = Made(call, guessed, frozenset(path - own), bool(own))
        self._check(operation, made)
        return made

    def nodes(self, operation: str) -> Mapping[str, Node]:
        """The nodes of an operation's request."""
        described = self._contract.operations[operation]
        return self._client.once(f"nodes.{operation}", lambda: request_nodes(self._contract, described))

    def valid(self, call: Call) -> bool:
        """Whether a request keeps all rules of its document."""
        return self._rules(call.operation).valid(call.arguments())

    def _rules(self, operation: str) -> RequestRules:
        described = self._contract.operations[operation]
        return self._client.once(f"rules.{operation}", lambda: RequestRules(self._contract, described))

    def _linked(
        self, operation: Operation, needed: set[str], settled: Values, above: tuple[str, ...]
    ) -> tuple[Values, set[str]]:
        """What links feed of what is needed, and which of these nodes name something that was made for it."""
        fed: dict[str, Any] = {}
        own: set[str] = set()
        trouble = None
        for link in self._ranked(operation, needed, above):
            new = [node for node in link.feeds if node not in fed and node not in settled]
            if not needed.intersection(new):
                continue
            source = self._contract.operations[link.source]
            try:
                made = self._make(source, {}, above)
                values = self._followed(link, made, new)
            except Prevented as prevented:
                trouble = trouble or prevented
                continue
            fed.update(values)
            needed = needed - values.keys()
            if not source.safe or (made.own and not made.foreign):
                own.update(values)
        if trouble is not None and any(not node.startswith("body") for node in needed & self._linkable(operation)):
            raise trouble
        return fed, own

    def _linkable(self, operation: Operation) -> set[str]:
        return {node for link in self._links[operation.id] for node in link.feeds}

    def _ranked(self, operation: Operation, needed: set[str], above: tuple[str, ...]) -> Iterator[Link]:
        """The links to an operation: those first that make something for it, and feed most of what is needed."""
        usable = [
            link
            for link in self._links[operation.id]
            if link.source not in above and self._client.target.allows(self._contract.operations[link.source])
        ]

        def rank(link: Link) -> tuple[bool, int]:
            return self._contract.operations[link.source].safe, -len(needed.intersection(link.feeds))

        yield from sorted(usable, key=rank)

    def _followed(self, link: Link, made: Made, nodes: list[str]) -> Values:
        """Send the request that a link starts from; what its answer gives for the nodes."""
        answer = self._client.must(made.call)
        if not link.follows(answer.status, self._contract.operations[link.source].responses):
            raise Prevented(_argument(link.target, *nodes), f"{link.source} answered {answer.status}", answer)
        exchanged = Exchanged(made.call.arguments(), answer.status, answer.content, answer.headers)
        values = {}
        for node in nodes:
            expression = link.feeds[node]
            if isinstance(expression, str) and expression.startswith("$response.body"):
                answer.relies_on(expression.partition("#")[2])
            values[node] = value_of(expression, exchanged)
            if values[node] is ABSENT:
                seen = f"{link.source} answered nothing at {expression}"
                raise Prevented(_argument(link.target, node), seen, answer)
        return values

    def _typed(self, operation: Operation, node: str, value: Any) -> Any:
        """A value as its parameter takes it: the text 5 for a number, the number 5 for a text."""
        for parameter in operation.parameters:
            if parameter.node == node and not isinstance(value, list | Mapping):
                return decode_parameter(parameter, flatten(self._contract, parameter.schema), [text_of(value)])
        return value

    def _check(self, operation: Operation, made: Made) -> None:
        """Blocks the check when a request is not valid, or might reach what is not the run's."""
        for finding in self._rules(operation.id).findings(made.call.arguments()):
            seen = f"no valid request can be made of the document's examples: {finding.message}"
            raise Prevented(_argument(operation.id, finding.node), seen)
        if operation.safe or self._client.target.writes == "full":
            return
        strangers = sorted(made.foreign & made.guessed)
        if strangers:
            seen = f"{operation.id} would write to what an example names, which may be somebody's"
            raise Prevented(_argument(operation.id, *strangers), seen)
        if made.foreign or (operation.method in REPLACING and not made.own):
            raise Prevented(Blocker("capability", "full-writes"), f"{operation.id} may reach what is not the run's")


def _argument(operation: str, *nodes: str) -> Blocker:
    """The role under which a report asks for an argument, as the target file writes it."""
    return Blocker("role", f"arguments.{operation}.{nodes[0]}" if len(nodes) == 1 else f"arguments.{operation}")
