"""The floor: a bare Starlette application that answers every request with the same bytes.

It reads nothing, checks nothing and holds no state; what it costs is the server's share of any answer.
"""

from __future__ import annotations

import sys
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockserver.serve import bind, serve

HOST = "127.0.0.1"


def main() -> None:
    """Serve the files named on the command line: ``PATH=FILE ...``."""
    routes = [_route(*argument.split("=", 1)) for argument in sys.argv[1:]]
    serve(Starlette(routes=routes), bind(HOST, 0), HOST)


def _route(path: str, file: str) -> Route:
    body = Path(file).read_bytes()

    async def answer(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    return Route(path, answer)


if __name__ == "__main__":
    main()
