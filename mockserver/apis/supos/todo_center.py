"""Handlers of the tag To-do Center: tasks of other systems, which have nothing to do with our own."""

from __future__ import annotations

from mockserver.apis.supos.refusals import ALREADY_STORED
from mockserver.apis.supos.todo import TodoTask, todo_tasks
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def third_party_tasks_completive_post(world: World, *, body: list[dict[str, Json]]) -> Json:
    """Store a batch; what is found to be wrong on the way takes the whole of it back."""
    rules = world.rules
    for check in rules["supos.todo.checks"]():
        check(world, body)
    key_of, table = rules["supos.todo.record_key"], todo_tasks(world)
    answers = []
    for number, item in zip(rules["supos.todo.ids"](world, len(body)), body, strict=True):
        key = key_of(item)
        if key in table:
            raise Refused(ALREADY_STORED)
        table.insert(key, TodoTask(number, item))
        answers.append(
            {
                "id": number,
                "thirdPartyInstanceNodeId": item["thirdPartyInstanceNodeId"],
                "source": item["source"],
                "taskStatus": item["taskStatus"],
            }
        )
    return rules["supos.todo.answer"](answers)
