"""Documents as people write them, made readable."""

from __future__ import annotations

from typing import Any

import specs
from specs.model import Contract
from specs.normal import normal

GOOD = {"responses": {"200": {"description": ""}}}


def test_an_operation_without_a_name_is_called_by_method_and_path() -> None:
    document = {"paths": {"/a/{id}/b": {"get": GOOD, "put": {**GOOD, "operationId": "own"}}, "/": {"get": GOOD}}}
    assert [operation.id for operation in Contract("made", normal(document))] == ["get-a-id-b", "own", "get"]


def test_two_that_would_be_called_alike_are_numbered() -> None:
    taken = {**GOOD, "operationId": "get-a-b-2"}
    document = {"paths": {"/a/b": {"get": GOOD}, "/a-b": {"get": GOOD}, "/a.b": {"get": GOOD}, "/x": {"get": taken}}}
    assert [o.id for o in Contract("made", normal(document))] == ["get-a-b", "get-a-b-3", "get-a-b-4", "get-a-b-2"]


def test_a_media_type_without_a_schema_takes_anything() -> None:
    answer = {"description": "", "content": {"text/html": {"example": "x"}, "text/css": {"schema": {"type": "string"}}}}
    document: dict[str, Any] = {
        "paths": {"/a": {"put": {"requestBody": {"content": {"a/b": {}}}, "responses": {"200": answer}}}},
        "components": {"responses": {"A": answer}, "schemas": {"content": {"properties": {"content": {}}}}},
    }
    made = normal(document)
    operation = made["paths"]["/a"]["put"]
    filled = {"text/html": {"schema": {}, "example": "x"}, "text/css": {"schema": {"type": "string"}}}
    assert operation["responses"]["200"]["content"] == filled
    assert operation["requestBody"]["content"] == {"a/b": {"schema": {}}}
    assert made["components"] == {**document["components"], "responses": {"A": {**answer, "content": filled}}}


def test_a_shipped_document_is_normal() -> None:
    for api in specs.names():
        document = specs.load(api).document
        assert normal(document) == document
