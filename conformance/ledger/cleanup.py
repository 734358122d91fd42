"""Takes away what a run has made: what stands in its ledger and nothing else, the youngest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.answer import Answer, values_at
from conformance.client import Client
from conformance.errors import Prevented, TransportError
from conformance.ledger.creation import Asked, Creation
from conformance.ledger.expressions import known, needs_answer
from conformance.ledger.file import Entry, Ledger, read_ledger
from conformance.masking import Masker
from conformance.wire.call import Call
from specs.model import Contract
from specs.requests import ABSENT, Arguments

GONE = (404, 410)
"""Statuses by which a DELETE that documents them says that there is nothing to be deleted."""

WORKER = "cleanup"
"""The worker's name under which a cleanup writes into a ledger."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that could not be taken away, or of which nobody knows whether it is there."""

    entry: str
    operation: str
    """What made it."""
    marks: tuple[str, ...]
    """Names by which it may be found."""
    seen: str
    """What stood in the way."""


@dataclass(frozen=True, slots=True)
class Cleanup:
    """What a cleanup did."""

    removed: int = 0
    gone: int = 0
    """What was not there any more: a check had taken it away itself."""
    left: Mapping[str, int] = field(default_factory=dict)
    """Why something stays by design -> how often."""
    failed: tuple[Leftover, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing stays but what stays by design."""
        return not self.failed


class _Failed(Exception):
    """One entry cannot be taken away; the text says what was seen."""


def clean(path: Path, client: Client) -> Cleanup:
    """Take away what a ledger lists and no earlier cleanup has taken. May raise ``TargetUnreachable``."""
    contract = client.contract
    ledger = Ledger(path, WORKER, "")
    numbers: Counter[str] = Counter()
    left: Counter[str] = Counter()
    failed = []
    try:
        for entry in reversed(read_ledger(path).entries):
            creation = Creation.of(contract.operations[entry.operation])
            if creation is None or entry.made is False:
                continue
            if creation.left is not None and entry.made:
                left[creation.left] += 1
            if not entry.is_open:
                continue
            try:
                how = _take_away(client, entry, creation)
            except _Failed as reason:
                seen = Masker(client.target.secrets())(str(reason))
                failed.append(Leftover(entry.id, entry.operation, entry.marks, seen))
                how = "failed"
            numbers[how] += 1
            ledger.done(entry, how)
    finally:
        ledger.close()
    return Cleanup(numbers["removed"], numbers["gone"], dict(left), tuple(failed))


def _take_away(client: Client, entry: Entry, creation: Creation) -> str:
    """``removed`` or ``gone``. Raises ``_Failed``."""
    variants = _asked(creation.undo).variants
    hows = {
        _undo(client, creation, {**arguments, **variant})
        for arguments in _complete(client, entry, creation)
        for variant in variants
    }
    return "removed" if "removed" in hows else "gone"


def _complete(client: Client, entry: Entry, creation: Creation) -> Iterator[Mapping[str, Any]]:
    """The arguments of each undo: of the entry, or of what is found where no answer came. Raises ``_Failed``."""
    undo = _asked(creation.undo)
    missing = [node for node in undo.arguments if node not in entry.undo and _required(client.contract, undo, node)]
    if not missing:
        yield entry.undo
        return
    if creation.find is None or any(node not in entry.find for node in creation.find.arguments):
        state = "no answer came" if entry.made is None else "the answer named nothing"
        raise _Failed(f"{state}, so whether it is there and under which id is not known")
    answer = _call(client, creation.find.operation, entry.find)
    if not answer.succeeded:
        raise _Failed(f"{creation.find.operation} answered {answer.status}")
    for item in values_at(answer.content, f"{creation.items}/*"):
        found = {node: expression for node, expression in undo.arguments.items() if needs_answer(expression)}
        yield {**entry.undo, **known(found, Arguments(), item)}


def _asked(asked: Asked | None) -> Asked:
    if asked is None:
        raise LookupError("there is no undo")
    return asked


def _required(contract: Contract, undo: Asked, node: str) -> bool:
    """Whether the undo cannot do without an argument: path parameters, what is required, and fields of a body."""
    location, _, name = node.partition(".")
    for parameter in contract.operations[undo.operation].parameters:
        if (parameter.location, parameter.name) == (location, name):
            return parameter.required or location == "path"
    return True


def _undo(client: Client, creation: Creation, arguments: Mapping[str, Any]) -> str:
    undo = _asked(creation.undo)
    answer = _call(client, undo.operation, arguments)
    if answer.succeeded:
        return "removed"
    if answer.exchange.code and answer.exchange.code in creation.gone:
        return "gone"
    operation = client.contract.operations[undo.operation]
    if operation.method == "DELETE" and answer.status in GONE and answer.status in operation.responses:
        return "gone"
    raise _Failed(f"{undo.operation} answered {answer.status} {answer.exchange.code}".rstrip())


def _call(client: Client, operation: str, arguments: Mapping[str, Any]) -> Answer:
    call = Call(operation)
    for node, value in arguments.items():
        if node.startswith("body.") and call.body is ABSENT:
            call = call.set("body", {})
        call = call.set(node, value)
    try:
        return client.call(call)
    except TransportError as error:
        raise _Failed(f"{operation}: no answer: {error}") from None
    except Prevented as prevented:
        raise _Failed(str(prevented)) from None
