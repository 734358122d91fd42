"""Answers as checks read them: by pointer only, so that no check stumbles over what another clause already judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    success: int
    """The operation's documented success."""
    code_pointer: str | None = None

    def expect(self, expectation: Expectation) -> None:
        """Assert status and, if one is named, error code. Raises ``Refuted``."""
        if self.status != expectation.status:
            raise Refuted(str(expectation), f"{self.status}", self, status=True)
        if expectation.code is None:
            return
        if self.code_pointer is None:
            raise LookupError("a code is expected of an API whose document has no x-outcome")
        seen = self.field(self.code_pointer)
        if str(seen) != expectation.code:
            raise Refuted(str(expectation), f"{self.status} with code {seen}", self)

    def meets(self, expectation: Expectation) -> bool:
        """Whether status and, if one is named, error code are these."""
        if self.status != expectation.status:
            return False
        if expectation.code is None or self.code_pointer is None:
            return True
        return [str(code) for code in self.fields(self.code_pointer)] == [expectation.code]

    def succeeds(self) -> None:
        """Assert the operation's documented success."""
        self.expect(Expectation(self.success))

    def refuses(self) -> None:
        """Assert a refusal, whichever it is."""
        if self.status < 400:
            raise Refuted("a refusal (status 400 or above)", f"{self.status}", self, status=True)

    def field(self, pointer: str) -> Any:
        """The value at a pointer. Ends the check, blocked by the schema clause, if the answer is flawed there."""
        self._trust(pointer)
        values = list(values_at(self.content, pointer))
        if len(values) != 1:
            if self.flaws:  # there may be more of them than are listed
                self._give_up(self.flaws[0])
            raise LookupError(f"{self.operation}: {pointer} is not in an answer that its schema accepts")
        return values[0]

    def fields(self, pattern: str) -> list[Any]:
        """All values at a pointer in which ``*`` stands for every item of a list."""
        self._trust(pattern)
        return list(values_at(self.content, pattern))

    def equal(self, what: str, seen: object, expected: object) -> None:
        """Assert that something read from this answer equals what is expected. Raises ``Refuted``."""
        if seen != expected:
            raise Refuted(f"{what}: {_show(expected)}", _show(seen), self)

    def _trust(self, pattern: str) -> None:
        """Whoever reads a place relies on what stands above it, and on all that stands in it."""
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
