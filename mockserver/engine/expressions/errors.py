"""What is wrong with an expression."""

from __future__ import annotations

from mockserver.engine.errors import EngineError


class ExpressionError(EngineError):
    """An expression that cannot be read or evaluated.

    ``code`` is one of ``syntax``, ``limit``, ``variable``, ``property``, ``type``, ``arithmetic``; ``place`` is the
    position in the text, from 1, or 0 for the whole.
    """

    def __init__(self, code: str, place: int, reason: str, advice: str = "") -> None:
        where = f"at character {place}: " if place else ""
        super().__init__(f"{where}{reason}" + (f"; {advice}" if advice else ""))
        self.code = code
        self.place = place
        self.reason = reason
        self.advice = advice
