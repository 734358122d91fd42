"""The reader of operations, on the contract of ``mini.json``."""

from __future__ import annotations

from typing import Any

import pytest

from specs.model import Contract, Expectation, Operation, Parameter, Response
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


def _operation(**raw: Any) -> Operation:
    """The one operation of a document of a user's."""
    return next(iter(Contract("made", {"paths": {"/a": {"put": {"responses": {}, **raw}}}})))


@pytest.mark.parametrize(
    ("documented", "success", "accepted"),
    [
        (("200", "400"), "200", "200"),
        (("400", "201", "default"), "201", "201"),
        (("202", "200"), "202", "2XX"),
        (("200", "2XX"), "200", "2XX"),
        (("4XX", "2XX"), "2XX", "2XX"),
        (("400", "default"), "default", "2XX"),
        (("302", "400"), "302", "302"),
        (("3XX",), "3XX", "3XX"),
    ],
)
def test_what_a_valid_request_is_answered_with(documented: tuple[str, ...], success: str, accepted: str) -> None:
    operation = _operation(responses={name: {"description": ""} for name in documented})
    assert operation.success.name == success
    assert str(operation.accepted) == accepted


def test_without_any_success_there_is_none() -> None:
    with pytest.raises(LookupError, match="documents no success"):
        _ = _operation(operationId="x", responses={"404": {"description": ""}}).success


def test_an_answer_is_documented_by_itself_by_its_range_or_by_default() -> None:
    operation = _operation(responses={name: {"description": ""} for name in ("404", "4XX", "default", "x-a")})
    assert [getattr(operation.answer_for(status), "name", None) for status in (404, 409, 500)] == [
        "404",
        "4XX",
        "default",
    ]
    assert _operation(responses={"404": {"description": ""}}).answer_for(400) is None


@pytest.mark.parametrize(("status", "allowed"), [(200, [200]), (2, [200, 204, 299]), (4, [400, 404]), (404, [404])])
def test_an_expectation_names_a_status_or_its_first_digit(status: int, allowed: list[int]) -> None:
    seen = [found for found in (200, 204, 299, 300, 400, 404, 500) if Expectation(status).allows(found)]
    assert seen == allowed
    assert str(Expectation(status, "x")) == f"{status if status > 9 else f'{status}XX'} with code x"


def test_cookies_and_styles_are_read_and_headers_of_the_protocol_are_not() -> None:
    operation = _operation(
        parameters=[
            {"name": "s.id", "in": "cookie", "schema": {}},
            {"name": "a", "in": "query", "style": "pipeDelimited", "schema": {"type": "array"}},
            {"name": "b", "in": "query", "style": "deepObject", "explode": True, "schema": {"type": "object"}},
            {"name": "Accept", "in": "header", "schema": {}},
            {"name": "content-type", "in": "header", "schema": {}},
            {"name": "X-A", "in": "header", "schema": {}},
        ]
    )
    assert [(p.node, p.style, p.explode) for p in operation.parameters] == [
        ("cookie.s%2Eid", "", True),
        ("query.a", "pipeDelimited", False),
        ("query.b", "deepObject", True),
        ("header.X-A", "", True),
    ]


def test_tags_and_names_may_be_missing() -> None:
    assert (_operation().tag, _operation().id, _operation(operationId="").id) == ("", "put-a", "put-a")


def test_a_body_is_made_of_the_first_media_type_that_can_be_written() -> None:
    content = {"application/xml": {"schema": {"a": 1}}, "application/json; charset=utf-8": {"schema": {"b": 1}}}
    operation = _operation(requestBody={"content": content})
    assert operation.body == {"b": 1}
    assert operation.body_media == ("application/json; charset=utf-8", "application/xml")
    assert _operation(requestBody={"content": {"application/xml": {}}}).body == {}


@pytest.mark.parametrize(
    ("servers", "path"),
    [
        (None, ""),
        ([], ""),
        ([{"url": "/"}], ""),
        ([{"url": "/v1/"}], "/v1"),
        ([{"url": "v1"}], "/v1"),
        ([{"url": "https://api.example"}], ""),
        ([{"url": "https://api.example/a/b/?x=1"}, {"url": "/c"}], "/a/b"),
        (
            [{"url": "{scheme}://x/{base}", "variables": {"scheme": {"default": "http"}, "base": {"default": "v3"}}}],
            "/v3",
        ),
    ],
)
def test_the_path_of_the_first_server_stands_before_all_paths(servers: Any, path: str) -> None:
    assert Contract("made", {} if servers is None else {"servers": servers}).base_path == path
