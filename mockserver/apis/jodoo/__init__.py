"""The Jodoo workflow API on the engine."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mockserver.adapter import Adapter, Option, StateDefect, Verifier
from specs.model import Json

if TYPE_CHECKING:
    from mockserver.engine.world import World


def _prepare(world: World) -> None:
    from mockserver.apis.jodoo.world import prepare

    prepare(world)


def _seed(world: World, seed: int) -> None:
    from mockserver.apis.jodoo.world import fill

    fill(world, seed)


def _bulk(world: World, count: int, rng: random.Random) -> None:
    from mockserver.apis.jodoo.bulk import add_pending  # Faker comes with it

    add_pending(world, count, rng)


def _roles(world: World) -> Mapping[str, Json]:
    from mockserver.apis.jodoo.roles import roles

    return roles(world)


def _verifier(scheme: Mapping[str, Json]) -> Verifier:
    from mockserver.apis.jodoo.security import verifier

    return verifier(scheme)


def _state_defects() -> Sequence[StateDefect]:
    from mockserver.apis.jodoo.defects import DEFECTS  # read only for --defect

    return DEFECTS


def _properties() -> Mapping[str, Mapping[str, Json]]:
    from mockserver.apis.jodoo.properties import PROPERTIES

    return PROPERTIES


ADAPTER = Adapter(
    name="jodoo",
    modules={"Instances": "mockserver.apis.jodoo.instances"},
    prepare=_prepare,
    seed=_seed,
    bulk=_bulk,
    roles=_roles,
    verifier=_verifier,
    state_defects=_state_defects,
    properties=_properties,
    options=(
        Option(
            "rate-limit",
            30,
            {"type": "integer", "minimum": 0},
            "Calls that a key may make of an operation within a second of real time; 0 lifts the limit.",
        ),
    ),
    credentials={"token": "test-key"},
    rate=25,
)
