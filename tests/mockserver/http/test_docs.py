"""Swagger UI and the published document."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.mockserver.http.conftest import Shop


def test_the_published_document_is_the_contract_without_its_clauses(ask: Any, shop: Shop) -> None:
    shop.contract.document["x-clauses"] = []  # type: ignore[index]
    answer = ask("GET", "/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == {key: value for key, value in shop.contract.document.items() if key != "x-clauses"}


@pytest.mark.parametrize("path", ["/ui/", "/ui/index.html"])
def test_swagger_ui_shows_that_document(ask: Any, path: str) -> None:
    answer = ask("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"/shop/v1/openapi.json" in answer.body


def test_an_operation_whose_path_looks_like_documentation_is_still_reached(ask: Any) -> None:
    assert ask("GET", "/items/ui").json() == {"name": "ui"}
    assert ask("GET", "/items/openapi.").json() == {"name": "opena"}


def test_serving_the_documents_leaves_the_contract_as_it_was(ask: Any, shop: Shop) -> None:
    before = orjson.dumps(shop.contract.document)
    for path in ("/ui/", "/openapi.json", "/openapi.yaml", "/items/total"):
        assert ask("GET", path).status == 200
    assert orjson.dumps(shop.contract.document) == before
