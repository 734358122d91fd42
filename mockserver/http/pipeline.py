"""The one way from a request to an answer: authentication, arguments, rules, handler, check, send."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
from connexion.operations import OpenAPIOperation
from starlette.types import Receive, Scope, Send

from mockserver.adapter import Reply, Verifier, WorldLike, WorldsLike
from mockserver.errors import Fault, Refused, Unauthorized
from mockserver.http.answers import Answer, Answers, send_answer
from mockserver.http.bodies import Body, ClientGone, Rules, WithoutUploads, header
from mockserver.http.errors import Refusal, Refusals
from mockserver.http.parameters import Keywords, Parameters
from mockserver.http.rates import admission_of
from mockserver.http.security import anybody
from mockserver.options import Options
from specs.model import Contract, Json, Operation
from specs.requests import Arguments, RequestRules

logger = logging.getLogger("mockserver")

Handler = Callable[..., Any]


@dataclass(slots=True)
class Faults:
    """How often the mock was wrong."""

    count: int = 0


class WorldsOf(Protocol):
    """Worlds by the name in the header ``X-Mock-World``."""

    def of(self, name: bytes | None) -> Any: ...


class Service(Protocol):
    """An API to be served."""

    @property
    def contract(self) -> Contract: ...

    @property
    def in_commands(self) -> bool:
        """Whether handlers of unsafe methods run inside a command of their world."""

    def handler(self, operation: Operation) -> Handler:
        """What answers an operation. Raises ``ImportError`` or ``AttributeError`` if there is nothing."""

    def verifier(self, scheme: Mapping[str, Json]) -> Verifier:
        """What authenticates by a security scheme of the document."""

    def within(self, worlds: WorldsLike) -> WorldsOf:
        """The worlds as this API sees them."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all operations of one mock share."""

    worlds: WorldsLike
    faults: Faults
    options: Options


class PipelineOperation:
    """One operation. Its parts are attributes, so that a defect can exchange one."""

    def __init__(self, service: Service, found: OpenAPIOperation, around: Surroundings) -> None:
        contract = service.contract
        operation = contract.operations[found.operation_id]
        scheme = _scheme(found)
        self.operation = operation
        self.verify: Callable[[Scope], object] = service.verifier(scheme) if operation.secured else anybody
        self.admit: Callable[[Any, object], None] | None = admission_of(contract, operation)
        self.decode: Callable[[Scope, Receive], Awaitable[Arguments]] = _Decoder(
            contract, operation, around.options.body_limit
        )
        rules: Rules = RequestRules(contract, operation)
        self.rules = rules if _is_plain(operation) else WithoutUploads(rules)
        self.before_handler: Callable[[Arguments], Arguments] | None = None
        self.handler: Handler = found.function
        self.answers = Answers(contract, operation, check_bytes=around.options.check == "bytes")
        self._refusals = Refusals(contract, operation, scheme)
        self._error_media = contract.error_media.encode()
        self._keywords = Keywords(contract, operation)
        self._success = operation.success.status
        self._in_command = service.in_commands and not operation.safe
        self._worlds = service.within(around.worlds)
        self._faults = around.faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answer(scope, receive)
        except ClientGone:
            return
        await send_answer(send, answer, with_body=scope["method"] != "HEAD")

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        """The answer to a request; a fault of the mock becomes the net's answer."""
        try:
            try:
                caller = self.verify(scope)
                if self.admit is not None:
                    self.admit(self._worlds.of(header(scope, b"x-mock-world")), caller)
                arguments = await self.decode(scope, receive)
                if not self.rules.valid(arguments):
                    return self._refuse(self._refusals.of_finding(self.rules.findings(arguments)[0]))
                if self.before_handler is not None:
                    arguments = self.before_handler(arguments)
                return self._perform(self._worlds.of(header(scope, b"x-mock-world")), arguments)
            except Refused as refused:
                return self._refuse(self._refusals.of_refused(refused))
            except Unauthorized as unauthorized:
                return self._refuse(self._refusals.of_unauthorized(unauthorized))
        except ClientGone:
            raise
        except Fault as fault:
            return self._catch(fault, fault)
        except Exception as error:  # noqa: BLE001 - the net: whatever a handler raises is answered, logged and counted
            return self._catch(Fault("handler", f"{type(error).__name__}: {error}"), error)

    def _perform(self, world: WorldLike, arguments: Arguments) -> Answer:
        """Handler and check in one command, so that an answer that must not be sent has changed nothing."""
        if not self._in_command:
            return self._run(world, arguments)
        with world.command():
            return self._run(world, arguments)

    def _run(self, world: WorldLike, arguments: Arguments) -> Answer:
        result = self.handler(world, **self._keywords(arguments))
        if isinstance(result, Reply):
            status = self._success if result.status is None else result.status
            return self.answers(status, result.data, result.headers)
        return self.answers(self._success, result)

    def _refuse(self, refusal: Refusal) -> Answer:
        return self.answers(refusal.status, refusal.body, refusal.headers)

    def _catch(self, fault: Fault, cause: Exception) -> Answer:
        self._faults.count += 1
        logger.error("%s: %s fault: %s", self.operation.id, fault.kind, fault, exc_info=cause)
        refusal = self._refusals.of_fault(fault)
        return Answer(refusal.status, orjson.dumps(refusal.body), self._error_media, refusal.headers)


class _Decoder:
    """Reads the arguments of one operation; the body comes first, so that nothing of it stays behind unread."""

    def __init__(self, contract: Contract, operation: Operation, limit: int) -> None:
        self._parameters = Parameters(contract, operation)
        self._body = None if operation.body is None else Body(contract, operation, limit=limit)

    async def __call__(self, scope: Scope, receive: Receive) -> Arguments:
        if self._body is None:
            return self._parameters(scope)
        return self._parameters(scope, await self._body(scope, receive))


def _scheme(found: OpenAPIOperation) -> Mapping[str, Json]:
    """The first security scheme that an operation asks for; empty when it asks for none."""
    for requirement in found.security or ():
        for name in requirement:
            scheme: Mapping[str, Json] = found.security_schemes[name]
            return scheme
    return {}


def _is_plain(operation: Operation) -> bool:
    """Whether all bodies are JSON or URL-encoded, so that no file can be among the arguments."""
    return all(media.endswith(("json", "x-www-form-urlencoded")) for media in operation.body_media)
