"""Names within the ids of nodes."""

from __future__ import annotations

import pytest

from specs.places import names_of, token


@pytest.mark.parametrize("name", ["a", "a.b", "each", "100%", "%2E", "filter[kind]", "名"])
def test_a_name_survives_the_id_that_it_stands_in(name: str) -> None:
    assert names_of(f"body.{token(name)}.each") == ["body", name, None]


def test_only_what_would_be_misread_is_written_otherwise() -> None:
    assert [token(name) for name in ("userName", "a.b", "each", "5%")] == ["userName", "a%2Eb", "%65ach", "5%25"]
