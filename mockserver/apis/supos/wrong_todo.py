"""Wrong policies about the to-do centre. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from collections.abc import Sequence

from mockserver.apis.supos.todo import TABLE, Item
from mockserver.apis.supos.wrong_workflow import undo_but
from mockserver.engine.tables import UndoLog
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def anybody(world: World, name: str) -> bool:
    """Takes any name for a user's."""
    return True


def any_sources(items: Sequence[Item]) -> bool:
    """Takes batches whose items have different sources."""
    return True


def never_the_same(item: Item) -> object:
    """Takes every item for a new one."""
    return object()


def key_by_case(item: Item) -> object:
    """Tells node ids apart by their case."""
    return item["source"], item["thirdPartyInstanceNodeId"], item["taskStatus"]


def key_without_status(item: Item) -> object:
    """Takes a node for stored, whatever its status was."""
    return item["source"], item["thirdPartyInstanceNodeId"].lower()


def stored_records_stay(world: World, log: UndoLog) -> None:
    """Keeps the items of a refused batch that came before the wrong one."""
    undo_but(log, lambda change: change.table.name == TABLE)


def sorted_by_node(answers: list[Json]) -> list[Json]:
    """Answers in the order of the node ids."""
    return sorted(answers, key=lambda answer: str(answer["thirdPartyInstanceNodeId"]))


def one_id_for_all(world: World, count: int) -> list[int]:
    """Gives all items of a batch one id."""
    return [world.ids.number()] * count


def no_empty_batch(items: Sequence[Item]) -> None:
    """Refuses an empty batch."""
    if not items:
        raise Refused


def no_empty_url(items: Sequence[Item]) -> None:
    """Refuses items whose openUrl is empty."""
    if not all(item["openUrl"] for item in items):
        raise Refused
