"""Who is a user."""

from __future__ import annotations

from mockserver.engine import rows
from mockserver.engine.world import World


def is_user(world: World, name: str) -> bool:
    """Whether somebody has exactly this username."""
    return name in rows.people(world)
