"""Names for what a test needs of the default world and cannot discover."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.apis.supos import history
from mockserver.apis.supos import world as seeded
from mockserver.engine.world import World
from specs.model import Json

ROLES: Mapping[str, Json] = {
    "user.main": "test",
    "user.other": "test1",
    "user.other.show-name": "first colleague",
    "user.third": "test2",
    "user.idle": "wangwu",
    "user.pager": "pager",
    "user.history": history.PERSON,
    "user.unknown": "nobody-here",
    "process.main": seeded.MAIN,
    "process.main.section": seeded.APPROVAL.key,
    "process.main.outcome": "edge_123",
    "process.main.section.rejection": "edge_126",
    "process.two-choices": seeded.TWO_CHOICES,
    "process.two-choices.section1": seeded.APPROVAL.key,
    "process.two-choices.section2": seeded.REVIEW.key,
    "process.parallel": seeded.PARALLEL,
    "process.parallel.section1": "userTask_141",
    "process.parallel.section2": "userTask_142",
    "process.unpublished": seeded.UNPUBLISHED,
    "process.position-empty": seeded.POSITION_EMPTY,
    "task.suspended": seeded.SUSPENDED_TASK,
    "task.suspended.user": "test1",
    "task.suspended.done": seeded.SUSPENDED_DONE,
    "task.suspended.done.user": "zhangsan",
    "instance.suspended": seeded.SUSPENDED,
    "instance.suspended.initiator": "zhangsan",
    "instance.canceled": history.CANCELED,
    "instance.canceled.initiator": history.PERSON,
    "app.main": seeded.SAMPLE_APP,
    "todo.person": "Zhang San",
    "todo.mandatary": "Li Si",
}
"""Role -> value. ``user.unknown`` is a name that no user has."""


def roles(world: World) -> Mapping[str, Json]:  # noqa: ARG001 - values of other APIs depend on the world
    """The roles of a world that ``world.fill`` filled."""
    return ROLES
