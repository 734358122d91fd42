"""Wrong policies about tasks. The docstring of each says what the mock does wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mockserver.apis.jodoo import steps
from mockserver.apis.jodoo.representations import task_shown, time_text
from mockserver.apis.jodoo.steps import Step, steps_of
from mockserver.engine.rows import Instance, State
from mockserver.engine.world import World
from specs.model import Json

Shown = dict[str, Json]
Show = Callable[[World, Instance, Step], Shown]


def left_open(world: World, instance: Instance) -> list[Step]:
    """The last task of an instance that has ended is still in progress."""
    found = steps_of(world, instance)
    if instance.state in (State.COMPLETED, State.CANCELED):
        found[-1] = replace(found[-1], status=steps.IN_PROGRESS, ended=None, finish_action=None)
    return found


def waiting_only(world: World, instance: Instance) -> list[Step]:
    """Tasks that are over are left out."""
    return [step for step in steps_of(world, instance) if step.ended is None]


def over_only(world: World, instance: Instance) -> list[Step]:
    """Tasks that wait are left out."""
    return [step for step in steps_of(world, instance) if step.ended is not None]


def first_twice(world: World, instance: Instance) -> list[Step]:
    """The first task of every instance stands twice in the list, in the place of the last one."""
    found = steps_of(world, instance)
    return [*found[:-1], found[0]]


def _changed(change: Callable[[Shown, Instance, Step], Shown], text: str) -> Show:
    """Tasks shown with a change."""

    def show(world: World, instance: Instance, step: Step) -> Shown:
        shown = task_shown(world, instance, step)
        return {**shown, **change(shown, instance, step)}

    show.__doc__ = text
    return show


def _with_status(status: int, other: int, text: str) -> Show:
    """Tasks of one status shown with another."""
    return _changed(lambda _shown, _, step: {"status": other} if step.status == status else {}, text)


named_by_task = _changed(
    lambda shown, *_: {"instance_id": shown["task_id"]}, "A task names itself in the place of its instance."
)
form_for_app = _changed(lambda shown, *_: {"app_id": shown["form_id"]}, "A task names its form for the app.")
app_for_form = _changed(lambda shown, *_: {"form_id": shown["app_id"]}, "A task names its app for the form.")
node_for_form = _changed(
    lambda shown, *_: {"form_title": shown["flow_name"]}, "A task names its node in the place of the form."
)
assignee_for_creator = _changed(
    lambda shown, *_: {"creator": shown["assignee"]}, "The assignee of a task is shown as the creator of its instance."
)
link_to_the_instance = _changed(
    lambda shown, *_: {"url": shown["url"].partition("/task/")[0]}, "The link of a task leads to its instance."
)
node_by_action = _changed(
    lambda shown, *_: {"flow_name": f"{shown['flow_name']} ({shown['create_action']})"},
    "The name of a node hangs on how its task came about.",
)
running_as_completed = _with_status(steps.IN_PROGRESS, steps.COMPLETED, "A task in progress is shown as completed.")
completed_as_running = _with_status(steps.COMPLETED, steps.IN_PROGRESS, "A completed task is shown as in progress.")
ended_as_completed = _with_status(steps.ENDED, steps.COMPLETED, "A task that was ended by hand is shown as completed.")
activated_as_running = _with_status(steps.ACTIVATED, steps.IN_PROGRESS, "An activated task is shown as in progress.")
paused_as_running = _with_status(steps.PAUSED, steps.IN_PROGRESS, "A paused task is shown as in progress.")
never_finished = _changed(lambda *_: {"finish_time": None}, "The end time of every task is null.")
always_finished = _changed(
    lambda shown, *_: {"finish_time": shown["finish_time"] or shown["create_time"]},
    "A task that waits has an end time: when it began.",
)
paused_finished = _changed(
    lambda shown, *_: {"finish_time": shown["create_time"]} if shown["status"] == steps.PAUSED else {},
    "A paused task has an end time: when it began.",
)
without_finish = _changed(lambda *_: {"finish_action": None}, "The finishing action of every task is null.")
forward_at_once = _changed(
    lambda shown, *_: {"finish_action": shown["finish_action"] or "forward"},
    "A task that waits has a finishing action.",
)
ended_before_it_began = _changed(
    lambda _shown, _, step: {} if step.ended is None else {"finish_time": time_text(step.created - 1)},
    "A task ends before it begins.",
)
began_before_instance = _changed(
    lambda _shown, instance, _: {"create_time": time_text(instance.started - 1)},
    "A task begins before its instance.",
)


def as_another(field: str, action: str) -> Show:
    """A wrong policy about one action: another stands in its place."""
    other = "forward" if action != "forward" else "back"
    return _changed(
        lambda shown, *_: {field: other} if shown[field] == action else {},
        f"Where {field} should be {action}, it is {other}.",
    )
