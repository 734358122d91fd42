"""The way of every reading operation: known user, existence, permission, what is shown. Areas name the rules."""

from __future__ import annotations

from mockserver.apis.supos.refusals import USER_UNKNOWN, VIEW_UNAUTHORIZED
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def known_to(world: World, area: str, username: str) -> None:
    """The caller's user must be a user. Raises ``Refused``."""
    if not world.rules[f"supos.{area}.known_user"](world, username):
        raise Refused(USER_UNKNOWN)


def found(world: World, area: str, key: str, unknown: int) -> Json:
    """What a key names. Raises ``Refused`` with the code ``unknown``."""
    thing = world.rules[f"supos.{area}.find"](world, key)
    if thing is None:
        raise Refused(unknown)
    return thing


def detail(world: World, area: str, key: str, username: str, unknown: int) -> Json:
    """What a user may see of one thing. Raises ``Refused``."""
    rules = world.rules
    rules[f"supos.{area}.checks"](world, username, key)
    thing = found(world, area, key, unknown)
    if not rules[f"supos.{area}.may_view"](world, thing, username):
        raise Refused(VIEW_UNAUTHORIZED)
    return rules[f"supos.{area}.shown"](world, thing)


def user_page(
    world: World, area: str, username: str, app: str | None, current: int, page_size: int, *more: object
) -> Json:
    """A page of a user's list, of one application if one is given; ``more`` narrows it further. Raises ``Refused``."""
    rules = world.rules
    known_to(world, area, username)
    if app:
        rules[f"supos.{area}.admit_app"](world, app)
    listed = rules[f"supos.{area}.listed"](world, username, app, (current - 1) * page_size, page_size, *more)
    return page(world, area, listed, current, page_size)


def page(world: World, area: str, listed: tuple[list[Json], int], current: int, page_size: int) -> Json:
    """A page as every list shows it; ``listed`` holds its rows and how many there are on all pages."""
    rows, total = listed
    shown = world.rules[f"supos.{area}.shown"]
    pagination = {"current": current, "pageSize": page_size, "total": total}
    return {"list": [shown(world, row) for row in rows], "pagination": pagination}
