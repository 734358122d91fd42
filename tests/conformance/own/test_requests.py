"""Requests of a user's own API: examples, links, arguments, and what is blocked rather than guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.check import items_of, run
from conformance.errors import ConfigurationError, Prevented
from conformance.examples import example_call, example_of
from conformance.outcome import Outcome, Status
from conformance.own.values import candidates, filled
from specs.model import Contract
from specs.requests import ABSENT
from tests.conformance.own.documents import Server, answered, body, document, given_of, operation, parameter, read

ID = "$response.body#/id"
ORDERS = {
    "/orders": {
        "post": operation(
            "createOrder",
            requestBody=body({"item": {"type": "string", "example": "tea"}}, "item"),
            responses=answered({"id": {"type": "integer"}}, look={"operationId": "getOrder", "parameters": {"id": ID}}),
        ),
        "get": operation(
            "listOrders",
            parameters=[parameter("q"), parameter("size", type="integer", schema={"default": 5})],
            responses=answered(
                {"first": {"type": "string"}},
                look={"operationId": "getOrder", "parameters": {"path.id": "$response.body#/first"}},
                drop={"operationId": "dropOrder", "parameters": {"id": "$response.body#/first"}},
            ),
        ),
    },
    "/orders/{id}": {
        "parameters": [parameter("id", "path", example="somebody's")],
        "get": operation(
            "getOrder",
            responses=answered(
                {"id": {}}, close={"operationId": "closeOrder", "parameters": {"id": "$request.path.id"}}
            ),
        ),
        "delete": operation("dropOrder"),
    },
    "/orders/{id}/closing": {
        "parameters": [parameter("id", "path", example="somebody's")],
        "post": operation("closeOrder"),
    },
}


def shop(method: str, path: str, sent: Any) -> tuple[int, Any]:
    if method == "POST" and path == "/orders":
        return 200, {"id": 7}
    return 200, {"first": "theirs", "id": path.rpartition("/")[2]}


def blocked(given: Any, name: str) -> str:
    with pytest.raises(Prevented) as caught:
        given.request(name)
    return str(caught.value.blocker)


def test_a_link_from_what_makes_an_object_goes_before_one_that_finds_some(tmp_path: Path) -> None:
    server = Server(shop)
    call = given_of(read(tmp_path, document(ORDERS)), server).request("getOrder")
    assert call.path == {"id": "7"}, "as a text, since the parameter is one"
    assert server.asked == [("POST", "/orders", {"item": "tea"})]


def test_links_are_followed_backwards_through_several_operations(tmp_path: Path) -> None:
    server = Server(shop)
    call = given_of(read(tmp_path, document(ORDERS)), server).request("closeOrder")
    assert call.path == {"id": "7"}
    assert [row[:2] for row in server.asked] == [("POST", "/orders"), ("GET", "/orders/7")]


def test_what_is_found_is_not_the_runs_to_be_taken_away(tmp_path: Path) -> None:
    contract = read(tmp_path, document(ORDERS))
    server = Server(shop)
    assert blocked(given_of(contract, server), "dropOrder") == "capability full-writes"
    assert given_of(contract, server, writes="full").request("dropOrder").path == {"id": "theirs"}


def test_what_is_found_is_not_written_to_by_post_either(tmp_path: Path) -> None:
    """A list leads to somebody's order, and a POST to it would change that."""
    listing = answered(
        {"first": {"type": "string"}}, end={"operationId": "closeOrder", "parameters": {"id": "$response.body#/first"}}
    )
    paths = {
        "/orders": {"get": operation("list", responses=listing)},
        "/orders/{id}/closing": ORDERS["/orders/{id}/closing"],
    }
    server = Server(shop)
    assert blocked(given_of(read(tmp_path, document(paths)), server), "closeOrder") == "capability full-writes"
    assert {method for method, _, _ in server.asked} == {"GET"}


def test_lending_something_else_does_not_lend_what_an_example_names(tmp_path: Path) -> None:
    parameters = [parameter("id", "path", example="somebody's"), parameter("X-World", "header")]
    contract = read(tmp_path, document({"/a/{id}": {"delete": operation("drop", parameters=parameters)}}))
    given = given_of(contract, Server(shop), arguments={"drop": {"header.X-World": "{tag}"}})
    assert blocked(given, "drop") == "role arguments.drop.path.id"
    both = {"drop": {"header.X-World": "{tag}", "path.id": "mine"}}
    assert given_of(contract, Server(shop), arguments=both).request("drop").path == {"id": "mine"}


def test_a_world_that_is_lent_may_be_written_to(tmp_path: Path) -> None:
    contract = read(
        tmp_path, document({"/options": {"put": operation("set", parameters=[parameter("X-World", "header")])}})
    )
    assert blocked(given_of(contract, Server(shop)), "set") == "capability full-writes"
    given = given_of(contract, Server(shop), arguments={"set": {"header.X-World": "{tag}"}})
    assert given.request("set").header["X-World"].startswith("run-")


def test_a_target_that_is_only_read_is_asked_for_what_is_there(tmp_path: Path) -> None:
    server = Server(shop)
    call = given_of(read(tmp_path, document(ORDERS)), server, writes="none").request("getOrder")
    assert call.path == {"id": "theirs"}
    assert server.asked == [("GET", "/orders?size=5", None)], "a filter without a known value is left out"


def test_arguments_go_before_links_and_take_roles_and_names_of_the_runs_own(tmp_path: Path) -> None:
    arguments = {
        "getOrder": {"path.id": "{role:order}"},
        "createOrder": {"body.item": "a {tag} for {role:who}"},
        "dropOrder": {"path.id": 5},
    }
    server = Server(shop)
    roles = {"order": 8, "who": ["ann", "bob"]}
    given = given_of(read(tmp_path, document(ORDERS)), server, arguments=arguments, roles=roles)
    given.begin("a check", ())
    assert given.request("getOrder").path == {"id": "8"}
    assert given.request("createOrder").body == {"item": "a run-4dadc617-1 for ann"}
    assert given.request("dropOrder").path == {"id": "5"}, "what the target lends may be written to"
    assert server.asked == []


def test_a_role_that_the_target_lacks_blocks(tmp_path: Path) -> None:
    given = given_of(
        read(tmp_path, document(ORDERS)), Server(shop), arguments={"getOrder": {"path.id": "{role:order}"}}
    )
    assert blocked(given, "getOrder") == "role order"


def test_a_source_that_fails_stands_in_the_way(tmp_path: Path) -> None:
    contract = read(tmp_path, document({**ORDERS, "/orders": {"post": ORDERS["/orders"]["post"]}}))
    assert blocked(given_of(contract, Server(lambda *_: (500, {}))), "getOrder") == "clause made.createOrder.accepts"
    assert blocked(given_of(contract, Server(lambda *_: (200, {}))), "getOrder") == "clause made.createOrder.200.schema"


def test_a_link_that_leads_to_nothing_asks_for_an_argument(tmp_path: Path) -> None:
    orders = {**ORDERS["/orders"]["post"]["responses"]["200"]}
    orders["links"] = {"look": {"operationId": "getOrder", "parameters": {"id": "$response.body#/number"}}}
    paths = {"/orders": {"post": {**ORDERS["/orders"]["post"], "responses": {"200": orders}}}}
    contract = read(tmp_path, document({**paths, "/orders/{id}": ORDERS["/orders/{id}"]}))
    assert blocked(given_of(contract, Server(shop)), "getOrder") == "role arguments.getOrder.path.id"


def test_a_header_of_an_answer_may_be_linked(tmp_path: Path) -> None:
    paths = {
        "/a": {"get": operation("a", responses={"200": {"description": "", "links": {
            "b": {"operationId": "b", "parameters": {"id": "$response.header.X-Id"}}}}})},
        "/b/{id}": {"get": operation("b", parameters=[parameter("id", "path", type="integer")])},
    }  # fmt: skip

    class Heading(Server):
        def send(self, message: Any, deadline: float) -> Any:
            answer = super().send(message, deadline)
            return type(answer)(answer.status, {**answer.headers, "x-id": "12"}, answer.body)

    given = given_of(read(tmp_path, document(paths)), Heading(lambda *_: (200, None)))
    assert given.request("b").path == {"id": 12}, "as a number, since the parameter is one"


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    def to(name: str) -> dict[str, Any]:
        return answered({"id": {}}, next={"operationId": name, "parameters": {"id": ID}})

    paths = {
        "/a/{id}": {"get": operation("a", parameters=[parameter("id", "path", example="1")], responses=to("b"))},
        "/b/{id}": {"get": operation("b", parameters=[parameter("id", "path", example="2")], responses=to("a"))},
    }
    server = Server(lambda *_: (200, {"id": "x"}))
    assert given_of(read(tmp_path, document(paths)), server).request("a").path == {"id": "x"}
    assert server.asked == [("GET", "/b/2", None)]


@pytest.mark.parametrize(
    ("method", "name", "blocker"),
    [
        ("get", "", ""),
        ("post", "", ""),
        ("post", "{id}", "role arguments.x.path.id"),
        ("put", "{id}", "role arguments.x.path.id"),
        ("delete", "{id}", "role arguments.x.path.id"),
        ("put", "", "capability full-writes"),
        ("delete", "", "capability full-writes"),
    ],
)
def test_what_an_example_names_is_not_written_to(method: str, name: str, blocker: str, tmp_path: Path) -> None:
    parameters = [parameter("id", "path", example="1")] if name else []
    contract = read(tmp_path, document({f"/a/{name}": {method: operation("x", parameters=parameters)}}))
    server = Server(lambda *_: (200, None))
    if blocker:
        assert blocked(given_of(contract, server), "x") == blocker
    given_of(contract, server, writes="full" if blocker else "own").request("x")
    assert server.asked == []


def outcomes(contract: Contract, server: Server, *names: str, **target: Any) -> dict[str, Outcome]:
    given = given_of(contract, server, **target)
    wanted = [item for item in items_of(contract) if item.clauses[0].removeprefix("made.") in names]
    return {item.clauses[0].removeprefix("made."): run(item, given.client, given) for item in wanted}


THINGS = document(
    {
        "/things/{id}": {
            "get": operation(
                "look", parameters=[parameter("id", "path", type="integer", example=5)], security=[{"K": []}]
            ),
        },
        "/things": {
            "post": operation("make", requestBody=body({"a": {"type": "string", "maxLength": 3, "example": "x"}}))
        },
    },
    components={"securitySchemes": {"K": {"type": "http", "scheme": "bearer"}}},
)


@pytest.mark.parametrize("status", [404, 409, 410])
def test_a_server_that_does_not_know_an_example_is_not_wrong(status: int, tmp_path: Path) -> None:
    found = outcomes(read(tmp_path, THINGS), Server(lambda *_: (status, None)), "look.accepts", "look.auth.absent")
    assert {str(outcome.blocker) for outcome in found.values()} == {"role arguments.look.path.id"}
    assert found["look.accepts"].seen == f"look answered {status} to a request made of the document's examples"


def test_a_server_that_fails_is_wrong_whatever_the_example(tmp_path: Path) -> None:
    found = outcomes(read(tmp_path, THINGS), Server(lambda *_: (500, None)), "look.accepts", "make.accepts")
    assert {outcome.status for outcome in found.values()} == {Status.FAIL}


def test_a_server_that_knows_the_example_is_wrong_if_it_forgets_it_for_strangers(tmp_path: Path) -> None:
    server = Server(lambda *_: (200 if "Authorization" in dict(server.messages[-1].headers) else 404, None))
    found = outcomes(read(tmp_path, THINGS), server, "look.auth.absent")
    assert found["look.auth.absent"].status is Status.FAIL
    assert found["look.auth.absent"].seen == "404"


def test_an_argument_of_the_target_is_never_doubted(tmp_path: Path) -> None:
    server = Server(lambda *_: (404, None))
    found = outcomes(read(tmp_path, THINGS), server, "look.accepts", arguments={"look": {"path.id": 6}})
    assert (found["look.accepts"].status, found["look.accepts"].seen) == (Status.FAIL, "404")


def test_a_conflict_over_bad_input_is_no_refusal_of_it(tmp_path: Path) -> None:
    """A server that takes the example answers the bad input with a conflict: that is its own fault."""

    def answers(method: str, path: str, sent: Any) -> tuple[int, Any]:
        return (200, None) if sent == {"a": "x"} else (409, None)

    (outcome,) = outcomes(read(tmp_path, THINGS), Server(answers), "make.body.a.maxLength").values()
    assert (outcome.status, outcome.seen) == (Status.FAIL, "409")
    assert outcome.expected == "a refusal of what the request says"


@pytest.mark.parametrize("status", [401, 403, 405, 415, 429])
def test_refusals_for_other_reasons_do_not_count_as_refusals_of_bad_input(status: int, tmp_path: Path) -> None:
    (outcome,) = outcomes(read(tmp_path, THINGS), Server(lambda *_: (status, None)), "make.body.a.maxLength").values()
    assert outcome.status is Status.FAIL


def test_a_request_that_cannot_be_valid_asks_for_an_argument(tmp_path: Path) -> None:
    taken = body({"code": {"type": "string", "pattern": "^[A-Z]{3}$"}}, "code")
    contract = read(tmp_path, document({"/a": {"post": operation("make", requestBody=taken)}}))
    server = Server(lambda *_: (200, None))
    assert blocked(given_of(contract, server), "make") == "role arguments.make.body.code"
    given = given_of(contract, server, arguments={"make": {"body.code": "ABC"}})
    assert given.request("make").body == {"code": "ABC"}
    (outcome,) = outcomes(contract, Server(lambda *_: (400, None)), "make.body.code.pattern",
                          arguments={"make": {"body.code": "ABC"}}).values()  # fmt: skip
    assert outcome.status is Status.PASS


def test_fields_without_a_known_value_are_left_out_but_their_rules_are_judged(tmp_path: Path) -> None:
    address = {"type": "object", "required": ["zip"], "properties": {"zip": {"type": "string", "maxLength": 5}}}
    taken = body({"name": {"type": "string", "example": "ann"}, "address": address})
    contract = read(tmp_path, document({"/a": {"post": operation("make", requestBody=taken)}}))
    server = Server(lambda _, __, sent: (200 if sent == {"name": "ann"} else 400, None))
    found = outcomes(contract, server, "make.accepts", "make.body.address.zip.maxLength")
    assert {outcome.status for outcome in found.values()} == {Status.PASS}
    assert server.asked[0][2] == {"name": "ann"}
    assert server.asked[-1][2] == {"name": "ann", "address": {"zip": "aaaaaa"}}


def test_a_made_up_value_that_is_not_valid_is_left_out(tmp_path: Path) -> None:
    fields = {"a": {"type": "string", "pattern": "^[A-Z]$"}, "b": {"type": "string", "maxLength": 3}}
    contract = read(tmp_path, document({"/a": {"post": operation("make", requestBody=body(fields))}}))
    given = given_of(contract, Server(lambda *_: (400, None)))
    assert given.request("make", every=True).body == {"b": "a"}


KNOWN = parameter("n", required=True, schema={"default": "3"})
FIRST = [
    ({"/a": {"get": operation("a")}}, {}, "GET /a"),
    ({"/a": {"post": operation("a")}, "/b": {"get": operation("b")}}, {}, "GET /b"),
    ({"/a": {"get": operation("a")}, "/b": {"get": operation("b", security=[{"K": []}])}}, {}, "GET /b"),
    ({"/a/{id}": {"get": operation("a", parameters=[parameter("id", "path", example="1")])}},
     {"arguments": {"a": {"path.id": "2"}}}, "GET /a/2"),
    ({"/a": {"post": operation("a", **{"x-safe": True})}}, {}, "POST /a"),
    ({"/a": {"get": operation("a", parameters=[parameter("q", example="x"), KNOWN])}}, {}, "GET /a?n=3"),
]  # fmt: skip


@pytest.mark.parametrize(("paths", "target", "asked"), FIRST)
def test_the_first_call_is_a_harmless_one_that_needs_no_example(
    paths: Any, target: Any, asked: str, tmp_path: Path
) -> None:
    content = document(paths, components={"securitySchemes": {"K": {"type": "http", "scheme": "bearer"}}})
    given = given_of(read(tmp_path, content), Server(lambda *_: (200, None)), **target)
    call = given.hello()
    assert call is not None
    message = given.client.message(call)
    assert f"{message.method} {message.url.removeprefix('http://x')}" == asked


def test_the_document_may_name_the_first_call(tmp_path: Path) -> None:
    parameters = [parameter("id", "path"), parameter("n", type="integer"), parameter("who", required=True)]
    first = {"operation": "b", "arguments": {"path.id": "thing.main", "query.n": 5, "query.who": "me"}}
    paths = {"/a": {"get": operation("a")}, "/b/{id}": {"get": operation("b", parameters=parameters)}}
    given = given_of(read(tmp_path, document(paths, **{"x-preflight": first})), Server(shop), roles={"thing.main": "t"})
    call = given.hello()
    assert call is not None
    assert (call.path, call.query) == ({"id": "t"}, {"n": 5, "who": "me"})


def test_without_any_harmless_call_one_must_be_named(tmp_path: Path) -> None:
    paths = {"/a/{id}": {"get": operation("a", parameters=[parameter("id", "path", example="1")])}}
    with pytest.raises(ConfigurationError, match="no first call is known: the document of made has no GET"):
        given_of(read(tmp_path, document(paths)), Server(shop)).hello()


class Names:
    def role(self, name: str) -> Any:
        return {"n": 5, "s": "x"}[name]

    def tag(self) -> str:
        return "tag"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("{role:n}", 5),
        ("{role:n}{tag}", "5tag"),
        ("a-{tag}-{role:s}", "a-tag-x"),
        ({"a": ["{tag}", 1, None]}, {"a": ["tag", 1, None]}),
        ("{other} {role:}", "{other} {role:}"),
        (True, True),
    ],
)
def test_texts_of_arguments_are_filled_in(said: Any, value: Any) -> None:
    assert filled(said, Names()) == value


TAG = "t1234abcd-00ff00ff-12"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, TAG),
        ({}, TAG),
        ({"type": "string", "maxLength": 8}, "0ff00ff-12"[-8:]),
        ({"type": "integer"}, 1 + 1344421442 % (2**31 - 2)),
        ({"type": "integer", "minimum": 10, "maximum": 20}, 10 + 1344421442 % 10),
    ],
)
def test_a_value_of_the_runs_own_keeps_to_the_schema(schema: Any, value: Any) -> None:
    assert next(candidates(schema, TAG)) == value


def test_forms_that_a_value_of_the_runs_own_may_have_to_have() -> None:
    assert list(candidates({"type": "string"}, TAG)) == [
        TAG,
        f"{TAG}@example.org",
        "6073dbfd-26be-5d7d-be64-a3779d5e59ca",
        "t1234abcd00ff00ff12",
        "1344421442",
    ]
    assert list(candidates({"type": "boolean"}, TAG)) == []


EXAMPLES = [
    ({"type": "integer", "minimum": 0, "exclusiveMinimum": True, "multipleOf": 5}, 5),
    ({"type": "integer", "maximum": -3}, -3),
    ({"type": "number", "minimum": 0.5}, 1),
    ({"type": "integer", "minimum": 7, "multipleOf": 4}, 8),
    ({"type": "string", "format": "uuid"}, "6f1c3a52-8f0e-4d0e-9d3b-0d1f2a3b4c5d"),
    ({"properties": {"a": {"type": "boolean"}}}, {"a": True}),
    ({"items": {"type": "string", "minLength": 2}, "minItems": 2}, ["aa", "aa"]),
    ({"anyOf": [{"type": "integer", "minimum": 3}, {"type": "string"}]}, 3),
    ({"properties": {"a": {"type": "string", "readOnly": True}, "b": {"enum": ["x"]}}}, {"b": "x"}),
    ({"oneOf": [{"$ref": "#/components/schemas/Cat"}], "discriminator": {"propertyName": "k", "mapping": {
        "cat": "#/components/schemas/Cat"}}}, {"k": "cat", "lives": 9}),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "value"), EXAMPLES)
def test_a_value_is_made_up_of_what_a_schema_says(schema: Any, value: Any) -> None:
    cat = {"type": "object", "properties": {"k": {"type": "string"}, "lives": {"type": "integer", "example": 9}}}
    contract = Contract("made", {"components": {"schemas": {"Cat": cat}}, "paths": {}})
    assert example_of(contract, schema) == value


def test_what_a_document_shows_is_told_from_what_every_server_knows(tmp_path: Path) -> None:
    parameters = [
        parameter("a", example="shown"),
        parameter("b", schema={"default": "d"}),
        parameter("c", schema={"enum": ["e", "f"]}),
        parameter("d"),
        parameter("e", required=True, type="integer"),
        {**parameter("f"), "examples": {"one": {"value": "g"}}},
    ]
    contract = read(tmp_path, document({"/a": {"get": operation("x", parameters=parameters)}}))
    example = example_call(contract, contract.operations["x"], every=False)
    assert example.call.query == {"a": "shown", "b": "d", "c": "e", "e": 1, "f": "g"}
    assert example.guessed == {"query.a", "query.e", "query.f"}
    assert example_call(contract, contract.operations["x"]).call.query["d"] == "a"
    assert example.call.body is ABSENT
