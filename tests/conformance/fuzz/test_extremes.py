"""Values at the edges."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.fuzz.extremes import extremes
from conformance.fuzz.reading import Reader, is_plain
from conformance.wire.call import Call
from specs.nodes import Node
from tests.conformance.fuzz.small import ADDRESS, SHOP


def at(location: str, **schema: Any) -> dict[str, Any]:
    return dict(extremes(Node(f"{location}.a", schema, False, ())))


@pytest.mark.parametrize(
    ("schema", "bounds"),
    [
        (
            {"type": "integer", "minimum": 1, "maximum": 500},
            {"at-minimum": 1, "beyond-minimum": 0, "at-maximum": 500, "beyond-maximum": 501},
        ),
        (
            {"type": "string", "minLength": 1, "maxLength": 3},
            {"at-minLength": "a", "beyond-minLength": "", "at-maxLength": "aaa", "beyond-maxLength": "aaaa"},
        ),
        (
            {"type": "array", "maxItems": 2, "items": {"type": "integer"}},
            {"at-maxItems": [1, 1], "beyond-maxItems": [1, 1, 1]},
        ),
        ({"enum": ["On", 1]}, {"enum-0": "On", "enum-0-other-case": "oN", "enum-1": 1}),
    ],
)
def test_documented_bounds_are_met_and_passed(schema: dict[str, Any], bounds: dict[str, Any]) -> None:
    found = at("body", **schema)
    assert {name: found[name] for name in found if name not in at("body")} == bounds


def test_values_that_programmers_forget_are_among_them() -> None:
    found = at("body", type="string")
    assert found["cjk"] == "流程管理系统"
    assert found["surrogate"] == "\ud800"
    assert found["nul"] == "a\0b"
    assert found["beyond-int64"] == 2**63
    assert len(found["long"]) == 20_000
    assert found["null"] is None
    assert not is_plain(found["beyond-all"])


def test_a_url_holds_no_value_that_only_json_can_hold() -> None:
    assert {type(value) for value in at("query", type="string").values()} == {str, int, float}
    assert len(at("query", type="string")["long"]) == 2_000


@pytest.mark.parametrize(("name", "value"), at("body").items())
def test_every_value_can_be_put_on_the_wire_and_reads_back(name: str, value: Any) -> None:
    call = Call("putOrder", path={"id": 7}, body={"id": 1, "item": value})
    message = call.message(SHOP, ADDRESS, {})
    assert json.loads(message.body) == call.body
    reading = Reader(SHOP, SHOP.operations["putOrder"], ADDRESS)(message)
    assert reading is not None
    assert (reading.arguments.body, reading.plain) == (call.body, is_plain(value))


def test_a_lone_surrogate_in_a_url_is_no_utf8() -> None:
    message = Call("showOrder", path={"id": "\ud800"}).message(SHOP, ADDRESS, {})
    assert message.url == f"{ADDRESS}/orders/%ED%A0%80"
