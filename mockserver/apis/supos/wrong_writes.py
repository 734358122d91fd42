"""Wrong policies about saving, handing over, taking back and cancelling. A docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from dataclasses import replace

from mockserver.engine import assignment, cancellation, drafts, history, moves, revocation, rows, steps
from mockserver.engine.definitions import Section
from mockserver.engine.errors import InstanceEnded, MovedOn, NotDelegator, UnknownTask
from mockserver.engine.rows import Action, FinishedTask, Instance, Kind, State, Task
from mockserver.engine.world import World
from specs.model import Json


def opened_for_nobody(
    world: World, instance: Instance, section: Section, holders: tuple[str, ...], execution: str
) -> Task:
    """Opens the first section of a saved process for nobody."""
    return steps.enter(world, instance, section, (), execution)


def last_section(world: World, instance: Instance, section: Section, holders: tuple[str, ...], execution: str) -> Task:
    """Lets a saved process wait in its last section."""
    return steps.enter(world, instance, rows.definitions(world)[instance.definition].sections[-1], holders, execution)


def ids_exchanged(task: Task) -> Json:
    """Answers a save with the process's id for the task's, and the other way round."""
    return {"processId": task.id, "taskId": task.instance}


def finished_by_saving(world: World, task: Task, instance: Instance, draft: str | None) -> None:
    """Takes a task out of the list when its form data are saved."""
    rows.tasks(world).remove(task.id)


def saved_once(world: World, task: Task, instance: Instance, draft: str | None) -> None:
    """Refuses form data that are saved already."""
    if draft is not None and draft == instance.draft:
        raise UnknownTask(task.id)
    drafts.keep(world, task, instance, draft)


def fresh_for_trustees(task: Task, user: str) -> bool:
    """Lets a trustee hand a task on."""
    return user in task.holders or assignment.is_fresh(task, user)


def holders_first(task: Task, user: str) -> bool:
    """Looks whose a task is before it looks whether it was delegated already."""
    if user not in task.holders:
        raise NotDelegator(task.id, user)
    return assignment.is_fresh(task, user)


def other_holders_only(task: Task, user: str, trustee: str) -> bool:
    """Lets a delegator be the trustee."""
    return user != trustee and trustee in task.holders


def delegator_only(task: Task, user: str, trustee: str) -> bool:
    """Lets somebody who shares the task be the trustee."""
    return user == trustee


def lost(world: World, task: Task, user: str, trustee: str) -> None:
    """Gives a delegated task to nobody."""
    left = tuple(holder for holder in task.holders if holder != user)
    rows.tasks(world).replace(task.id, replace(task, holders=left, kind=Kind.DELEGATED))


def another_task(world: World, task: Task, user: str, trustee: str) -> None:
    """Gives a delegated task another id."""
    assignment.hand_over(world, task, user, trustee)
    moved = replace(rows.tasks(world)[task.id], id=world.ids.text())
    rows.tasks(world).remove(task.id)
    rows.tasks(world).insert(moved.id, moved)


def kept_by_delegator(world: World, task: Task, user: str, trustee: str) -> None:
    """Leaves a delegated task with its delegator, too."""
    rows.tasks(world).replace(task.id, replace(task, holders=(*task.holders, trustee), kind=Kind.DELEGATED))


def regular_tasks_only(task: Task, user: str) -> bool:
    """Lets nobody submit a delegated task."""
    return task.kind is not Kind.DELEGATED and steps.may_submit(task, user)


def trustees_alone(world: World, task: Task, user: str, trustee: str) -> None:
    """Takes a delegated task away from those who shared it."""
    rows.tasks(world).replace(task.id, replace(task, holders=(trustee,), kind=Kind.DELEGATED))


def still_regular(world: World, task: Task, user: str, trustee: str) -> None:
    """Shows a delegated task as a regular one."""
    assignment.hand_over(world, task, user, trustee)
    rows.tasks(world).replace(task.id, replace(rows.tasks(world)[task.id], kind=Kind.REGULAR))


def finished_by_prefix(world: World, task_id: str) -> FinishedTask | None:
    """Takes the first completed task whose id begins with the text that was sent."""
    near = (task for task in rows.finished_tasks(world).values() if task.id.startswith(task_id))
    return revocation.find_finished(world, task_id) or min(near, key=lambda task: task.id, default=None)


def pending_too(world: World, task_id: str) -> FinishedTask | None:
    """Takes a pending task for one that its user has completed."""
    task = rows.tasks(world).get(task_id)
    if task is None:
        return revocation.find_finished(world, task_id)
    actor = next(iter(task.holders), "")
    times = task.created, task.created
    return FinishedTask(task.id, task.instance, task.section, task.name, task.app, actor, "", False, *times)


def anybodys(done: FinishedTask, instance: Instance, user: str) -> bool:
    """Lets anybody revoke a task."""
    return True


def end_first(done: FinishedTask, instance: Instance, user: str) -> bool:
    """Looks whether the process has ended before it looks who completed the task."""
    if instance.ended is not None:
        raise InstanceEnded(instance.id)
    return revocation.is_executor(done, instance, user)


def completed_goes_on(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Takes a completed process for one that goes on."""
    return instance.state is not State.CANCELED


def canceled_goes_on(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Takes a canceled process for one that goes on."""
    return instance.state is not State.COMPLETED


def change_first(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Looks whether the next section was submitted before it looks whether the process has ended."""
    if not revocation.is_untouched(world, done, instance):
        raise MovedOn(done.id)
    return revocation.is_open(world, done, instance)


def any_branch(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Lets a task be revoked beside which another branch waits."""
    return True


def any_time(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Lets a task be revoked although the next section was submitted."""
    return True


def any_number_of_times(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Revokes a task once more when the revocation is repeated."""
    return True


def any_state(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Lets tasks of suspended processes be revoked."""
    return True


def once_a_process(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Lets one task of a process be revoked, and none after it."""
    return not any(record.action is Action.REVOKE for record in history.records(world, instance.id))


def next_stays(world: World, done: FinishedTask, instance: Instance) -> None:
    """Leaves the next task with its executor."""
    section = rows.definitions(world)[instance.definition].by_key[done.section]
    steps.enter(world, instance, section, (done.actor,))


def not_reopened(world: World, done: FinishedTask, instance: Instance) -> None:
    """Opens nothing after a revocation."""
    moves.withdraw(world, instance.id, revocation.REASON)


def reopened_for_initiator(world: World, done: FinishedTask, instance: Instance) -> None:
    """Opens the revoked section for the initiator."""
    revocation.go_back(world, replace(done, actor=instance.initiator), instance)


def reopened_under_old_id(world: World, done: FinishedTask, instance: Instance) -> None:
    """Lets the revoked task itself wait again."""
    task = revocation.go_back(world, done, instance)
    rows.tasks(world).remove(task.id)
    rows.finished_tasks(world).remove(done.id)
    rows.tasks(world).insert(done.id, replace(task, id=done.id))


def reopened_at_the_end(world: World, done: FinishedTask, instance: Instance) -> None:
    """Opens the last section after a revocation."""
    last = rows.definitions(world)[instance.definition].sections[-1]
    revocation.go_back(world, replace(done, section=last.key), instance)


def instance_by_prefix(world: World, instance_id: str) -> Instance | None:
    """Takes the first process whose id begins with the text that was sent."""
    near = (instance for instance in rows.instances(world).values() if instance.id.startswith(instance_id))
    return cancellation.find_instance(world, instance_id) or min(near, key=lambda found: found.id, default=None)


def ended_too(instance: Instance) -> bool:
    """Cancels processes that have ended."""
    return True


def anybody_cancels(instance: Instance, user: str) -> bool:
    """Lets anybody cancel a process."""
    return True


def tasks_stay(world: World, instance: Instance, reason: str) -> None:
    """Leaves the tasks of a canceled process where they are."""
    rows.instances(world).replace(instance.id, replace(instance, state=State.CANCELED, ended=world.clock.now()))
