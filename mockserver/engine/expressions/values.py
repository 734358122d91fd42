"""Values and what operators make of them, with the conversions of the Unified Expression Language."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockserver.engine.expressions import Value
from mockserver.engine.expressions.errors import ExpressionError

_KINDS = {
    type(None): "nothing",
    bool: "a truth value",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "a mapping",
}
_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(?:\.[0-9]{1,400})?\Z")


def kind_of(value: Value) -> str:
    """How a message calls a value; the value itself may be a secret."""
    return _KINDS.get(type(value), "this")


def number(value: Value) -> int | float:
    """A value as a number; nothing and the empty text are 0. Raises ``ExpressionError``."""
    if value is None or value == "":
        return 0
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.match(value):
        return float(value) if "." in value else int(value)
    raise ExpressionError("type", 0, f"{kind_of(value)} is no number")


def truth(value: Value) -> bool:
    """A value as a truth value; nothing is false, a text is true if it says so. Raises ``ExpressionError``."""
    if value is None:
        return False
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.lower() == "true"
    raise ExpressionError("type", 0, f"{kind_of(value)} is neither true nor false")


def is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def equal(left: Value, right: Value) -> bool:
    """Whether two values are the same after conversion to the kind of either. Raises ``ExpressionError``."""
    if left is None or right is None:
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) is truth(right)
    if is_number(left) or is_number(right):
        return number(left) == number(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    raise ExpressionError("type", 0, f"{kind_of(left)} and {kind_of(right)} are not compared")


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
    """A comparison; nothing is neither before nor behind anything."""

    def compared(left: Value, right: Value) -> bool:
        if left is None or right is None:
            return False
        if isinstance(left, str) and isinstance(right, str):
            return compare(left, right)
        return compare(number(left), number(right))

    return compared


def _calculated(calculate: Callable[[Any, Any], Any]) -> Callable[[Value, Value], Value]:
    def calculated(left: Value, right: Value) -> Value:
        try:
            return calculate(number(left), number(right))
        except ArithmeticError as error:
            raise ExpressionError("arithmetic", 0, str(error)) from None

    return calculated


def is_empty(value: Value) -> bool:
    """Whether a value is nothing, or has nothing in it."""
    return value is None or (isinstance(value, str | list | tuple | dict) and len(value) == 0)


def negative(value: Value) -> Value:
    return -number(value)


def item(value: Value, name: Value) -> Value:
    """A property of a mapping; one that it does not have is nothing. Raises ``ExpressionError``."""
    if not isinstance(value, dict):
        raise ExpressionError("property", 0, f"{kind_of(value)} has no properties")
    return value.get(name) if isinstance(name, str) else None


Binary = Callable[[Value, Value], Value]

BINARY: Mapping[str, tuple[int, Binary | None]] = {
    "||": (1, None),
    "&&": (2, None),
    "==": (3, equal),
    "!=": (3, lambda left, right: not equal(left, right)),
    "<": (4, _ordered(operator.lt)),
    ">": (4, _ordered(operator.gt)),
    "<=": (4, _ordered(operator.le)),
    ">=": (4, _ordered(operator.ge)),
    "+": (5, _calculated(operator.add)),
    "-": (5, _calculated(operator.sub)),
    "*": (6, _calculated(operator.mul)),
    "/": (6, _calculated(operator.truediv)),
    "%": (6, _calculated(operator.mod)),
}
"""Operator -> how tightly it binds, and what it does; those that may leave out their right side are the compiler's."""

UNARY: Mapping[str, Callable[[Value], Value]] = {
    "!": lambda value: not truth(value),
    "-": negative,
    "empty": is_empty,
}
