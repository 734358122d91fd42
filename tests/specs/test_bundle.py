"""The bundler: one document of many files, or an error that says where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import specs
from specs.bundle import build, main, read_hand_written, read_openapi
from specs.load import ROOT

Write = Callable[..., Path]

OPERATION = "{operationId: get, tags: [T], responses: {'200': {description: Good.}}}"


def test_the_generated_files_are_up_to_date() -> None:
    assert main(["--check"]) == 0


@pytest.mark.parametrize("api", specs.names())
def test_the_committed_ids_are_those_of_the_bundle(api: str) -> None:
    committed = (ROOT / api / "clause-ids.txt").read_text(encoding="utf-8").splitlines()
    in_bundle = [clause["id"] for clause in json.loads((ROOT / api / "bundle.json").read_bytes())["x-clauses"]]
    assert committed == sorted(in_bundle)
    assert len(set(committed)) == len(committed)


def test_references_to_other_files_become_references_into_components(write: Write) -> None:
    path = write(
        openapi="""
paths: {/a: {$ref: "paths.yaml#/a"}}
components: {schemas: {A: {$ref: "schemas.yaml#/A"}, B: {$ref: "schemas.yaml#/B"}}}
""",
        paths='a: {get: {responses: {"200": {schema: {$ref: "schemas.yaml#/A"}}}}}',
        schemas='A: {items: {$ref: "#/B"}}\nB: {type: string}',
    )
    assert read_openapi(path) == {
        "paths": {"/a": {"get": {"responses": {"200": {"schema": {"$ref": "#/components/schemas/A"}}}}}},
        "components": {"schemas": {"A": {"items": {"$ref": "#/components/schemas/B"}}, "B": {"type": "string"}}},
    }


def test_timestamps_stay_texts_and_null_as_a_key_is_a_text(write: Write) -> None:
    path = write(openapi="paths: {}\nx: {at: 2020-09-22T07:38:13Z, day: 2020-09-22, null: 1, 5: 2}")
    assert read_openapi(path)["x"] == {"at": "2020-09-22T07:38:13Z", "day": "2020-09-22", "null": 1, "5": 2}


def test_yaml_is_read_as_its_version_1_2(write: Write) -> None:
    path = write(openapi="paths: {}\nx: {a: no, b: 12:30, c: 010, d: 1.50, e: 1e3, f: -5, g: ~, h: true, i: .5, j: 0}")
    assert read_openapi(path)["x"] == {
        "a": "no",
        "b": "12:30",
        "c": "010",
        "d": 1.5,
        "e": 1000.0,
        "f": -5,
        "g": None,
        "h": True,
        "i": ".5",
        "j": 0,
    }


def test_mappings_may_be_merged(write: Write) -> None:
    path = write(openapi="paths: {}\ny: &y {a: 1, b: 1}\nx: {<<: [*y, {b: 2, c: 2}], a: 3}")
    assert read_openapi(path)["x"] == {"a": 3, "b": 1, "c": 2}


def test_the_parameters_of_a_path_move_into_its_operations(write: Write) -> None:
    path = write(
        openapi=f"""
paths:
  /a:
    parameters: [{{name: x, in: query, schema: {{type: string}}}}, {{$ref: "#/components/parameters/Y"}}]
    get: {OPERATION}
    put: {{parameters: [{{$ref: "#/components/parameters/Z"}}, {{name: y, in: query, schema: {{type: integer}}}}]}}
components:
  parameters:
    Y: {{name: y, in: query, schema: {{type: integer}}}}
    Z: {{name: z, in: query, schema: {{type: string}}}}
"""
    )
    item = read_openapi(path)["paths"]["/a"]
    x = {"name": "x", "in": "query", "schema": {"type": "string"}}
    assert list(item) == ["get", "put"]
    assert item["get"]["parameters"] == [x, {"$ref": "#/components/parameters/Y"}]
    assert item["put"]["parameters"] == [
        x,
        {"$ref": "#/components/parameters/Z"},
        {"name": "y", "in": "query", "schema": {"type": "integer"}},
    ]


def test_a_parameter_that_a_path_and_its_operation_declare_differently_is_refused(write: Write) -> None:
    path = write(
        openapi="""
paths:
  /a:
    parameters: [{name: x, in: query, schema: {type: string}}]
    get: {parameters: [{name: x, in: query, schema: {type: integer}}]}
"""
    )
    with pytest.raises(specs.BundleError, match=r"openapi\.yaml: the parameter x has two different schemas"):
        read_openapi(path)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"openapi": "paths: {}\nx: {a: 1,\n  a: 2}"}, r"^openapi\.yaml:3: the key 'a' stands twice$"),
        ({"openapi": 'paths: {/a: {$ref: "other.yaml#/a"}}'}, r"^other\.yaml: there is no such file$"),
        ({"openapi": 'paths: {/a: {$ref: "p.yaml#/b"}}', "p": "a: {}"}, r"^p\.yaml: there is nothing at /b$"),
        (
            {"openapi": 'paths: {/a: {get: {x: {$ref: "p.yaml#/a"}}}}', "p": "a: {}"},
            r"^openapi\.yaml: p\.yaml#/a has no name \(list it below components of the root document\)$",
        ),
        (
            {"openapi": 'paths: {/a: {get: {x: {$ref: "#/components/schemas/A"}}}}'},
            r"#/components/schemas/A has no name",
        ),
        (
            {
                "openapi": 'paths: {}\ncomponents: {schemas: {A: {$ref: "p.yaml#/a"}, B: {$ref: "p.yaml#/a"}}}',
                "p": "a: {}",
            },
            r"^B and #/components/schemas/A are one schema under two names$",
        ),
        ({"openapi": "paths: [}"}, r"^openapi\.yaml: not YAML: "),
        ({"openapi": "[]"}, r"^openapi\.yaml: this is no OpenAPI document: it has no paths$"),
        ({"openapi": "paths: {}\ncomponents: []"}, "^components is no object$"),
        ({"openapi": "paths: {}\ncomponents: {schemas: null}"}, "^components/schemas is no object$"),
        ({"openapi": "paths: {/a: null}"}, "^an entry of paths or components is no object$"),
        ({"openapi": "openapi: 3.0.3"}, r"^openapi\.yaml: this is no OpenAPI document: it has no paths$"),
    ],
)
def test_files_that_make_no_document_are_refused(files: dict[str, str], message: str, write: Write) -> None:
    with pytest.raises(specs.BundleError, match=message):
        read_openapi(write(**files))


def test_a_file_that_was_repaired_is_read_again(write: Write) -> None:
    path = write(openapi="paths: {}\nx: 1")
    assert read_openapi(path)["x"] == 1
    write(openapi="paths: {}\nx: 2")
    assert read_openapi(path)["x"] == 2


def test_derived_clauses_come_first_and_hand_written_codes_become_texts(write: Write) -> None:
    path = write(openapi=f"paths: {{/a: {{get: {OPERATION}}}}}")
    folder = path.parent / "clauses"
    folder.mkdir()
    (folder / "b.yaml").write_text(
        "- {id: made.get.b, level: MUST, kind: error, text: B., expect: {status: 400, code: 3}}"
    )
    (folder / "a.yaml").write_text("- {id: made.get.a, level: MUST, kind: error, text: A.}")
    (folder / "empty.yaml").write_text("# nothing yet\n")
    assert [clause["id"] for clause in build(path)["x-clauses"]] == [
        "made.get.accepts",
        "made.get.200.schema",
        "made.error-body",
        "made.get.a",
        "made.get.b",
    ]
    assert read_hand_written(folder)[1]["expect"] == {"status": 400, "code": "3"}
