"""From words to a function of the variables: a parser by precedence that makes closures. No Python is evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockserver.engine.expressions import Scope, Value
from mockserver.engine.expressions.errors import ExpressionError
from mockserver.engine.expressions.tokens import Token, tokens
from mockserver.engine.expressions.values import BINARY, UNARY, Binary, item, truth

DEPTH = 30
"""How deep parentheses and signs may be nested."""

Compiled = Callable[[Scope], Value]

_ESCAPED = re.compile(r"\\(.)")
_CONSTANTS = {"true": True, "false": False, "null": None}


def compiled(text: str) -> Compiled:
    """The function that an expression is. Raises ``ExpressionError``; so does the function."""
    reader = _Reader(tokens(text))
    found = reader.expression(1)
    reader.expect("end", "")
    return found


class _Reader:
    """Reads words from left to right."""

    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0

    @property
    def _word(self) -> Token:
        return self._words[self._at]

    def _next(self) -> Token:
        word = self._word
        self._at += 1
        return word

    def _is(self, symbol: str) -> bool:
        return self._word.kind == "symbol" and self._word.text == symbol

    def expect(self, kind: str, text: str) -> None:
        """Go past the one word that may stand here. Raises ``ExpressionError``."""
        word = self._word
        if word.kind != kind or word.text != text:
            found = repr(word.text) if word.text else "the end"
            wanted = repr(text) if text else "the end"
            raise ExpressionError("syntax", word.place, f"{found} stands where {wanted} is expected")
        if kind != "end":
            self._at += 1

    def expression(self, binding: int) -> Compiled:
        """Operators that bind at least this tightly, and what they stand between."""
        left = self._unary()
        while self._word.kind == "symbol" and self._word.text in BINARY and BINARY[self._word.text][0] >= binding:
            symbol = self._next().text
            tightness, act = BINARY[symbol]
            right = self.expression(tightness + 1)
            left = _both(act, left, right) if act else _either(symbol == "||", left, right)
        return left

    def _unary(self) -> Compiled:
        word = self._word
        if word.kind != "symbol" or word.text not in UNARY:
            return self._access()
        self._next()
        self._deeper(word)
        act, inner = UNARY[word.text], self._unary()
        self._depth -= 1
        return lambda scope: act(inner(scope))

    def _access(self) -> Compiled:
        value = self._primary()
        while self._is(".") or self._is("["):
            if self._next().text == ".":
                word = self._next()
                if word.kind != "name":
                    raise ExpressionError("syntax", word.place, "a property's name is expected behind the dot")
                value = _both(item, value, _constant(word.text))
            else:
                value = _both(item, value, self._inside(self._words[self._at - 1], "]"))
        return value

    def _primary(self) -> Compiled:
        word = self._next()
        if word.kind == "number":
            return _constant(float(word.text) if "." in word.text else int(word.text))
        if word.kind == "text":
            return _constant(_unescaped(word.text[1:-1]))
        if word.kind == "name":
            return _constant(_CONSTANTS[word.text]) if word.text in _CONSTANTS else _variable(word)
        if word.text == "(":
            return self._inside(word, ")")
        found = repr(word.text) if word.text else "the end"
        raise ExpressionError("syntax", word.place, f"{found} stands where a value is expected")

    def _inside(self, opened: Token, closing: str) -> Compiled:
        self._deeper(opened)
        inner = self.expression(1)
        self.expect("symbol", closing)
        self._depth -= 1
        return inner

    def _deeper(self, word: Token) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise ExpressionError("limit", word.place, f"the expression is nested more than {DEPTH} levels deep")


def _unescaped(text: str) -> str:
    """What a quoted text says: a backslash stands before a quote or another backslash."""
    return _ESCAPED.sub(r"\1", text)


def _constant(value: Value) -> Compiled:
    return lambda _scope: value


def _variable(word: Token) -> Compiled:
    name, place = word.text, word.place

    def read(scope: Scope) -> Value:
        if name not in scope:
            known = ", ".join(sorted(scope)) or "none"
            raise ExpressionError("variable", place, f"there is no variable {name!r}", f"there are: {known}")
        return scope[name]

    return read


def _both(act: Binary, left: Compiled, right: Compiled) -> Compiled:
    return lambda scope: act(left(scope), right(scope))


def _either(decisive: bool, left: Compiled, right: Compiled) -> Compiled:
    """``||`` and ``&&``: the right side is looked at only if the left one does not decide."""
    return lambda scope: decisive if truth(left(scope)) is decisive else truth(right(scope))
