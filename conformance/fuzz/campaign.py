"""The made-up requests to one operation: what is sent, in which order, under which name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from conformance.answer import Answer
from conformance.errors import Prevented, TransportError
from conformance.fuzz.extremes import extremes
from conformance.fuzz.generator import Generator
from conformance.fuzz.guard import Guard, Passed
from conformance.fuzz.raw import MUTATIONS, UNSIGNED
from conformance.fuzz.session import Session
from conformance.fuzz.spoiling import Valid
from conformance.fuzz.tally import Tally
from conformance.wire.call import Call
from conformance.wire.transport import Message
from specs.model import Json, Operation
from specs.nodes import Node
from specs.places import token
from specs.requests import ABSENT

OVERLAID = 0.4
"""Share of the made-up fields that replace those of the given's valid request."""

Own = Mapping[str, Sequence[Json]]


class Campaign:
    """The requests to one operation."""

    def __init__(self, session: Session, operation: Operation) -> None:
        contract, client = session.contract, session.client
        self.session = session
        self.operation = operation
        self.tally = Tally(contract, operation, session.links)
        address = client.target.address(contract)
        self.guard = Guard(contract, operation, session.links, address, client.message)
        self.chooser = Random(f"{session.seed}.{operation.id}")  # noqa: S311 - a draw, not a secret
        self._positive: list[Message] = []

    def run(self, generator: Generator) -> None:
        """Send everything. A target that lacks what the operation needs gets less, and no success."""
        self.session.client.begin()
        self.session.given.begin(f"fuzz.{self.operation.id}", ())
        usual = self.request()
        if usual is not None:
            self.tally.advisor.usual(usual)
        self._generated(generator)
        self._extremes()
        self._raw()

    def offer(self, passed: Passed | None, name: str, identity: str | None = "main") -> Answer | None:
        """Send a request that passed, and book its answer; ``None`` when there is none."""
        if passed is None:
            return None
        kind = self.tally.kind(passed.reading)
        place = f"{self.session.label}, request {self.tally.number + 1}: {name}"
        try:
            answer = self.session.client.send(self.operation.id, passed.message, identity)
        except Prevented as prevented:
            self.tally.prevented(prevented)
            return None
        except TransportError as error:
            self.tally.count(kind)
            self.tally.unanswered(error, place)
            return None
        self.tally.count(kind)
        self.tally.answered(answer, kind, passed.reading, place)
        return answer

    def request(self) -> Call | None:
        """The given's valid request; ``None`` when something stands in its way."""
        try:
            return self.session.given.request(self.operation.id)
        except Prevented as prevented:
            self.tally.prevented(prevented)
            return None
        except TransportError as error:
            self.tally.unanswered(error, f"{self.session.label}, before request {self.tally.number + 1}")
            return None

    def positive(self, generator: Generator) -> list[Message]:
        """What the generator makes for the operation by its schema."""
        if not self._positive:
            self._positive = self._made(generator, valid=True)
        return self._positive

    def _made(self, generator: Generator, *, valid: bool) -> list[Message]:
        count = self.session.depth.generated
        return generator.requests(self.operation, valid=valid, count=count, seed=self.session.seed)

    def overlaid(self, call: Call, fields: Sequence[tuple[str, Json]]) -> Call:
        """A request of the given's, some of its fields made up, and still valid: it gets past the look-ups."""
        named = {identity.node.id for identity in self.guard.identities}
        for node, value in fields:
            if node in named or node not in self.tally.rules.nodes or not _holds(call, node):
                continue
            if self.chooser.random() < OVERLAID:
                other = call.set(node, value)
                call = other if self.tally.rules.valid(other.arguments()) else call
        return call

    def fields(self, message: Message) -> list[tuple[str, Json]]:
        """Node and value of every parameter and of every field on the first level of the body of a made-up request."""
        reading = self.guard.read(message)
        return list(_fields(reading.arguments.as_json())) if reading is not None and reading.plain else []

    def _generated(self, generator: Generator) -> None:
        positive, negative = self.positive(generator), self._made(generator, valid=False)
        half = len(positive) // 2
        for message in positive[:half]:
            call = self.request()
            if call is not None:
                call = self.overlaid(call, self.fields(message))
                self.offer(self.guard.unchanged(self._write(call), self.guard.own(call), self.chooser), "overlaid")
        template = self.request()
        own: Own = {} if template is None else self.guard.own(template)
        for name, messages in (("positive", positive[half:]), ("negative", negative)):
            for message in messages:
                self.offer(self.guard.generated(message, own, self.session.given.tag, self.chooser), name)

    def _extremes(self) -> None:
        edges = [(node, name, value) for node in self.tally.rules.nodes.values() for name, value in extremes(node)]
        for node, name, value in self.chooser.sample(edges, min(self.session.depth.extremes, len(edges))):
            call = self.request()
            if call is None or call.get(node.id) is ABSENT or not _fits(node, value):
                continue
            passed = self.guard.unchanged(self._write(call.set(node.id, value)), self.guard.own(call), self.chooser)
            self.offer(passed, f"extreme {node.id} {name}")

    def _raw(self) -> None:
        template = self.request()
        if template is None:
            return
        for _ in range(self.session.depth.raw):
            for name, mutation in MUTATIONS.items():
                if mutation(Valid(self._write(template), self.operation, self.chooser)) is None:
                    continue
                call = self.request()
                spoilt = call and mutation(Valid(self._write(call), self.operation, self.chooser))
                if call and spoilt:
                    passed = self.guard.unchanged(spoilt, self.guard.own(call), self.chooser)
                    identity = None if name in UNSIGNED else "main"
                    self.offer(passed and Passed(passed.message, None), f"raw {name}", identity)

    def _write(self, call: Call) -> Message:
        return self.session.client.message(call)


def _holds(call: Call, node: str) -> bool:
    """Whether a request has what a field of its body stands in."""
    holder = node.rpartition(".")[0]
    return not holder.startswith("body") or isinstance(call.get(holder), dict)


def _fits(node: Node, value: Any) -> bool:
    """Whether a value can stand there at all: not every text is a path segment or a header."""
    text = str(value)
    if node.location == "path":
        return text.strip(".") != "" and not set(text) & {"/", "\\"}
    return node.location != "header" or (text.isascii() and text.isprintable() and text == text.strip())


def _fields(whole: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    for location in ("query", "path"):
        for name, value in whole[location].items():
            yield f"{location}.{token(name)}", value
    body, prefix = whole.get("body"), "body"
    if isinstance(body, list):
        body, prefix = (body[0] if body else None), "body.each"
    if isinstance(body, dict):
        for name, value in body.items():
            yield f"{prefix}.{token(name)}", value
