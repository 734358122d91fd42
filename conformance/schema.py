"""Judges an answer against its document: status, media type, body."""

from __future__ import annotations

import json
from typing import Any

from conformance.answer import Flaw
from conformance.wire.transport import RawAnswer
from specs.model import Contract, Operation, essence
from specs.nodes import flatten
from specs.schemas import validator

MAX_FLAWS = 20

BODYLESS = (204, 205, 304)
"""Statuses whose answers never have a body."""


def schema_clause(contract: Contract, operation: Operation, status: int) -> str:
    """The clause on which the flaws of an answer are booked: the API's one clause for refusals, else its own."""
    if status >= 400:
        return f"{contract.api}.error-body"
    known = operation.answer_for(status)
    own = f"{contract.api}.{operation.id}.{known.name}.schema" if known is not None else ""
    return own if own in contract.clauses else f"{contract.api}.{operation.id}.{operation.success.name}.schema"


def judge_answer(contract: Contract, operation: Operation, answer: RawAnswer) -> tuple[Any, tuple[Flaw, ...]]:
    """The decoded body (``None`` without one) and what is wrong with the answer."""
    response = operation.answer_for(answer.status)
    if response is None:
        documented = ", ".join(known.name for known in operation.responses.values())
        flaw = Flaw("", f"has the status {answer.status}, documented are {documented}", about_status=True)
        return _decode(answer), (flaw,)
    if operation.method == "HEAD" or (not response.media and not answer.body):
        return None, ()
    if not response.media:
        if "x-outcome" in contract.document or answer.status in BODYLESS:
            return None, (Flaw("", "has a body where none is documented"),)
        return _decode(answer), ()  # a document that does not say what errors look like says nothing of a body, either
    media = essence(answer.headers.get("content-type", ""))
    pointer = response.schema_of(media)
    if pointer is None:
        wanted = " or ".join(response.media)
        return _decode(answer), (Flaw("", f"has the media type {media or 'none'}, documented is {wanted}"),)
    if not media.endswith(("/json", "+json")):
        return None, _text_flaws(contract, pointer, media, answer.body)
    try:
        content = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None, (Flaw("", "has a body that is not JSON"),)
    return content, _flaws(contract, pointer, content)


def _text_flaws(contract: Contract, pointer: str, media: str, body: bytes) -> tuple[Flaw, ...]:
    """What is wrong with a text. Bytes of other kinds are nobody's to judge, nor are texts that stand for others."""
    if not media.startswith("text/") or flatten(contract, contract.at(pointer)).get("type") != "string":
        return ()
    return _flaws(contract, pointer, body.decode("utf-8", "replace"))


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
