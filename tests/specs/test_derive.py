"""Derived clauses of ``mini.json``, exactly."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from specs.clauses import read_clauses, write_clause
from specs.derive import derive
from specs.model import Clause, Contract, Expectation

EXPECTED = """
mini.listThings.accepts MUST 200
mini.listThings.200.schema MUST 200
mini.listThings.503.schema MUST 503
mini.listThings.auth.absent MUST 401
mini.listThings.auth.wrong MUST 401
mini.listThings.query.start.type MUST 400 with code 3
mini.listThings.query.start.minimum MUST 400 with code 3
mini.listThings.query.size.type SHOULD 422
mini.listThings.query.size.maximum MUST 422
mini.listThings.query.tags.each.type SHOULD 422
mini.listThings.paging.size MUST -
mini.listThings.paging.walk MUST -
mini.listThings.paging.first MUST -
mini.listThings.paging.beyond MUST -
mini.listThings.paging.default MUST -
mini.addThing.accepts MUST 201
mini.addThing.201.schema MUST 201
mini.addThing.body.required MUST 422
mini.addThing.body.null SHOULD 422
mini.addThing.body.type SHOULD 422
mini.addThing.body.name.required MUST 422 with code 1
mini.addThing.body.name.null MUST 422 with code 2
mini.addThing.body.name.minLength MUST 422 with code 1
mini.addThing.body.name.type SHOULD 422
mini.addThing.body.kind.type SHOULD 422
mini.addThing.body.kind.enum MUST 422
mini.addThing.body.note.required-if MUST 422 with code 7
mini.addThing.body.note.type SHOULD 422
mini.addThing.body.note.maxLength MUST 422
mini.addThing.repeat MUST 409 with code E5
mini.dropThing.accepts MUST 204
mini.dropThing.204.schema MUST 204
mini.dropThing.path.id.type SHOULD 422
mini.error-body MUST -
"""


@pytest.fixture
def clauses(mini: Contract) -> dict[str, Clause]:
    return {clause.id: clause for clause in derive(mini)}


def test_ids_levels_and_expectations_are_these_in_this_order(clauses: dict[str, Clause]) -> None:
    assert EXPECTED.split("\n")[1:-1] == [
        f"{clause.id} {clause.level} {clause.expect or '-'}" for clause in clauses.values()
    ]


def test_lines_are_those_of_the_node_then_of_the_parameter_then_of_the_operation(clauses: dict[str, Clause]) -> None:
    assert {
        name: clauses[f"mini.{name}"].lines
        for name in (
            "addThing.body.name.null",
            "listThings.query.size.type",
            "listThings.query.tags.each.type",
            "listThings.query.start.type",
            "addThing.accepts",
            "dropThing.accepts",
            "error-body",
        )
    } == {
        "addThing.body.name.null": (8, 9),
        "listThings.query.size.type": (3, 3),
        "listThings.query.tags.each.type": (1, 5),
        "listThings.query.start.type": (2, 2),
        "addThing.accepts": (6, 20),
        "dropThing.accepts": None,
        "error-body": (90, 91),
    }


def test_an_exclusion_holds_for_the_rules_that_it_names(clauses: dict[str, Clause]) -> None:
    note = "mini.addThing.body.note"
    assert (clauses[f"{note}.maxLength"].excluded, clauses[f"{note}.maxLength"].why) == (
        "not-observable",
        "Nobody knows.",
    )
    assert (clauses[f"{note}.type"].excluded, clauses[f"{note}.type"].why) == (None, "We think so.")


def test_an_excluded_answer_keeps_its_clause_with_the_reason(clauses: dict[str, Clause]) -> None:
    clause = clauses["mini.listThings.503.schema"]
    assert (clause.excluded, clause.why) == ("no-documented-way", "It never fails.")


def test_a_clause_of_a_node_names_node_and_rule(clauses: dict[str, Clause]) -> None:
    assert clauses["mini.addThing.body.name.minLength"] == Clause(
        id="mini.addThing.body.name.minLength",
        level="MUST",
        kind="error",
        text="addThing refuses a request whose body.name is shorter than allowed.",
        lines=(8, 9),
        operation="addThing",
        expect=Expectation(422, "1"),
        node="body.name",
        rule="minLength",
    )


def test_clauses_survive_their_json_form(clauses: dict[str, Clause]) -> None:
    written = [write_clause(clause) for clause in clauses.values()]
    assert list(read_clauses(written)) == list(clauses.values())


def derived(mini: Contract, **operation: Any) -> dict[str, Clause]:
    """The clauses of ``mini`` after ``addThing`` was given more fields, and the document's root others."""
    document = deepcopy(dict(mini.document))
    document |= {name: operation.pop(name) for name in list(operation) if name in document}
    document["paths"]["/things"]["post"] |= {name.replace("_", "-"): value for name, value in operation.items()}
    return {clause.id: clause for clause in derive(Contract("mini", document))}


def test_refused_credentials_need_their_code_unless_the_status_tells(mini: Contract) -> None:
    def expected(status: int) -> str:
        components = deepcopy(mini.document["components"])
        components["securitySchemes"]["Key"]["x-error"] = {"status": status, "code": 8}
        return str(derived(mini, components=components)["mini.listThings.auth.wrong"].expect)

    assert [expected(status) for status in (401, 403, 400)] == ["401", "403", "400 with code 8"]


def test_a_scheme_of_http_has_other_schemes_beside_it(mini: Contract) -> None:
    components = deepcopy(mini.document["components"])
    components["securitySchemes"]["Key"] = {"type": "http", "scheme": "bearer"}
    found = derived(mini, components=components)
    assert [name for name in found if ".auth." in name] == [
        f"mini.listThings.auth.{rule}" for rule in ("absent", "wrong", "malformed")
    ]


def test_a_documented_405_is_asked_for_by_get_where_there_is_none(mini: Contract) -> None:
    refused = {"405": {"description": ""}}
    document = deepcopy(dict(mini.document))
    document["x-error-unrouted"] = 1
    for path, method in (("/things", "post"), ("/things/{id}", "delete")):
        document["paths"][path][method]["responses"] |= refused
    found = {clause.id: clause for clause in derive(Contract("mini", document))}
    assert [name for name in found if name.endswith(".other-method")] == ["mini.dropThing.other-method"]
    assert str(found["mini.dropThing.other-method"].expect) == "405 with code 1"


def test_servers_that_are_aliases_serve_every_operation(mini: Contract) -> None:
    alias = {"url": "/old/mini.v1/", "x-alias": True, "x-capability": "old", "x-assumption": "Clients ask there."}
    servers = [{"url": "/mini"}, {"url": "https://test.example/mini"}, alias]
    found = derived(mini, servers=servers)
    assert [name for name in found if ".alias." in name] == [
        f"mini.{operation}.alias.old-mini-v1" for operation in ("listThings", "addThing", "dropThing")
    ]
    clause = found["mini.addThing.alias.old-mini-v1"]
    assert (clause.rule, clause.capability, clause.why) == ("/old/mini.v1", "old", "Clients ask there.")


def test_a_rate_limit_promises_what_it_names(mini: Contract) -> None:
    limit = {
        "calls": 4,
        "seconds": 2,
        "status": 429,
        "code": 9,
        "counts": {"invalid": True, "refused": False},
        "x-capability": "burst",
    }
    found = [clause for clause in derived(mini, x_rate_limit=limit).values() if ".rate." in clause.id]
    assert [(clause.id.rpartition(".")[2], clause.level, str(clause.expect or "-")) for clause in found] == [
        ("served", "MUST", "-"),
        ("refused", "MUST", "429 with code 9"),
        ("recovers", "MUST", "-"),
        ("invalid-counted", "SHOULD", "-"),
        ("refused-uncounted", "SHOULD", "-"),
    ]
    assert {(clause.kind, clause.capability) for clause in found} == {("limit", "burst")}
    assert found[0].text == "4 calls within 2 seconds are served."


def test_a_hand_written_clause_says_so() -> None:
    (clause,) = read_clauses([{"id": "a.b.c", "level": "MAY", "kind": "error", "text": "T."}])
    assert clause == Clause("a.b.c", "MAY", "error", "T.", None, derived=False)


def _derived(operation: dict[str, Any], **root: Any) -> dict[str, Clause]:
    """The clauses of a document with one operation."""
    made = {"operationId": "put", "responses": {"200": {"description": ""}}, **operation}
    contract = Contract("made", {"paths": {"/{id}": {"put": made}}, **root})
    return {clause.id.removeprefix("made.put."): clause for clause in derive(contract)}


BODY = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
TAKES = {
    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
    "requestBody": {"content": {"application/json": {"schema": BODY}}},
}


@pytest.mark.parametrize(
    ("documented", "expected"),
    [
        (("400",), "400"),
        (("422",), "422"),
        (("400", "422"), "4XX"),
        (("404",), "4XX"),
        (("4XX",), "4XX"),
        (("default",), "4XX"),
    ],
)
def test_a_document_without_our_fields_says_by_its_answers_how_it_refuses(
    documented: tuple[str, ...], expected: str
) -> None:
    responses = {name: {"description": ""} for name in ("200", *documented)}
    clauses = _derived({**TAKES, "responses": responses})
    assert str(clauses["body.a.required"].expect) == expected
    assert str(clauses["path.id.type"].expect) == "4XX", "many servers call it 404"


def test_the_default_holds_where_it_is_written() -> None:
    clauses = _derived(TAKES, **{"x-error-default": {"status": 418}})
    assert {str(clauses[name].expect) for name in ("body.a.required", "path.id.type")} == {"418"}


@pytest.mark.parametrize(
    ("documented", "scheme", "expected"),
    [
        (("401",), {}, "401"),
        (("403",), {}, "403"),
        (("401", "403"), {}, "401"),
        ((), {}, "401"),
        (("401",), {"x-error": {"status": 404}}, "404"),
    ],
)
def test_strangers_are_refused_with_401_unless_only_403_is_documented(
    documented: tuple[str, ...], scheme: dict[str, Any], expected: str
) -> None:
    responses = {name: {"description": ""} for name in ("200", *documented)}
    schemes = {"securitySchemes": {"Key": {"type": "http", "scheme": "bearer", **scheme}}}
    clauses = _derived({"responses": responses, "security": [{"Key": []}]}, components=schemes)
    assert str(clauses["auth.absent"].expect) == expected


def test_an_operation_that_is_excluded_has_its_clauses_excluded() -> None:
    clauses = _derived({**TAKES, "x-excluded": {"reason": "no-documented-way", "why": "It formats the disk."}})
    own = [clause for clause in clauses.values() if clause.operation == "put"]
    assert len(own) > 5
    assert {(clause.excluded, clause.why) for clause in own} == {("no-documented-way", "It formats the disk.")}


def test_a_capability_holds_for_all_of_an_operation_or_for_a_field() -> None:
    assert {c.capability for c in _derived({**TAKES, "x-capability": "fast"}).values() if c.operation} == {"fast"}
    field = {"type": "object", "properties": {"a": {"type": "string", "x-capability": "fast"}}}
    clauses = _derived({"requestBody": {"content": {"application/json": {"schema": field}}}})
    assert [name for name, clause in clauses.items() if clause.capability] == ["body.a.null", "body.a.type"]


def test_nothing_is_said_of_a_request_that_holds_what_is_read_only() -> None:
    field = {"type": "object", "properties": {"a": {"type": "string", "readOnly": True, "maxLength": 5}}}
    clauses = _derived({"requestBody": {"content": {"application/json": {"schema": field}}}})
    assert [name for name in clauses if ".a." in name] == []


def test_bounds_that_nothing_breaks_are_no_rules() -> None:
    field = {"type": "object", "properties": {"a": {"minLength": 0}, "b": {"minItems": 0}, "c": {"minLength": 1}}}
    clauses = _derived({"requestBody": {"content": {"application/json": {"schema": field}}}})
    assert [name for name in clauses if name.startswith("body.") and name.count(".") == 2] == ["body.c.minLength"]


def test_answers_by_range_and_by_default_are_named_as_they_are_written() -> None:
    clauses = _derived({"responses": {"2XX": {"description": ""}, "default": {"description": ""}}})
    assert [name for name in clauses if name.endswith(".schema")] == ["2XX.schema"]
    assert [name for name in _derived({"responses": {"default": {"description": ""}}}) if "schema" in name] == [
        "default.schema"
    ]
