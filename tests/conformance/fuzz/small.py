"""A contract with every kind of body and parameter, for the tests of made-up requests."""

from __future__ import annotations

from typing import Any

from specs.model import Contract

ADDRESS = "http://shop.example/api"


def _operation(name: str, **fields: Any) -> dict[str, Any]:
    return {"operationId": name, "tags": ["T"], "responses": {"200": {"description": ""}}, **fields}


def _body(media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {media: {"schema": schema}}}


ORDER = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer"},
        "item": {"type": "string", "maxLength": 5},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}},
    },
}
FORM = {"type": "object", "properties": {"count": {"type": "integer"}, "more": {"type": "object", "x-json": {}}}}
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
SHOP = Contract(
    "shop",
    {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "paths": {
            "/orders/{id}": {
                "get": _operation(
                    "showOrder",
                    parameters=[
                        ID,
                        {"name": "full", "in": "query", "schema": {"type": "boolean"}},
                        {
                            "name": "tags",
                            "in": "query",
                            "explode": False,
                            "schema": {"type": "array", "items": {"type": "integer"}},
                        },
                        {"name": "X-Unit", "in": "header", "schema": {"type": "string", "minLength": 2}},
                    ],
                ),
                "put": _operation("putOrder", parameters=[ID], requestBody=_body("application/json", ORDER)),
            },
            "/forms": {
                "post": _operation("postForm", requestBody=_body("application/x-www-form-urlencoded", FORM)),
                "put": _operation("putParts", requestBody=_body("multipart/form-data", FORM)),
            },
        },
        "components": {},
        "x-clauses": [],
    },
)
