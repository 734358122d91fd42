"""Wrong policies about reading processes. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from mockserver.apis.supos import read_policies
from mockserver.apis.supos.reading import found, known_to
from mockserver.apis.supos.refusals import INSTANCE_UNKNOWN
from mockserver.engine import rows
from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.rows import Action, Instance, Record, State, Task
from mockserver.engine.world import World
from specs.model import Json


def start_audits_numbered(world: World, definition: ProcessDefinition) -> Json:
    """Gives the order of a way out for its key."""
    shown = read_policies.start_shown(world, definition)
    return {**shown, "audits": [{**audit, "seqKey": str(audit["order"])} for audit in shown["audits"]]}


def start_sections_unnamed(world: World, definition: ProcessDefinition) -> Json:
    """Leaves taskDefKey out of what is to be assigned, as the printed sample does."""
    shown = read_policies.start_shown(world, definition)
    assigns = [{"seqKey": entry["seqKey"], "name": entry["name"]} for entry in shown["assigns"]]
    return {**shown, "assigns": assigns}


def start_at_second(world: World, definition: ProcessDefinition) -> Json:
    """Names the second section for the first."""
    return {**read_policies.start_shown(world, definition), "firstTaskName": definition.sections[1].name}


def any_instance(world: World, process_id: str) -> Instance | None:
    """Shows some process when there is none of that id."""
    return read_policies.find_instance(world, process_id) or next(rows.instances(world).values(), None)


def process_before_user(world: World, username: str, key: str) -> None:
    """Looks the process up before the user."""
    found(world, "process", key, INSTANCE_UNKNOWN)
    known_to(world, "process", username)


def not_initiators(world: World, instance: Instance, user: str) -> bool:
    """Shows a process to those for whom it waits, and not to its initiator."""
    return user != instance.initiator and read_policies.takes_part(world, instance, user)


def initiators_only(world: World, instance: Instance, user: str) -> bool:
    """Shows a process to its initiator only."""
    return user == instance.initiator


def present_only(world: World, instance: Instance, user: str) -> bool:
    """Shows a process to its initiator and to those for whom it waits, and to nobody who had a task of it."""
    return user == instance.initiator or any(user in task.holders for task in read_policies.waiting(world, instance))


def submitters_only(world: World, instance: Instance, user: str) -> bool:
    """Does not show a process to those who had a task of it that somebody else has submitted."""
    done = rows.of(rows.finished_tasks(world), instance)
    return present_only(world, instance, user) or any(user == task.actor for task in done)


def definitions_app(world: World, instance: Instance) -> Json:
    """Shows the application of the definition, whatever the start said."""
    app = rows.definitions(world)[instance.definition].app
    return {**read_policies.process_shown(world, instance), "appId": app}


def definitions_name(world: World, instance: Instance) -> Json:
    """Names a process after its definition."""
    name = rows.definitions(world)[instance.definition].name
    return {**read_policies.process_shown(world, instance), "processName": name}


def first_user_only(world: World, instance: Instance) -> Json:
    """Shows one user of a task only."""
    shown = read_policies.process_shown(world, instance)
    by_task = {row["taskId"]: row for row in reversed(shown["tasks"])}
    return {**shown, "tasks": list(by_task.values())}


def always_ended(world: World, instance: Instance) -> Json:
    """Shows the start of a running process as its end."""
    shown = read_policies.process_shown(world, instance)
    return {**shown, "endTime": shown["endTime"] or shown["startTime"]}


def never_ended(world: World, instance: Instance) -> Json:
    """Shows no end of any process."""
    return {**read_policies.process_shown(world, instance), "endTime": None}


def completed_as_running(world: World, instance: Instance) -> Json:
    """Shows a completed process with the status of a running one."""
    shown = read_policies.process_shown(world, instance)
    return {**shown, "status": 88 if instance.state is State.COMPLETED else shown["status"]}


def suspended_as_running(world: World, instance: Instance) -> Json:
    """Shows a suspended process with the status of a running one."""
    shown = read_policies.process_shown(world, instance)
    return {**shown, "status": 88 if instance.state is State.SUSPENDED else shown["status"]}


def canceled_as_completed(world: World, instance: Instance) -> Json:
    """Shows a canceled process with the status of a completed one."""
    shown = read_policies.process_shown(world, instance)
    return {**shown, "status": 66 if instance.state is State.CANCELED else shown["status"]}


def canceled_gone(world: World, process_id: str) -> Instance | None:
    """Does not find canceled processes."""
    instance = read_policies.find_instance(world, process_id)
    return None if instance is None or instance.state is State.CANCELED else instance


def starts_unrecorded(world: World, instance: Instance) -> list[Record]:
    """Leaves the initiator's entries out of the log."""
    return [row for row in read_policies.recorded(world, instance) if row.actor != instance.initiator]


def submits_unrecorded(world: World, instance: Instance) -> list[Record]:
    """Has nothing but the first entry in the log."""
    return read_policies.recorded(world, instance)[:1]


def ends_unrecorded(world: World, instance: Instance) -> list[Record]:
    """Leaves cancellations out of the log."""
    return [row for row in read_policies.recorded(world, instance) if row.action is not Action.CANCEL]


def remarks_lost(world: World, record: Record) -> Json:
    """Shows no remark in the log."""
    return {**read_policies.record_shown(world, record), "comment": None}


def rejections_as_completions(world: World, record: Record) -> Json:
    """Shows rejections in the log as completions."""
    return {**read_policies.record_shown(world, record), "type": "TASK_COMPLETE"}


def keys_as_results(world: World, record: Record) -> Json:
    """Shows the key of an outcome for its name."""
    return {**read_policies.record_shown(world, record), "auditResult": record.outcome}


def finished_urged(world: World, instance: Instance) -> list[Task]:
    """Reminds of finished tasks, too."""
    done = [
        Task(row.id, row.instance, row.section, row.name, (row.actor,), row.app, row.created, row.ended)
        for row in rows.of(rows.finished_tasks(world), instance)
    ]
    return [*done, *read_policies.waiting(world, instance)]


def first_user_urged(world: World, task: Task) -> Json:
    """Names one user of a task only."""
    shown = read_policies.waiting_shown(world, task)
    return {**shown, "users": shown["users"][:1]}


def whatever_the_app(
    world: World, user: str, app: str | None, start: int, count: int, state: State
) -> tuple[list[Instance], int]:
    """Lists the processes of all applications, whatever appId says."""
    return read_policies.initiated(world, user, None, start, count, state)


def executors_too(
    world: World, user: str, app: str | None, start: int, count: int, state: State
) -> tuple[list[Instance], int]:
    """Lists processes that wait for the user, too."""
    mine = [
        instance
        for instance in rows.instances(world).values()
        if instance.state is state
        and (not app or instance.app == app)
        and read_policies.takes_part(world, instance, user)
    ]
    return _page(mine, start, count)


def every_state(
    world: World, user: str, app: str | None, start: int, count: int, state: State
) -> tuple[list[Instance], int]:
    """Lists processes in every state, whatever the status says."""
    mine = [
        instance
        for instance in rows.instances(world).values()
        if instance.initiator == user and (not app or instance.app == app)
    ]
    return _page(mine, start, count)


def running_only(
    world: World, user: str, app: str | None, start: int, count: int, state: State
) -> tuple[list[Instance], int]:
    """Lists running processes, whatever the status says."""
    return read_policies.initiated(world, user, app, start, count, State.RUNNING)


def _page(found: list[Instance], start: int, count: int) -> tuple[list[Instance], int]:
    found.sort(key=lambda instance: (-instance.started, instance.id))
    return found[start : start + count], len(found)
