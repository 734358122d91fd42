"""Documents of users: files that refer to each other in ways that ours may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import specs
from specs.bundle import name_of, read_openapi

Write = Callable[..., Path]

ANSWER = "responses: {'200': {description: Good.}}"


def test_what_has_no_name_stands_in_the_place_of_its_references(write: Write) -> None:
    path = write(
        openapi="""
paths:
  /a: {get: {x: {$ref: "parts.yaml#/a"}, y: {$ref: "#/components/schemas/A/properties/b"}}}
  /b: {$ref: "#/paths/~1a"}
components: {schemas: {A: {properties: {b: {$ref: "parts.yaml#/a"}}}}}
""",
        parts="a: {type: string, z: {$ref: '#/b'}}\nb: [1]",
    )
    part = {"type": "string", "z": [1]}
    assert read_openapi(path, closed=False) == {
        "paths": {"/a": {"get": {"x": part, "y": part}}, "/b": {"get": {"x": part, "y": part}}},
        "components": {"schemas": {"A": {"properties": {"b": part}}}},
    }


def test_what_contains_itself_gets_a_name(write: Write) -> None:
    path = write(
        openapi='paths: {/a: {get: {x: {$ref: "parts.yaml#/Tree"}}}}',
        parts="Tree: {items: {$ref: '#/Tree'}}",
    )
    tree = {"$ref": "#/components/schemas/parts-Tree"}
    assert read_openapi(path, closed=False) == {
        "paths": {"/a": {"get": {"x": tree}}},
        "components": {"schemas": {"parts-Tree": {"items": tree}}},
    }


def test_pointers_may_be_percent_encoded_and_go_into_lists(write: Write) -> None:
    path = write(
        openapi="""
paths:
  /a/{id}: {get: {parameters: [{name: x}]}, put: {y: {$ref: "#/paths/~1a~1%7Bid%7D/get/parameters/0"}}}
"""
    )
    assert read_openapi(path, closed=False)["paths"]["/a/{id}"]["put"] == {"y": {"name": "x"}}


def test_two_names_of_one_thing_are_fine(write: Write) -> None:
    path = write(
        openapi="""
paths: {}
components: {schemas: {A: {$ref: "parts.yaml#/a"}, B: {$ref: "parts.yaml#/a"}, C: {$ref: "#/components/schemas/A"}}}
""",
        parts="a: {type: string}",
    )
    assert read_openapi(path, closed=False)["components"]["schemas"] == {
        "A": {"type": "string"},
        "B": {"type": "string"},
        "C": {"$ref": "#/components/schemas/A"},
    }


@pytest.mark.parametrize(
    ("openapi", "message"),
    [
        ('paths: {/a: {$ref: "#/paths/~1b"}}', r"^openapi\.yaml: there is nothing at /paths/~1b$"),
        ('paths: {/a: {x: {$ref: "#components/schemas/A"}}}', r"is no JSON pointer \(write #/components/schemas/A\)"),
        ('paths: {/a: {x: {$ref: "https://x/a.yaml"}}}', r"is on the network \(copy it beside the document\)"),
        ("openapi: 3.1.0", r"^openapi\.yaml: this is no OpenAPI 3\.0 but 3\.1\.0: it has no paths$"),
        (
            "paths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/A'}}}",
            "^/components/schemas/A: A is made of itself$",
        ),
        (
            "paths: {}\ncomponents: {schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}]}, "
            "B: {oneOf: [{type: string}, {$ref: '#/components/schemas/A'}]}}}",
            "A is made of itself",
        ),
        (
            "paths: {/a: {parameters: [{$ref: '#/components/parameters/A'}], get: {parameters: [{name: b}]}}}\n"
            "components: {parameters: {A: {$ref: '#/components/parameters/A'}}}",
            "#/components/parameters/A refers to itself",
        ),
        ("paths: {}\ncomponents: {responses: {A: {$ref: '#/components/responses/A'}}}", "A is made of itself"),
    ],
)
def test_references_that_lead_nowhere_are_refused(openapi: str, message: str, write: Write) -> None:
    with pytest.raises(specs.BundleError, match=message):
        read_openapi(write(openapi=openapi), closed=False)


def test_a_schema_that_contains_itself_is_not_made_of_itself(write: Write) -> None:
    openapi = "paths: {}\ncomponents: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}}}}"
    assert read_openapi(write(openapi=openapi))["components"]["schemas"]["A"]["properties"]["a"] == {
        "$ref": "#/components/schemas/A"
    }


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"x-api": "shop", "info": {"title": "Something else"}}, "shop"),
        ({"info": {"title": "Parcels & Letters (v2)"}}, "parcels-letters-v2"),
        ({"info": {"title": "2nd hand"}}, "api-2nd-hand"),
        ({"info": {"title": "包裹"}}, "made"),
        ({}, "made"),
    ],
)
def test_an_api_is_called_as_it_says_or_by_its_title(document: dict[str, object], name: str, write: Write) -> None:
    assert name_of(document, write(openapi="paths: {}")) == name


@pytest.mark.parametrize("api", specs.names())
def test_a_shipped_api_is_called_as_its_folder(api: str) -> None:
    folder = Path(specs.__file__).parent / api
    assert name_of(specs.load(api).document, folder / "openapi.yaml") == api


def test_json_may_be_indented_by_tabs_and_its_keys_stand_once(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_text('{\n\t"paths": {},\n\t"x": 1\n}')
    assert read_openapi(path)["x"] == 1
    path.write_text('{"paths": {}, "x": 1, "x": 2}')
    with pytest.raises(specs.BundleError, match="the key 'x' stands twice"):
        read_openapi(path)
    path.write_text('{"paths": {')
    with pytest.raises(specs.BundleError, match=r"^openapi\.json: not JSON: Expecting property name"):
        read_openapi(path)
