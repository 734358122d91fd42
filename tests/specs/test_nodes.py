"""Nodes of requests: ids, order, rules, codes."""

from __future__ import annotations

from collections.abc import Callable

from specs.model import Contract
from specs.nodes import flatten, request_nodes

WithSchema = Callable[..., Contract]


def test_ids_come_from_places_of_the_request_in_the_documents_order(mini: Contract) -> None:
    assert list(request_nodes(mini, mini.operations["listThings"])) == [
        "query.start",
        "query.size",
        "query.tags",
        "query.tags.each",
        "query.kinds",
        "query.kinds.each",
    ]
    assert list(request_nodes(mini, mini.operations["addThing"])) == [
        "body",
        "body.id",
        "body.name",
        "body.kind",
        "body.note",
    ]


def test_order_sorts_nodes_as_the_document_lists_them(with_schema: WithSchema) -> None:
    inner = {"type": "object", "properties": {"z": {"type": "string"}, "a": {"type": "string"}}}
    contract = with_schema({"type": "object", "properties": {"q": inner, "b": {"type": "array", "items": inner}}})
    nodes = request_nodes(contract, contract.operations["put"])
    ids = ["body", "body.q", "body.q.z", "body.q.a", "body.b", "body.b.each", "body.b.each.z", "body.b.each.a"]
    assert sorted(nodes, key=lambda name: nodes[name].order) == ids == list(nodes)


def test_a_batch_is_an_array_body_and_nothing_else(with_schema: WithSchema) -> None:
    batch = {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}
    contract = with_schema(batch)
    nodes = request_nodes(contract, contract.operations["put"])
    assert {name: node.in_items for name, node in nodes.items()} == {
        "body": False,
        "body.each": True,
        "body.each.a": True,
    }
    contract = with_schema({"type": "object", "properties": {"list": batch}})
    assert not any(node.in_items for node in request_nodes(contract, contract.operations["put"]).values())


def test_a_schema_that_contains_itself_ends(with_schema: WithSchema) -> None:
    tree = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
        },
    }
    contract = with_schema({"$ref": "#/components/schemas/Tree"}, schemas={"Tree": tree})
    assert list(request_nodes(contract, contract.operations["put"])) == [
        "body",
        "body.name",
        "body.children",
        "body.children.each",
    ]


def test_flattening_merges_all_of_and_outer_keywords_win(with_schema: WithSchema) -> None:
    base = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}, "x-error": {"empty": 1}}
    contract = with_schema({"type": "object"}, schemas={"Base": base})
    outer = {
        "allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"b": {"type": "integer"}}}],
        "required": ["b"],
        "nullable": True,
        "x-error": {"null": 2},
    }
    assert flatten(contract, outer) == {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
        "x-error": {"empty": 1, "null": 2},
        "nullable": True,
    }


def test_empty_speaks_for_the_rules_that_have_no_code_of_their_own(mini: Contract) -> None:
    name = request_nodes(mini, mini.operations["addThing"])["body.name"]
    assert {rule: name.code(rule) for rule in ("required", "null", "minLength", "blank", "type")} == {
        "required": "1",
        "null": "2",
        "minLength": "1",
        "blank": "1",
        "type": None,
    }


def test_rules_are_what_a_request_can_break(mini: Contract) -> None:
    body = request_nodes(mini, mini.operations["addThing"])
    assert {name: list(node.rules()) for name, node in body.items()} == {
        "body": ["required", "null", "type"],
        "body.id": ["null", "type"],
        "body.name": ["required", "null", "minLength", "type"],
        "body.kind": ["type", "enum"],
        "body.note": ["required-if", "type", "maxLength"],
    }
    query = request_nodes(mini, mini.operations["listThings"])
    assert {name: list(node.rules()) for name, node in query.items()} == {
        "query.start": ["type", "minimum"],
        "query.size": ["type", "maximum"],
        "query.tags": [],
        "query.tags.each": ["type"],
        "query.kinds": [],
        "query.kinds.each": [],
    }


def test_a_path_parameter_can_be_mistyped_but_never_missing(mini: Contract) -> None:
    (node,) = request_nodes(mini, mini.operations["dropThing"]).values()
    assert (node.required, list(node.rules())) == (True, ["type"])


def test_what_is_read_only_is_not_required_of_requests(mini: Contract) -> None:
    assert not request_nodes(mini, mini.operations["addThing"])["body.id"].required
