"""Formats of our own."""

from __future__ import annotations

import pytest

from specs.formats import FORMATS, is_calendar_time, is_date, is_uuid


@pytest.mark.parametrize(
    ("text", "exists"),
    [
        ("2020-09-22T07:38:13.893+0800", True),
        ("2020-02-29T00:00:00.000-0000", True),
        ("2021-02-29T00:00:00.000+0000", False),
        ("2020-13-01T00:00:00.000+0000", False),
        ("2020-01-01T24:00:00.000+0000", False),
        ("2020-01-01T00:60:00.000+0000", False),
        ("2020-01-01T00:00:00.000+2500", False),
    ],
)
def test_a_calendar_time_is_a_day_and_hour_that_exist(text: str, exists: bool) -> None:
    assert is_calendar_time(text) is exists


@pytest.mark.parametrize("text", ["", "2021-02-30", "2021-02-30T00:00:00Z", "2021-02-30T00:00:00.000+00:00"])
def test_another_shape_is_the_business_of_the_pattern(text: str) -> None:
    assert is_calendar_time(text) is True


def test_the_table_names_every_format() -> None:
    assert {"calendar-time": is_calendar_time, "date": is_date, "uuid": is_uuid} == FORMATS


@pytest.mark.parametrize(
    ("text", "exists"),
    [("2020-02-29", True), ("2021-02-29", False), ("2020-2-29", False), ("20200229", False), ("2020-02-29Z", False)],
)
def test_a_date_is_a_day_that_exists(text: str, exists: bool) -> None:
    assert is_date(text) is exists


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("6f1c3a52-8f0e-4d0e-9d3b-0d1f2a3b4c5d", True),
        ("6F1C3A52-8F0E-4D0E-9D3B-0D1F2A3B4C5D", True),
        ("6f1c3a528f0e4d0e9d3b0d1f2a3b4c5d", False),
        ("{6f1c3a52-8f0e-4d0e-9d3b-0d1f2a3b4c5d}", False),
        ("no format", False),
    ],
)
def test_a_uuid_has_five_parts(text: str, right: bool) -> None:
    assert is_uuid(text) is right
