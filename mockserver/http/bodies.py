"""Request bodies: one reader a media type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import orjson
from starlette.types import Receive, Scope

from mockserver.errors import Refused
from mockserver.http.parameters import query_texts
from specs.model import Contract, Json, Operation, Schema, essence
from specs.nodes import flatten
from specs.requests import ABSENT, Arguments, Finding, decode_text


class ClientGone(Exception):
    """The client closed the connection before its request was complete."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file: a part of a multipart form, or a body that is none of the other kinds."""

    filename: str
    media_type: str
    content: bytes


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first value of a header (its name in lower case), None without one."""
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found
    return None


class Body:
    """Reads the body of one operation."""

    def __init__(self, contract: Contract, operation: Operation, *, limit: int) -> None:
        self._accepted = tuple(essence(media) for media in operation.body_media)
        self._schema = flatten(contract, operation.body or {})
        self._properties = {
            name: flatten(contract, child) for name, child in self._schema.get("properties", {}).items()
        }
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive) -> Json:
        """The decoded body, ``ABSENT`` without any. Raises ``Refused``, which names what is wrong."""
        raw = await self._read(scope, receive)
        if not raw:
            return ABSENT
        sent = header(scope, b"content-type")
        content_type = self._accepted[0] if sent is None else sent.decode("latin-1")
        media = essence(content_type)
        if media not in self._accepted and not any(_matches(pattern, media) for pattern in self._accepted):
            raise Refused(message=f"Content-Type: must be {' or '.join(self._accepted)}")
        return _reader(media)(raw, content_type, self._properties)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        length = header(scope, b"content-length")
        if length is not None and length.isdigit() and int(length) > self._limit:
            raise self._too_large()
        message = await receive()
        if message["type"] == "http.request" and not message.get("more_body"):
            whole: bytes = message.get("body", b"")
            if len(whole) > self._limit:
                raise self._too_large()
            return whole
        parts = bytearray()
        while message["type"] == "http.request":
            parts += message.get("body", b"")
            if len(parts) > self._limit:
                raise self._too_large()
            if not message.get("more_body"):
                return bytes(parts)
            message = await receive()
        raise ClientGone

    def _too_large(self) -> Refused:
        """The rest of the body is not read, so the connection cannot go on."""
        return Refused(message=f"body: is larger than {self._limit} bytes", headers=(("Connection", "close"),))


def _matches(pattern: str, media: str) -> bool:
    kind, _, sub = pattern.partition("/")
    return sub == "*" and (kind == "*" or media.startswith(f"{kind}/"))


Reader = Callable[[bytes, str, Mapping[str, Schema]], Json]


def _json(raw: bytes, _content_type: str, _properties: Mapping[str, Schema]) -> Json:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        try:
            raw.decode()
        except UnicodeDecodeError:
            raise Refused(message="body: is not UTF-8") from None
        raise Refused(message=f"body: is not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None


def _form(raw: bytes, _content_type: str, properties: Mapping[str, Schema]) -> Json:
    try:
        sent = query_texts(raw)
    except Refused:
        raise Refused(message="body: is not UTF-8") from None
    return {name: _field(properties.get(name, {}), texts) for name, texts in sent.items()}


def _multipart(raw: bytes, content_type: str, properties: Mapping[str, Schema]) -> Json:
    from mockserver.http.multipart import parts  # only uploads need the parser

    fields: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    for name, filename, media_type, content in parts(raw, content_type):
        if filename is not None:
            files[name] = Upload(filename, media_type, content)
            continue
        try:
            fields.setdefault(name, []).append(content.decode())
        except UnicodeDecodeError:
            raise Refused(message=f"body.{name}: is not UTF-8") from None
    return {**{name: _field(properties.get(name, {}), texts) for name, texts in fields.items()}, **files}


def _octets(raw: bytes, content_type: str, _properties: Mapping[str, Schema]) -> Json:
    return Upload("", content_type, raw)


def _field(schema: Schema, texts: list[str]) -> Json:
    """A form field as a value of its type; ``x-json`` marks a text that holds JSON."""
    if schema.get("type") == "array":
        return [decode_text(schema.get("items", {}), text) for text in texts]
    if "x-json" in schema:
        try:
            return orjson.loads(texts[0])
        except orjson.JSONDecodeError:
            return texts[0]
    return decode_text(schema, texts[0])


READERS: Mapping[str, Reader] = {
    "application/json": _json,
    "application/x-www-form-urlencoded": _form,
    "multipart/form-data": _multipart,
}


def _reader(media: str) -> Reader:
    return _json if media.endswith("+json") else READERS.get(media, _octets)


class Rules(Protocol):
    """What validates an operation's arguments."""

    def valid(self, arguments: Arguments) -> bool: ...

    def findings(self, arguments: Arguments) -> list[Any]: ...


class WithoutUploads:
    """Rules that see the name of a file in the place of the file, since schemas know texts only."""

    def __init__(self, inner: Rules) -> None:
        self.inner = inner

    def valid(self, arguments: Arguments) -> bool:
        return self.inner.valid(_plain(arguments))

    def findings(self, arguments: Arguments) -> list[Finding]:
        return self.inner.findings(_plain(arguments))


def _plain(arguments: Arguments) -> Arguments:
    body: Any = arguments.body
    if isinstance(body, Upload):
        return replace(arguments, body=body.filename)
    if isinstance(body, dict):
        body = {name: value.filename if isinstance(value, Upload) else value for name, value in body.items()}
        return replace(arguments, body=body)
    return arguments
