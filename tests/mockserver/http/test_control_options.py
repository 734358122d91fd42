"""Options of a world over the control API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mockserver import create_app
from mockserver.adapter import Option, seeded_worlds
from mockserver.control import Control
from mockserver.http.app import Mock
from mockserver.options import Options
from tests.mockserver.http.conftest import Shop, call
from tests.mockserver.http.test_control import ADAPTER

RATE = Option("rate-limit", 30, {"type": "integer", "minimum": 0}, "Calls in a second.")
MODE = Option("mode", "strict", {"type": "string", "enum": ["strict", "lax"]}, "How strict it is.")
OPENING = replace(ADAPTER, options=(RATE, MODE))
START = {"shop.rate-limit": 30, "shop.mode": "strict"}


@pytest.fixture
def mock(shop: Shop) -> Mock:
    return _mock(shop, Options())


def _mock(shop: Shop, options: Options) -> Mock:
    worlds = seeded_worlds([OPENING], 1, options)
    return Mock([shop, Control([OPENING], worlds, 1, token=None)], worlds, options)


def _get(mock: Mock, world: str | None = None) -> Any:
    headers = {} if world is None else {"X-Mock-World": world}
    return call(mock, "GET", "/_mock/options", headers=headers).json()["options"]  # type: ignore[union-attr]


def _values(mock: Mock, world: str | None = None) -> dict[str, Any]:
    return {option["name"]: option["value"] for option in _get(mock, world)}


def _put(mock: Mock, body: Any, world: str | None = None) -> Any:
    headers = {} if world is None else {"X-Mock-World": world}
    return call(mock, "PUT", "/_mock/options", data=body, headers=headers)


def test_options_tell_everything_that_one_needs_to_set_them(mock: Mock) -> None:
    assert _get(mock) == [
        {
            "name": "shop.rate-limit",
            "value": 30,
            "default": 30,
            "schema": {"type": "integer", "minimum": 0},
            "text": "Calls in a second.",
        },
        {
            "name": "shop.mode",
            "value": "strict",
            "default": "strict",
            "schema": {"type": "string", "enum": ["strict", "lax"]},
            "text": "How strict it is.",
        },
    ]


def test_an_option_is_set_and_the_others_stay(mock: Mock) -> None:
    answer = _put(mock, {"shop.rate-limit": 0})
    assert answer.status == 200
    assert answer.json()["options"] == _get(mock)
    assert _values(mock) == {**START, "shop.rate-limit": 0}
    assert mock.worlds.of(None).options == {**START, "shop.rate-limit": 0}
    assert [option["default"] for option in _get(mock)] == [30, "strict"]


def test_setting_nothing_changes_nothing(mock: Mock) -> None:
    assert _put(mock, {}).json()["options"] == _get(mock)
    assert _values(mock) == START


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"shop.rate-limit": 1, "shop.rate": 5},
            "body: there is no option 'shop.rate' (choose from: shop.rate-limit, shop.mode)",
        ),
        (
            {"shop.mode": "lax", "shop.rate-limit": -1},
            "body: the option shop.rate-limit takes an integer of at least 0, not -1",
        ),
        (
            {"shop.mode": "lax", "shop.rate-limit": 1.0},
            "body: the option shop.rate-limit takes an integer of at least 0, not 1.0",
        ),
        (
            {"shop.rate-limit": 1, "shop.mode": None},
            'body: the option shop.mode takes one of "strict", "lax", not null',
        ),
        (
            {"shop.rate-limit": 1, "shop.mode": "x" * 1000},
            f'body: the option shop.mode takes one of "strict", "lax", not "{"x" * 59}...',
        ),
        ({"shop.mode": "lax", "": 1}, "body: there is no option '' (choose from: shop.rate-limit, shop.mode)"),
        (
            {"shop.mode": "lax", "商店": 1},
            "body: there is no option '商店' (choose from: shop.rate-limit, shop.mode)",
        ),
    ],
)
def test_all_values_are_set_or_none(mock: Mock, body: Any, message: str) -> None:
    answer = _put(mock, body)
    assert (answer.status, answer.json()) == (400, {"code": "refused", "message": message})
    assert _values(mock) == START


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{"shop.mode": NaN}', "body: is not JSON: "),
        (b'{"shop.mode": "\xff"}', "body: is not UTF-8"),
        (b'["shop.mode"]', 'body: is not of type "object"'),
        (b"null", "body: may not be null"),
        (b"", "body: is required"),
        (b'{"shop.rate-limit": 1' + b"0" * 30 + b"}", "body: the option shop.rate-limit takes an integer"),
    ],
)
def test_a_body_that_is_no_object_of_values_is_refused(mock: Mock, raw: bytes, message: str) -> None:
    answer = call(mock, "PUT", "/_mock/options", headers={"Content-Type": "application/json"}, body=raw)
    assert answer is not None
    assert (answer.status, answer.json()["code"]) == (400, "refused")
    assert answer.json()["message"].startswith(message)
    assert (_values(mock), mock.faults.count) == (START, 0)


def test_worlds_have_options_of_their_own_and_reset_puts_them_back(mock: Mock) -> None:
    _put(mock, {"shop.rate-limit": 1}, "a")
    _put(mock, {"shop.rate-limit": 2})
    assert [_values(mock, world)["shop.rate-limit"] for world in (None, "a", "b")] == [2, 1, 30]
    call(mock, "POST", "/_mock/reset", headers={"X-Mock-World": "a"})
    assert [_values(mock, world)["shop.rate-limit"] for world in (None, "a", "b")] == [2, 30, 30]
    call(mock, "POST", "/_mock/reset", headers={})
    assert _values(mock) == START


def test_a_fork_starts_with_the_options_of_its_world_and_goes_its_own_way(mock: Mock) -> None:
    _put(mock, {"shop.rate-limit": 1})
    fork = mock.worlds.of(None).fork()
    _put(mock, {"shop.rate-limit": 2})
    assert fork.options == {**START, "shop.rate-limit": 1}


def test_every_world_starts_with_the_options_of_the_mock_and_reset_goes_back_to_them(shop: Shop) -> None:
    mock = _mock(shop, Options(api_options={"shop.rate-limit": 0}))
    assert [_values(mock, world) for world in (None, "a")] == [{**START, "shop.rate-limit": 0}] * 2
    _put(mock, {"shop.rate-limit": 7}, "a")
    call(mock, "POST", "/_mock/reset", headers={"X-Mock-World": "a"})
    assert _values(mock, "a") == {**START, "shop.rate-limit": 0}
    assert [option["default"] for option in _get(mock, "a")] == [30, "strict"]


def test_a_mock_whose_apis_have_no_options_lists_none_and_says_so(shop: Shop) -> None:
    worlds = seeded_worlds([ADAPTER], 1, Options())
    mock = Mock([shop, Control([ADAPTER], worlds, 1, token=None)], worlds, Options())
    assert _get(mock) == []
    assert _put(mock, {"shop.mode": "lax"}).json()["message"] == (
        "body: there is no option 'shop.mode' (no API that is served has any)"
    )


def _calls(mock: Mock, count: int, world: str | None = None) -> list[int]:
    headers = {"Authorization": "Bearer test-key", **({} if world is None else {"X-Mock-World": world})}
    asked = {"instance_id": "63ff32d918fbc20007a4a082"}
    answers = [call(mock, "POST", "/api/v4/workflow/instance/get", headers=headers, data=asked) for _ in range(count)]
    return [answer.status for answer in answers if answer is not None]


def test_an_option_takes_effect_in_its_world_at_once() -> None:
    mock = create_app(("jodoo",), options=Options(api_options={"jodoo.rate-limit": 1}))
    admit: Any = mock.operation("jodoo", "getInstance").admit
    admit._now = lambda: 1.0
    assert _calls(mock, 2) == [200, 400]
    assert _put(mock, {"jodoo.rate-limit": 0}).status == 200
    assert _calls(mock, 40) == [200] * 40
    assert _calls(mock, 2, "a") == [200, 400]
    call(mock, "POST", "/_mock/reset", headers={})
    assert _calls(mock, 2) == [200, 400]
