"""One process's way to the target in a run: transport, client, givens, ledger, opened and closed together."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from conformance.client import Client
from conformance.given import Given
from conformance.ledger.file import Ledger
from conformance.settings import Settings
from conformance.wire.pace import pace_of
from conformance.wire.transport import HttpTransport


@contextmanager
def session(settings: Settings, worker: str, *, beside: int = 1) -> Iterator[tuple[Client, Given]]:
    """Client and givens of one worker, by its name (``gw0``, ``gw1``, ... or anything else for the only one).

    ``beside`` is the number of workers that share the target's rate.
    """
    transport = HttpTransport(settings.target.ca_bundle)
    ledger = None if settings.ledger is None else Ledger(settings.ledger, worker, settings.run_tag)
    try:
        pace = pace_of(settings.contract, settings.target, workers=beside, asked=time.monotonic())
        client = Client(settings.contract, settings.target, transport, ledger, pace=pace)
        number = int(worker.removeprefix("gw")) if worker.startswith("gw") and worker[2:].isdecimal() else 0
        yield client, Given(client, settings.run_tag, worker=number)
    finally:
        transport.close()
        if ledger is not None:
            ledger.close()
