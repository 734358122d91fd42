"""Conditions: what they are worth, and that nothing but their own error is ever raised."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.engine.expressions import Expression, ExpressionError
from mockserver.engine.expressions.tokens import LENGTH, TOKENS
from tests.mockserver.engine.strategies import QUICK

SCOPE: dict[str, Any] = {
    "amount": 10,
    "text": "10",
    "yes": True,
    "nothing": None,
    "form": {"days": 5, "note": "", "list": [], "inner": {"a b": "x"}},
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${1 + 2 * 3 - 4 / 2}", 5.0),
        ("${(1 + 2) * 3}", 9),
        ("${10 - 3 - 2}", 5),
        ("${7 mod 4}", 3),
        ("${-amount + 1}", -9),
        ("${amount > 9 && yes}", True),
        ("${amount >= 11 || amount lt 5}", False),
        ("${!(amount == 10)}", False),
        ("${not yes or amount ne 10}", False),
        ("${text == 10}", True),
        ("${text == '10'}", True),
        ("${'a' < \"b\"}", True),
        ("${yes == 'true'}", True),
        ("${nothing == null}", True),
        ("${nothing == 0}", False),
        ("${nothing > 0}", False),
        ("${nothing + 1}", 1),
        ("${form.days * 2}", 10),
        ("${form.inner['a b']}", "x"),
        ("${form.missing}", None),
        ("${empty form.note && empty form.list && empty nothing && !empty amount}", True),
        ("${empty form.missing}", True),
        (r"${'it\'s \\'}", "it's \\"),
        ("${true || missing}", True),
        ("${false && missing}", False),
        (" ${1.5} ", 1.5),
    ],
)
def test_expressions_are_worth_what_the_language_says(text: str, value: object) -> None:
    assert Expression(text).value(SCOPE) == value


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("amount > 5", "syntax", "it is no expression; write it as ${...}"),
        ("${}", "syntax", "at character 3: the end stands where a value is expected"),
        ("${1 +}", "syntax", "at character 6: the end stands where a value is expected"),
        ("${1 2}", "syntax", "at character 5: '2' stands where the end is expected"),
        ("${(1}", "syntax", "at character 5: the end stands where ')' is expected"),
        ("${a#b}", "syntax", "at character 4: '#' is not understood here"),
        ("${form.}", "syntax", "a property's name is expected behind the dot"),
        ("${missing}", "variable", "there is no variable 'missing'; there are: amount, form, nothing, text, yes"),
        ("${amount.real}", "property", "a number has no properties"),
        ("${nothing.x}", "property", "nothing has no properties"),
        ("${'x' + 1}", "type", "a text is no number"),
        ("${yes + 1}", "type", "a truth value is no number"),
        ("${form == form}", "type", "a mapping and a mapping are not compared"),
        ("${amount && yes}", "type", "a number is neither true nor false"),
        ("${1 / 0}", "arithmetic", "division by zero"),
        ("${" + "(" * 40 + "1" + ")" * 40 + "}", "limit", "nested more than 30 levels deep"),
        ("${" + "!" * 40 + "yes}", "limit", "nested more than 30 levels deep"),
        ("${1" + "+1" * TOKENS + "}", "limit", f"more than {TOKENS} words"),
        ("${'" + "x" * LENGTH + "'}", "limit", f"more than {LENGTH} characters"),
        ("${__import__('os')}", "syntax", "'(' stands where the end is expected"),
        ("${form.__class__.__mro__}", "property", "nothing has no properties"),
    ],
)
def test_what_is_wrong_with_an_expression_is_said(text: str, code: str, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression(text).value(SCOPE)
    assert caught.value.code == code
    assert said in str(caught.value)


def test_a_condition_must_be_true_or_false() -> None:
    assert Expression("${amount == 10}").holds(SCOPE)
    with pytest.raises(ExpressionError, match="neither true nor false"):
        Expression("${amount}").holds(SCOPE)


def test_as_many_words_as_are_allowed_are_evaluated() -> None:
    assert Expression("${1" + "+1" * (TOKENS // 2 - 1) + "}").value({}) == TOKENS // 2


words = st.sampled_from(
    [
        *"()[].!+-*/%<>",
        *("==", "!=", "&&", "||", "<=", "empty", "and", "div", "amount", "form", "days", "nothing", "yes"),
        *("'x'", "1", "2.5", "'7'", "null", "true", "9" * 300),
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("days", "x")), inner, max_size=3),
)


@QUICK
@given(st.one_of(st.text(max_size=40), st.lists(words, max_size=25).map(" ".join)), values)
def test_any_text_and_any_value_give_a_value_or_an_expression_error(text: str, amount: object) -> None:
    scope = {**SCOPE, "amount": amount}
    for written in (text, f"${{{text}}}"):
        with suppress(ExpressionError):
            Expression(written).value(scope)


@QUICK
@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(1, 99))
def test_arithmetic_is_pythons(a: int, b: int, c: int) -> None:
    text = f"${{a + b * c - (a - b) % c >= {json.dumps(c)}}}"
    assert Expression(text).value({"a": a, "b": b, "c": c}) == (a + b * c - (a - b) % c >= c)
