"""Connexion's routed middleware with one pipeline an operation, built when it is called first."""

from __future__ import annotations

from functools import partial
from typing import Any

from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.operations import OpenAPIOperation
from connexion.resolver import Resolution, Resolver
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.http.pipeline import PipelineOperation, Service, Surroundings
from mockserver.http.spec import ContractSpecification


class HandlerResolver(Resolver):
    """Connexion's resolver, asking the service for its handlers."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self._service = service

    def resolve(self, operation: OpenAPIOperation) -> Resolution:
        """The handler of an operation; its module is imported now."""
        documented = self._service.contract.operations[operation.operation_id]
        return Resolution(self._service.handler(documented), operation.operation_id)


class PipelineAPI(RoutedAPI[PipelineOperation]):
    """The operations of one API by operationId. Each entry of ``operations`` is an ASGI application."""

    def __init__(
        self,
        specification: ContractSpecification,
        *,
        next_app: ASGIApp,
        base_path: str,
        service: Service,
        around: Surroundings,
        **_: Any,
    ) -> None:
        super().__init__(specification, base_path, HandlerResolver(service), next_app=next_app)
        self._service = service
        self._around = around
        self._built: dict[str, PipelineOperation] = {}
        self.add_paths()

    def add_paths(self) -> None:
        """Note every operation; nothing is built yet."""
        for operation in self._service.contract:
            self.operations[operation.id] = partial(self._first_call, operation.id)

    def make_operation(self, operation: OpenAPIOperation) -> PipelineOperation:
        """The pipeline of an operation as Connexion has read it."""
        made = PipelineOperation(self._service, operation, self._around)
        self._built[operation.operation_id] = made
        return made

    def operation(self, operation_id: str) -> PipelineOperation:
        """The pipeline of an operation, built if it is not yet. Raises ``KeyError`` for an unknown one."""
        if operation_id not in self._built:
            documented = self._service.contract.operations[operation_id]
            entry = self.operations[operation_id]
            self.add_operation(documented.path, documented.method.lower())
            if not isinstance(entry, partial):  # something else has taken its place already
                self.operations[operation_id] = entry
        return self._built[operation_id]

    def replace(self, operation_id: str, asgi: ASGIApp) -> None:
        """Put another application, which may wrap the pipeline, in an operation's place."""
        if operation_id not in self._service.contract.operations:
            raise KeyError(operation_id)
        self.operations[operation_id] = asgi

    def restore(self, operation_id: str) -> None:
        """Put the pipeline back in its place."""
        self.operations[operation_id] = self.operation(operation_id)

    async def _first_call(self, operation_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        await self.operation(operation_id)(scope, receive, send)


class Pipeline(RoutedMiddleware[PipelineAPI]):
    """Hands a routed request to its operation."""

    api_cls = PipelineAPI
