"""What a made-up request says, read off the wire as a server would read it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from math import isfinite
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

from conformance.wire.transport import Message
from specs.model import Contract, Json, Operation, Schema
from specs.nodes import flatten
from specs.requests import ABSENT, Arguments, decode_parameter, decode_text

DEEPEST = 64
"""Levels of JSON that every reader manages."""

_BROKEN_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One request as it was understood."""

    arguments: Arguments
    plain: bool
    """Whether every reader must understand the same: well-formed texts, and JSON within I-JSON (RFC 7493)."""


class Reader:
    """Reads the requests to one operation."""

    def __init__(self, contract: Contract, operation: Operation, address: str) -> None:
        self._segments = operation.path.split("/")
        self._prefix = len(urlsplit(address).path.rstrip("/"))
        self._accepted = operation.body_media
        self._parameters = [(p, flatten(contract, p.schema)) for p in operation.parameters]
        schema = flatten(contract, operation.body or {})
        self._fields = {name: flatten(contract, child) for name, child in schema.get("properties", {}).items()}

    def __call__(self, message: Message) -> Reading | None:
        """The request, ``None`` if there is no telling what it says: a body in no documented format, broken texts."""
        parts = urlsplit(message.url)
        if _BROKEN_PERCENT.search(parts.path) or _BROKEN_PERCENT.search(parts.query):
            return None
        try:
            texts = {
                "path": self._path(parts.path),
                "query": _pairs(parts.query),
                "header": _headers(message),
                "cookie": _cookies(message),
            }
            body = self._body(message)
        except (ValueError, RecursionError, LookupError):  # broken UTF-8 and broken JSON are ValueErrors
            return None
        places: dict[str, dict[str, Json]] = {location: {} for location in texts}
        once = True
        for parameter, schema in self._parameters:
            name = parameter.name.lower() if parameter.location == "header" else parameter.name
            found = texts[parameter.location].get(name, [])
            once = once and (len(found) < 2 or (schema.get("type") == "array" and parameter.explode))
            once = once and not parameter.style and schema.get("type") != "object"
            value = decode_parameter(parameter, schema, found)
            if value is not ABSENT:
                places[parameter.location][parameter.name] = value
        arguments = Arguments(places["path"], places["query"], places["header"], body, places["cookie"])
        return Reading(arguments, once and (body is ABSENT or is_plain(body)))

    def _path(self, path: str) -> dict[str, list[str]]:
        sent = path[self._prefix :].split("/")
        if len(sent) != len(self._segments):
            raise ValueError("another path")
        pairs = zip(self._segments, sent, strict=True)
        return {name[1:-1]: [unquote(text, errors="strict")] for name, text in pairs if name.startswith("{")}

    def _body(self, message: Message) -> Json:
        if not message.body or not self._accepted:
            return ABSENT
        content_type = _headers(message).get("content-type", [self._accepted[0]])[0]
        media, _, parameters = content_type.partition(";")
        media = media.strip().lower()
        if media not in self._accepted or ("charset" in parameters and "utf-8" not in parameters.lower()):
            raise ValueError("another media type")
        if media.endswith("json"):
            return json.loads(message.body.decode(), object_pairs_hook=_without_doubles)
        if media == "application/x-www-form-urlencoded":
            return self._form(_pairs(message.body.decode()))
        if media == "multipart/form-data":
            return self._form(_multipart(content_type, message.body))
        raise ValueError("nothing that can be read")

    def _form(self, texts: Mapping[str, Sequence[str]]) -> dict[str, Json]:
        return {name: _field(self._fields.get(name, {}), sent) for name, sent in texts.items()}


def is_plain(value: Json, depth: int = 0) -> bool:
    """Whether every server reads a value alike: I-JSON (RFC 7493), but with integers of 64 bits, and not too deep."""
    match value:
        case str():
            return _SURROGATE.search(value) is None
        case bool() | None:
            return True
        case int():
            return abs(value) < 2**63
        case float():
            return isfinite(value)
        case dict():
            return depth < DEEPEST and all(is_plain(k) and is_plain(v, depth + 1) for k, v in value.items())
        case list():
            return depth < DEEPEST and all(is_plain(item, depth + 1) for item in value)
    return False


def with_integers(arguments: Arguments) -> Arguments:
    """The same request to a reader for whom 1.0 is an integer: to some it is, to others it is not."""
    return arguments if arguments.body is ABSENT else replace(arguments, body=_with_integers(arguments.body))


def _with_integers(value: Json) -> Json:
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _with_integers(held) for name, held in value.items()}
        case list():
            return [_with_integers(item) for item in value]
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _pairs(text: str) -> dict[str, list[str]]:
    """Name -> texts of a query or of a URL-encoded form."""
    found: dict[str, list[str]] = {}
    for part in text.split("&"):
        if part:
            name, _, value = part.partition("=")
            found.setdefault(unquote_plus(name, errors="strict"), []).append(unquote_plus(value, errors="strict"))
    return found


def _headers(message: Message) -> dict[str, list[str]]:
    """Name in lower case -> texts."""
    found: dict[str, list[str]] = {}
    for name, value in message.headers:
        found.setdefault(name.lower(), []).append(value)
    return found


def _cookies(message: Message) -> dict[str, list[str]]:
    """Name -> texts of the cookies."""
    found: dict[str, list[str]] = {}
    for part in ";".join(_headers(message).get("cookie", ())).split(";"):
        name, sign, value = part.strip().partition("=")
        if sign:
            found.setdefault(name, []).append(unquote(value, errors="strict"))
    return found


def _multipart(content_type: str, body: bytes) -> dict[str, list[str]]:
    """Name -> texts of a multipart form; a file counts as its name."""
    whole = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    if not whole.is_multipart():
        raise ValueError("no parts")
    found: dict[str, list[str]] = {}
    for part in whole.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            name = part.get_param("name", header="content-disposition")
            found.setdefault(str(name), []).append(part.get_filename() or content.decode())
    return found


def _field(schema: Schema, texts: Sequence[str]) -> Json:
    """A form field as a value of its type; ``x-json`` marks a text that holds JSON."""
    if schema.get("type") == "array":
        return [decode_text(schema.get("items", {}), text) for text in texts]
    return json.loads(texts[0]) if "x-json" in schema else decode_text(schema, texts[0])
