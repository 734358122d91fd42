"""Roles as checks get them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import specs
from conformance import Target
from conformance.client import Client
from conformance.errors import Prevented
from conformance.given import Given
from tests.conformance.null_targets import NOT_CONFORMING, Always


def given(target: Target, value: Any, worker: int = 0) -> Given:
    client = Client(
        specs.load("supos"), replace(target, roles={"user.main": value}), Always(NOT_CONFORMING["empty-object"])
    )
    return Given(client, "t1", worker=worker)


@pytest.mark.parametrize("value", [None, "", []])
def test_a_role_that_is_not_filled_in_blocks(target: Target, value: Any) -> None:
    with pytest.raises(Prevented) as prevented:
        given(target, value).role("user.main")
    assert str(prevented.value.blocker) == "role user.main"


@pytest.mark.parametrize("value", ["anna", 0, False, {"a": 1}])
def test_a_role_is_what_the_target_names(target: Target, value: Any) -> None:
    assert given(target, value).role("user.main") == value


def test_a_pool_is_shared_out_among_workers(target: Target) -> None:
    assert [given(target, ["a", "b"], worker).role("user.main") for worker in range(3)] == ["a", "b", "a"]
