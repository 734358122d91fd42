"""The mock with an API of 150 made-up operations beside supOS: does a crowd of operations cost anything?

Serves like ``mockserver serve --api supos --port 0``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import specs
from mockserver.adapter import Verifier, WorldsLike, load_adapter, seeded_worlds
from mockserver.control import Control
from mockserver.http.app import AdapterService, Mock
from mockserver.http.pipeline import Handler
from mockserver.http.security import anybody
from mockserver.options import Options
from mockserver.serve import bind, serve
from specs.model import Contract, Json, Operation

OPERATIONS = 150
HOST = "127.0.0.1"


def _path(number: int) -> Mapping[str, Json]:
    thing = {"type": "object", "properties": {"id": {"type": "string"}}}
    return {
        "get": {
            "operationId": f"getThing{number}",
            "tags": ["Things"],
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": thing}}}},
        }
    }


@dataclass(frozen=True, slots=True)
class Crowd:
    """An API of many operations, none of them secured."""

    contract: Contract
    in_commands: bool = True

    def handler(self, operation: Operation) -> Handler:  # noqa: ARG002 - all are alike
        return lambda _world, **arguments: arguments

    def verifier(self, scheme: Mapping[str, Json]) -> Verifier:  # noqa: ARG002 - all are alike
        return anybody

    def within(self, worlds: WorldsLike) -> WorldsLike:
        """The whole worlds: the crowd has nothing in them."""
        return worlds


def crowd() -> Crowd:
    """An API whose paths have a parameter each."""
    document: dict[str, Any] = {
        "openapi": "3.0.3",
        "info": {"title": "crowd", "version": "1"},
        "servers": [{"url": "/crowd"}],
        "x-outcome": {"code": "/code", "message": "/message"},
        "paths": {f"/things{number}/{{id}}": _path(number) for number in range(OPERATIONS)},
        "x-clauses": [],
    }
    return Crowd(Contract("crowd", document))


def main() -> None:
    """Serve on a free port; one line says which."""
    adapter = load_adapter("supos")
    worlds = seeded_worlds([adapter], 1, Options())
    control = Control((adapter,), worlds, 1, token=None)
    mock = Mock([AdapterService(specs.load("supos"), adapter), crowd(), control], worlds, Options())
    control.faults = mock.faults
    serve(mock, bind(HOST, 0), HOST)


if __name__ == "__main__":
    main()
