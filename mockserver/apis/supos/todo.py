"""The to-do centre's records, and what is checked about a batch of them, in this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mockserver.apis.supos.refusals import DUPLICATE_IN_REQUEST, PERSON_UNKNOWN, SOURCES_DIFFER
from mockserver.engine.tables import Table
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json

TABLE = "supos.todo-tasks"

Item = Mapping[str, Json]
Check = Callable[[World, Sequence[Item]], None]
"""Looks at a whole batch. Raises ``Refused``."""

PEOPLE = (
    ("personName", "supos.todo.known_person"),
    ("initiator", "supos.todo.known_initiator"),
    ("mandataryName", "supos.todo.known_mandatary"),
)
"""Fields that hold usernames, in the order of the document, and the rule that knows them."""


@dataclass(frozen=True, slots=True)
class TodoTask:
    """A record as it was sent, never changed."""

    id: int
    item: Item


def todo_tasks(world: World) -> Table[TodoTask]:
    """By what ``supos.todo.record_key`` makes of an item."""
    return world.table(TABLE)


def admitted(world: World, items: Sequence[Item]) -> None:
    """The batch is one that may be stored at all."""
    world.rules["supos.todo.admit"](items)


def from_one_source(world: World, items: Sequence[Item]) -> None:
    """All items have the same source."""
    if not world.rules["supos.todo.one_source"](items):
        raise Refused(SOURCES_DIFFER)


def without_duplicates(world: World, items: Sequence[Item]) -> None:
    """No two items meet in one record."""
    key_of = world.rules["supos.todo.batch_key"]
    if len({key_of(item) for item in items}) < len(items):
        raise Refused(DUPLICATE_IN_REQUEST)


def by_known_people(world: World, items: Sequence[Item]) -> None:
    """Whoever an item names is a user."""
    known = [(field, world.rules[rule]) for field, rule in PEOPLE]
    for item in items:
        for field, is_known in known:
            name = item.get(field)
            if name and not is_known(world, name):
                raise Refused(PERSON_UNKNOWN)


CHECKS: tuple[Check, ...] = (admitted, from_one_source, without_duplicates, by_known_people)


def batch_checks() -> tuple[Check, ...]:
    """What is checked before anything is stored."""
    return CHECKS
