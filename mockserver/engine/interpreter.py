"""The interpreter: one command's run through a definition.

An agenda of tokens that are about to enter nodes, first in, first out. What a node does to a token that enters it
stands in a table by the node's kind. Whatever a command decides is looked up among the world's rules, under names that
begin with the command's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mockserver.engine import executions, rows
from mockserver.engine.bpmn.model import Kind, Node, SequenceFlow
from mockserver.engine.definitions import Flow, Named, ProcessDefinition
from mockserver.engine.errors import ConditionFailed, EndlessLoop, NoWayOut
from mockserver.engine.executions import Execution
from mockserver.engine.expressions import ExpressionError, Scope
from mockserver.engine.rows import Instance
from mockserver.engine.world import World

LIMIT = 20_000
"""Nodes that the tokens of one command may enter; a process that needs more goes in a circle."""


class Run:
    """Where the tokens of one instance go within one command.

    ``named`` are the executors that the request names, ``scope`` the variables that conditions read.
    """

    def __init__(
        self,
        world: World,
        command: str,
        definition: ProcessDefinition,
        instance: Instance,
        named: Named,
        scope: Scope,
    ) -> None:
        self.world = world
        self.definition = definition
        self.instance = instance
        self.named = named
        self.scope = scope
        self._command = command
        self._agenda: deque[tuple[Execution, Node]] = deque()

    def rule(self, step: str) -> Callable[..., Any]:
        """The rule of this command for a step."""
        return self.world.rules[f"{self._command}.{step}"]

    def follow(self, execution: Execution, flow: Flow) -> None:
        """Send a token out of its section and on, until every token waits or has ended.

        Raises what the rules of the command raise, and ``DefinitionFailed``.
        """
        model = self.definition.model
        self.leave(execution, [known for known in model.outgoing[flow.source] if known.id == flow.key])
        entered = 0
        while self._agenda:
            entered += 1
            if entered > LIMIT:
                raise EndlessLoop(self.instance.id)
            token, node = self._agenda.popleft()
            BEHAVIOURS[node.kind](self, executions.arrive(self.world, token, node), node)

    def leave(self, execution: Execution, flows: Sequence[SequenceFlow]) -> None:
        """A token goes out of its node: along the first of the flows itself, along each of the others a new one."""
        executions.depart(self.world, execution)
        nodes = self.definition.model.by_id
        for number, flow in enumerate(flows):
            token = executions.create(self.world, self.instance.id, execution.activity) if number else execution
            self._agenda.append((token, nodes[flow.target]))


def _user_task(run: Run, execution: Execution, node: Node) -> None:
    """Opens a task for whoever is to execute it; the token waits with it."""
    section = run.definition.by_key[node.id]
    users: tuple[str, ...] = run.rule("executors")(section, run.instance, run.named)
    run.rule("enter")(run.world, run.instance, section, users, execution.id)


def _exclusive(run: Run, execution: Execution, node: Node) -> None:
    """Goes the first way whose condition holds, else the default."""
    default = None
    for flow in run.definition.model.outgoing[node.id]:
        if flow.id == node.default:
            default = flow
        elif flow.condition is None or _holds(flow, run.scope):
            run.leave(execution, (flow,))
            return
    if default is None:
        raise NoWayOut(node.id)
    run.leave(execution, (default,))


def _holds(flow: SequenceFlow, scope: Scope) -> bool:
    assert flow.condition is not None  # noqa: S101 - the caller has looked
    try:
        return flow.condition.holds(scope)
    except ExpressionError as error:
        raise ConditionFailed(flow.id, str(error)) from error


def _parallel(run: Run, execution: Execution, node: Node) -> None:
    """Waits until a token has come on every way in; then the last of them goes every way out."""
    world, expected = run.world, run.definition.model.arriving[node.id]
    if expected > 1:
        execution = executions.put(world, replace(execution, active=False))
        here = [token for token in executions.tokens(world, run.instance.id) if _waits(token, node)]
        if not run.rule("join")(len(here), expected):
            return
        for token in here:
            if token.id != execution.id:
                executions.end(world, token)
        execution = executions.put(world, replace(execution, active=True))
    run.leave(execution, run.rule("fork")(run.definition.model.outgoing[node.id]))


def _waits(token: Execution, node: Node) -> bool:
    return token.activity == node.id and not token.active


def _end(run: Run, execution: Execution, _node: Node) -> None:
    """Ends the token, and the instance with its last one; tokens that wait at joins keep nothing alive."""
    world, instance = run.world, run.instance
    executions.end(world, execution)
    left = executions.tokens(world, instance.id)
    if any(token.active for token in left) or rows.tasks(world).page("instance", instance.id, 0, 1)[1]:
        return
    for token in left:
        executions.end(world, token)
    run.rule("end")(world, instance)


def _start(run: Run, execution: Execution, node: Node) -> None:
    run.leave(execution, run.definition.model.outgoing[node.id])


BEHAVIOURS: Mapping[Kind, Callable[[Run, Execution, Node], None]] = {
    Kind.START: _start,
    Kind.END: _end,
    Kind.USER: _user_task,
    Kind.EXCLUSIVE: _exclusive,
    Kind.PARALLEL: _parallel,
}
"""Kind of node -> what it does to a token that enters it."""
