"""Swagger UI and the published document of each API. Built when somebody looks at them first."""

from __future__ import annotations

from typing import Any

import orjson
from connexion.middleware.swagger_ui import SwaggerUIAPI, SwaggerUIMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.http.spec import ContractSpecification


class _Docs(SwaggerUIAPI):
    """Connexion's pages with a document that is written once; stock copies and checks it on every request."""

    def __init__(self, specification: ContractSpecification, **kwargs: Any) -> None:
        self._published = specification.published()
        self._raw = orjson.dumps(self._published)
        super().__init__(specification, **kwargs)

    async def _get_openapi_json(self, request: Request) -> Response:  # noqa: ARG002 - a Starlette endpoint
        return Response(self._raw, media_type="application/json")

    def _spec_for_prefix(self, request: Request) -> dict[str, Any]:  # noqa: ARG002 - see the base class
        return self._published


class DocsGate(SwaggerUIMiddleware):
    """Connexion's Swagger UI behind a glance at the path, so that it costs other requests nothing."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self._waiting: list[tuple[ContractSpecification, str | None]] = []

    def add_api(self, specification: ContractSpecification, base_path: str | None = None, **_: Any) -> None:
        """Note an API; its pages are built with the first request for one."""
        self._waiting.append((specification, base_path))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if "/ui" not in path and "/openapi." not in path:
            await self.app(scope, receive, send)
            return
        while self._waiting:
            specification, base_path = self._waiting.pop()
            docs = _Docs(specification, base_path=base_path, default=self.default_fn)
            for path in (docs.base_path, *specification.contract.base_paths[1:]):
                self.router.mount(path, app=docs.router)
        await super().__call__(scope, receive, send)
