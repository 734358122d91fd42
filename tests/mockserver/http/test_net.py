"""What happens when the mock itself is wrong."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from mockserver.adapter import NO_BODY, Reply
from mockserver.errors import Refused
from mockserver.http.app import Mock
from mockserver.options import Options
from tests.mockserver.http.conftest import BASE, KEY, Shop, Worlds, call

ITEMS = "/items?userName=ann"


def _raises(world: Any, **asked: Any) -> Any:
    raise ZeroDivisionError("one by nothing")


def _refuses(code: int) -> Any:
    def handler(world: Any, **asked: Any) -> Any:
        raise Refused(code)

    return handler


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (lambda world, **asked: {"items": []}, "response"),
        (lambda world, **asked: {"list": [{"name": 1}]}, "response"),
        (lambda world, **asked: Reply({"list": []}, status=202), "response"),
        (lambda world, **asked: NO_BODY, "response"),
        (lambda world, **asked: {"list": [], "asked": {1: 2}}, "response"),
        (lambda world, **asked: {"list": [], "asked": object()}, "response"),
        (lambda world, **asked: {"list": [], "asked": {"n": 2**70}}, "response"),
        (_refuses(999), "response"),
        (_raises, "handler"),
        (lambda world: {"list": []}, "handler"),
    ],
    ids=["required", "type", "status", "no body", "key", "object", "too big", "code", "exception", "signature"],
)
def test_a_wrong_answer_becomes_a_500_in_the_shape_of_the_api(
    mock: Mock, ask: Any, caplog: pytest.LogCaptureFixture, handler: Any, kind: str
) -> None:
    mock.operation("shop", "listItems").handler = handler
    answer = ask("GET", ITEMS)
    assert (answer.status, answer.headers["x-mock-fault"]) == (500, kind)
    assert answer.json() == {"code": 900, "message": "Internal failure"}
    assert mock.faults.count == 1
    [record] = caplog.records
    assert (record.name, record.levelno) == ("mockserver", logging.ERROR)
    assert record.exc_info is not None


def test_an_operation_without_a_documented_500_gets_words_of_the_mock(mock: Mock, ask: Any) -> None:
    mock.operation("shop", "total").handler = lambda world: "many"
    assert ask("GET", "/items/total").json() == {"message": "The mock failed; its log says why."}


def test_an_answer_that_may_not_be_sent_has_changed_nothing(mock: Mock, ask: Any, worlds: Worlds) -> None:
    def handler(world: Any, *, body: Any) -> Any:
        world.names.append("bolt")
        return {"no": "body is documented"}

    mock.operation("shop", "addItem").handler = handler
    assert ask("POST", "/items", data={"name": "bolt"}).headers["x-mock-fault"] == "response"
    assert worlds.of(None).names == ["nut"]


@pytest.mark.parametrize("check", ["object", "bytes"])
def test_infinity_would_be_written_as_null_and_is_a_fault(shop: Shop, check: Any) -> None:
    shop.contract.document["components"]["schemas"]["Page"]["properties"]["rate"] = {"type": "number"}
    mock = Mock([shop], Worlds(), Options(check=check))
    mock.operation("shop", "listItems").handler = lambda world, **asked: {"list": [], "rate": float("inf")}
    answer = call(mock, "GET", BASE + ITEMS, headers=KEY)
    assert answer is not None
    assert (answer.status, answer.headers["x-mock-fault"]) == (500, "response")
