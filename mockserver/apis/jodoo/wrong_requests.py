"""Wrong ways for requests: how they are read, and what is looked at first."""

from __future__ import annotations

from typing import Any

from mockserver.defects.seams import OperationSeams, Rules
from mockserver.errors import Refused
from specs.requests import Arguments, Finding

SAMPLE = "63ff32d918fbc20007a4a082"


def any_media_type(seams: OperationSeams) -> None:
    """A body is read as JSON whatever it is called."""
    inner = seams.decode

    async def decode(scope: Any, receive: Any) -> Arguments:
        headers = [(name, value) for name, value in scope["headers"] if name != b"content-type"]
        return await inner({**scope, "headers": headers}, receive)

    seams.decode = decode


def any_text(seams: OperationSeams) -> None:
    """A body that is no JSON is taken for the printed request."""
    inner = seams.decode

    async def decode(scope: Any, receive: Any) -> Arguments:
        try:
            return await inner(scope, receive)
        except Refused:
            return Arguments(body={"instance_id": SAMPLE, "tasks_type": 1})

    seams.decode = decode


def body_before_key(seams: OperationSeams) -> None:
    """The body is looked at before the key."""
    verify, inner, rules = seams.verify, seams.decode, seams.rules

    async def decode(scope: Any, receive: Any) -> Arguments:
        arguments = await inner(scope, receive)
        if rules.valid(arguments):  # else it is refused for that
            verify(scope)
        return arguments

    seams.verify, seams.decode = _anybody, decode


def _anybody(_scope: Any) -> None:
    """Lets every caller in."""


def instance_before_parameters(seams: OperationSeams) -> None:
    """The instance is looked up before tasks_type is looked at."""
    rules, handler = seams.rules, seams.handler

    def look_up_first(world: Any, *, body: Any) -> Any:
        shown = handler(world, body=body)
        if not rules.valid(Arguments(body=body)):
            raise Refused
        return shown

    seams.rules, seams.handler = _ForInstance(rules), look_up_first


class _ForInstance:
    """Rules that only see what keeps an instance from being looked up."""

    def __init__(self, inner: Rules) -> None:
        self._inner = inner

    def valid(self, arguments: Arguments) -> bool:
        return not self.findings(arguments)

    def findings(self, arguments: Arguments) -> list[Finding]:
        found = self._inner.findings(arguments)
        return [finding for finding in found if finding.node != "body.tasks_type"]
