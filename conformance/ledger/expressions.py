"""What a request says and what its answer says, as the runtime expressions of ``x-creates`` read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from conformance.wire.transport import Message
from specs.links import Exchanged, value_of
from specs.model import Operation
from specs.requests import ABSENT, Arguments


def said(operation: Operation, message: Message) -> Arguments:
    """What a message to an operation says; what cannot be read is not there."""
    parts = urlsplit(message.url)
    try:
        body = json.loads(message.body) if message.body else ABSENT
    except (ValueError, RecursionError):
        body = ABSENT
    query = {name: texts[0] for name, texts in parse_qs(parts.query, keep_blank_values=True).items()}
    return Arguments(_path(operation.path, parts.path), query, {}, body)


def needs_answer(expression: Any) -> bool:
    """Whether an expression asks for something that only the answer knows."""
    return isinstance(expression, str) and expression.startswith("$response.")


def known(arguments: Mapping[str, Any], sent: Arguments, answer: Any = ABSENT) -> dict[str, Any]:
    """Node -> value of every argument that is known, from the request and, if there is one, from the answer's body."""
    exchanged = Exchanged(sent, 0, answer)
    values = {
        node: value_of(expression, exchanged)
        for node, expression in arguments.items()
        if answer is not ABSENT or not needs_answer(expression)
    }
    return {node: value for node, value in values.items() if value is not ABSENT}


def _path(template: str, path: str) -> dict[str, str]:
    """The texts of the path parameters; the template's segments are the last ones of the path."""
    wanted = template.split("/")[1:]
    found = path.split("/")[-len(wanted) :]
    pairs = zip(wanted, found, strict=False)
    return {name[1:-1]: unquote(text) for name, text in pairs if name.startswith("{") and name.endswith("}")}
