"""Wrong policies about forks and joins. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from mockserver.engine import history, moves, rows, steps
from mockserver.engine.bpmn.model import SequenceFlow
from mockserver.engine.definitions import By, Flow, Named, Section
from mockserver.engine.rows import Instance, Task
from mockserver.engine.world import World


def first_way_only(flows: tuple[SequenceFlow, ...]) -> tuple[SequenceFlow, ...]:
    """Goes the first way out of a fork only."""
    return flows[:1]


def one_task_for_all(
    world: World, instance: Instance, section: Section, holders: tuple[str, ...], execution: str
) -> None:
    """Opens one task for the executors of all branches together."""
    opened = history.waiting(world, instance.id)
    if opened:
        moves.assign(world, opened[0], (*opened[0].holders, *holders), opened[0].kind)
    else:
        steps.enter(world, instance, section, holders, execution)


def those_of_another_section(section: Section, instance: Instance, named: Named) -> tuple[str, ...]:
    """Gives a branch that the request names nobody for to the executors of another one."""
    if section.executors.by is By.NAMED and section.key not in named and named:
        return next(iter(named.values()))
    return steps.choose_executors(section, instance, named)


def all_finished(world: World, task: Task, actor: str, flow: Flow) -> None:
    """Finishes the tasks of all branches with the first that is submitted."""
    for pending in history.waiting(world, task.instance):
        steps.finish(world, rows.tasks(world)[pending.id], actor, flow)


def first_goes_on(arrived: int, expected: int) -> bool:
    """Goes on behind a join with the first branch that comes."""
    return True


def none_goes_on(arrived: int, expected: int) -> bool:
    """Never goes on behind a join."""
    return False
