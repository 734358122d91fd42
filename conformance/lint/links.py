"""Rules of ``links``: what they feed, and what they feed it from, is there."""

from __future__ import annotations

import re

from conformance.lint.creates import schema_at
from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from specs.links import Link, links_of
from specs.model import Operation, Schema
from specs.operations import escape

EXPRESSION = re.compile(
    r"\$(?:url|method|statusCode|(?P<place>(?:request\.(?:path|query|header)|response\.header)\.(?P<name>.+))"
    r"|(?P<side>request|response)\.body(?:#(?P<pointer>/.*)?)?)"
)
"""The runtime expressions of OpenAPI 3.0."""


def feeds(subject: Subject) -> Found:
    """A link feeds nodes of its target, all required parameters among them, from places that exist."""
    for link in links_of(subject.contract):
        source, nodes = subject.contract.operations[link.source], subject.nodes[link.target]
        place = f"{source.pointer}/responses/{link.status}/links/{escape(link.name)}"
        for name in link.strangers:
            yield place, f"{link.target} has no parameter {name!r}", near(name, nodes)
        for node, expression in link.feeds.items():
            if node not in nodes:
                yield place, f"{link.target} has no {node!r}", near(node, nodes)
            elif isinstance(expression, str) and expression.startswith("$"):
                wrong = _wrong(subject, link, source, expression)
                if wrong:
                    yield place, f"{node}: {wrong}", ""
        for needed in nodes.values():
            if needed.required and needed.location != "body" and needed.id not in link.feeds:
                yield place, f"{needed.id} is required", ""


def _wrong(subject: Subject, link: Link, source: Operation, expression: str) -> str | None:
    """What is wrong with a runtime expression."""
    found = EXPRESSION.fullmatch(expression)
    if found is None:
        return f"{expression} is no runtime expression"
    if found["side"]:
        side = "request" if found["side"] == "request" else "answer"
        body = source.body if side == "request" else _answer(subject, link, source)
        return f"the {side} has no {expression}" if schema_at(subject, body, found["pointer"] or "") is None else None
    place, _, name = (found["place"] or "").removeprefix("request.").partition(".")
    if place in ("path", "query", "header"):
        names = {parameter.name for parameter in source.parameters if parameter.location == place}
        return None if name in names else f"{link.source} has no parameter {name!r} in its {place}"
    return None


def _answer(subject: Subject, link: Link, source: Operation) -> Schema | None:
    """The schema of the answer that has the link."""
    raw = subject.contract.resolve(source.raw["responses"][link.status])
    return next((media.get("schema") for media in raw.get("content", {}).values()), None)
