"""Breadth: many made-up requests to every operation, each answer judged against its document like any other.

``generator.py`` is the one module that touches Schemathesis.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance.client import Client
from conformance.coverage import Coverage
from conformance.fuzz.campaign import Campaign
from conformance.fuzz.generator import Generator
from conformance.fuzz.session import DEPTHS, Depth, Session
from conformance.fuzz.walks import Walker
from conformance.given import Given
from conformance.outcome import Outcome

__all__ = ["DEPTHS", "Depth", "Session", "explore", "fuzz"]


def fuzz(
    client: Client, given: Given, depth: str, seed: int, selected: Callable[[str], bool] = lambda _: True
) -> tuple[list[Outcome], list[Coverage]]:
    """An outcome (its bookings) and the coverage of each operation that may be fuzzed and is asked about."""
    return explore(Session(client, given, DEPTHS[depth], seed, f"fuzz {depth}, seed {seed}", selected))


def explore(session: Session) -> tuple[list[Outcome], list[Coverage]]:
    """The same for any depth."""
    contract, target = session.contract, session.target
    campaigns = {operation.id: Campaign(session, operation) for operation in contract if session.may_call(operation)}
    with TemporaryDirectory(prefix="conformance-fuzz-") as folder:
        generator = Generator(contract, target.address(contract), target.sent_headers, Path(folder))
        for campaign in campaigns.values():
            campaign.run(generator)
        Walker(session, campaigns, generator).run()
    tallies = [campaign.tally for campaign in campaigns.values()]
    return [tally.outcome() for tally in tallies], [tally.coverage() for tally in tallies]
