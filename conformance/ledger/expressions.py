"""Runtime expressions as OpenAPI's links have them, with ``*`` for each item of a list in a pointer.

``$response.body#/processId``, ``$request.body#/*/source``, ``$request.query.username``, ``$request.path.taskId``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from conformance.answer import values_at
from conformance.transport import Message
from specs.model import Operation
from specs.requests import ABSENT

SENT, GOT = "$request.", "$response.body"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request said, as far as expressions may ask."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = ABSENT

    @classmethod
    def of(cls, operation: Operation, message: Message) -> Sent:
        """What a message to an operation says; what cannot be read is not there."""
        parts = urlsplit(message.url)
        try:
            body = json.loads(message.body) if message.body else ABSENT
        except (ValueError, RecursionError):
            body = ABSENT
        query = {name: texts[0] for name, texts in parse_qs(parts.query, keep_blank_values=True).items()}
        return cls(_path(operation.path, parts.path), query, body)


def needs_answer(expression: Any) -> bool:
    """Whether an expression asks for something that only the answer knows."""
    return isinstance(expression, str) and expression.startswith(GOT)


def evaluate(expression: Any, sent: Sent, answer: Any = ABSENT) -> Any:
    """The value of an expression; ``ABSENT`` where there is none. Any other value stands for itself.

    With ``*`` in it, the list of all values.
    """
    if not isinstance(expression, str) or not expression.startswith("$"):
        return expression
    if expression.startswith(GOT):
        return _at(answer, expression.removeprefix(GOT).removeprefix("#"))
    place, _, name = expression.removeprefix(SENT).partition(".")
    if place in ("path", "query"):
        return getattr(sent, place).get(name, ABSENT)
    return _at(sent.body, expression.removeprefix(f"{SENT}body").removeprefix("#"))


def _at(content: Any, pointer: str) -> Any:
    if content is ABSENT:
        return ABSENT
    found = list(values_at(content, pointer))
    if "*" in pointer.split("/"):
        return found or ABSENT
    return found[0] if found else ABSENT


def _path(template: str, path: str) -> dict[str, str]:
    """The texts of the path parameters; the template's segments are the last ones of the path."""
    wanted = template.split("/")[1:]
    found = path.split("/")[-len(wanted) :]
    return {
        name[1:-1]: unquote(text)
        for name, text in zip(wanted, found, strict=False)
        if name[:1] == "{" and name[-1:] == "}"
    }
