"""Wrong policies about what later reads show of what was done. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from dataclasses import replace

from mockserver.apis.supos import details, read_policies
from mockserver.engine import moves, rows
from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.rows import Action, Instance, Record, State, Task
from mockserver.engine.world import World
from specs.model import Json


def no_draft(draft: str | None) -> None:
    """Forgets the form data that a process is saved with."""


def draft_lost(world: World, task: Task, instance: Instance, draft: str | None) -> None:
    """Forgets the form data that are saved for a task."""


def reasons_left_out(world: World, record: Record) -> Json:
    """Shows delegations without their reasons."""
    return read_policies.record_shown(world, replace(record, remark=None) if _delegates(record) else record)


def _delegates(record: Record) -> bool:
    return record.action is Action.DELEGATE


def revocations_left_out(world: World, instance: Instance) -> list[Record]:
    """Keeps revocations out of the log."""
    return [record for record in read_policies.recorded(world, instance) if record.action is not Action.REVOKE]


def end_unrecorded(world: World, instance: Instance, user: str) -> None:
    """Does not write down who canceled a process."""


def completed_instead(world: World, instance: Instance, reason: str) -> Instance:
    """Marks a canceled process as completed."""
    ended = replace(moves.delete(world, instance, reason), state=State.COMPLETED)
    rows.instances(world).replace(ended.id, ended)
    return ended


def ordinary_outcomes_only(world: World, definition: ProcessDefinition) -> Json:
    """Leaves rejections out of what a start may choose."""
    shown = details.start_info(definition)
    return {**shown, "audits": [audit for audit in shown["audits"] if audit["type"] == 0]}


def usernames_shown(world: World, task: Task) -> Json:
    """Shows usernames for the names by which people know users."""
    return details.urge_entry(task, rows.instance_of(world, task), {user: user for user in task.holders})
