"""Decisions of the supOS adapter, by the names under which a world keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.apis.supos import todo_policies, write_policies
from mockserver.apis.supos.refusals import USER_UNKNOWN
from mockserver.apis.supos.users import caller_known, is_user
from mockserver.engine import rows
from mockserver.engine.rows import Instance, State, Task
from mockserver.engine.rules import Rule
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def admit_app(world: World, app: str) -> None:
    """Any application may be asked for; one that nothing has makes an empty list."""


def listed(world: World, user: str, app: str | None, start: int, count: int) -> tuple[list[Task], int]:
    """A page of a user's pending tasks, of one application if one is given, and how many there are."""
    return rows.tasks(world).page("holder", (user, app) if app else user, start, count)


def shown_status(instance: Instance) -> int:
    """``status`` of a pending task."""
    return 77 if instance.state is State.SUSPENDED else 88


def shown_user(instance: Instance, user: str) -> str:  # noqa: ARG001 - other policies look at the instance
    """``userName`` of a pending task: whose list it is."""
    return user


def users_known(world: World, body: Mapping[str, Json], command: str) -> None:
    """The caller's user and every executor that the request names must be users."""
    caller_known(world, body, command)
    known_executor = world.rules[f"supos.{command}.known_executor"]
    for entry in body.get("assigns") or ():
        for user in entry.get("users") or ():
            if not known_executor(world, user):
                raise Refused(USER_UNKNOWN)


def start_checks(world: World, body: Mapping[str, Json]) -> None:
    """What is checked before the process is looked up."""
    users_known(world, body, "start")


def submit_checks(world: World, body: Mapping[str, Json]) -> None:
    """What is checked before the task is looked up."""
    users_known(world, body, "submit")


RULES: Mapping[str, Rule] = {
    "supos.pending.known_user": is_user,
    "supos.pending.admit_app": admit_app,
    "supos.pending.listed": listed,
    "supos.pending.status": shown_status,
    "supos.pending.user": shown_user,
    "supos.start.checks": start_checks,
    "supos.start.known_user": is_user,
    "supos.start.known_executor": is_user,
    "supos.submit.checks": submit_checks,
    "supos.submit.known_user": is_user,
    "supos.submit.known_executor": is_user,
    **todo_policies.RULES,
    **write_policies.RULES,
}
