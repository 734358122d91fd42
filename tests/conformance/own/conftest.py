"""The parcel service, running, and its two documents."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.conformance.own.server import Service, server_of

HERE = Path(__file__).parent
PLAIN, ANNOTATED = HERE / "plain.yaml", HERE / "annotated.yaml"


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The address of a server of this service, in a thread of this process."""
    with server_of(service) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def parcels() -> Iterator[Callable[..., str]]:
    """Serves parcels, wrong in the way that is named; gives the address."""
    with ExitStack() as stack:

        def serve(sabotage: str = "", service: Service | None = None) -> str:
            return stack.enter_context(served(service or Service(sabotage)))

        yield serve
