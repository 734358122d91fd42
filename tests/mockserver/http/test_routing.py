"""Which operation a request line reaches, and what is said when it reaches none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockserver.http.app import Mock
from mockserver.options import Options
from specs.model import Contract
from tests.mockserver.http.conftest import BASE, Shop, Worlds, call


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


@pytest.fixture
def many(shop: Shop, worlds: Worlds) -> Any:
    """The shop below three base paths, with a code for what reaches no operation, and a charset in its refusals."""
    document = json.loads(json.dumps(dict(shop.contract.document)))
    document["servers"] += [{"url": "/shop/v2", "x-alias": True}, {"url": "/old", "x-alias": True}]
    document["x-error-unrouted"] = 7
    refused = document["components"]["responses"]["Refused"]["content"]
    refused["application/json;charset=utf-8"] = refused.pop("application/json")
    shop.contract = Contract("shop", document)
    mock = Mock([shop], worlds, Options())
    return lambda method, path, **rest: call(mock, method, path, **rest)


@pytest.mark.parametrize("base", ["/shop/v1", "/shop/v2", "/old"])
def test_further_servers_serve_the_same_operations(many: Any, base: str) -> None:
    assert many("GET", f"{base}/items/total").json() == 1
    assert many("GET", f"{base}/items/a%2Fb").json() == {"name": "a/b"}
    assert many("POST", f"{base}/items", data={"name": "nut"}).json()["code"] == 109
    assert many("GET", f"{base}/openapi.json").json()["info"]["title"] == "Shop"
    assert f"{base}/openapi.json".encode() in many("GET", f"{base}/ui/").body


@pytest.mark.parametrize("base", ["/shop/v1", "/shop/v2", "/old"])
def test_what_reaches_no_operation_has_the_code_and_the_media_type_of_the_document(many: Any, base: str) -> None:
    unknown, method = many("GET", f"{base}/nothing"), many("PATCH", f"{base}/items")
    assert (unknown.status, method.status) == (404, 405)
    assert (unknown.json()["code"], method.json()["code"]) == (7, 7)
    assert {unknown.headers["content-type"], method.headers["content-type"]} == {"application/json;charset=utf-8"}


def test_an_answer_has_the_documented_media_type_with_its_parameters(many: Any, shop: Shop) -> None:
    assert many("GET", "/old/items").headers["content-type"] == "application/json;charset=utf-8"
    assert many("GET", "/old/items/total").headers["content-type"] == "application/json"
    shop.handlers.total = lambda world: "many"  # type: ignore[method-assign]
    fault = many("GET", "/old/items/total")
    assert (fault.status, fault.headers["x-mock-fault"]) == (500, "response")
    assert fault.headers["content-type"] == "application/json;charset=utf-8"


def test_a_method_is_served_as_well_until_that_ends(mock: Mock) -> None:
    def answered(method: str) -> int:
        answer = call(mock, method, f"{BASE}/items/total")
        assert answer is not None
        return answer.status

    end = mock.serve("shop", "total", "PATCH")
    assert (answered("GET"), answered("PATCH")) == (200, 200)
    end()
    assert (answered("GET"), answered("PATCH")) == (200, 405)
