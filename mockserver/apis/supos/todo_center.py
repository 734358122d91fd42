"""Handlers of the tag To-do Center: tasks and processes of other systems, which have nothing to do with our own."""

from __future__ import annotations

from mockserver.apis.supos.todo import ADD_PROCESSES, ADD_TASKS, DELETE_PROCESSES, DELETE_TASKS, MODIFY_PROCESSES
from mockserver.apis.supos.todo_batches import add, modify
from mockserver.apis.supos.todo_deletion import Wanted, delete
from mockserver.apis.supos.todo_representations import OPERATION_SUCCEEDED, stored_process, stored_task
from mockserver.engine.world import World
from specs.model import Json


def third_party_processes_post(world: World, *, body: list[dict[str, Json]]) -> Json:
    """Store a batch of processes."""
    answers = [stored_process(record) for record in add(world, ADD_PROCESSES, body)]
    return ADD_PROCESSES.rule(world, "answer")(answers)


def update_process_put(world: World, *, body: list[dict[str, Json]]) -> Json:
    """Modify a batch of processes."""
    modify(world, MODIFY_PROCESSES, body)
    return OPERATION_SUCCEEDED


def third_party_processes_del(
    world: World, *, ids: list[int] | None, third_party_instance_ids: list[str] | None, source: str | None
) -> Json:
    """Delete processes, and nothing else of theirs."""
    delete(world, DELETE_PROCESSES, Wanted(ids or (), third_party_instance_ids or (), source))
    return OPERATION_SUCCEEDED


def third_party_tasks_completive_post(world: World, *, body: list[dict[str, Json]]) -> Json:
    """Store a batch of tasks."""
    answers = [stored_task(record) for record in add(world, ADD_TASKS, body)]
    return ADD_TASKS.rule(world, "answer")(answers)


def third_party_tasks_completive_del(
    world: World,
    *,
    ids: list[int] | None,
    third_party_instance_node_ids: list[str] | None,
    source: str | None,
    task_status: str,
) -> Json:
    """Delete tasks of one status."""
    delete(world, DELETE_TASKS, Wanted(ids or (), third_party_instance_node_ids or (), source, task_status))
    return OPERATION_SUCCEEDED
