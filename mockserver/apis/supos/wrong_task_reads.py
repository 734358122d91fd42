"""Wrong policies about reading tasks. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from mockserver.apis.supos import read_policies
from mockserver.apis.supos.reading import found, known_to
from mockserver.apis.supos.refusals import COMPLETED_TASK_UNKNOWN, TASK_UNKNOWN
from mockserver.engine import rows, steps
from mockserver.engine.rows import FinishedTask, Task
from mockserver.engine.world import World
from specs.model import Json


def counted_one_more(world: World, user: str) -> int:
    """Counts one task too many."""
    return read_policies.counted(world, user) + 1


def counted_for_all(world: World, user: str) -> int:
    """Counts the tasks of all users."""
    return len(rows.tasks(world))


def any_task(world: World, task_id: str) -> Task | None:
    """Shows some task when there is none of that id."""
    return steps.find_task(world, task_id) or next(rows.tasks(world).values(), None)


def finished_too(world: World, task_id: str) -> Task | None:
    """Shows finished tasks as if they still waited."""
    done = rows.finished_tasks(world).get(task_id)
    if done is None:
        return steps.find_task(world, task_id)
    return Task(done.id, done.instance, done.section, done.name, (done.actor,), done.app, done.created, done.ended)


def anybody_views(world: World, thing: object, user: str) -> bool:
    """Shows it to anybody."""
    return True


def pending_before_user(world: World, username: str, key: str) -> None:
    """Looks the pending task up before the user."""
    found(world, "pending-task", key, TASK_UNKNOWN)
    known_to(world, "pending-task", username)


def completed_before_user(world: World, username: str, key: str) -> None:
    """Looks the finished task up before the user."""
    found(world, "completed-task", key, COMPLETED_TASK_UNKNOWN)
    known_to(world, "completed-task", username)


def first_holder_only(world: World, task: Task, user: str) -> bool:
    """Shows a shared task to the first of its users only."""
    return user == task.holders[0]


def pending_by_definition(world: World, task: Task) -> Json:
    """Names the process after its definition."""
    instance = rows.instance_of(world, task)
    name = rows.definitions(world)[instance.definition].name
    return {**read_policies.pending_shown(world, task), "processName": name}


def pending_always_running(world: World, task: Task) -> Json:
    """Shows every task with the status of a running process."""
    return {**read_policies.pending_shown(world, task), "status": 88}


def pending_form_rewritten(world: World, task: Task) -> Json:
    """Shows the form without the blanks with which it was sent."""
    shown = read_policies.pending_shown(world, task)
    return {**shown, "formData": (shown["formData"] or "").replace(" ", "")}


def audits_numbered(world: World, task: Task) -> Json:
    """Gives the order of a way out for its key."""
    shown = read_policies.pending_shown(world, task)
    return {**shown, "audits": [{**audit, "id": str(audit["order"])} for audit in shown["audits"]]}


def audits_all_ordinary(world: World, task: Task) -> Json:
    """Shows rejection lines as ordinary ones."""
    shown = read_policies.pending_shown(world, task)
    return {**shown, "audits": [{**audit, "type": 0} for audit in shown["audits"]]}


def own_section_assigned(world: World, task: Task) -> Json:
    """Names the task's own section as the one to be assigned."""
    shown = read_policies.pending_shown(world, task)
    return {**shown, "assigns": [{**entry, "taskDefKey": task.section} for entry in shown["assigns"]]}


def nothing_assigned(world: World, task: Task) -> Json:
    """Names no section that is to be assigned."""
    return {**read_policies.pending_shown(world, task), "assigns": []}


def whatever_the_app(
    world: World, user: str, app: str | None, start: int, count: int
) -> tuple[list[FinishedTask], int]:
    """Lists the finished tasks of all applications, whatever appId says."""
    return read_policies.completed(world, user, None, start, count)


def _page(found: list[FinishedTask], start: int, count: int) -> tuple[list[FinishedTask], int]:
    found.sort(key=lambda task: (-task.ended, task.id))
    return found[start : start + count], len(found)


def submitted_hidden(
    world: World, user: str, app: str | None, start: int, count: int
) -> tuple[list[FinishedTask], int]:
    """Lists only tasks of processes that the user has started."""
    mine = [task for task in _executed(world, user, app) if rows.instance_of(world, task).initiator == user]
    return _page(mine, start, count)


def starts_hidden(world: World, user: str, app: str | None, start: int, count: int) -> tuple[list[FinishedTask], int]:
    """Leaves the first sections out that a start has finished."""
    mine = [task for task in _executed(world, user, app) if rows.instance_of(world, task).initiator != user]
    return _page(mine, start, count)


def _executed(world: World, user: str, app: str | None) -> list[FinishedTask]:
    found, _ = read_policies.completed(world, user, app, 0, len(rows.finished_tasks(world)))
    return found


def holders_too(world: World, user: str, app: str | None, start: int, count: int) -> tuple[list[FinishedTask], int]:
    """Lists shared tasks for all whom they waited for, whoever submitted them."""
    done = rows.finished_tasks(world).values()
    return _page([task for task in done if user in task.holders and (not app or task.app == app)], start, count)


def always_rejected(world: World, task: FinishedTask) -> Json:
    """Shows every finished task as rejected."""
    return {**read_policies.completed_row(world, task), "reject": True}


def never_rejected(world: World, task: FinishedTask) -> Json:
    """Shows no finished task as rejected."""
    return {**read_policies.completed_row(world, task), "reject": False}


def any_completed(world: World, task_id: str) -> FinishedTask | None:
    """Shows some finished task when nothing has that id."""
    done, known = rows.finished_tasks(world), task_id in rows.tasks(world)
    return done.get(task_id) or (None if known else next(done.values(), None))


def pending_as_completed(world: World, task_id: str) -> FinishedTask | None:
    """Shows tasks that still wait as if they were finished."""
    task = steps.find_task(world, task_id)
    if task is None:
        return read_policies.find_completed(world, task_id)
    return FinishedTask(
        task.id,
        task.instance,
        task.section,
        task.name,
        task.app,
        task.holders[0],
        "",
        False,
        task.created,
        task.modified,
    )


def completed_names_swapped(world: World, task: FinishedTask) -> Json:
    """Shows the name of the task for that of the process, and the other way round."""
    shown = read_policies.completed_shown(world, task)
    return {**shown, "processName": shown["taskName"], "taskName": shown["processName"]}


def completed_form_forgotten(world: World, task: FinishedTask) -> Json:
    """Shows an empty form, whatever was sent."""
    return {**read_policies.completed_shown(world, task), "formData": "{}"}


def one_users_only(world: World, start: int, count: int) -> tuple[list[tuple[Task, str]], int]:
    """Lists the tasks of one user only."""
    pairs = _pairs(world)
    user = max((user for _, user in pairs), default="")
    return _window([pair for pair in pairs if pair[1] == user], start, count)


def once_a_task(world: World, start: int, count: int) -> tuple[list[tuple[Task, str]], int]:
    """Lists a task once, for the first of its users."""
    return _window([(task, user) for task, user in _pairs(world) if user == task.holders[0]], start, count)


def finished_kept(world: World, start: int, count: int) -> tuple[list[tuple[Task, str]], int]:
    """Keeps submitted tasks in the list."""
    done = [(finished_too(world, task.id), task.actor) for task in rows.finished_tasks(world).values()]
    return _window([*_pairs(world), *((task, actor) for task, actor in done if task is not None)], start, count)


def _pairs(world: World) -> list[tuple[Task, str]]:
    return [(task, user) for task in rows.tasks(world).values() for user in task.holders]


def _window(found: list[tuple[Task, str]], start: int, count: int) -> tuple[list[tuple[Task, str]], int]:
    found.sort(key=lambda pair: (-pair[0].created, pair[0].id, pair[1]))
    return found[start : start + count], len(found)


def holder_by_initiator(world: World, holding: tuple[Task, str]) -> Json:
    """Shows the initiator's personCode for the user's."""
    shown = read_policies.holding_shown(world, holding)
    return {**shown, "personCode": shown["initiator"]}
