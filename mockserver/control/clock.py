"""The clock of a world: how the control API shows it, and how it is moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockserver.engine.clock import Clock
from mockserver.errors import Refused
from mockserver.times import milliseconds, time_text, within
from specs.model import Json


def shown(clock: Clock) -> Json:
    """The time that a clock tells, and whether it stands still there."""
    return {"time": time_text(clock.now()), "fixed": clock.fixed is not None}


def moved(clock: Clock, asked: Mapping[str, Json], written: int | None) -> Clock:
    """The clock that a request asks for; ``written`` is the latest time that the world has written down.

    Raises ``Refused`` unless exactly one way is named, for a time that cannot be written, and for one before
    ``written``: what happens next would stand before what has happened.
    """
    named = [way for way in WAYS if way in asked]
    if len(named) != 1:
        raise Refused(message=f"body: gives {' and '.join(named) or 'nothing'}; give exactly one of {', '.join(WAYS)}")
    (way,) = named
    try:
        new = WAYS[way](clock, asked[way])
    except ValueError as error:
        raise Refused(message=f"body.{way}: {error}") from None
    now = new.now()
    if written is not None and now < written:
        raise Refused(
            message=f"body.{way}: {time_text(now)} lies before {time_text(written)}, the latest time that this world "
            "has written down; POST /_mock/reset takes that away"
        )
    return new


def _stand(_clock: Clock, time: Json) -> Clock:
    return Clock(milliseconds(time))


def _advance(clock: Clock, span: Json) -> Clock:
    return Clock(within(clock.now() + span))


def _follow(_clock: Clock, real: Json) -> Clock:
    if real is not True:
        raise ValueError("may only be true; give a time at which the clock is to stand")
    return Clock()


WAYS: Mapping[str, Callable[[Clock, Json], Clock]] = {"time": _stand, "advance": _advance, "real": _follow}
"""Field of a request -> the clock that it asks for. Each may raise ``ValueError``."""
