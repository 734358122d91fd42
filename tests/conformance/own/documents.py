"""Small documents of users, and servers that are nothing but a function."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from conformance.client import Client
from conformance.given import Given
from conformance.own.document import read_contract
from conformance.target import Target
from conformance.wire.transport import Message, RawAnswer
from specs.model import Contract

GOOD: dict[str, Any] = {"200": {"description": "Good."}}

Answers = Callable[[str, str, Any], tuple[int, Any]]
"""Method, path with query, body -> status and body."""


def document(paths: Mapping[str, Any], **root: Any) -> dict[str, Any]:
    return {"openapi": "3.0.3", "info": {"title": "Made", "version": "1"}, "paths": dict(paths), **root}


def operation(name: str, **fields: Any) -> dict[str, Any]:
    return {"operationId": name, "responses": GOOD, **fields}


def parameter(name: str, where: str = "query", **fields: Any) -> dict[str, Any]:
    schema = {"type": fields.pop("type", "string"), **fields.pop("schema", {})}
    return {"name": name, "in": where, "required": where == "path", "schema": schema, **fields}


def body(properties: Mapping[str, Any], *required: str, **fields: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": dict(properties), **({"required": list(required)} if required else {})}
    return {"required": True, "content": {"application/json": {"schema": schema, **fields}}}


def answered(properties: Mapping[str, Any], **links: Any) -> dict[str, Any]:
    """A 200 with an object in which everything is required."""
    schema = {"type": "object", "properties": dict(properties), "required": list(properties)}
    content = {"application/json": {"schema": schema}}
    return {"200": {"description": "Good.", "content": content, **({"links": links} if links else {})}}


def read(folder: Path, content: Mapping[str, Any]) -> Contract:
    """The contract of a document, as ``--spec`` reads it."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return read_contract(path)


class Server:
    """A server that is a function. Remembers what it was asked."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str, Any]] = []
        self.messages: list[Message] = []

    def send(self, message: Message, deadline: float) -> RawAnswer:
        parts = urlsplit(message.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        sent = json.loads(message.body) if message.body else None
        self.asked.append((message.method, path, sent))
        self.messages.append(message)
        status, said = self.answers(message.method, path, sent)
        return RawAnswer(
            status, {"content-type": "application/json"}, b"" if said is None else json.dumps(said).encode()
        )


def given_of(contract: Contract, server: Server, **target: Any) -> Given:
    fields = {"identities": {"main": {"token": "a-token", "key": "a-key"}}, **target}
    return Given(Client(contract, Target(contract.api, "http://x", **fields), server), "run")
