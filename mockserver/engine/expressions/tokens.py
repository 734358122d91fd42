"""The words of an expression."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mockserver.engine.expressions.errors import ExpressionError

LENGTH, TOKENS = 2_000, 200
"""The most characters and words of an expression."""

_PATTERN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<text>'(?:[^'\\]|\\['\"\\])*'|\"(?:[^\"\\]|\\['\"\\])*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<symbol>&&|\|\||[=!<>]=|[<>!+\-*/%().\[\]])"
)

WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "div": "/",
    "mod": "%",
    "empty": "empty",
}
"""Operators that are written as words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word: ``number``, ``text``, ``name``, ``symbol`` or ``end``."""

    kind: str
    text: str
    place: int


def tokens(text: str) -> list[Token]:
    """The words of what stands between ``${`` and ``}``, an ``end`` last. Raises ``ExpressionError``."""
    stripped = text.strip()
    if len(stripped) > LENGTH:
        raise ExpressionError("limit", 0, f"the expression has more than {LENGTH} characters")
    if not (stripped.startswith("${") and stripped.endswith("}")):
        raise ExpressionError("syntax", 0, "it is no expression", "write it as ${...}")
    inner, found, at = stripped[2:-1], list[Token](), 0
    while at < len(inner):
        match = _PATTERN.match(inner, at)
        place = at + 3
        if match is None:
            raise ExpressionError("syntax", place, f"{inner[at]!r} is not understood here")
        kind, word, at = match.lastgroup or "", match.group(), match.end()
        if kind == "name" and word in WORDS:
            kind, word = "symbol", WORDS[word]
        if kind != "space":
            found.append(Token(kind, word, place))
        if len(found) > TOKENS:
            raise ExpressionError("limit", place, f"the expression has more than {TOKENS} words")
    found.append(Token("end", "", len(inner) + 3))
    return found
