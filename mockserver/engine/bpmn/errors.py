"""What is wrong with a BPMN file."""

from __future__ import annotations

from mockserver.engine.errors import EngineError


class BpmnError(EngineError):
    """A file that cannot be run. Nothing of it was taken.

    ``code`` is the name of the rule that it breaks, ``place`` the element (with its line, where that is known),
    ``reason`` says what is wrong there, and ``advice`` what to change.
    """

    def __init__(self, code: str, place: str, reason: str, advice: str = "") -> None:
        super().__init__(f"{place}: {reason}" + (f"; {advice}" if advice else ""))
        self.code = code
        self.place = place
        self.reason = reason
        self.advice = advice
