"""Sends made-up requests and books every answer on its schema clause."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conformance.answer import Answer
from conformance.call import Call
from conformance.client import Client
from conformance.coverage import Coverage
from conformance.errors import Prevented, TransportError
from conformance.fuzz.generator import Generated, Generator
from conformance.given import Given
from conformance.outcome import Booking, Outcome, Status
from conformance.transport import Message
from specs.model import Operation
from specs.requests import ABSENT, Arguments, RequestRules

DEPTHS: Mapping[str, int] = {"quick": 25, "deep": 400}
"""Requests of each kind, valid and wrong, that an operation gets."""

KEPT = 5
"""Findings of one operation that are told in full."""

OVERLAID = 0.4
"""Share of the made-up fields that replace those of the given's valid request."""


def fuzz(client: Client, given: Given, depth: str, seed: int) -> tuple[list[Outcome], list[Coverage]]:
    """An outcome (its bookings) and the coverage of each operation that the target allows to be called."""
    contract, target = client.contract, client.target
    outcomes, coverages = [], []
    with TemporaryDirectory(prefix="conformance-fuzz-") as folder:
        generator = Generator(contract, target.address(contract), Path(folder))
        for operation in contract:
            if target.allows(operation):
                outcome, coverage = _Campaign(client, given, operation, seed).run(generator, DEPTHS[depth])
                outcomes.append(outcome)
                coverages.append(coverage)
    return outcomes, coverages


class _Campaign:
    """The requests to one operation."""

    def __init__(self, client: Client, given: Given, operation: Operation, seed: int) -> None:
        self.client = client
        self.given = given
        self.operation = operation
        self.seed = seed
        self.rules = RequestRules(client.contract, operation)
        self.chooser = random.Random(f"{seed}.{operation.id}")  # noqa: S311 - a draw, not a secret
        self.statuses: Counter[int] = Counter()
        self.clauses: dict[str, Booking] = {}
        self.findings: list[Booking] = []
        self.sent = Counter[bool]()

    def run(self, generator: Generator, count: int) -> tuple[Outcome, Coverage]:
        self.client.begin()
        self.given.begin(f"fuzz.{self.operation.id}", ())
        made = generator.requests(self.operation, valid=True, count=count, seed=self.seed)
        for call in self._overlaid(made[: len(made) // 2]):
            self._send(self.client.message(call), call.arguments())
        for generated in made[len(made) // 2 :]:
            self._send(generated.message, generated.arguments)
        for generated in generator.requests(self.operation, valid=False, count=count, seed=self.seed):
            self._send(generated.message, None)
        return self._outcome(), self._coverage()

    def _overlaid(self, made: Iterable[Generated]) -> Iterator[Call]:
        """The given's request, some of its fields made up: such requests get past the look-ups."""
        for generated in made:
            try:
                call = self.given.request(self.operation.id)
            except Prevented:
                return
            for node, value in _fields(generated):
                if node in self.rules.nodes and self.chooser.random() < OVERLAID:
                    other = call.set(node, value)
                    call = other if self.rules.valid(other.arguments()) else call
            yield call

    def _send(self, message: Message, arguments: Arguments | None) -> None:
        """Send one request; without arguments it is one that was made to be wrong."""
        allowed = arguments is not None and self.rules.valid(arguments)
        self.sent[allowed] += 1
        number = self.sent.total()
        try:
            answer = self.client.send(self.operation.id, message)
        except Prevented:  # the target has no room for more calls
            return
        except TransportError as error:
            clause = f"{self.client.contract.api}.error-body"
            self.findings.append(Booking(clause, self.operation.id, (f"no answer: {error} ({self._named(number)})",)))
            return
        self.statuses[answer.status] += 1
        self._book(answer, number)

    def _book(self, answer: Answer, number: int) -> None:
        if not answer.flaws:
            self.clauses.setdefault(answer.schema_clause, Booking(answer.schema_clause, answer.operation, ()))
            return
        texts = tuple(f"{flaw.pointer or 'the answer'} {flaw.message} ({self._named(number)})" for flaw in answer.flaws)
        self.findings.append(Booking(answer.schema_clause, answer.operation, texts, answer.exchange))

    def _named(self, number: int) -> str:
        return f"fuzz seed {self.seed}, request {number}"

    def _outcome(self) -> Outcome:
        return Outcome(
            check=f"fuzz.{self.operation.id}",
            clauses=(),
            status=Status.PASS,
            bookings=(*self.clauses.values(), *self.findings[:KEPT]),
            operations=(self.operation.id,),
        )

    def _coverage(self) -> Coverage:
        return Coverage(
            operation=self.operation.id,
            valid=self.sent[True],
            wrong=self.sent[False],
            statuses=dict(sorted(self.statuses.items())),
            unreached=tuple(status for status in self.operation.responses if status not in self.statuses),
        )


def _fields(generated: Generated) -> Iterator[tuple[str, Any]]:
    """Node and value of every parameter and of every field on the first level of the body."""
    for location, values in (("query", generated.arguments.query), ("path", generated.arguments.path)):
        for name, value in values.items():
            yield f"{location}.{name}", value
    body = generated.arguments.body
    prefix = "body"
    if isinstance(body, list):
        body, prefix = (body[0] if body else ABSENT), "body.each"
    if isinstance(body, dict):
        for name, value in body.items():
            yield f"{prefix}.{name}", value
