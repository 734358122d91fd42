"""The vocabulary of a contract: frozen values, nothing that reads files or talks HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

Json = Any
"""Anything that a JSON text can hold (``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``)."""

Schema = Mapping[str, Json]
"""An OpenAPI 3.0 schema object as written, ``$ref`` unresolved."""

Location = Literal["path", "query", "header", "body"]
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
    """For arrays in the query: repeated keys when true, one comma separated text when false."""

    @property
    def node(self) -> str:
        return f"{self.location}.{self.name}"


@dataclass(frozen=True, slots=True)
class Response:
    """One documented answer of an operation."""

    status: int
    media: Mapping[str, str]
    """Media type -> JSON pointer of its schema within the document; empty when no body is documented."""
    codes: Mapping[str, tuple[str, ...]]
    """``x-codes``: error code -> names of the examples that show it."""
    excluded: Mapping[str, str] | None = None
    """``x-excluded``: why no clause is derived from this answer."""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def schema_of(self, content_type: str) -> str | None:
        """Pointer of the schema for a Content-Type. Parameters such as a charset play no part."""
        wanted = essence(content_type)
        return next((pointer for name, pointer in self.media.items() if essence(name) == wanted), None)


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
        """The one documented 2xx answer that its law ``accepts`` expects (the first, if several)."""
        return next(response for response in self.responses.values() if response.is_success)

    def status_of(self, code: str) -> int | None:
        """The status under which ``x-codes`` lists an error code, ``None`` when no answer lists it."""
        return next((r.status for r in self.responses.values() if code in r.codes), None)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a clause expects of an answer. ``code`` is text, whatever its JSON type on the wire."""

    status: int
    code: str | None = None

    def __str__(self) -> str:
        return f"{self.status}" if self.code is None else f"{self.status} with code {self.code}"


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

    @property
    def base_path(self) -> str:
        return self.base_paths[0]

    @cached_property
    def base_paths(self) -> tuple[str, ...]:
        """The base path, and after it those under which the same operations are served once more."""
        return tuple(server["url"].rstrip("/") for server in self.servers)

    @property
    def servers(self) -> Sequence[Mapping[str, Json]]:
        """The server objects; OpenAPI's default is one at the root."""
        found: Sequence[Mapping[str, Json]] = self.document.get("servers", [{"url": "/"}])
        return found

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
        for token in pointer.split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            value = value[int(key)] if isinstance(value, list) else value[key]
        return value

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations.values())
