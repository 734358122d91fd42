"""Who is a user, and that callers are."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.apis.supos.refusals import USER_UNKNOWN
from mockserver.engine import rows
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def is_user(world: World, name: str) -> bool:
    """Whether somebody has exactly this username."""
    return name in rows.people(world)


def caller_known(world: World, body: Mapping[str, Json], command: str) -> None:
    """Whoever a request speaks for must be a user, as the command's rule has it. Raises ``Refused``."""
    if not world.rules[f"supos.{command}.known_user"](world, body["username"]):
        raise Refused(USER_UNKNOWN)
