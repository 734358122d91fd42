"""Rules: the decisions of a world by name, each a function that may be replaced.

Permissions, look-ups, orders of checks and the steps of a command are looked up here by whoever needs them, so that
another policy is another entry and never a branch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mockserver.engine.errors import UnknownRule

Rule = Callable[..., Any]


class Rules(dict[str, Rule]):
    """Name -> function. A fork of a world has a copy of its own."""

    def exchange(self, name: str, rule: Rule) -> Rule:
        """Replace a rule and give the one that stood there. Raises ``UnknownRule``."""
        if name not in self:
            raise UnknownRule(name)
        before = self[name]
        self[name] = rule
        return before

    def fork(self) -> Rules:
        return Rules(self)
