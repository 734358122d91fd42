"""Conditions of sequence flows: ``${...}``, read and evaluated without Python's own evaluation.

Literals, variables, properties, comparison, ``&& || !``, ``empty`` and arithmetic of the Unified Expression Language,
in symbols or in words. Texts, words and nesting are limited. Nothing but ``ExpressionError`` is ever raised.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mockserver.engine.expressions.compiler import Compiled, compiled
from mockserver.engine.expressions.errors import ExpressionError
from mockserver.engine.expressions.values import Scope, Value

__all__ = ["Expression", "ExpressionError", "Scope", "Value", "expression"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that was compiled, or that says why it could not be. Two with the same text are equal."""

    text: str
    error: ExpressionError | None = field(default=None, compare=False)
    """Why it cannot be evaluated; such a text may stand in a definition until it is reached."""
    _evaluate: Compiled | None = field(default=None, compare=False, repr=False)

    def value(self, scope: Scope) -> Value:
        """What it is with these variables. Raises ``ExpressionError``."""
        if self._evaluate is None:
            raise self.error or ExpressionError("syntax", 0, "it is no expression")
        return self._evaluate(scope)

    def holds(self, scope: Scope) -> bool:
        """Whether it is true with these variables. Raises ``ExpressionError``, also if it is neither true nor false."""
        value = self.value(scope)
        if not isinstance(value, bool):
            raise ExpressionError("type", 0, f"{self.text} is neither true nor false")
        return value


def expression(text: str) -> Expression:
    """Compile a text; what is wrong with it is kept in ``error``."""
    try:
        return Expression(text, None, compiled(text))
    except ExpressionError as error:
        return Expression(text, error)
