"""What mutations of requests are made of: a valid message, and ways to change one part of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import urlsplit, urlunsplit

from conformance.wire.transport import Message
from specs.model import Operation


@dataclass(frozen=True, slots=True)
class Valid:
    """What a mutation starts from."""

    message: Message
    operation: Operation
    chooser: Random

    @property
    def media(self) -> str:
        """The media type of the body, empty without one."""
        sent = next((value for name, value in self.message.headers if name.lower() == "content-type"), "")
        return sent.partition(";")[0].strip().lower() if self.message.body else ""

    @property
    def query(self) -> str:
        """The query as sent."""
        return urlsplit(self.message.url).query

    @property
    def query_names(self) -> list[str]:
        """The documented parameters of the query."""
        return [parameter.name for parameter in self.operation.parameters if parameter.location == "query"]

    def one_of(self, *choices: str) -> str:
        """One of these texts."""
        return self.chooser.choice(choices)

    def with_body(self, body: bytes) -> Message:
        """The message with another body."""
        return replace(self.message, body=body)

    def with_type(self, content_type: str | None) -> Message:
        """The message with another Content-Type, or with none."""
        headers = tuple(pair for pair in self.message.headers if pair[0].lower() != "content-type")
        added = () if content_type is None else (("Content-Type", content_type),)
        return replace(self.message, headers=(*headers, *added))

    def with_headers(self, *headers: tuple[str, str]) -> Message:
        """The message with more headers."""
        return replace(self.message, headers=(*self.message.headers, *headers))

    def with_query(self, query: str) -> Message:
        """The message with another query."""
        return replace(self.message, url=urlunsplit(urlsplit(self.message.url)._replace(query=query)))

    def with_segment(self, text: str) -> Message | None:
        """The message with a text behind the value of its last path parameter; ``None`` without such a parameter."""
        templates = self.operation.path.split("/")
        places = [number for number, template in enumerate(templates) if template.startswith("{")]
        if not places:
            return None
        parts = urlsplit(self.message.url)
        segments = parts.path.split("/")
        segments[places[-1] - len(templates)] += text
        return replace(self.message, url=urlunsplit(parts._replace(path="/".join(segments))))


Mutation = Callable[[Valid], Message | None]
"""Gives the spoilt message, ``None`` where there is nothing to spoil."""


def on_bodies(change: Callable[[Valid], Message]) -> Mutation:
    """A mutation of whatever has a body."""
    return lambda valid: change(valid) if valid.message.body else None


def on_media(media: str, change: Callable[[bytes], bytes]) -> Mutation:
    """A mutation of bodies of one media type."""
    return lambda valid: valid.with_body(change(valid.message.body)) if valid.media == media else None


def retyped(media: str, content_type: str) -> Mutation:
    """A mutation that calls bodies of one media type something else."""
    return lambda valid: valid.with_type(content_type) if valid.media == media else None


def on_json(change: Callable[[Valid, bytes], bytes]) -> Mutation:
    """A mutation of bodies that are a JSON object or array."""

    def mutation(valid: Valid) -> Message | None:
        body = valid.message.body
        fits = valid.media.endswith("json") and body[:1] in (b"{", b"[")
        return valid.with_body(change(valid, body)) if fits else None

    return mutation


def with_member(written: str) -> Mutation:
    """A mutation that puts one more member, written out, in front of those of the first object of a body."""
    return on_json(lambda _, body: _in_front(body, written))


def with_doubled_key() -> Mutation:
    """A mutation that repeats the first member of the first object, so that no reader gets another value."""

    def change(_: Valid, body: bytes) -> bytes:
        content = json.loads(body)
        first = next(iter(content), None) if isinstance(content, list) else content
        member = next(iter(first.items()), ("a", 1)) if isinstance(first, dict) else ("a", 1)
        return _in_front(body, f"{json.dumps(member[0])}: {json.dumps(member[1])}")

    return on_json(change)


def _in_front(body: bytes, member: str) -> bytes:
    before, brace, rest = body.partition(b"{")
    comma = b"" if rest.lstrip().startswith(b"}") else b", "
    return before + brace + member.encode() + comma + rest if brace else body


def somewhere(piece: bytes) -> Callable[[Valid, bytes], bytes]:
    """A change that puts these bytes at a random place of a body."""

    def change(valid: Valid, body: bytes) -> bytes:
        at = valid.chooser.randrange(1, len(body))
        return body[:at] + piece + body[at:]

    return change


def in_query(*pieces: str) -> Mutation:
    """A mutation that writes one of these behind the last value of the query.

    A write keeps its values, and gets a parameter of no meaning for it: a server that drops what it cannot read would
    take the write for one without that parameter.
    """

    def mutation(valid: Valid) -> Message | None:
        if not valid.query_names:
            return None
        piece = valid.one_of(*pieces)
        if valid.operation.safe and "=" in valid.query:
            return valid.with_query(valid.query + piece)
        return beside_query(f"undocumented={piece}")(valid)

    return mutation


def beside_query(*parameters: str) -> Mutation:
    """A mutation that adds one of these, written out, to the query."""
    return lambda valid: valid.with_query(f"{valid.query}&{valid.one_of(*parameters)}".removeprefix("&"))
