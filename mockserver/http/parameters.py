"""Parameters: from path, query text and headers to typed values, and from those to a handler's keywords."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from starlette.types import Scope

from mockserver.errors import Refused
from mockserver.http.names import snake_case
from specs.model import Contract, Json, Operation, Parameter, Schema
from specs.nodes import flatten
from specs.requests import ABSENT, Arguments, decode_parameter


class Parameters:
    """Reads the parameters that one operation documents; all others are ignored."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        flat = [(parameter, flatten(contract, parameter.schema)) for parameter in operation.parameters]
        self._path = [(p, schema) for p, schema in flat if p.location == "path"]
        self._query = [(p, schema) for p, schema in flat if p.location == "query"]
        self._header = [(p.name.lower().encode(), p, schema) for p, schema in flat if p.location == "header"]

    def __call__(self, scope: Scope, body: Json = ABSENT) -> Arguments:
        """The arguments of a request. Raises ``Refused`` for a query that is not UTF-8."""
        taken = scope["path_params"]
        path = {p.name: decode_parameter(p, schema, (taken[p.name],)) for p, schema in self._path}
        query = self._read_query(scope["query_string"]) if self._query and scope["query_string"] else {}
        header = self._read_header(scope["headers"]) if self._header else {}
        return Arguments(path, query, header, body)

    def _read_query(self, raw: bytes) -> dict[str, Json]:
        sent = query_texts(raw)
        values = {}
        for parameter, schema in self._query:
            texts = sent.get(parameter.name)
            if texts is not None:
                value = decode_parameter(parameter, schema, texts)
                if value is not ABSENT:
                    values[parameter.name] = value
        return values

    def _read_header(self, raw: list[tuple[bytes, bytes]]) -> dict[str, Json]:
        values = {}
        for name, parameter, schema in self._header:
            texts = [value.decode("latin-1") for key, value in raw if key == name]
            value = decode_parameter(parameter, schema, texts)
            if value is not ABSENT:
                values[parameter.name] = value
        return values


def query_texts(raw: bytes) -> dict[str, list[str]]:
    """Name -> texts of a query or of a URL-encoded form, in the order sent. Raises ``Refused`` if it is not UTF-8."""
    try:
        text = raw.decode()
        coded = b"%" in raw or b"+" in raw
        found: dict[str, list[str]] = {}
        for part in text.split("&"):
            if part:
                name, _, value = part.partition("=")
                if coded:
                    name, value = unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
                found.setdefault(name, []).append(value)
    except UnicodeDecodeError:
        raise Refused(message="query: is not UTF-8") from None
    return found


class Keywords:
    """Turns arguments into a handler's keywords: one per parameter in snake_case, and ``body`` if there can be one."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self._slots = [(snake_case(p.name), p.location, p.name, _default(contract, p)) for p in operation.parameters]
        self._takes_body = operation.body is not None

    @property
    def names(self) -> frozenset[str]:
        """The keywords that a handler must accept."""
        names = {keyword for keyword, *_ in self._slots}
        return frozenset(names | {"body"} if self._takes_body else names)

    def __call__(self, arguments: Arguments) -> dict[str, Any]:
        places: Mapping[str, Mapping[str, Json]] = {
            "path": arguments.path,
            "query": arguments.query,
            "header": arguments.header,
        }
        keywords = {keyword: places[where].get(name, default) for keyword, where, name, default in self._slots}
        if self._takes_body:
            keywords["body"] = None if arguments.body is ABSENT else arguments.body
        return keywords


def _default(contract: Contract, parameter: Parameter) -> Json:
    schema: Schema = flatten(contract, parameter.schema)
    return schema.get("default")
