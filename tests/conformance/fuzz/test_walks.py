"""Walks over links: what is followed, and that writes reach the run's own objects alone."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.fuzz import Depth
from conformance.fuzz.ownership import Ownership
from conformance.fuzz.shelter import identities
from conformance.wire.call import Call
from mockserver import create_app
from specs.links import Link, links_of
from tests.conformance.fuzz.runs import SUPOS, Found, run

WALKS = Depth(generated=0, extremes=0, raw=0, walks=12, steps=6)
LINKS = {link.id: link for link in links_of(SUPOS)}
TASK = LINKS["queryPending.submit"]


@pytest.fixture(scope="module")
def mock() -> Any:
    return create_app(apis=("supos",))


def came(found: Found, link: str) -> dict[int, int]:
    """What came of a link."""
    return dict(found.coverage[LINKS[link].target].links[link])


def owns(link: Link, request: Call, node: str, value: Any, lent: Call | None = None) -> bool:
    ownership = Ownership(SUPOS, "t0a1b2c3d")
    if lent is not None:
        ownership.lend(identities(SUPOS, SUPOS.operations[lent.operation], tuple(LINKS.values())), lent)
    return ownership.owns(SUPOS.operations[link.source], request, link, node, value)


LIST = Call("queryPending", query={"username": "ann", "appId": "App_1"})


@pytest.mark.parametrize(
    ("link", "request_", "node", "value", "own"),
    [
        ("startProcess.cancelStarted", Call("startProcess"), "path.processId", "7", True),
        ("save.submitSaved", Call("save"), "body.taskId", "7", True),
        ("queryPending.submit", LIST, "body.taskId", "7", False),
        ("queryPending.submit", LIST.set("query.appId", "t0a1b2c3d-12-1"), "body.taskId", "7", True),
        ("queryPending.submit", LIST.set("query.appId", "t0a1b2c3d-12-1"), "body.username", "ann", False),
        ("getPendingTask.submit", Call("getPendingTask", path={"taskId": "7"}), "body.taskId", "7", False),
        ("getPendingTask.submit", Call("getPendingTask"), "body.taskId", "t0a1b2c3d-12-1", True),
    ],
)
def test_own_is_what_a_write_gave_what_bears_the_tag_and_the_key_of_an_own_listing(
    link: str, request_: Call, node: str, value: str, own: bool
) -> None:
    assert owns(LINKS[link], request_, node, value) is own


def test_what_the_given_names_was_lent_for_the_same_name() -> None:
    lent = Call("cancel", path={"processId": "7"}, body={"username": "ann"})
    assert owns(TASK, LIST, "body.username", "ann", lent)
    assert not owns(TASK, LIST, "body.username", "bob", lent)
    assert not owns(TASK, LIST, "body.taskId", "7", lent), "7 was lent as a processId"


def test_what_was_own_once_stays_own() -> None:
    ownership = Ownership(SUPOS, "t0a1b2c3d")
    pending = SUPOS.operations["queryPending"]
    assert ownership.owns(pending, LIST.set("query.appId", "t0a1b2c3d-1-1"), TASK, "body.taskId", "7")
    assert ownership.owns(pending, LIST, TASK, "body.taskId", "7")
    assert not ownership.owns(pending, LIST, TASK, "body.taskId", "8")


def test_the_list_of_somebody_elses_tasks_is_read_and_not_written_to(mock: Any) -> None:
    """Without a start there is no list of the run's own: user.main has tasks, and they stay as they are."""
    found = run(mock, ("queryPending", "getPendingTask", "submitTask", "saveTaskForm", "entrust"), WALKS)
    assert came(found, "queryPending.detail").get(200, 0) > 0
    assert [came(found, f"queryPending.{name}") for name in ("submit", "save", "entrust")] == [{}, {}, {}]


def test_a_start_leads_to_a_list_of_the_runs_own_and_on_to_writes(mock: Any) -> None:
    found = run(mock, ("startProcess", "queryPending", "submitTask", "saveTaskForm", "entrust"), WALKS)
    assert came(found, "startProcess.waiting").get(200, 0) > 0
    assert sum(came(found, f"queryPending.{name}").get(200, 0) for name in ("submit", "save", "entrust")) > 0


def test_links_are_counted_where_they_lead_with_what_came_of_them(mock: Any) -> None:
    found = run(mock, ("startProcess", "cancel", "getDetail", "queryLog"), WALKS, world="counted")
    coverage = found.coverage["queryLog"]
    assert set(coverage.links) == {"startProcess.log", "getDetail.log", "cancel.log"}
    assert coverage.followed == sum(sum(statuses.values()) for statuses in coverage.links.values()) > 0
    assert coverage.statuses == {200: coverage.valid}
    assert coverage.succeeded
    assert found.findings == []


def test_a_link_is_followed_from_every_world_in_the_same_way(mock: Any) -> None:
    operations = ("startProcess", "cancel", "getDetail", "queryLog")
    first, second = (run(mock, operations, WALKS, world=f"walked-{number}") for number in range(2))
    assert first.sent == second.sent


def test_a_walk_stays_among_the_operations_that_may_be_called(mock: Any) -> None:
    operations = ("startProcess", "cancel", "getDetail", "queryLog", "getUrgeInfo")
    found = run(mock, operations, WALKS, writes="own", world="read-only")
    assert set(found.coverage) == {"getDetail", "queryLog", "getUrgeInfo"}
    assert set(found.coverage["queryLog"].links) == {"getDetail.log"}
    assert {message.url.rpartition("/")[2] for message in found.sent if message.method == "POST"} == {"processes"}
