"""Every rule of every node can be broken alone, from the given's own valid request."""

from __future__ import annotations

import pytest

import specs
from conformance.laws.node_rules import rules
from conformance.laws.violations import violations
from conformance.wire.call import Call
from specs.requests import RequestRules

TIME = "2020-09-22T07:38:13.893+0800"
VALID = {
    "queryPending": Call("queryPending", query={"username": "test", "appId": "a", "current": 1, "pageSize": 10}),
    "startProcess": Call(
        "startProcess",
        body={
            "appId": "a",
            "assigns": [{"name": "n", "taskDefKey": "k", "users": ["test"]}],
            "audit": {"seqKey": "k", "value": "1"},
            "comment": "c",
            "formData": "{}",
            "processKey": "K",
            "processName": "n",
            "username": "test",
        },
    ),
    "thirdPartyProcessesDel": Call(
        "thirdPartyProcessesDel", query={"ids": [7], "thirdPartyInstanceIds": ["a"], "source": "s"}
    ),
    "thirdPartyTasksCompletiveDel": Call(
        "thirdPartyTasksCompletiveDel",
        query={"ids": [7], "thirdPartyInstanceNodeIds": ["a"], "source": "s", "taskStatus": "pending"},
    ),
}


@pytest.mark.parametrize("operation", VALID)
def test_each_rule_has_a_request_that_breaks_it_alone(operation: str) -> None:
    contract = specs.load("supos")
    compiled = RequestRules(contract, contract.operations[operation])
    assert compiled.findings(VALID[operation].arguments()) == []
    for case in rules(contract):
        if case.data.operation != operation:
            continue
        for call in violations(compiled, VALID[operation], compiled.nodes[case.data.node], case.data.rule):
            first = compiled.findings(call.arguments())[0]
            assert (first.node, first.rule) == (case.data.node, case.data.rule)
            break
        else:
            pytest.fail(f"nothing breaks {case.clause} alone")


def _broken(node: str, rule: str) -> list[Call]:
    contract = specs.load("supos")
    compiled = RequestRules(contract, contract.operations["thirdPartyProcessesDel"])
    return list(violations(compiled, VALID["thirdPartyProcessesDel"], compiled.nodes[node], rule))


def test_a_list_in_the_query_grows_too_long_by_its_own_first_item() -> None:
    """A deletion that is not refused must not reach what is not ours."""
    (call,) = _broken("query.ids", "maxItems")
    assert call.query["ids"] == [7] * 201
    (call,) = _broken("query.ids.each", "type")
    assert call.query["ids"] == ["no-number"]


def test_a_parameter_that_another_asks_for_is_dropped() -> None:
    (call,) = _broken("query.source", "required-if")
    assert call.query == {"ids": [7], "thirdPartyInstanceIds": ["a"]}
