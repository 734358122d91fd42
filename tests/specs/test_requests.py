"""What is wrong with a request, in the documented order; and texts of parameters as typed values."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from specs.model import Contract, Parameter
from specs.requests import ABSENT, Arguments, Finding, RequestRules, decode_parameter, decode_text

WithSchema = Callable[..., Contract]


def _rules(contract: Contract, operation: str = "put") -> RequestRules:
    return RequestRules(contract, contract.operations[operation])


def _found(rules: RequestRules, body: Any) -> list[tuple[str, str]]:
    findings = rules.findings(Arguments(body=body))
    assert rules.valid(Arguments(body=body)) is (not findings)
    return [(finding.place, finding.rule) for finding in findings]


TEXT = {"type": "string", "minLength": 1, "not": {"type": "string", "pattern": r"^\s+$"}}


def test_a_finding_says_node_rule_place_reason_and_code(mini: Contract) -> None:
    rules = _rules(mini, "addThing")
    assert rules.findings(Arguments(body={})) == [
        Finding("body.name", "required", "body.name", "body.name: is required", "1")
    ]
    assert rules.findings(Arguments(body={"name": None})) == [
        Finding("body.name", "null", "body.name", "body.name: may not be null", "2")
    ]
    assert rules.findings(Arguments(body={"name": "x", "kind": "c"})) == [
        Finding("body.kind", "enum", "body.kind", "body.kind: is not one of the values allowed", None)
    ]


def test_a_missing_body_is_a_finding_of_the_body(mini: Contract) -> None:
    rules = _rules(mini, "addThing")
    assert [(f.node, f.rule, f.code) for f in rules.findings(Arguments())] == [("body", "required", None)]
    assert not rules.valid(Arguments())


def test_codes_judged_first_outrank_empties_and_empties_the_rest(with_schema: WithSchema) -> None:
    fields = {
        "long": {"type": "string", "maxLength": 2, "x-error": {"maxLength": 1}},
        "empty": {**TEXT, "x-error": {"empty": 2}},
        "chief": {"type": "integer", "x-error": {"type": 9}},
    }
    contract = with_schema({"type": "object", "properties": fields, "required": ["empty"]}, **{"x-error-first": ["9"]})
    assert _found(_rules(contract), {"long": "abc", "chief": "x"}) == [
        ("body.chief", "type"),
        ("body.empty", "required"),
        ("body.long", "maxLength"),
    ]


def test_within_a_class_the_documents_field_order_decides(with_schema: WithSchema) -> None:
    fields = {name: {**TEXT, "maxLength": 2} for name in ("z", "a", "m")}
    rules = _rules(with_schema({"type": "object", "properties": fields, "required": ["a", "m", "z"]}))
    assert _found(rules, {"m": "", "a": None, "z": "abc"}) == [
        ("body.a", "null"),
        ("body.m", "minLength"),
        ("body.z", "maxLength"),
    ]
    assert _found(rules, {}) == [("body.z", "required"), ("body.a", "required"), ("body.m", "required")]


def test_within_a_node_the_order_of_the_rules_decides(with_schema: WithSchema) -> None:
    field = {"type": "string", "pattern": "^[a-z]*$", "maxLength": 2, "enum": ["a"]}
    rules = _rules(with_schema({"type": "object", "properties": {"a": field}}))
    assert [rule for _, rule in _found(rules, {"a": "ABC"})] == ["pattern", "enum", "maxLength"]


def test_a_batch_is_judged_item_by_item_its_own_size_first(with_schema: WithSchema) -> None:
    item = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"type": "string", "maxLength": 1}, "b": TEXT},
    }
    rules = _rules(with_schema({"type": "array", "maxItems": 2, "items": item}))
    assert _found(rules, [{"a": "x", "b": "y"}, {"a": "long"}, {}]) == [
        ("body", "maxItems"),
        ("body[1].a", "maxLength"),
        ("body[1].b", "required"),
        ("body[2].a", "required"),
        ("body[2].b", "required"),
    ]


def test_a_batch_of_more_than_ten_items_keeps_the_order_of_numbers(with_schema: WithSchema) -> None:
    rules = _rules(with_schema({"type": "array", "items": {"type": "integer"}}))
    assert [place for place, _ in _found(rules, ["x"] * 12)] == [f"body[{n}]" for n in range(12)]


def test_a_list_inside_an_object_keeps_the_order_of_numbers(with_schema: WithSchema) -> None:
    items = {"type": "array", "items": {"type": "integer"}}
    rules = _rules(with_schema({"type": "object", "properties": {"list": items}}))
    assert [place for place, _ in _found(rules, {"list": ["x"] * 12})] == [f"body.list[{n}]" for n in range(12)]


@pytest.mark.parametrize("value", [" ", "\t\n", "\u3000"])
def test_white_space_alone_is_blank(value: str, with_schema: WithSchema) -> None:
    rules = _rules(with_schema({"type": "object", "properties": {"a": {**TEXT, "x-error": {"empty": 5}}}}))
    (finding,) = rules.findings(Arguments(body={"a": value}))
    assert (finding.rule, finding.code, finding.message) == ("blank", "5", "body.a: may not be blank")


def test_an_empty_text_is_too_short_but_not_blank(with_schema: WithSchema) -> None:
    rules = _rules(with_schema({"type": "object", "properties": {"a": TEXT}}))
    assert _found(rules, {"a": ""}) == [("body.a", "minLength")]


def _conditional(condition: Any) -> dict[str, Any]:
    note = {"type": "string", "nullable": True, "x-required-if": condition}
    return {"type": "object", "properties": {"kind": {"type": "string", "nullable": True}, "note": note}}


@pytest.mark.parametrize(
    ("condition", "body", "missing"),
    [
        ({"kind": ["a", "b"]}, {"kind": "a"}, True),
        ({"kind": ["a", "b"]}, {"kind": "b", "note": None}, True),
        ({"kind": ["a", "b"]}, {"kind": "b", "note": ""}, True),
        ({"kind": ["a", "b"]}, {"kind": "b", "note": " \t"}, True),
        ({"kind": ["a", "b"]}, {"kind": "b", "note": "n"}, False),
        ({"kind": ["a", "b"]}, {"kind": "c"}, False),
        ({"kind": ["a", "b"]}, {}, False),
        ({"present": "kind"}, {"kind": "x"}, True),
        ({"present": "kind"}, {"kind": None}, False),
        ({"present": "kind"}, {}, False),
        ({"absent": "kind"}, {}, True),
        ({"absent": "kind"}, {"kind": None}, True),
        ({"absent": "kind"}, {"kind": "x"}, False),
        ({"kind": ["a"], "absent": "other"}, {"kind": "a", "other": 1}, False),
        ({"kind": ["a"], "absent": "other"}, {"kind": "a"}, True),
    ],
)
def test_a_field_may_be_required_by_others(condition: Any, body: Any, missing: bool, with_schema: WithSchema) -> None:
    rules = _rules(with_schema(_conditional(condition)))
    assert _found(rules, body) == ([("body.note", "required-if")] if missing else [])


def test_conditions_hold_item_by_item_and_at_depth(with_schema: WithSchema) -> None:
    rules = _rules(with_schema({"type": "array", "items": _conditional({"kind": ["a"]})}))
    assert _found(rules, [{"kind": "b"}, {"kind": "a"}, "no object"]) == [
        ("body[1].note", "required-if"),
        ("body[2]", "type"),
    ]
    inner = {"type": "object", "properties": {"inner": _conditional({"kind": ["a"]})}}
    assert _found(_rules(with_schema(inner)), {"inner": {"kind": "a"}}) == [("body.inner.note", "required-if")]


@pytest.mark.parametrize(
    ("condition", "query", "missing"),
    [
        ({"present": "tags"}, {"tags": [1]}, True),
        ({"present": "tags"}, {"tags": [1], "owner": ""}, True),
        ({"present": "tags"}, {"tags": [1], "owner": " "}, True),
        ({"present": "tags"}, {"tags": [1], "owner": "me"}, False),
        ({"present": "tags"}, {}, False),
        ({"absent": "tags"}, {}, True),
        ({"absent": "tags"}, {"tags": [1]}, False),
        ({"size": [1, 2]}, {"size": 2}, True),
        ({"size": [1, 2]}, {"size": 3}, False),
    ],
)
def test_a_parameter_may_be_required_by_others_of_its_place(
    condition: Any, query: Any, missing: bool, mini: Contract
) -> None:
    document = deepcopy(mini.document)
    schema = {"type": "string", "x-required-if": condition, "x-error": {"required-if": 3}}
    document["paths"]["/things"]["get"]["parameters"].append({"name": "owner", "in": "query", "schema": schema})
    rules = _rules(Contract("mini", document), "listThings")
    findings = rules.findings(Arguments(query=query))
    assert [(f.place, f.rule, f.code) for f in findings] == [("query.owner", "required-if", "3")] * missing
    assert rules.valid(Arguments(query=query)) is not missing


def test_a_place_without_a_node_belongs_to_the_nearest_one(with_schema: WithSchema) -> None:
    tree = {
        "type": "object",
        "properties": {"child": {"$ref": "#/components/schemas/Tree"}, "age": {"type": "integer"}},
    }
    contract = with_schema({"$ref": "#/components/schemas/Tree"}, schemas={"Tree": tree})
    (finding,) = _rules(contract).findings(Arguments(body={"child": {"child": {"age": "x"}}}))
    assert (finding.node, finding.place) == ("body.child", "body.child.child.age")


def test_unknown_fields_are_ignored(mini: Contract) -> None:
    assert _found(_rules(mini, "addThing"), {"name": "x", "colour": None}) == []


def test_parameters_are_judged_by_location(mini: Contract) -> None:
    rules = _rules(mini, "listThings")
    findings = rules.findings(Arguments(query={"start": -1, "size": 10, "tags": [1, "x"]}))
    assert [(f.place, f.rule, f.code) for f in findings] == [
        ("query.start", "minimum", "3"),
        ("query.size", "maximum", None),
        ("query.tags[1]", "type", None),
    ]
    assert rules.valid(Arguments(query={}))
    assert [f.place for f in _rules(mini, "dropThing").findings(Arguments(path={"id": "x"}))] == ["path.id"]


@pytest.mark.parametrize("value", ["secret" * 100, {"token": "secret"}])
def test_messages_never_repeat_what_was_sent(value: Any, mini: Contract) -> None:
    rules = _rules(mini, "addThing")
    findings = rules.findings(Arguments(body={"name": "n", "note": value, "kind": value, "id": value}))
    assert len(findings) >= 3
    assert not any("secret" in finding.message for finding in findings)
    assert all(len(finding.message) < 200 for finding in findings)


def test_arguments_without_a_body_have_no_body() -> None:
    assert Arguments(query={"a": 1}).as_json() == {"path": {}, "query": {"a": 1}, "header": {}, "cookie": {}}
    assert Arguments(body=None).as_json()["body"] is None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "12", 12),
        ("integer", "-12", -12),
        ("integer", "+1", 1),
        ("integer", "1.0", "1.0"),
        ("integer", "1_000", "1_000"),
        ("integer", " 1", " 1"),
        ("integer", "\u0661", "\u0661"),
        ("integer", "", ""),
        ("integer", "--1", "--1"),
        ("integer", "9" * 5000, "9" * 5000),
        ("number", "1.5", 1.5),
        ("number", "x", "x"),
        ("number", "nan", "nan"),
        ("number", "inf", "inf"),
        ("number", "1_0", "1_0"),
        ("number", "1e999", "1e999"),
        ("number", "-1.5e3", -1500.0),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("boolean", "True", "True"),
        ("boolean", "1", "1"),
        ("string", "12", "12"),
        (None, "12", "12"),
    ],
)
def test_texts_become_values_of_their_type_where_they_parse(kind: str | None, text: str, value: Any) -> None:
    decoded = decode_text({} if kind is None else {"type": kind}, text)
    assert (decoded, type(decoded)) == (value, type(value))


INTEGERS = {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize(
    ("schema", "explode", "allow_empty", "texts", "value"),
    [
        ({"type": "integer"}, True, False, [], ABSENT),
        ({"type": "integer"}, True, True, [""], ABSENT),
        ({"type": "integer"}, True, False, [""], ""),
        ({"type": "integer"}, True, False, ["1", "2"], 1),
        (INTEGERS, True, False, ["1", "2"], [1, 2]),
        (INTEGERS, True, False, ["1,2"], ["1,2"]),
        (INTEGERS, False, False, ["1,2,x"], [1, 2, "x"]),
        (INTEGERS, False, False, [""], []),
        (INTEGERS, False, True, [""], ABSENT),
        ({"type": "array"}, True, False, ["a"], ["a"]),
    ],
)
def test_parameters_are_decoded_from_the_texts_sent(
    schema: Any, explode: bool, allow_empty: bool, texts: list[str], value: Any
) -> None:
    parameter = Parameter("p", "query", False, schema, allow_empty=allow_empty, explode=explode)
    assert decode_parameter(parameter, schema, texts) == value


def test_names_with_dots_and_fields_called_each_are_found(with_schema: WithSchema) -> None:
    schema = {
        "type": "object",
        "properties": {
            "a.b": {"type": "integer", "x-required-if": {"c": [1]}},
            "c": {},
            "each": {"type": "array", "items": {"type": "integer"}},
        },
    }
    rules = _rules(with_schema(schema))
    assert [(f.node, f.place) for f in rules.findings(Arguments(body={"a.b": "x", "each": [1, "x"]}))] == [
        ("body.a%2Eb", "body.a.b"),
        ("body.%65ach.each", "body.each[1]"),
    ]
    assert [f.rule for f in rules.findings(Arguments(body={"c": 1}))] == ["required-if"]


def test_cookies_have_rules() -> None:
    parameter = {"name": "session", "in": "cookie", "required": True, "schema": {"type": "integer"}}
    operation = {"operationId": "put", "parameters": [parameter], "responses": {"200": {"description": ""}}}
    rules = _rules(Contract("made", {"paths": {"/": {"put": operation}}}))
    assert [f.rule for f in rules.findings(Arguments())] == ["required"]
    assert [f.node for f in rules.findings(Arguments(cookie={"session": "x"}))] == ["cookie.session"]
    assert rules.valid(Arguments(cookie={"session": 5}))
