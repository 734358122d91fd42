"""Made-up writes reach nothing but what is the run's own, or what does not exist."""

from __future__ import annotations

from itertools import count
from random import Random
from typing import Any

import pytest

import specs
from conformance.fuzz.shelter import Identity, NotOwned, identities, own_values, sheltered
from conformance.wire.call import Call
from specs.links import links_of
from specs.model import Contract
from specs.requests import ABSENT, Arguments

SUPOS = specs.load("supos")
LINKS = tuple(links_of(SUPOS))
DELETION = "thirdPartyProcessesDel"
OWN = {"query.ids": (11, 12), "query.thirdPartyInstanceIds": ("own-1",), "query.source": ("own.example",)}


def of(operation: str) -> tuple[Identity, ...]:
    return identities(SUPOS, SUPOS.operations[operation], LINKS)


def kept(operation: str, arguments: Arguments, own: Any) -> Arguments:
    """The request as it may be sent; new names are ``new-1``, ``new-2``, ..."""
    numbers = count(1)
    return sheltered(of(operation), arguments, own, lambda: f"new-{next(numbers)}", Random(1))


def deletion(**query: Any) -> Arguments:
    return Arguments(query=query)


@pytest.mark.parametrize(
    ("operation", "nodes"),
    [
        ("startProcess", ["body.processKey"]),
        ("save", []),
        ("submitTask", ["body.taskId", "body.username"]),
        ("saveTaskForm", ["body.taskId", "body.username"]),
        ("entrust", ["body.username", "body.taskId"]),
        ("revoke", ["body.taskId", "body.username"]),
        ("cancel", ["path.processId", "body.username"]),
        ("thirdPartyProcessesPost", []),
        ("updateProcessPut", ["body.each.id", "body.each.source", "body.each.thirdPartyInstanceId"]),
        (DELETION, ["query.ids", "query.thirdPartyInstanceIds", "query.source"]),
        ("thirdPartyTasksCompletivePost", []),
        ("thirdPartyTasksCompletiveDel", ["query.ids", "query.thirdPartyInstanceNodeIds", "query.source"]),
    ],
)
def test_path_parameters_and_what_links_feed_identify_objects(operation: str, nodes: list[str]) -> None:
    assert sorted(identity.node.id for identity in of(operation)) == sorted(nodes)


def test_every_write_of_supos_is_listed_above() -> None:
    marks = test_path_parameters_and_what_links_feed_identify_objects.pytestmark  # type: ignore[attr-defined]
    assert {row[0] for row in marks[0].args[1]} == {operation.id for operation in SUPOS if not operation.safe}


def test_values_of_the_given_are_its_own() -> None:
    call = Call(DELETION, query={"ids": [11, 12], "source": "own.example"})
    assert own_values(of(DELETION), call) == {
        "query.ids": (11, 12),
        "query.thirdPartyInstanceIds": (),
        "query.source": ("own.example",),
    }


def test_own_values_stay() -> None:
    arguments = deletion(ids=[12], thirdPartyInstanceIds=["own-1"], source="own.example")
    assert kept(DELETION, arguments, OWN) == arguments


def test_foreign_values_become_own_or_new_ones() -> None:
    arguments = deletion(ids=[1, 12, 3], thirdPartyInstanceIds=["123456", "7"], source="mes.supos.com")
    query = kept(DELETION, arguments, OWN).query
    assert set(query["ids"]) <= {11, 12}
    assert [value for value in query["thirdPartyInstanceIds"] if value != "own-1" and value[:4] != "new-"] == []
    assert query["source"] == "own.example" or query["source"].startswith("new-")


def test_some_of_them_become_new_names() -> None:
    own = {"path.processId": ("own-1",), "body.username": ("ann",)}
    found = {
        sheltered(of("cancel"), Arguments(path={"processId": "7"}), own, lambda: "new", Random(seed)).path["processId"]
        for seed in range(40)
    }
    assert found == {"own-1", "new"}


def test_what_the_schema_refuses_identifies_nothing_and_stays() -> None:
    arguments = deletion(ids=["x", 1.5, 12], thirdPartyInstanceIds="7", source="own.example")
    assert kept(DELETION, arguments, OWN) == arguments


@pytest.mark.parametrize("missing", [{}, {"ids": [], "thirdPartyInstanceIds": []}])
def test_what_is_optional_and_missing_is_filled_in(missing: dict[str, Any]) -> None:
    """A server may delete everything when it is not told what."""
    assert kept(DELETION, deletion(**missing), OWN).query == {
        "ids": [11, 12],
        "thirdPartyInstanceIds": ["own-1"],
        "source": "own.example",
    }


def test_what_is_required_and_missing_stays_missing() -> None:
    arguments = Arguments(body={"username": "ann"})
    assert kept("submitTask", arguments, {"body.taskId": ("own-1",), "body.username": ("ann",)}) == arguments


def test_every_item_of_a_batch_is_looked_at() -> None:
    own = {"body.each.id": (11,), "body.each.source": ("own.example",), "body.each.thirdPartyInstanceId": ("own-1",)}
    items = [{"id": 1, "processName": "a"}, {"id": "x", "source": "foreign"}, "no object"]
    first, second, third = kept("updateProcessPut", Arguments(body=items), own).body
    assert first == {"id": 11, "processName": "a", "thirdPartyInstanceId": "own-1"}, "the source is required"
    assert second["id"] == "x"
    assert second["source"] != "foreign"
    assert third == "no object"


def test_a_request_for_which_nothing_is_owned_is_not_sent() -> None:
    with pytest.raises(NotOwned, match=r"query\.ids has no value of the run's own"):
        kept(DELETION, deletion(ids=[1]), {})


def test_without_a_required_body_there_is_nothing_to_replace() -> None:
    assert kept("submitTask", Arguments(), {"body.taskId": ("own-1",)}).body is ABSENT


def test_a_request_that_leaves_out_what_holds_its_identity_is_not_sent() -> None:
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}}}
    answer = {"200": {"description": "", "links": {"drop": {"operationId": "drop", "requestBody": {"id": "$url"}}}}}
    drop = {"operationId": "drop", "tags": ["T"], "requestBody": body, "responses": answer}
    contract = Contract("made", {"paths": {"/": {"post": drop}}, "components": {}})
    found = identities(contract, contract.operations["drop"], tuple(links_of(contract)))
    assert [identity.node.id for identity in found] == ["body.id"]
    with pytest.raises(NotOwned, match=r"body\.id is missing together with body"):
        sheltered(found, Arguments(), {"body.id": ("own-1",)}, str, Random(1))


def test_the_request_itself_is_left_as_it_was() -> None:
    body = [{"id": 1}]
    kept("updateProcessPut", Arguments(body=body), {"body.each.id": (11,)})
    assert body == [{"id": 1}]
