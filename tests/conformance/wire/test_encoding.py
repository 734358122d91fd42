"""Values on the wire: parameters in their styles, bodies in their media types, and requests changed node by node."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.wire.call import Call
from conformance.wire.encoding import body_of, pairs_of, text_of
from specs.model import Contract, Parameter
from specs.requests import ABSENT


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (None, "null"),
        (5, "5"),
        (1.5, "1.5"),
        ("a", "a"),
        ([1, "b", False], "1,b,false"),
        ({"a": 1}, "a,1"),
    ],
)
def test_a_value_is_one_text(value: Any, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("style", "explode", "value", "pairs"),
    [
        ("", True, [1, 2], [("p", "1"), ("p", "2")]),
        ("", False, [1, 2], [("p", "1,2")]),
        ("pipeDelimited", False, [1, 2], [("p", "1|2")]),
        ("spaceDelimited", False, [1, 2], [("p", "1 2")]),
        ("", True, {"a": 1, "b": "c"}, [("a", "1"), ("b", "c")]),
        ("", False, {"a": 1, "b": "c"}, [("p", "a,1,b,c")]),
        ("deepObject", True, {"a": 1, "b": [2, 3]}, [("p[a]", "1"), ("p[b]", "2,3")]),
        ("", True, "x", [("p", "x")]),
    ],
)
def test_a_query_parameter_is_sent_in_its_style(
    style: str, explode: bool, value: Any, pairs: list[tuple[str, str]]
) -> None:
    assert list(pairs_of(Parameter("p", "query", False, {}, explode=explode, style=style), value)) == pairs


@pytest.mark.parametrize(
    ("media", "value", "sent"),
    [
        ("application/json", {"a": "ä"}, ("application/json", '{"a": "ä"}'.encode())),
        ("application/vnd.x+json", [1], ("application/vnd.x+json", b"[1]")),
        (
            "application/x-www-form-urlencoded",
            {"a": "b c&d", "e": [1, True], "f": {"g": 1}},
            ("application/x-www-form-urlencoded", b"a=b%20c%26d&e=1&e=true&f=%7B%22g%22%3A%201%7D"),
        ),
        ("application/x-www-form-urlencoded", "no form", ("application/x-www-form-urlencoded", b'"no form"')),
        ("text/plain; charset=utf-8", "ä", ("text/plain; charset=utf-8", "ä".encode())),
        ("application/octet-stream", "ab", ("application/octet-stream", b"ab")),
        ("application/octet-stream", 5, ("application/octet-stream", b"5")),
    ],
)
def test_a_body_is_written_in_its_media_type(media: str, value: Any, sent: tuple[str, bytes]) -> None:
    assert body_of(media, value) == sent


def test_a_multipart_body_has_a_part_for_each_field() -> None:
    media, body = body_of("multipart/form-data", {"file": "abc", "tags": ["x", "y"]})
    boundary = media.partition("boundary=")[2]
    assert media == f"multipart/form-data; boundary={boundary}"
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    whole = "".join(part % pair for pair in (("file", "abc"), ("tags", "x"), ("tags", "y")))
    assert body == f"{whole}--{boundary}--\r\n".encode()


def test_cookies_share_one_header() -> None:
    operation = {
        "operationId": "get",
        "parameters": [{"name": name, "in": "cookie", "schema": {}} for name in ("a", "b")],
        "responses": {"200": {"description": ""}},
    }
    contract = Contract("made", {"paths": {"/": {"get": operation}}})
    message = Call("get", cookie={"a": "x y", "b": 1}).message(contract, "http://x", {"X-Gate": "1"})
    assert message.headers == (("X-Gate", "1"), ("Cookie", "a=x%20y; b=1"))


CALL = Call(
    "put", query={"a.b": 1, "l": [1, 2]}, body={"x": {"y": [1, 2]}, "a.b": 1, "each": {"z": 1}}, cookie={"s": 1}
)


@pytest.mark.parametrize(
    ("node", "value"),
    [
        ("query.a%2Eb", 1),
        ("query.l.each", 1),
        ("cookie.s", 1),
        ("body.x.y.each", 1),
        ("body.a%2Eb", 1),
        ("body.%65ach.z", 1),
        ("body.nothing.there", ABSENT),
        ("body.x.y.each.z", ABSENT),
        ("query.nothing", ABSENT),
    ],
)
def test_a_node_is_read(node: str, value: Any) -> None:
    assert CALL.get(node) == value


@pytest.mark.parametrize(
    "node",
    [
        "query.a%2Eb",
        "query.new",
        "cookie.s",
        "body.x.y.each",
        "body.a%2Eb",
        "body.%65ach.z",
        "body.new.er.each.y",
        "body",
    ],
)
def test_a_node_that_is_set_is_there_and_nothing_else_has_changed(node: str) -> None:
    changed = CALL.set(node, "new")
    assert changed.get(node) == "new"
    assert CALL.get("query.a%2Eb") == 1
    if node != "query.a%2Eb":
        assert changed.get("query.a%2Eb") == 1


@pytest.mark.parametrize("node", ["query.a%2Eb", "cookie.s", "body.x.y", "body.a%2Eb", "body.%65ach.z", "body"])
def test_a_node_that_is_dropped_is_gone(node: str) -> None:
    assert CALL.get(node) is not ABSENT
    assert CALL.drop(node).get(node) is ABSENT


def test_dropping_what_is_not_there_changes_nothing() -> None:
    assert CALL.drop("body.not.there").body == CALL.body
    assert CALL.drop("query.not").query == CALL.query
