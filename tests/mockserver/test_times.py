"""Times as texts."""

from __future__ import annotations

import pytest

from mockserver.times import EARLIEST, LATEST, milliseconds, time_text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1970-01-01T00:00:00Z", EARLIEST),
        ("9998-12-31T23:59:59.999Z", LATEST),
        ("2024-05-01T08:00:00+08:00", 1_714_521_600_000),
        ("2024-05-01T00:00:00.0009Z", 1_714_521_600_001),
        ("2024-05-01", 1_714_521_600_000),
        ("2024-05-01t00:00:00z", 1_714_521_600_000),
    ],
)
def test_a_time_without_an_offset_is_in_utc(text: str, wanted: int) -> None:
    assert milliseconds(text) == wanted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("noon", "is no time"),
        ("2024-02-30", "is no time"),
        ("", "is no time"),
        ("1969-12-31T23:59:59.999Z", "lies outside of the years 1970 to 9998"),
        ("9999-01-01T00:00:00Z", "lies outside of the years 1970 to 9998"),
        ("0001-01-01T00:00:00+23:59", "lies outside of the years 1970 to 9998"),
    ],
)
def test_what_is_wrong_with_a_time_is_said(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        milliseconds(text)


@pytest.mark.parametrize("time", [EARLIEST, 1, 1_714_521_600_123, LATEST])
def test_a_text_is_read_back(time: int) -> None:
    assert milliseconds(time_text(time)) == time
    assert len(time_text(time)) == len("2024-05-01T00:00:00.000Z")
