"""The vocabulary of a contract: frozen values, nothing that reads files or talks HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

from specs.places import token

Json = Any
"""Anything that a JSON text can hold (``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``)."""

Schema = Mapping[str, Json]
"""An OpenAPI 3.0 schema object as written, ``$ref`` unresolved."""

Location = Literal["path", "query", "header", "cookie", "body"]
Level = Literal["MUST", "SHOULD", "MAY"]


def essence(content_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation (never a body)."""

    name: str
    location: Location
    required: bool
    schema: Schema
    allow_empty: bool = False
    """``allowEmptyValue``: an empty text counts as absent."""
    explode: bool = True
    """For arrays in the query: repeated keys when true, one text when false."""
    style: str = ""
    """``spaceDelimited``, ``pipeDelimited`` or ``deepObject``; empty is the usual one of the location."""

    @property
    def node(self) -> str:
        return f"{self.location}.{token(self.name)}"


@dataclass(frozen=True, slots=True)
class Response:
    """One documented answer of an operation."""

    status: int
    """4 stands for the range ``4XX``, 0 for ``default``: what no other answer covers."""
    media: Mapping[str, str]
    """Media type -> JSON pointer of its schema within the document; empty when no body is documented."""
    codes: Mapping[str, tuple[str, ...]]
    """``x-codes``: error code -> names of the examples that show it."""
    excluded: Mapping[str, str] | None = None
    """``x-excluded``: why no clause is derived from this answer."""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300 or self.status == 2

    @property
    def name(self) -> str:
        """The status as the document writes it."""
        return "default" if self.status == 0 else status_text(self.status)

    def schema_of(self, content_type: str) -> str | None:
        """Pointer of the schema for a Content-Type: of itself, its ``type/*`` or ``*/*``. A charset plays no part."""
        media = essence(content_type)
        for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
            for name, pointer in self.media.items():
                if essence(name) == wanted:
                    return pointer
        return None


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation, parameters of its path included."""

    id: str
    method: str
    """Upper case."""
    path: str
    """As templated in the document, without the base path."""
    tag: str
    parameters: tuple[Parameter, ...]
    body: Schema | None
    """The request schema by its first media type, ``None`` when the operation takes no body."""
    body_media: tuple[str, ...]
    body_required: bool
    responses: Mapping[int, Response]
    secured: bool
    pointer: str
    """JSON pointer of the operation object within the document."""
    raw: Mapping[str, Json] = field(repr=False)
    """The operation object itself, for its ``x-`` fields."""

    @property
    def safe(self) -> bool:
        """Whether calling it changes nothing: GET and HEAD, and what ``x-safe`` says of other methods."""
        return self.method in ("GET", "HEAD") or bool(self.raw.get("x-safe", False))

    @property
    def success(self) -> Response:
        """The documented answer to a valid request: the first 2xx, else ``2XX``, ``default`` or a redirection.

        Raises ``LookupError`` for an operation that documents none of them.
        """
        numbers = [*(status for status in self.responses if 200 <= status < 300), 2, 0]
        numbers += [status for status in self.responses if 300 <= status < 400 or status == 3]
        for status in numbers:
            if status in self.responses:
                return self.responses[status]
        raise LookupError(f"{self.id} documents no success")

    @property
    def accepted(self) -> Expectation:
        """What its law ``accepts`` expects: the one documented success, any 2xx if the document leaves it open."""
        status = self.success.status
        several = sum(200 <= known < 300 for known in self.responses) > 1 or 2 in self.responses
        if status in (0, 2) or (several and status // 100 == 2):
            return Expectation(2)
        return Expectation(status)

    def answer_for(self, status: int) -> Response | None:
        """The documented answer with a status: its own, else that of its range, else ``default``."""
        for known in (status, status // 100, 0):
            if known in self.responses:
                return self.responses[known]
        return None

    @property
    def excluded(self) -> Mapping[str, str] | None:
        """``x-excluded``: why the operation is never called."""
        return self.raw.get("x-excluded")

    def status_of(self, code: str) -> int | None:
        """The status under which ``x-codes`` lists an error code, ``None`` when no answer lists it."""
        return next((r.status for r in self.responses.values() if code in r.codes), None)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a clause expects of an answer. ``code`` is text, whatever its JSON type on the wire."""

    status: int
    """A number below 10 is the first digit of any status that will do: 4 is ``4XX``."""
    code: str | None = None

    def allows(self, status: int) -> bool:
        """Whether an answer may have this status."""
        return self.status in (status, status // 100)

    def __str__(self) -> str:
        status = status_text(self.status)
        return status if self.code is None else f"{status} with code {self.code}"


def status_text(status: int) -> str:
    """A status, or its range, as OpenAPI writes it: ``404``, ``4XX``."""
    return f"{status}XX" if status < 10 else str(status)


@dataclass(frozen=True, slots=True)
class Observed:
    """What a released server does instead of what a clause asks for."""

    server: str
    """Name and version, such as ``flowable-7.2.0``."""
    expect: Expectation
    """The answer by which it shows."""
    seen: str
    """What was seen, for people."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One checkable statement of a document."""

    id: str
    level: Level
    kind: str
    text: str
    lines: tuple[int, int] | None
    """First and last line of the document that it comes from; ``None`` when only an assumption backs it."""
    operation: str | None = None
    expect: Expectation | None = None
    node: str | None = None
    rule: str | None = None
    capability: str | None = None
    excluded: str | None = None
    """``not-observable``, ``no-documented-way``, ``contradicts-itself`` or ``needs-real-time``."""
    why: str | None = None
    """The sentence behind ``excluded``, or the assumption behind a clause that the document leaves open."""
    derived: bool = True
    observed: tuple[Observed, ...] = ()
    """Released servers that are known to differ."""


@dataclass(frozen=True, eq=False)
class Contract:
    """One API: its OpenAPI document, and what the document promises as clauses."""

    api: str
    document: Mapping[str, Json] = field(repr=False)

    @cached_property
    def base_path(self) -> str:
        """The path of the first server: what stands before the paths of the document. Its host is not ours to know."""
        return _base_path(next(iter(self.servers)))

    @cached_property
    def base_paths(self) -> tuple[str, ...]:
        """The base path, and after it those under which the same operations are served once more (``x-alias``)."""
        return self.base_path, *(_base_path(server) for server in self.aliases)

    @property
    def servers(self) -> Sequence[Mapping[str, Json]]:
        """The server objects; OpenAPI's default is one at the root."""
        return self.document.get("servers") or [{"url": "/"}]

    @property
    def aliases(self) -> Sequence[Mapping[str, Json]]:
        """The servers that stand for the first one; others are elsewhere."""
        return [server for server in self.servers[1:] if server.get("x-alias", False)]

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """operationId -> operation, in the document's order."""
        from specs.operations import read_operations

        return MappingProxyType({operation.id: operation for operation in read_operations(self.document)})

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Clause id -> clause: derived ones first, hand-written ones after them."""
        from specs.clauses import read_clauses

        return MappingProxyType({clause.id: clause for clause in read_clauses(self.document["x-clauses"])})

    @property
    def error_default(self) -> Expectation:
        """What a bad request gets when its rule names no code (root ``x-error-default``)."""
        default = self.document.get("x-error-default", {"status": 400})
        code = default.get("code")
        return Expectation(default["status"], None if code is None else str(code))

    @property
    def error_unrouted(self) -> str | None:
        """The code for a request that reaches no operation (root ``x-error-unrouted``, else the default's)."""
        code = self.document.get("x-error-unrouted")
        return self.error_default.code if code is None else str(code)

    @cached_property
    def error_media(self) -> str:
        """The media type in which the document shows refusals, as it is written there."""
        shown = (
            name for operation in self for r in operation.responses.values() if r.status >= 400 for name in r.media
        )
        return next(shown, "application/json")

    @property
    def codes_judged_first(self) -> frozenset[str]:
        """Codes that outrank every other finding (root ``x-error-first``)."""
        return frozenset(str(code) for code in self.document.get("x-error-first", ()))

    def resolve(self, schema: Schema) -> Schema:
        """Follow ``$ref`` until there is none."""
        while "$ref" in schema:
            schema = self.at(schema["$ref"].removeprefix("#"))
        return schema

    def at(self, pointer: str) -> Json:
        """The value at a JSON pointer within the document."""
        value: Json = self.document
        for step in pointer.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            value = value[int(key)] if isinstance(value, list) else value[key]
        return value

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations.values())


def _base_path(server: Mapping[str, Json]) -> str:
    """The path of a server object, its variables at their defaults."""
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable["default"]))
    path = urlsplit(url).path.rstrip("/")
    return path if path[:1] in ("/", "") else f"/{path}"
