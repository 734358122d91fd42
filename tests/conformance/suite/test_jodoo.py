"""Jodoo's scenarios: what lent things must be like, and a whole run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import specs
from conformance import Target
from conformance.check import items_of, run
from conformance.client import Client
from conformance.given import Given
from conformance.outcome import Outcome, Status
from conformance.wire.pace import Pace
from conformance.wire.transport import Message, RawAnswer
from tests.conformance.test_run_command import conformance

CONTRACT = specs.load("jodoo")
SAMPLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "samples" / "jodoo" / "getInstance.200.json").read_bytes()
)
INSTANCE, TASK = SAMPLE["instance_id"], SAMPLE["tasks"][0]["task_id"]
TARGET = Target(
    api="jodoo",
    base_url="http://target.example",
    identities={"main": {"token": "a-secret-key"}},
    roles={
        "instance.main": INSTANCE,
        "instance.completed": INSTANCE,
        "task.completed": f"{INSTANCE}/{TASK}",
    },
)


class Always:
    """A target that shows one instance."""

    def __init__(self, shown: Any) -> None:
        self.answer = RawAnswer(200, {"content-type": "application/json"}, json.dumps(shown).encode())

    def send(self, message: Message, deadline: float) -> RawAnswer:
        return self.answer


def outcome(clause: str, shown: Any = SAMPLE, **roles: Any) -> Outcome:
    """How the check of a clause ends on a target that shows one instance."""
    (item,) = (item for item in items_of(CONTRACT) if f"jodoo.getInstance.{clause}" in item.clauses)
    target = replace(TARGET, roles={**TARGET.roles, **{name.replace("_", "."): role for name, role in roles.items()}})
    client = Client(CONTRACT, target, Always(shown), pace=Pace())
    return run(item, client, Given(client, "test"))


def changed(**fields: Any) -> dict[str, Any]:
    """The sample with other fields of its first task."""
    first, *rest = SAMPLE["tasks"]
    return {**SAMPLE, "tasks": [{**first, **fields}, *rest]}


def test_a_lent_task_shows_its_status() -> None:
    assert outcome("task-completed").status is Status.PASS
    red = outcome("task-completed", changed(status=2))
    assert (red.status, red.expected, red.seen) == (Status.FAIL, "status of task.completed: 1", "2")


@pytest.mark.parametrize("role", [TASK, f"{TASK}/", 5, True])
def test_a_task_that_is_lent_without_its_instance_blocks_by_its_role(role: Any) -> None:
    blocked = outcome("task-completed", task_completed=role)
    assert (blocked.status, str(blocked.blocker)) == (Status.BLOCKED, "role task.completed")


def test_a_task_that_is_not_lent_blocks_by_its_role() -> None:
    blocked = outcome("task-paused")
    assert (blocked.status, str(blocked.blocker)) == (Status.BLOCKED, "role task.paused")


def test_a_lent_task_that_is_not_listed_blocks_by_the_clause_about_all_tasks() -> None:
    blocked = outcome("task-completed", changed(task_id="f" * 24))
    assert (blocked.status, str(blocked.blocker)) == (Status.BLOCKED, "clause jodoo.getInstance.all-tasks")


def test_a_time_of_no_calendar_is_a_failure_and_no_bug_of_ours() -> None:
    red = outcome("task-times", changed(create_time="2016-12-31T23:59:60Z"))
    assert (red.status, red.seen) == (Status.FAIL, "'2016-12-31T23:59:60Z'")


@pytest.mark.parametrize("tasks", [None, []])
def test_no_tasks_may_be_left_out_or_empty(tasks: list[Any] | None) -> None:
    shown = {name: value for name, value in SAMPLE.items() if name != "tasks"}
    assert outcome("no-tasks", shown if tasks is None else {**shown, "tasks": tasks}).status is Status.PASS
    assert outcome("no-tasks", SAMPLE).status is Status.FAIL


def verdicts(folder: Path) -> dict[str, str]:
    results = json.loads((folder / "conformance-report" / "results.json").read_text())
    assert results["faults"] == 0
    return {row["id"]: row["verdict"] for row in results["clauses"]}


def test_the_mock_is_judged_by_two_workers_and_passes(tmp_path: Path) -> None:
    ended = conformance(tmp_path, "run", "--api", "jodoo", "--mock", "--workers", "2")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert set(verdicts(tmp_path).values()) == {"pass", "excluded"}
    assert "(0 blocked, 0 not run), 0 not applicable, 1 excluded" in ended.stdout.splitlines()[-1]


def test_a_limit_that_is_too_strict_turns_one_clause_red(tmp_path: Path) -> None:
    defect = "jodoo.getInstance.rate.served:too-few"
    arguments = ("--api", "jodoo", "--mock", "--defect", defect)
    ended = conformance(tmp_path, "run", *arguments, "--select", "*.rate.*", "--select", "*.finish-action-*")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    found = verdicts(tmp_path)
    assert [clause for clause, verdict in found.items() if verdict == "fail"] == ["jodoo.getInstance.rate.served"]
    assert "blocked" not in found.values()
