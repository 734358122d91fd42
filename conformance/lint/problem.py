"""What lint finds, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.lint.subject import Subject


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where a document breaks one rule."""

    rule: str
    """A name of ``RULES``."""
    place: str
    """JSON pointer into the bundled document, or a clause's id, or a file's name."""
    message: str
    advice: str = ""
    """What to change; may be empty."""

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.rule}: {self.place or '/'}: {self.message}", self.advice) if part)


Found = Iterator[tuple[str, str, str]]
"""What a rule yields: place, message, advice."""

Rule = Callable[["Subject"], Found]


def near(name: str, names: Iterable[str]) -> str:
    """Advice that names the nearest of the names there are; empty if none is near."""
    matches = get_close_matches(name, list(names), n=1)
    return f"(did you mean {matches[0]!r}?)" if matches else ""
