"""Reading a user's own document: what is refused, in lines that say what to change, and what is made of the rest."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from conformance.check import items_of, run
from conformance.client import Client
from conformance.errors import ConfigurationError
from conformance.given import Given
from conformance.outcome import Status
from conformance.own.document import read_contract
from conformance.own.target import checked, left_to_examples, without_a_file
from conformance.target import Target
from conformance.wire.transport import Message, RawAnswer
from specs.bundle import read_openapi
from tests.conformance.own.conftest import ANNOTATED, PLAIN
from tests.conformance.own.documents import GOOD, answered, body, document, operation, parameter, read


def refusal(folder: Path, content: Any, name: str = "openapi.json") -> list[str]:
    """The lines by which a document is refused, without its path."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_contract(path)
    return str(caught.value).replace(str(path), "FILE").splitlines()


LAST = "run `conformance lint FILE` for all"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ({**document({}), "openapi": "3.1.0"}, "/openapi: the version is 3.1.0 (convert it to 3.0.3: other versions"),
        ({"swagger": "2.0", "paths": {}}, "/swagger: the document is Swagger 2.0 (convert it to OpenAPI 3.0.3)"),
        ({"asyncapi": "2.0"}, "openapi.json: this is no OpenAPI document: it has no paths"),
        ([], "openapi.json: this is no OpenAPI document: it has no paths"),
        ("", "openapi.json: not JSON: Expecting value: line 1 column 1 (char 0)"),
        (
            document({"/a": {"get": {"responses": {"404": {"description": ""}}}}}),
            "/paths/~1a/get/responses: no success is documented (add the 2xx that a valid request is answered with)",
        ),
        (
            document({"/a": {"get": {"responses": GOOD, "security": [{"Key": []}]}}}),
            "/paths/~1a/get/security: there is no security scheme 'Key'",
        ),
        (
            document(
                {"/a": {"get": operation("a", parameters=[{"name": "q", "in": "query", "content": {"a/b": {}}}])}}
            ),
            "/paths/~1a/get/parameters/0: the parameter q has no schema (write a schema in the place of content)",
        ),
        (
            document({"/a": {"get": {"responses": GOOD, "x-idempotencey": {}}}}),
            "/paths/~1a/get: x-idempotencey is no field of a operation (did you mean 'x-idempotency'?)",
        ),
        (
            document({"/a": {"get": operation("a", parameters=[parameter("q", schema={"x-error": {"type": 5}})])}}),
            "a: query.q: x-error names type, a rule that is not there",
        ),
        (
            document({"/a": {"get": operation("a", parameters=[parameter("q", required=True)])}},
                     **{"x-error-default": {"status": 400}})
            | {"components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}}}},
            "openapi.json: there is nothing at /components/schemas/B",
        ),
        (
            document({"/a": {"get": operation("a", parameters=[
                parameter("q", schema={"minLength": 1, "x-error": {"minLength": "E1"}})])}}),
            "made.a.query.q.minLength: expects the code E1, and no field says where a code stands (write x-outcome:",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_by_is_refused_in_a_line(content: Any, line: str, tmp_path: Path) -> None:
    first, *lines, last = refusal(tmp_path, content)
    assert first == "FILE cannot be judged by:"
    assert [found[: 2 + len(line)] for found in lines] == [f"  {line}"]
    assert last == LAST


def test_only_the_first_few_problems_are_told(tmp_path: Path) -> None:
    bad = {"responses": {"404": {"description": ""}}}
    lines = refusal(tmp_path, document({f"/{name}": {"get": bad} for name in "abcdefgh"}))
    assert len(lines) == 7
    assert lines[-1] == f"{LAST} (3 more)"


def test_a_document_with_the_name_of_an_api_of_ours_needs_another(tmp_path: Path) -> None:
    paths = {"/a": {"get": {"responses": GOOD}}}
    titled = document(paths) | {"info": {"title": "supOS", "version": "1"}}
    assert refusal(tmp_path, titled) == [
        "FILE: supos is the name of an API of ours; give the document another one with x-api: NAME at its root"
    ]
    assert read(tmp_path, {**titled, "x-api": "my-supos"}).api == "my-supos"


def test_a_success_that_shows_in_the_body_is_not_judged_yet(tmp_path: Path) -> None:
    outcome = {"code": "/code", "message": "/message", "error-when": {"/ok": False}}
    assert refusal(tmp_path, document({"/a": {"get": {"responses": GOOD}}}, **{"x-outcome": outcome})) == [
        "FILE: x-outcome: error-when is not judged yet; a refusal must show by its status"
    ]


def test_there_must_be_a_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(ConfigurationError, match="there is no document"):
            read_contract(path)


def test_a_bare_document_is_judged_by_what_it_says(tmp_path: Path) -> None:
    contract = read(tmp_path, document({"/a": {"get": {"responses": GOOD}}}))
    assert {name: clause.excluded for name, clause in contract.clauses.items()} == {
        "made.get-a.accepts": None,
        "made.get-a.200.schema": None,
        "made.error-body": "no-documented-way",
    }
    assert contract.document["x-api"] == "made"


def test_hand_written_clauses_beside_the_document_belong_to_it(tmp_path: Path) -> None:
    (tmp_path / "clauses").mkdir()
    clause = "- {id: made.a.own, operation: a, level: MUST, kind: lifecycle, text: It is so., why: We want it.}\n"
    (tmp_path / "clauses" / "a.yaml").write_text(clause)
    contract = read(tmp_path, document({"/a": {"get": operation("a")}}))
    assert not contract.clauses["made.a.own"].derived
    (tmp_path / "clauses" / "a.yaml").write_text(clause.replace("made.a.own", "other.a.own"))
    lines = refusal(tmp_path, document({"/a": {"get": operation("a")}}))
    assert lines[1] == "  other.a.own: the id does not begin with api and operation (made.a.…)"


def test_what_no_request_can_show_is_excluded_and_says_so(tmp_path: Path) -> None:
    fields = {"a": {"type": "string", "pattern": "^.*$"}, "b": {"type": "string", "minLength": 2}}
    contract = read(tmp_path, document({"/a": {"put": operation("a", requestBody=body(fields))}}))
    excluded = {clause.id: clause.why for clause in contract.clauses.values() if clause.excluded}
    assert excluded == {"made.a.body.a.pattern": "No request is known that breaks this rule and no other."}
    assert contract.clauses["made.a.body.b.minLength"].excluded is None


def test_of_several_successes_one_clause_speaks_for_all(tmp_path: Path) -> None:
    responses = {name: {"description": ""} for name in ("201", "200", "202", "400")}
    contract = read(tmp_path, document({"/a": {"put": {"operationId": "a.b", "responses": responses}}}))
    schema = [clause for clause in contract.clauses.values() if clause.id.endswith(".schema")]
    assert [(clause.id, clause.text, str(clause.expect)) for clause in schema] == [
        ("made.a.b.201.schema", "A success of a.b has the documented media type and body.", "2XX")
    ]


def creation(folder: Path, delete: dict[str, Any], **links: Any) -> Any:
    """What the POST of a document is said to leave behind."""
    made = {**answered({"id": {}}, **links)["200"]}
    paths = {"/a": {"post": operation("make", responses={"201": made})}, "/a/{id}": {"delete": delete}}
    return read(folder, document(paths)).operations["make"].raw.get("x-creates")


def test_a_link_to_a_delete_says_how_to_take_something_away(tmp_path: Path) -> None:
    delete = operation("drop", parameters=[parameter("id", "path")])
    link = {"operationId": "drop", "parameters": {"id": "$response.body#/id"}}
    undo = {"operation": "drop", "arguments": {"path.id": "$response.body#/id"}}
    assert creation(tmp_path, delete, away=link) == {"undo": undo}
    left = {"left": "No link of the document leads from it to a DELETE, so nobody knows how to take it away."}
    assert creation(tmp_path, delete) == left
    more = operation("drop", parameters=[parameter("id", "path"), parameter("why", required=True)])
    assert creation(tmp_path, more, away=link) == left, "the link does not say why"
    harmful = {**delete, "x-excluded": {"reason": "no-documented-way", "why": "Never."}}
    assert creation(tmp_path, harmful, away=link) == left


def test_only_what_creates_is_said_to_leave_something_behind(tmp_path: Path) -> None:
    paths = {"/a": {"post": operation("act"), "put": operation("set", responses={"201": {"description": ""}})}}
    contract = read(tmp_path, document(paths))
    assert [one.raw.get("x-creates") for one in contract] == [None, None]
    own = {"left": "It is wanted."}
    paths["/a"]["post"] = operation("act", responses={"201": {"description": ""}}, **{"x-creates": own})
    assert read(tmp_path, document(paths)).operations["act"].raw["x-creates"] == own


SOUP: dict[str, Any] = document(
    {
        "/soups/{soup.id}": {
            "parameters": [parameter("soup.id", "path", schema={"format": "date-time"}), parameter("sid", "cookie")],
            "get": {
                "parameters": [
                    parameter("page.size", type="integer", schema={"minimum": 1, "maximum": 9}),
                    parameter("filter[kind]", schema={"enum": ["hot", "cold"]}),
                    {**parameter("range", style="deepObject", type="object"), "explode": True},
                    parameter("Accept", "header", required=True),
                    {"name": "free", "in": "query", "schema": {}},
                ],
                "responses": {"2XX": {"description": ""}, "default": {"description": ""}},
            },
            "put": {
                "operationId": "soups/put one",
                "tags": ["a", "b"],
                "requestBody": {
                    "content": {
                        "application/xml": {},
                        "application/x-www-form-urlencoded": {
                            "schema": {
                                "required": ["each"],
                                "properties": {
                                    "each": {"type": "string", "minLength": 2},
                                    "a.b": {"type": "integer", "exclusiveMinimum": True, "minimum": 0},
                                    "kind": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Kind"}]},
                                    "weird": {"not": {"type": "boolean"}},
                                    "parts": {"type": "array", "minItems": 2, "items": {"type": "object"}},
                                },
                            }
                        },
                    }
                },
                "responses": {"302": {"description": ""}, "4XX": {"description": ""}, "5XX": {"description": ""}},
            },
            "head": {"responses": {"default": {"description": ""}}},
        },
        "/either": {
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                                "discriminator": {"propertyName": "kind"},
                            }
                        }
                    },
                },
                "responses": {"200": {"description": "", "content": {"application/json": {}}}},
            }
        },
        "/upload": {
            "post": {
                "requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}},
                "responses": {"200": {"description": "", "content": {"text/plain": {"schema": {"type": "string"}}}}},
            }
        },
        "/any": {"patch": {"requestBody": {"content": {"*/*": {}}}, "responses": GOOD}, "trace": {"responses": GOOD}},
    },
    components={
        "schemas": {
            "Kind": {"type": "string", "enum": ["hot", "cold"]},
            "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
            "Dog": {
                "type": "object",
                "required": ["kind", "bark"],
                "properties": {"kind": {"type": "string"}, "bark": {"type": "string"}},
            },
        }
    },
)
"""What users' documents hold and ours do not."""

JSON = {"content-type": "application/json"}
BODIES = (
    b"",
    b"{}",
    b"[1]",
    b"null",
    b'"x"',
    b'{"id": 1, "items": [{"id": 1}, {}], "total": null, "code": []}',
    b"\xff",
)


class Whimsical:
    """Answers anything with anything."""

    def __init__(self, chooser: random.Random) -> None:
        self.chooser = chooser

    def send(self, message: Message, deadline: float) -> RawAnswer:
        status = self.chooser.choice((200, 200, 201, 204, 302, 400, 404, 409, 422, 500))
        return RawAnswer(status, JSON, self.chooser.choice((*BODIES, message.body)))


def errors(contract: Any, chooser: random.Random, writes: Any) -> list[str]:
    """Every check that ends in a bug of ours, whatever the server says."""
    target = Target(contract.api, "http://x", identities={"main": {"key": "k"}}, writes=writes)
    client = Client(contract, target, Whimsical(chooser))
    given = Given(client, "run")
    outcomes = [run(item, client, given) for item in items_of(contract)]
    return [f"{outcome.check}: {outcome.seen}" for outcome in outcomes if outcome.status is Status.ERROR]


@pytest.mark.parametrize("writes", ["none", "own", "full"])
@pytest.mark.parametrize(
    "content", [SOUP, read_openapi(ANNOTATED), read_openapi(PLAIN)], ids=["soup", "after", "before"]
)
def test_whatever_a_server_says_no_check_stumbles_over_it(content: Any, writes: str, tmp_path: Path) -> None:
    contract = read(tmp_path, content)
    for seed in range(8):
        assert errors(contract, random.Random(seed), writes) == []


def _pointers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in entries:
        yield from _pointers(child, (*path, key))


def _broken(content: Any, chooser: random.Random) -> Any:
    """The document with something else at one place, or nothing."""
    broken = deepcopy(content)
    *parents, last = chooser.choice(list(_pointers(content)))
    holder = broken
    for key in parents:
        holder = holder[key]
    if chooser.random() < 0.3:
        del holder[last]
    else:
        holder[last] = chooser.choice((None, "text", 5, True, [], {}, [None], {"a": None}))
    return broken


@pytest.mark.parametrize("content", [SOUP, read_openapi(ANNOTATED)], ids=["soup", "after"])
def test_whatever_stands_in_a_document_it_is_refused_or_can_be_judged(content: Any, tmp_path: Path) -> None:
    chooser = random.Random(7)
    read_ones = 0
    for _ in range(120):
        try:
            contract = read(tmp_path, _broken(content, chooser))
        except ConfigurationError:
            continue
        read_ones += 1
        assert errors(contract, chooser, "full") == []
    assert 10 < read_ones < 110


def test_arguments_name_operations_and_places_that_there_are(tmp_path: Path) -> None:
    contract = read(tmp_path, document({"/a/{id}": {"get": operation("getA", parameters=[parameter("id", "path")])}}))
    good = Target("made", "http://x", arguments={"getA": {"path.id": 1}})
    assert checked(contract, good) is good
    with pytest.raises(ConfigurationError, match=r"name getB, which is no operation of made \(did you mean getA\?\)"):
        checked(contract, Target("made", "http://x", arguments={"getB": {}}))
    with pytest.raises(ConfigurationError, match=r"of getA name path\.ids, which .* \(did you mean path\.id\?\)"):
        checked(contract, Target("made", "http://x", arguments={"getA": {"path.ids": 1}}))
    with pytest.raises(
        ConfigurationError, match=r"of getA name body, which its request does not have; there are path\.id"
    ):
        checked(contract, Target("made", "http://x", arguments={"getA": {"body": 1}}))


def test_what_is_left_to_examples_is_what_no_link_feeds(tmp_path: Path) -> None:
    assert [row[:2] for row in left_to_examples(read_contract(PLAIN))] == [
        ("getParcel", "path.parcelId"),
        ("deleteParcel", "path.parcelId"),
        ("cancelParcel", "path.parcelId"),
    ]
    assert list(left_to_examples(read_contract(ANNOTATED))) == []


@pytest.mark.parametrize(
    ("address", "writes", "said"),
    [
        ("http://127.0.0.1:8", "own", ""),
        ("http://localhost", "own", ""),
        ("https://api.example", "none", "api.example"),
    ],
)
def test_a_server_elsewhere_is_only_read_unless_a_target_file_says_otherwise(
    address: str, writes: str, said: str
) -> None:
    target, text = without_a_file(Target("made", address))
    assert target.writes == writes
    assert (said in text) if said else text == ""


def test_an_operation_that_is_excluded_is_never_called(tmp_path: Path) -> None:
    harmful = operation("wipe", **{"x-excluded": {"reason": "no-documented-way", "why": "It wipes the disk."}})
    contract = read(tmp_path, document({"/a": {"get": operation("a"), "delete": harmful}}))
    target = Target("made", "http://x", writes="full")
    assert not target.allows(contract.operations["wipe"])
    assert {item.clauses[0].split(".")[1] for item in items_of(contract)} == {"a"}
