"""Times as people and JSON write them: ISO 8601, in UTC where no offset is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EARLIEST = 0
LATEST = 253_370_764_799_999
"""The last millisecond of the year 9998, so that every time can be written with every offset."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def milliseconds(text: str) -> int:
    """A time as milliseconds since 1970. Raises ``ValueError``, which says what is wrong with it."""
    try:
        time = datetime.fromisoformat(text.upper())
    except ValueError:
        raise ValueError("is no time") from None
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return within(round((time - EPOCH) / MILLISECOND))


def within(time: int) -> int:
    """The time itself. Raises ``ValueError`` if it lies outside of the years that can be written."""
    if not EARLIEST <= time <= LATEST:
        raise ValueError("lies outside of the years 1970 to 9998")
    return time


def time_text(time: int) -> str:
    """Milliseconds since 1970 as ``2024-05-01T08:00:00.000Z``."""
    return (EPOCH + time * MILLISECOND).isoformat(timespec="milliseconds").replace("+00:00", "Z")
