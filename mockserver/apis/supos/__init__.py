"""The supOS workflow API on the engine."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mockserver.adapter import Adapter, StateDefect, Verifier
from specs.model import Json

if TYPE_CHECKING:
    from mockserver.engine.world import World


def _prepare(world: World) -> None:
    from mockserver.apis.supos.world import prepare

    prepare(world)


def _seed(world: World, seed: int) -> None:
    from mockserver.apis.supos.world import fill

    fill(world, seed)


def _bulk(world: World, count: int, rng: random.Random) -> None:
    from mockserver.apis.supos.bulk import add_pending  # Faker comes with it

    add_pending(world, count, rng)


def _roles(world: World) -> Mapping[str, Json]:
    from mockserver.apis.supos.roles import roles

    return roles(world)


def _verifier(scheme: Mapping[str, Json]) -> Verifier:
    from mockserver.apis.supos.security import verifier

    return verifier(scheme)


def _state_defects() -> Sequence[StateDefect]:
    from mockserver.apis.supos.defects import DEFECTS  # read only for --defect

    return DEFECTS


ADAPTER = Adapter(
    name="supos",
    modules={
        "Task Management": "mockserver.apis.supos.task_management",
        "Process Management": "mockserver.apis.supos.process_management",
        "To-do Center": "mockserver.apis.supos.todo_center",
    },
    prepare=_prepare,
    seed=_seed,
    bulk=_bulk,
    roles=_roles,
    verifier=_verifier,
    state_defects=_state_defects,
    credentials={"ak": "testak", "sk": "testsk"},
)
