"""The reader of operations, on the contract of ``mini.json``."""

from __future__ import annotations

from typing import Any

from specs.model import Contract, Parameter, Response
from specs.operations import escape


def test_operations_stand_in_the_documents_order(mini: Contract) -> None:
    assert [(o.id, o.method, o.path, o.tag) for o in mini] == [
        ("listThings", "GET", "/things", "Things"),
        ("addThing", "POST", "/things", "Things"),
        ("dropThing", "DELETE", "/things/{id}", "More"),
    ]


def test_parameters_are_found_behind_references_with_their_defaults(mini: Contract) -> None:
    start, size, tags, kinds = mini.operations["listThings"].parameters
    schema: dict[str, Any] = {"type": "integer", "minimum": 0, "default": 0, "x-error": {"type": 3, "minimum": 3}}
    assert start == Parameter("start", "query", False, schema, allow_empty=True, explode=True)
    assert (size.name, size.required, size.allow_empty, size.node) == ("size", False, False, "query.size")
    assert (tags.explode, kinds.explode) == (False, True)
    assert mini.operations["dropThing"].parameters[0].node == "path.id"
    assert mini.operations["dropThing"].parameters[0].required


def test_bodies_are_schema_media_types_and_whether_they_are_required(mini: Contract) -> None:
    add = mini.operations["addThing"]
    assert (add.body, add.body_media, add.body_required) == (
        {"$ref": "#/components/schemas/Thing"},
        ("application/json",),
        True,
    )
    drop = mini.operations["dropThing"]
    assert (drop.body, drop.body_media, drop.body_required) == (None, (), False)


def test_responses_hold_pointers_that_the_contract_can_follow(mini: Contract) -> None:
    responses = mini.operations["listThings"].responses
    assert responses[400] == Response(
        400,
        {"application/json": "/paths/~1things/get/responses/400/content/application~1json/schema"},
        {"3": ("start-wrong",)},
    )
    assert responses[401].media == {
        "application/json": "/components/responses/Unauthorized/content/application~1json/schema"
    }
    assert responses[503].excluded == {"reason": "no-documented-way", "why": "It never fails."}
    assert all(mini.at(at) == {"type": "object"} for r in responses.values() for at in r.media.values())


def test_success_is_the_documented_2xx(mini: Contract) -> None:
    assert {o.id: o.success.status for o in mini} == {"listThings": 200, "addThing": 201, "dropThing": 204}


def test_the_status_of_a_code_is_that_of_the_answer_which_lists_it(mini: Contract) -> None:
    add = mini.operations["addThing"]
    assert [add.status_of("E5"), add.status_of("1"), add.status_of("3")] == [409, 422, None]


def test_an_operation_is_secured_unless_it_may_be_called_without_credentials(mini: Contract) -> None:
    assert {o.id: o.secured for o in mini} == {"listThings": True, "addThing": False, "dropThing": False}


def test_a_contract_knows_its_base_path_and_how_it_refuses(mini: Contract) -> None:
    assert mini.base_path == "/mini"
    assert str(mini.error_default) == "422"
    assert mini.codes_judged_first == frozenset({"7"})


def test_tokens_of_pointers_are_escaped() -> None:
    assert escape("a/b~c") == "a~1b~0c"
