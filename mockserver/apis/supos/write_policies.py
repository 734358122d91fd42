"""Decisions about saving, handing over, taking back and cancelling, by the names under which a world keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from mockserver.apis.supos.refusals import USER_UNKNOWN
from mockserver.apis.supos.users import caller_known, is_user
from mockserver.engine.rows import Task
from mockserver.engine.rules import Rule
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def entrust_checks(world: World, body: Mapping[str, Json]) -> None:
    """Delegator and trustee must be users before the task is looked up."""
    caller_known(world, body, "entrust")
    if not world.rules["supos.entrust.known_trustee"](world, body["mandatary"]):
        raise Refused(USER_UNKNOWN)


def saved(task: Task) -> Json:
    """What a save answers: the process, and the task that waits in its first section."""
    return {"processId": task.instance, "taskId": task.id}


RULES: Mapping[str, Rule] = {
    "supos.save.checks": partial(caller_known, command="save"),
    "supos.save.known_user": is_user,
    "supos.save.answer": saved,
    "supos.form.checks": partial(caller_known, command="form"),
    "supos.form.known_user": is_user,
    "supos.entrust.checks": entrust_checks,
    "supos.entrust.known_user": is_user,
    "supos.entrust.known_trustee": is_user,
    "supos.revoke.checks": partial(caller_known, command="revoke"),
    "supos.revoke.known_user": is_user,
    "supos.cancel.checks": partial(caller_known, command="cancel"),
    "supos.cancel.known_user": is_user,
}
