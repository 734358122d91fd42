"""Conditions of sequence flows: ``${...}``, read and evaluated without Python's own evaluation.

Literals, variables, properties, comparison, ``&& || !``, ``empty`` and arithmetic of the Unified Expression Language,
in symbols or in words. Texts, words and nesting are limited. Nothing but ``ExpressionError`` is ever raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mockserver.engine.expressions.errors import ExpressionError

__all__ = ["Expression", "ExpressionError", "Scope", "Value"]

Value = Any
"""Text, number, truth value, nothing, or a list or mapping of these."""

Scope = Mapping[str, Value]
"""Name -> value of each variable."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that is compiled when it is first needed, so that a broken one may stand where it is never reached."""

    text: str

    @property
    def error(self) -> ExpressionError | None:
        """Why it cannot be evaluated whatever the variables; ``None`` if it can."""
        found = _compiled(self.text)
        return found if isinstance(found, ExpressionError) else None

    def value(self, scope: Scope) -> Value:
        """What it is with these variables. Raises ``ExpressionError``."""
        found = _compiled(self.text)
        if isinstance(found, ExpressionError):
            raise found
        return found(scope)

    def holds(self, scope: Scope) -> bool:
        """Whether it is true with these variables. Raises ``ExpressionError``, also if it is neither true nor false."""
        value = self.value(scope)
        if not isinstance(value, bool):
            raise ExpressionError("type", 0, f"{self.text} is neither true nor false")
        return value


@lru_cache(maxsize=4_096)
def _compiled(text: str) -> Callable[[Scope], Value] | ExpressionError:
    from mockserver.engine.expressions.compiler import compiled  # most worlds never evaluate a condition

    try:
        return compiled(text)
    except ExpressionError as error:
        return error
