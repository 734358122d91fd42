"""Handlers of the tag Task Management."""

from __future__ import annotations

from mockserver.adapter import NO_BODY, Reply
from mockserver.apis.supos.leaving import leaving
from mockserver.apis.supos.reading import detail, known_to, page, user_page
from mockserver.apis.supos.refusals import COMPLETED_TASK_UNKNOWN, TASK_UNKNOWN, USER_UNKNOWN, answering
from mockserver.apis.supos.representations import completed_task_path, pending_task
from mockserver.engine import assignment, drafts, revocation, rows
from mockserver.engine.rows import Task
from mockserver.engine.workflow import submit
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def query_pending(world: World, *, username: str, app_id: str | None, current: int, page_size: int) -> Json:
    """One page of the tasks that wait for a user, newest first."""
    rules = world.rules
    if not rules["supos.pending.known_user"](world, username):
        raise Refused(USER_UNKNOWN)
    if app_id:
        rules["supos.pending.admit_app"](world, app_id)
    tasks: list[Task]
    tasks, total = rules["supos.pending.listed"](world, username, app_id, (current - 1) * page_size, page_size)
    status_of, user_of = rules["supos.pending.status"], rules["supos.pending.user"]
    shown = []
    for task in tasks:
        instance = rows.instance_of(world, task)
        shown.append(pending_task(task, instance, status_of(instance), user_of(instance, username)))
    return {"list": shown, "pagination": {"current": current, "pageSize": page_size, "total": total}}


def query_total(world: World, *, username: str) -> Json:
    """How many tasks wait for a user."""
    known_to(world, "total", username)
    return world.rules["supos.total.counted"](world, username)


def get_pending_task(world: World, *, task_id: str, username: str) -> Json:
    """A task that waits for the user."""
    return detail(world, "pending-task", task_id, username, TASK_UNKNOWN)


def query_completive(world: World, *, username: str, app_id: str | None, current: int, page_size: int) -> Json:
    """One page of the tasks that a user has executed, the one finished last first."""
    return user_page(world, "completed", username, app_id, current, page_size)


def get_completive_task(world: World, *, task_id: str, username: str) -> Json:
    """A task that the user has executed."""
    return detail(world, "completed-task", task_id, username, COMPLETED_TASK_UNKNOWN)


def query_all_pending(world: World, *, current: int, page_size: int) -> Json:
    """One page of what waits for anybody, newest first."""
    listed = world.rules["supos.all-pending.listed"](world, (current - 1) * page_size, page_size)
    return page(world, "all-pending", listed, current, page_size)


def submit_task(world: World, *, body: dict[str, Json]) -> Reply:
    """Finish a pending task; the answer says where it is found from now on."""
    world.rules["supos.submit.checks"](world, body)
    with answering():
        task = submit(world, body["taskId"], body["username"], leaving(body))
    return Reply(NO_BODY, headers=(("Location", completed_task_path(task, body["username"])),))


def save_task_form(world: World, *, body: dict[str, Json]) -> Json:
    """Keep a pending task's form data for later."""
    world.rules["supos.form.checks"](world, body)
    with answering():
        drafts.save_draft(world, body["taskId"], body["username"], body.get("formData"))
    return NO_BODY


def entrust(world: World, *, body: dict[str, Json]) -> Json:
    """Hand a pending task over to another user."""
    world.rules["supos.entrust.checks"](world, body)
    with answering():
        assignment.delegate(world, body["taskId"], body["username"], body["mandatary"], body.get("reason"))
    return NO_BODY


def revoke(world: World, *, body: dict[str, Json]) -> Json:
    """Take a submitted task back."""
    world.rules["supos.revoke.checks"](world, body)
    with answering():
        revocation.revoke(world, body["taskId"], body["username"])
    return NO_BODY
