"""The order of things in a request: who asks, what, whether that is allowed, and only then the handler."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.http.app import Mock
from tests.mockserver.http.conftest import BASE, KEY, call


def test_a_handler_gets_typed_keywords_in_snake_case_with_defaults_for_what_is_absent(ask: Any) -> None:
    asked = ask("GET", "/items?userName=ann&ids=1,2&unknown=x").json()["asked"]
    assert asked == {"user_name": "ann", "page": 1, "ids": [1, 2], "x_trace": None}


def test_header_parameters_are_read_whatever_their_case(ask: Any) -> None:
    answer = ask("GET", "/items?userName=ann", headers={**KEY, "x-tRACE": "abc"})
    assert answer.json()["asked"]["x_trace"] == "abc"


@pytest.mark.parametrize(
    ("query", "name", "page"),
    [
        ("userName=%E5%BC%A0+a%2Bb&page=", "张 a+b", 1),
        ("page=3&userName=a&userName=b&page=4", "a", 3),
        ("&userName=a=b&&", "a=b", 1),
    ],
)
def test_a_query_is_decoded(ask: Any, query: str, name: str, page: int) -> None:
    asked = ask("GET", f"/items?{query}").json()["asked"]
    assert (asked["user_name"], asked["page"]) == (name, page)


def test_a_query_that_is_not_utf_8_is_refused(ask: Any) -> None:
    assert ask("GET", "/items?userName=%FF").json() == {"code": 100, "message": "query: is not UTF-8"}


def test_authentication_comes_before_validation(ask: Any) -> None:
    answer = ask("GET", "/items", headers={})
    assert answer.status == 401
    assert answer.json() == {"code": 101, "message": "the credentials are missing or wrong"}


def test_the_first_finding_answers_with_the_documented_words_for_its_code(ask: Any) -> None:
    answer = ask("GET", "/items?page=0")
    assert answer.status == 400
    assert answer.json() == {"code": 102, "message": "The parameter 'userName' cannot be empty"}


def test_a_finding_without_a_code_gets_the_default_code_and_names_the_place(ask: Any) -> None:
    answer = ask("GET", "/items?userName=ann&page=0")
    assert answer.status == 400
    assert answer.json() == {"code": 100, "message": "query.page: is less than the minimum of 1"}


def test_a_refusal_has_the_status_under_which_its_code_is_documented(ask: Any) -> None:
    answer = ask("POST", "/items", data={"name": "nut"})
    assert (answer.status, answer.json()) == (409, {"code": 109, "message": "name is taken"})
    assert ask("GET", "/items/gone").json() == {"code": 104, "message": "there is no such item"}


def test_what_a_refused_command_has_written_is_taken_back(ask: Any, worlds: Any) -> None:
    ask("POST", "/items", data={"name": "nut"})
    assert (worlds.of(None).names, worlds.of(None).commands) == (["nut"], 1)


def test_reads_run_outside_of_commands(ask: Any, worlds: Any) -> None:
    ask("GET", "/items?userName=ann")
    assert worlds.of(None).commands == 0


def test_a_reply_carries_headers_and_may_have_no_body(ask: Any) -> None:
    answer = ask("POST", "/items", data={"name": "bolt"})
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers == {"content-length": "0", "location": "/items/bolt"}


def test_an_answer_that_has_no_content_names_no_length(ask: Any) -> None:
    answer = ask("DELETE", "/items/nut")
    assert (answer.status, answer.headers, answer.body) == (204, {}, b"")


def test_a_request_acts_on_the_world_that_its_header_names(ask: Any, worlds: Any) -> None:
    ask("POST", "/items", data={"name": "bolt"}, headers={**KEY, "X-Mock-World": "w1"})
    assert (worlds.of(b"w1").names, worlds.of(None).names) == (["nut", "bolt"], ["nut"])


def test_an_answer_is_two_messages(ask: Any) -> None:
    assert ask("GET", "/items/total").messages == 2


def test_a_media_range_is_answered_with_json(ask: Any) -> None:
    assert ask("GET", "/items/total").headers["content-type"] == "application/json"


def test_nobody_is_answered_who_has_hung_up(ask: Any, mock: Mock) -> None:
    assert ask("POST", "/items", body=b'{"na', hang_up=True) is None
    assert mock.faults.count == 0


def test_parts_of_an_operation_can_be_exchanged(mock: Mock) -> None:
    operation = mock.operation("shop", "total")
    operation.handler = lambda world: 7
    answer = call(mock, "GET", f"{BASE}/items/total")
    assert answer is not None
    assert answer.json() == 7


def test_arguments_pass_the_hook_between_validation_and_handler(mock: Mock) -> None:
    from dataclasses import replace

    operation = mock.operation("shop", "getItem")
    operation.before_handler = lambda arguments: replace(arguments, path={"itemId": "other"})
    answer = call(mock, "GET", f"{BASE}/items/one")
    assert answer is not None
    assert answer.json() == {"name": "other"}


@pytest.mark.parametrize("built", [False, True])
def test_an_operation_can_be_replaced_and_restored(mock: Mock, *, built: bool) -> None:
    if built:
        call(mock, "GET", f"{BASE}/items/total")

    async def other(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    mock.replace("shop", "total", other)
    inner = mock.operation("shop", "total")
    replaced = call(mock, "GET", f"{BASE}/items/total")
    mock.restore("shop", "total")
    restored = call(mock, "GET", f"{BASE}/items/total")
    assert replaced is not None
    assert restored is not None
    assert (replaced.status, restored.status) == (299, 200)
    assert mock.operation("shop", "total") is inner


def test_an_operation_that_there_is_not_cannot_be_replaced(mock: Mock) -> None:
    with pytest.raises(KeyError, match="nope"):
        mock.replace("shop", "nope", mock)


def test_operations_are_built_when_they_are_called_first(mock: Mock) -> None:
    api = mock._apis["shop"]
    assert not api._built
    call(mock, "GET", f"{BASE}/items/total")
    assert list(api._built) == ["total"]


def test_every_operation_can_be_built_and_its_answers_compiled(mock: Mock) -> None:
    for operation in mock.contracts["shop"]:
        built = mock.operation("shop", operation.id)
        built.answers.compile()
        assert built.operation is operation
