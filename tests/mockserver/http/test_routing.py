"""Which operation a request line reaches, and what is said when it reaches none."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.http.app import Mock
from tests.mockserver.http.conftest import BASE, call


def test_a_fixed_segment_wins_over_a_parameter(ask: Any) -> None:
    assert ask("GET", "/items/total").json() == 1


def test_a_parameter_is_tried_where_the_fixed_segment_leads_nowhere(ask: Any) -> None:
    answer = ask("PUT", "/items/total/total", body=b"total=1", headers={})
    assert answer.json() == {"item": "total", "body": {"total": 1}}


def test_a_method_that_only_the_templated_path_has_reaches_it(ask: Any, worlds: Any) -> None:
    worlds.of(None).names = ["total"]
    assert ask("DELETE", "/items/total").status == 204
    assert worlds.of(None).names == []


@pytest.mark.parametrize(
    ("sent", "read"),
    [("a%2Fb", "a/b"), ("%E5%BC%A0", "张"), ("a%20b", "a b"), ("a+b", "a+b"), ("%25", "%"), ("%74otal", None)],
)
def test_a_segment_is_decoded_after_the_path_is_split(ask: Any, sent: str, read: str | None) -> None:
    assert ask("GET", f"/items/{sent}").json() == ({"name": read} if read else 1)


@pytest.mark.parametrize("path", ["/items/", "/items//total", "/item", "/items/a/b", "", "/"])
def test_an_unknown_path_is_a_404_in_the_shape_of_the_api(ask: Any, path: str) -> None:
    answer = ask("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
    assert answer.json() == {"code": 100, "message": f"there is no operation at {BASE}{path}"}


def test_a_known_path_with_another_method_is_a_405_that_allows_all_of_its_methods(ask: Any) -> None:
    answer = ask("PATCH", "/items")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert answer.json() == {"code": 100, "message": "PATCH is not allowed here; use GET, HEAD, POST"}


@pytest.mark.parametrize("path", ["/", "/shop", "/shop/v2/items", "/shop/v11/items"])
def test_a_path_below_no_api_is_a_404_that_names_the_base_paths(mock: Mock, path: str) -> None:
    answer = call(mock, "GET", path)
    assert answer is not None
    assert answer.status == 404
    assert answer.json() == {"message": "no API is served here; there are /shop/v1"}


def test_head_answers_as_get_does_without_the_body(ask: Any) -> None:
    got, head = ask("GET", "/items?userName=ann"), ask("HEAD", "/items?userName=ann")
    assert head.body == b""
    assert (head.status, head.headers) == (got.status, got.headers)


def test_a_scope_without_raw_path_is_routed_by_its_decoded_path(mock: Mock) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        del scope["raw_path"]
        await mock(scope, receive, send)

    answer = call(app, "GET", f"{BASE}/items/张")
    assert answer is not None
    assert answer.json() == {"name": "张"}
