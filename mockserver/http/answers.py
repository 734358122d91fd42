"""From a handler's data to bytes that keep the contract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
import orjson
from starlette.types import Send

from mockserver.adapter import NO_BODY
from mockserver.errors import Fault
from specs.model import Contract, Json, Operation, essence
from specs.schemas import validator

JSON_MEDIA = "application/json"
BODILESS = (204, 304)
"""Statuses whose answers may not even name a length."""
Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way out."""

    status: int
    body: bytes
    media: bytes | None
    """None without a body."""
    headers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class _Documented:
    media: bytes | None
    check: Callable[[Any], None] | None
    is_json: bool


class Answers:
    """Writes and checks the answers of one operation; what each status promises is compiled at its first use."""

    def __init__(self, contract: Contract, operation: Operation, *, check_bytes: bool) -> None:
        self._contract = contract
        self._operation = operation
        self._check_bytes = check_bytes
        self._documented: dict[int, _Documented] = {}

    def __call__(self, status: int, data: Any, headers: Sequence[tuple[str, str]] = ()) -> Answer:
        """The answer with this data. Raises ``Fault`` if the contract does not allow it."""
        documented = self._documented.get(status) or self._compile(status)
        if data is NO_BODY:
            if documented.media is not None:
                raise self._fault(status, "a body is documented and there is none")
            return Answer(status, b"", None, headers)
        if documented.media is None:
            raise self._fault(status, "no body is documented and there is one")
        if not documented.is_json:
            return Answer(status, data.encode() if isinstance(data, str) else data, documented.media, headers)
        try:
            raw = orjson.dumps(data)
            if documented.check is not None:
                documented.check(orjson.loads(raw) if self._check_bytes else data)
        except (jsonschema_rs.ValidationError, ValueError, TypeError) as error:
            raise self._fault(status, _reason(error)) from error
        return Answer(status, raw, documented.media, headers)

    def compile(self) -> None:
        """Compile what every documented status promises; a test calls it so that laziness hides nothing."""
        for status in self._operation.responses:
            self._compile(status)

    def _compile(self, status: int) -> _Documented:
        response = self._operation.responses.get(status)
        if response is None:
            raise self._fault(status, "the status is not documented")
        documented = _Documented(None, None, is_json=True)
        for name, pointer in response.media.items():
            media = JSON_MEDIA if "*" in name else name
            is_json = essence(media).endswith("json")
            check = validator(self._contract, pointer, "response").validate if is_json else None
            documented = _Documented(media.encode(), check, is_json)
            break
        self._documented[status] = documented
        return documented

    def _fault(self, status: int, reason: str) -> Fault:
        return Fault("response", f"{self._contract.api}.{self._operation.id}: answer {status}: {reason}")


def _reason(error: Exception) -> str:
    if isinstance(error, jsonschema_rs.ValidationError):
        place = "/".join(str(part) for part in error.instance_path)
        return f"at /{place}: {error.message[:300]}"
    return f"{type(error).__name__}: {error}"


async def send_answer(send: Send, answer: Answer, *, with_body: bool) -> None:
    """Send an answer as two ASGI messages. HEAD gets the length of the body without the body."""
    headers: list[Header] = []
    if answer.status not in BODILESS:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    if answer.media is not None:
        headers.append((b"content-type", answer.media))
    if answer.headers:
        headers += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body if with_body else b""})


async def send_json(
    send: Send, status: int, body: Json, headers: Sequence[Header] = (), *, media: str = JSON_MEDIA
) -> None:
    """Send an answer that belongs to no operation."""
    raw = orjson.dumps(body)
    own = [(b"content-length", str(len(raw)).encode()), (b"content-type", media.encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": raw})
