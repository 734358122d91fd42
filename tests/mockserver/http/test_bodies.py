"""Bodies by media type, and what is said of those that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.http.app import Mock
from mockserver.options import Options
from tests.mockserver.http.conftest import BASE, Shop, Worlds, call

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"X-Key": "secret", "Content-Type": "application/json; charset=UTF-8"}
BOUNDARY = {"Content-Type": "multipart/form-data; boundary=XX"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"name": "a', "body: is not JSON: unexpected end of data (line 1, column 12)"),
        (b"\xff", "body: is not UTF-8"),
        (b'{"name": "\xe5"}', "body: is not UTF-8"),
        (b'{"name": NaN}', "body: is not JSON: unexpected character, expected a JSON value (line 1, column 10)"),
        (b'{"name": "\\ud800"}', "body: is not JSON: no low surrogate in string (line 1, column 11)"),
        (b"", "body: is required"),
        (b"[]", 'body: is not of type "object"'),
    ],
    ids=["truncated", "not utf-8", "broken utf-8", "nan", "surrogate", "empty", "list"],
)
def test_a_body_that_is_no_json_is_refused_with_the_reason(ask: Any, body: bytes, message: str) -> None:
    answer = ask("POST", "/items", body=body, headers=JSON)
    assert (answer.status, answer.json()) == (400, {"code": 100, "message": message})


def test_nesting_that_no_reader_follows_is_refused(shop: Shop, worlds: Worlds) -> None:
    mock = Mock([shop], worlds, Options())
    body = b'{"parts":' + b"[" * 2000 + b"]" * 2000 + b"}"
    answer = call(mock, "POST", f"{BASE}/items", body=body, headers=JSON)
    assert answer is not None
    assert answer.json()["message"] == "body: is not JSON: depth limit exceeded (line 1, column 1034)"


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_above_the_limit_is_refused_and_the_connection_closed(ask: Any, *, declared: bool) -> None:
    headers = {**JSON, "Content-Length": "1001"} if declared else JSON
    answer = ask("POST", "/items", body=[b"x" * 600, b"y" * 401], headers=headers)
    assert (answer.status, answer.headers["connection"]) == (400, "close")
    assert answer.json() == {"code": 100, "message": "body: is larger than 1000 bytes"}


def test_a_body_in_pieces_is_read_whole(ask: Any) -> None:
    assert ask("POST", "/items", body=[b'{"na', b'me": "b', b'olt"}'], headers=JSON).status == 200


def test_another_content_type_is_refused(ask: Any) -> None:
    answer = ask("POST", "/items", body=b"{}", headers={**JSON, "Content-Type": "text/plain"})
    assert answer.json() == {"code": 100, "message": "Content-Type: must be application/json"}


def test_a_body_without_content_type_is_read_as_the_documented_one(ask: Any) -> None:
    assert ask("POST", "/items", body=b'{"name": "bolt"}').status == 200


def test_unknown_fields_are_ignored(ask: Any) -> None:
    assert ask("POST", "/items", data={"name": "bolt", "colour": "red"}).status == 200


def test_form_fields_have_the_types_of_their_schema(ask: Any) -> None:
    sent = b"total=3&tags=a&tags=%E5%BC%A0&other=1&extra=%7B%22a%22%3A1%7D"
    body = ask("PUT", "/items/a/total", body=sent, headers=FORM).json()["body"]
    assert body == {"total": 3, "tags": ["a", "张"], "other": "1", "extra": {"a": 1}}


def test_a_form_field_of_the_wrong_type_is_named(ask: Any) -> None:
    answer = ask("PUT", "/items/a/total", body=b"total=x", headers=FORM)
    assert answer.json() == {"code": 100, "message": 'body.total: is not of type "integer"'}


def test_a_form_that_is_not_utf_8_is_refused(ask: Any) -> None:
    assert ask("PUT", "/items/a/total", body=b"total=%FF", headers=FORM).json()["message"] == "body: is not UTF-8"


def _form(*parts: bytes) -> bytes:
    return b"".join(b"--XX\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--XX--\r\n"


def test_a_multipart_form_gives_its_files_and_its_fields(ask: Any) -> None:
    body = _form(
        b'name="count"\r\n\r\n2',
        b'name="file"; filename="a.bpmn"\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n<b/>',
    )
    answer = ask("POST", "/files", body=body, headers=BOUNDARY)
    assert answer.json() == {"name": "a.bpmn", "type": "text/xml", "text": "<a/>\r\n<b/>", "count": 2}


@pytest.mark.parametrize(
    ("body", "headers", "message"),
    [
        (b"nonsense", BOUNDARY, "body: is no multipart form"),
        (_form(b'name="count"\r\n\r\n2'), BOUNDARY, "body.file: is required"),
        (b"x", {"Content-Type": "multipart/form-data"}, "Content-Type: has no boundary"),
        (_form(b'name="count"\r\n\r\n\xff'), BOUNDARY, "body.count: is not UTF-8"),
    ],
)
def test_a_multipart_form_that_will_not_do_is_refused(
    ask: Any, body: bytes, headers: dict[str, str], message: str
) -> None:
    answer = ask("POST", "/files", body=body, headers=headers)
    assert (answer.status, answer.json()) == (400, {"code": 100, "message": message})


def test_octets_arrive_as_they_are_and_answers_need_not_be_json(ask: Any) -> None:
    answer = ask("PUT", "/files", body="张".encode(), headers={"Content-Type": "application/octet-stream"})
    assert (answer.status, answer.headers["content-type"], answer.body.decode()) == (200, "text/plain", "张")
    assert ask("PUT", "/files", headers={}).body == b""
