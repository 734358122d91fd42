"""Puts the mock together: Connexion's middleware stack around the pipelines of all APIs."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from connexion import ConnexionMiddleware
from connexion.middleware.exceptions import ExceptionMiddleware
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.middleware.main import API
from connexion.middleware.server_error import ServerErrorMiddleware
from starlette.types import Receive, Scope, Send

import specs
from mockserver.adapter import Adapter, PartsOf, Verifier, WorldsLike, adapter_names, load_adapter, seeded_worlds
from mockserver.control import Control
from mockserver.http.apis import Pipeline, PipelineAPI
from mockserver.http.docs import DocsGate
from mockserver.http.names import snake_case
from mockserver.http.pipeline import Faults, Handler, PipelineOperation, Service, Surroundings
from mockserver.http.routing import IndexRouting
from mockserver.http.security import anybody
from mockserver.http.spec import ContractSpecification
from mockserver.options import Options
from specs.model import Contract, Json, Operation


@dataclass(frozen=True, slots=True)
class AdapterService:
    """An API behind its adapter."""

    contract: Contract
    adapter: Adapter
    auth: bool = True
    in_commands: bool = True

    def handler(self, operation: Operation) -> Handler:
        """The function named by the operationId in the module of the operation's tag."""
        module = importlib.import_module(self.adapter.modules[operation.tag])
        handler: Handler = getattr(module, snake_case(operation.id))
        return handler

    def within(self, worlds: WorldsLike) -> PartsOf:
        """The API's parts of the worlds."""
        return PartsOf(worlds, self.contract.api)

    def verifier(self, scheme: Mapping[str, Json]) -> Verifier:
        """The adapter's verifier of a security scheme; with ``--auth off`` there is none."""
        return self.adapter.verifier(scheme) if self.auth else anybody


class Mock:
    """A running mock as an ASGI application, and the places where defects take hold of it."""

    def __init__(self, services: Sequence[Service], worlds: WorldsLike, options: Options) -> None:
        self.worlds = worlds
        self.faults = Faults()
        self.contracts: Mapping[str, Contract] = {service.contract.api: service.contract for service in services}
        around = Surroundings(worlds, self.faults, options)
        self._app = ConnexionMiddleware(
            _nothing_left,
            import_name="mockserver",
            lifespan=_lifespan,
            middlewares=[
                ServerErrorMiddleware,
                ExceptionMiddleware,
                DocsGate,
                IndexRouting,
                Pipeline,
                LifespanMiddleware,
            ],
        )
        for service in services:
            specification = ContractSpecification(service.contract)
            # ``add_api`` would copy the document and check it against the meta-schema.
            self._app.apis.append(
                API(specification, base_path=service.contract.base_path, service=service, around=around)
            )
        self._app.app, self._app.middleware_stack = self._app._build_middleware_stack()
        pipeline = next(app for app in self._app.middleware_stack if isinstance(app, Pipeline))
        self._routing = next(app for app in self._app.middleware_stack if isinstance(app, IndexRouting))
        self._apis: Mapping[str, PipelineAPI] = {
            service.contract.api: pipeline.apis[service.contract.base_path][0] for service in services
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def operation(self, api: str, operation_id: str) -> PipelineOperation:
        """The pipeline of an operation, built. Raises ``KeyError`` if there is no such operation."""
        return self._apis[api].operation(operation_id)

    def replace(self, api: str, operation_id: str, asgi: Any) -> None:
        """Serve an operation by another ASGI application, outside the check of answers."""
        self._apis[api].replace(operation_id, asgi)

    def restore(self, api: str, operation_id: str) -> None:
        """Serve an operation by its own pipeline again."""
        self._apis[api].restore(operation_id)

    def serve(self, api: str, operation_id: str, method: str) -> Callable[[], None]:
        """Serve an operation to another method as well; gives what ends that."""
        contract = self.contracts[api]
        path = contract.base_path + contract.operations[operation_id].path
        return self._routing.serve(path, method, contract.base_path, operation_id)


def assemble(apis: Iterable[str] | None, *, seed: int, options: Options, defects: Iterable[str]) -> Mock:
    """The mock of some APIs, seeded, with some defects."""
    adapters = tuple(load_adapter(name) for name in (adapter_names() if apis is None else apis))
    worlds = seeded_worlds(adapters, seed, options)
    services: list[Any] = [AdapterService(specs.load(adapter.name), adapter, options.auth) for adapter in adapters]
    control = Control(adapters, worlds, seed, token=options.control_token)
    mock = Mock([*services, control] if options.control else services, worlds, options)
    control.faults = mock.faults
    wanted = tuple(defects)
    if wanted:
        from mockserver.defects import find  # a correct mock needs none of it

        for defect in find((service.contract for service in services), wanted):
            defect.install(mock)
    return mock


@asynccontextmanager
async def _lifespan(_app: Any) -> AsyncIterator[None]:
    yield


async def _nothing_left(scope: Scope, _receive: Receive, _send: Send) -> None:
    raise RuntimeError(f"the mock does not speak {scope['type']}")
