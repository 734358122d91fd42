"""Options of APIs as command lines and Python users give them."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from mockserver.adapter import Option, adapter_names, load_adapter
from mockserver.api_options import checked, options_of, read, start_values, takes
from mockserver.errors import UsageError

KNOWN = {
    "shop.rate": Option("rate", 30, {"type": "integer", "minimum": 0, "maximum": 100}, "Calls in a second."),
    "shop.share": Option("share", 0.5, {"type": "number"}, "A share."),
    "shop.strict": Option("strict", True, {"type": "boolean"}, "Whether it is strict."),
    "shop.name": Option("name", "shop", {"type": "string", "maxLength": 9}, "Its name."),
    "shop.tags": Option("tags", [], {"type": "array", "items": {"type": "string"}}, "Its tags."),
    "shop.note": Option("note", None, {"type": "string", "nullable": True}, "A note."),
}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("shop.rate=0", "shop.rate", 0),
        ("shop.rate=+7", "shop.rate", 7),
        ("shop.share=.25", "shop.share", 0.25),
        ("shop.strict=false", "shop.strict", False),
        ("shop.name=12", "shop.name", "12"),
        ("shop.name=a=b", "shop.name", "a=b"),
        ("shop.name=", "shop.name", ""),
        ("shop.name=商店", "shop.name", "商店"),
        ('shop.tags=["a"]', "shop.tags", ["a"]),
    ],
)
def test_a_value_is_read_as_its_option_takes_it(text: str, name: str, value: Any) -> None:
    assert read(KNOWN, text) == (name, value)
    assert checked(KNOWN, {name: value}) == {name: value}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shop.rate", "--option 'shop.rate' has no =; write it like shop.rate=30"),
        (
            "shop.rat=1",
            "there is no option 'shop.rat' "
            "(choose from: shop.rate, shop.share, shop.strict, shop.name, shop.tags, shop.note)",
        ),
        ("shop.rate=many", 'the option shop.rate takes an integer of at least 0 and at most 100, not "many"'),
        ("shop.rate=", 'the option shop.rate takes an integer of at least 0 and at most 100, not ""'),
        ("shop.rate=101", "the option shop.rate takes an integer of at least 0 and at most 100, not 101"),
        ("shop.rate=1.0", 'the option shop.rate takes an integer of at least 0 and at most 100, not "1.0"'),
        (
            f"shop.rate={10**30}",
            f'the option shop.rate takes an integer of at least 0 and at most 100, not "{10**30}"',
        ),
        ("shop.share=NaN", 'the option shop.share takes a number, not "NaN"'),
        ("shop.strict=yes", 'the option shop.strict takes true or false, not "yes"'),
        (
            "shop.name=much too long",
            'the option shop.name takes what the JSON Schema {"type": "string", "maxLength": 9} allows, '
            'not "much too long"',
        ),
        (
            "shop.tags=[",
            'the option shop.tags takes what the JSON Schema {"type": "array", "items": {"type": "string"}} allows, '
            'not "["',
        ),
    ],
)
def test_what_an_option_does_not_take_is_said_with_what_it_takes(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(KNOWN, dict([read(KNOWN, text)]))
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("value", "shown"),
    [(object, "<class 'object'>"), (float("nan"), "null"), (2**70, str(2**70)), ("\ud800", "'\\ud800'")],
)
def test_a_value_that_json_cannot_hold_is_none(value: Any, shown: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(KNOWN, {"shop.rate": value})
    assert str(caught.value) == f"the option shop.rate takes an integer of at least 0 and at most 100, not {shown}"


def test_values_are_copies() -> None:
    tags = ["a"]
    values = checked(KNOWN, {"shop.tags": tags})
    tags.append("b")
    assert values == {"shop.tags": ["a"]}


def test_what_is_not_given_has_its_default() -> None:
    assert start_values(KNOWN, {"shop.rate": 1, "shop.note": None}) == {
        "shop.rate": 1,
        "shop.share": 0.5,
        "shop.strict": True,
        "shop.name": "shop",
        "shop.tags": [],
        "shop.note": None,
    }


def test_without_options_no_name_is_suggested() -> None:
    with pytest.raises(UsageError, match=r"^--option 'x' has no =; write it like API\.NAME=VALUE$"):
        read({}, "x")
    with pytest.raises(UsageError, match=r"^there is no option 'x' \(no API that is served has any\)$"):
        read({}, "x=1")


def test_a_list_of_values_is_told_one_by_one() -> None:
    assert takes({"type": "string", "enum": ["a", "商"]}) == 'one of "a", "商"'


@pytest.mark.parametrize("api", adapter_names())
def test_the_options_that_are_shipped_take_their_defaults_and_say_what_they_do(api: str) -> None:
    for name, option in options_of([load_adapter(api)]).items():
        assert name == f"{api}.{option.name}"
        jsonschema_rs.Draft4Validator(dict(option.schema)).validate(option.default)
        assert option.text.endswith(".")
