"""Answers as checks read them: by pointer only, so that no check stumbles over what another clause already judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conformance.errors import Prevented, Refuted
from conformance.outcome import Blocker, Exchange
from specs.model import Expectation


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place where an answer is not as documented."""

    pointer: str
    """JSON pointer into the body; empty for the answer as a whole."""
    message: str
    about_status: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, judged against its schema already."""

    operation: str
    status: int
    content: Any = field(repr=False)
    """The decoded body; ``None`` when there is none or it is no JSON."""
    schema_clause: str
    """The clause on which this answer's flaws are booked."""
    flaws: tuple[Flaw, ...]
    exchange: Exchange
    accepted: Expectation
    """The operation's documented success."""
    code_pointer: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Names in small letters."""

    @property
    def succeeded(self) -> bool:
        """Whether the status is that of the operation's documented success."""
        return self.accepted.allows(self.status)

    def expect(self, expectation: Expectation) -> None:
        """Assert status and, if one is named, error code. Raises ``Refuted``."""
        if not expectation.allows(self.status):
            raise Refuted(str(expectation), f"{self.status}", self, status=True)
        if expectation.code is None:
            return
        if self.code_pointer is None:
            raise LookupError("a code is expected of an API whose document has no x-outcome")
        seen = self.declared(self.code_pointer)
        if str(seen) != expectation.code:
            raise Refuted(str(expectation), f"{self.status} with code {seen}", self)

    def meets(self, expectation: Expectation) -> bool:
        """Whether status and, if one is named, error code are these."""
        if not expectation.allows(self.status):
            return False
        if expectation.code is None or self.code_pointer is None:
            return True
        return [str(code) for code in self.fields(self.code_pointer)] == [expectation.code]

    def succeeds(self) -> None:
        """Assert the operation's documented success."""
        self.expect(self.accepted)

    def refuses(self) -> None:
        """Assert a refusal, whichever it is."""
        if self.status < 400:
            raise Refuted("a refusal (status 400 or above)", f"{self.status}", self, status=True)

    def field(self, pointer: str) -> Any:
        """The value at a pointer. Ends the check, blocked by the schema clause, if the answer is flawed there."""
        self.relies_on(pointer)
        values = list(values_at(self.content, pointer))
        if len(values) != 1:
            if self.flaws:  # there may be more of them than are listed
                self._give_up(self.flaws[0])
            raise LookupError(f"{self.operation}: {pointer} is not in an answer that its schema accepts")
        return values[0]

    def declared(self, pointer: str) -> Any:
        """The value at a pointer that the document itself names in an x- field or a link.

        Raises ``Refuted`` where there is none although the schema allows that: the document promises it elsewhere.
        """
        self.relies_on(pointer)
        values = list(values_at(self.content, pointer))
        if len(values) != 1:
            if self.flaws:
                self._give_up(self.flaws[0])
            raise Refuted(f"a value at {pointer or 'the root'}", "nothing there", self)
        return values[0]

    def fields(self, pattern: str) -> list[Any]:
        """All values at a pointer in which ``*`` stands for every item of a list."""
        self.relies_on(pattern)
        return list(values_at(self.content, pattern))

    def count(self, pattern: str) -> int:
        """How many values stand at a pattern, whatever is wrong within them."""
        steps = pattern.split("/")
        for flaw in self.flaws:
            if len(flaw.pointer.split("/")) <= len(steps) and _touches(steps, flaw.pointer.split("/")):
                self._give_up(flaw)
        return sum(1 for _ in values_at(self.content, pattern))

    def equal(self, what: str, seen: object, expected: object) -> None:
        """Assert that something read from this answer equals what is expected. Raises ``Refuted``."""
        if seen != expected:
            raise Refuted(f"{what}: {_show(expected)}", _show(seen), self)

    def relies_on(self, pattern: str) -> None:
        """Whoever reads a place relies on what stands above it, and on all that stands in it. May end the check."""
        for flaw in self.flaws:
            if _touches(pattern.split("/"), flaw.pointer.split("/")):
                self._give_up(flaw)

    def _give_up(self, flaw: Flaw) -> None:
        raise Prevented(Blocker("clause", self.schema_clause), f"{flaw.pointer or 'the answer'} {flaw.message}", self)


def _show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}..."


def _touches(pattern: Sequence[str], pointer: Sequence[str]) -> bool:
    """Whether a flaw lies on the pattern, above it or below it."""
    return all(wanted in ("*", token) for wanted, token in zip(pattern, pointer, strict=False))


def values_at(content: Any, pattern: str) -> Iterator[Any]:
    """Every value at a pointer in which ``*`` stands for each item of a list."""
    return _walk(content, pattern.split("/")[1:])


def _walk(value: Any, tokens: Sequence[str]) -> Iterator[Any]:
    if not tokens:
        yield value
        return
    head, *rest = tokens
    if head == "*" and isinstance(value, list):
        for item in value:
            yield from _walk(item, rest)
    elif isinstance(value, dict) and head in value:
        yield from _walk(value[head], rest)
    elif isinstance(value, list) and head.isdecimal() and int(head) < len(value):
        yield from _walk(value[int(head)], rest)
