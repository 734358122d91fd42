"""What a made-up request says, as a server reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.fuzz.reading import DEEPEST, Reader, Reading, is_plain
from conformance.wire.transport import Message
from specs.requests import ABSENT, Arguments
from tests.conformance.fuzz.small import ADDRESS, SHOP

PARTS = (
    b'--b\r\nContent-Disposition: form-data; name="count"\r\n\r\n3\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n'
)


def read(operation: str, path: str, body: bytes = b"", **headers: str) -> Reading | None:
    """What a message to an operation says."""
    sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    message = Message(SHOP.operations[operation].method, f"{ADDRESS}{path}", sent, body)
    return Reader(SHOP, SHOP.operations[operation], ADDRESS)(message)


def put(body: bytes, content_type: str = "application/json") -> Reading | None:
    return read("putOrder", "/orders/7", body, Content_Type=content_type)


def test_parameters_have_their_types_and_what_is_not_documented_is_left_out() -> None:
    assert read("showOrder", "/orders/7?full=true&tags=1,x&undocumented=1", x_unit="kg") == Reading(
        Arguments({"id": 7}, {"full": True, "tags": [1, "x"]}, {"X-Unit": "kg"}, ABSENT), plain=True
    )


def test_a_text_is_decoded_once() -> None:
    reading = read("showOrder", "/orders/a%2520b?full=%2B")
    assert reading is not None
    assert (reading.arguments.path, reading.arguments.query) == ({"id": "a%20b"}, {"full": "+"})


def test_a_body_is_what_its_media_type_makes_of_it() -> None:
    form = read(
        "postForm", "/forms", b"count=3&more=%7B%22a%22%3A1%7D", Content_Type="application/x-www-form-urlencoded"
    )
    parts = read("putParts", "/forms", PARTS, Content_Type="multipart/form-data; boundary=b")
    order = put(b'{"id": 1}')
    assert form is not None
    assert parts is not None
    assert order is not None
    assert form.arguments.body == {"count": 3, "more": {"a": 1}}
    assert parts.arguments.body == {"count": 3, "file": "a.txt"}
    assert order.arguments.body == {"id": 1}


def test_an_operation_without_a_body_has_none_whatever_is_sent() -> None:
    reading = read("showOrder", "/orders/7", b"{")
    assert reading is not None
    assert reading.arguments.body is ABSENT


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"id": 1, "id": 1}',
        b"\xef\xbb\xbf{}",
        b"[" * 20_000,
        '{"id": 1}'.encode("utf-16"),
    ],
    ids=["cut", "no-utf8", "doubled", "bom", "deep", "utf16"],
)
def test_a_body_that_is_no_json_cannot_be_read(body: bytes) -> None:
    assert put(body) is None


@pytest.mark.parametrize("content_type", ["text/plain", "application/json;charset=utf-16", "json", ";"])
def test_a_body_of_another_type_cannot_be_read(content_type: str) -> None:
    assert put(b'{"id": 1}', content_type) is None


@pytest.mark.parametrize(
    "path", ["/orders/%FF", "/orders/%zz", "/orders/7?full=%FF", "/orders/7?full=%", "/orders/7/more", "/orders"]
)
def test_broken_texts_and_other_paths_cannot_be_read(path: str) -> None:
    assert read("showOrder", path) is None


def test_parts_without_their_boundary_cannot_be_read() -> None:
    assert read("putParts", "/forms", PARTS, Content_Type="multipart/form-data") is None


def test_a_repeated_parameter_may_be_read_in_two_ways() -> None:
    reading = read("showOrder", "/orders/7?full=true&full=false")
    assert reading is not None
    assert (reading.arguments.query, reading.plain) == ({"full": True}, False)


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("流程\0", True),
        ("\ud800", False),
        ({"\udc00": 1}, False),
        (2**63 - 1, True),
        (2**63, False),
        (-(2**63), False),
        (1e308, True),
        (float("inf"), False),
        (float("nan"), False),
        (nested(DEEPEST), True),
        (nested(DEEPEST + 1), False),
        ([None, True, {"a": "b"}], True),
    ],
)
def test_json_is_plain_where_all_servers_agree_on_it(value: Any, plain: bool) -> None:
    assert is_plain(value) is plain


def test_a_body_that_is_not_plain_is_read_nevertheless() -> None:
    reading = put(json.dumps({"id": 1, "item": "\ud800"}).encode())
    assert reading == Reading(Arguments({"id": 7}, {}, {}, {"id": 1, "item": "\ud800"}), plain=False)
