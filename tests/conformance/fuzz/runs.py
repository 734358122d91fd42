"""Small fuzz runs on a mock in this process."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import specs
from conformance.client import Client
from conformance.coverage import Coverage
from conformance.fuzz import Depth, Session, explore
from conformance.given import Given
from conformance.outcome import Outcome
from conformance.target import Target, Writes
from conformance.wire.transport import Message, RawAnswer, Transport
from specs import Contract
from tests.in_process import AsgiTransport
from tests.kill.harness import target_for

SUPOS = specs.load("supos")
NOTHING = Depth(generated=0, extremes=0, raw=0, walks=0, steps=0)


@dataclass
class Recording:
    """A transport that remembers what was sent."""

    inner: Transport
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message, deadline: float) -> RawAnswer:
        self.sent.append(message)
        return self.inner.send(message, deadline)


@dataclass(frozen=True)
class Found:
    """What a run found."""

    outcomes: list[Outcome]
    coverage: dict[str, Coverage]
    sent: list[Message]

    @property
    def findings(self) -> list[tuple[str, str]]:
        """Clause and text of each finding."""
        return [
            (booking.clause, text) for one in self.outcomes for booking in one.bookings for text in booking.findings
        ]


def run(
    mock: Any,
    operations: Collection[str],
    depth: Depth,
    *,
    seed: int = 1,
    world: str | None = None,
    through: Callable[[Transport], Transport] = lambda inner: inner,
    writes: Writes = "full",
    contract: Contract = SUPOS,
) -> Found:
    """Fuzz these operations of a mock, in a world of its own if that has a name; ``through`` may spoil its answers."""
    inner = AsgiTransport(mock, world)
    recording = Recording(through(inner))
    described = target_for(SUPOS, mock)
    target = Target("supos", described.base_url, identities=described.identities, roles=described.roles, writes=writes)
    client = Client(contract, target, recording)
    try:
        given, label = Given(client, "fz"), f"fuzz test, seed {seed}"
        session = Session(client, given, depth, seed, label, lambda clause: clause.split(".")[1] in operations)
        outcomes, coverage = explore(session)
    finally:
        inner.close()
    return Found(outcomes, {one.operation: one for one in coverage}, recording.sent)
