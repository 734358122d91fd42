"""One process's way to the target in a run: transport, client, givens, ledger, opened and closed together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from conformance.client import Client
from conformance.given import Given
from conformance.ledger.file import Ledger
from conformance.settings import Settings
from conformance.transport import HttpTransport


@contextmanager
def session(settings: Settings, worker: str) -> Iterator[tuple[Client, Given]]:
    """Client and givens of one worker, by its name (``gw0``, ``gw1``, ... or anything else for the only one)."""
    transport = HttpTransport(settings.target.ca_bundle)
    ledger = None if settings.ledger is None else Ledger(settings.ledger, worker, settings.run_tag)
    try:
        client = Client(settings.contract, settings.target, transport, ledger)
        number = int(worker.removeprefix("gw")) if worker.startswith("gw") and worker[2:].isdecimal() else 0
        yield client, Given(client, settings.run_tag, worker=number)
    finally:
        transport.close()
        if ledger is not None:
            ledger.close()
