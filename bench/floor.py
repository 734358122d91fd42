"""The floor: a bare Starlette application that answers every request with the same page.

It reads nothing, checks nothing and holds no state. By default it renders the page from data, as an application does
(``JSONResponse``); with ``--prebuilt`` it sends bytes made beforehand, which no application can beat.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mockserver.serve import bind, serve

HOST = "127.0.0.1"


def main() -> None:
    """Serve the files named on the command line: ``[--prebuilt] PATH=FILE ...``."""
    make = _prebuilt if "--prebuilt" in sys.argv else _rendered
    routes = [make(*argument.split("=", 1)) for argument in sys.argv[1:] if "=" in argument]
    serve(Starlette(routes=routes), bind(HOST, 0), HOST)


def _rendered(path: str, file: str) -> Route:
    data = json.loads(Path(file).read_bytes())

    async def answer(_request: Request) -> Response:
        return JSONResponse(data)

    return Route(path, answer)


def _prebuilt(path: str, file: str) -> Route:
    body = Path(file).read_bytes()

    async def answer(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    return Route(path, answer)


if __name__ == "__main__":
    main()
