"""Judges an answer against its document: status, media type, body."""

from __future__ import annotations

import json
from typing import Any

from conformance.answer import Flaw
from conformance.transport import RawAnswer
from specs.model import Contract, Operation, essence
from specs.schemas import validator

MAX_FLAWS = 20


def schema_clause(contract: Contract, operation: Operation, status: int) -> str:
    """The clause on which the flaws of an answer are booked: the API's one clause for refusals, else its own."""
    if status >= 400:
        return f"{contract.api}.error-body"
    known = operation.responses.get(status, operation.success)
    return f"{contract.api}.{operation.id}.{known.status}.schema"


def judge_answer(contract: Contract, operation: Operation, answer: RawAnswer) -> tuple[Any, tuple[Flaw, ...]]:
    """The decoded body (``None`` without one) and what is wrong with the answer."""
    response = operation.responses.get(answer.status)
    if response is None:
        documented = ", ".join(str(status) for status in operation.responses)
        flaw = Flaw("", f"has the status {answer.status}, documented are {documented}", about_status=True)
        return _decode(answer), (flaw,)
    if not response.media:
        return None, (Flaw("", "has a body where none is documented"),) if answer.body else ()
    sent = answer.headers.get("content-type", "")
    pointer = response.schema_of(sent)
    if pointer is None:
        wanted = " or ".join(response.media)
        return _decode(answer), (Flaw("", f"has the media type {essence(sent) or 'none'}, documented is {wanted}"),)
    try:
        content = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None, (Flaw("", "has a body that is not JSON"),)
    return content, _flaws(contract, pointer, content)


def _flaws(contract: Contract, pointer: str, content: Any) -> tuple[Flaw, ...]:
    compiled = validator(contract, pointer, "response")
    if compiled.is_valid(content):
        return ()
    flaws = []
    for error in compiled.iter_errors(content):
        place = "".join(f"/{part}" for part in error.instance_path)
        if error.kind.name == "required":
            flaws.append(Flaw(f"{place}/{error.kind.as_dict()['property']}", "is missing"))
        else:
            flaws.append(Flaw(place, f"breaks {error.kind.name}: {error.message[:200]}"))
        if len(flaws) == MAX_FLAWS:
            break
    return tuple(flaws)


def _decode(answer: RawAnswer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
