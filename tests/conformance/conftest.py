"""What the judge's tests share: the contract and a target that needs no server."""

from __future__ import annotations

import pytest

import specs
from conformance import Target
from specs import Contract

ROLES = {
    "user.main": "test",
    "user.other": "test1",
    "user.third": "test2",
    "user.idle": "wangwu",
    "user.pager": "pager",
    "user.unknown": "nobody-here",
    "process.main": "K2002018123456789",
    "process.main.section": "userTask_123",
    "process.main.outcome": "edge_123",
    "process.main.section.rejection": "edge_126",
    "process.two-choices": "K2",
    "process.two-choices.section1": "one",
    "process.two-choices.section2": "two",
    "process.unpublished": "K3",
    "process.position-empty": "K4",
    "task.suspended": "1000492908536999",
    "task.suspended.user": "test1",
    "instance.suspended": "1000492908536998",
    "instance.suspended.initiator": "zhangsan",
    "instance.canceled": "1000492908536997",
    "instance.canceled.initiator": "zhangsan",
    "app.main": "App_1",
    "todo.person": "Zhang San",
    "todo.mandatary": "Li Si",
}


@pytest.fixture(autouse=True)
def outside_of_github(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run in GitHub Actions themselves; what they start must not take itself for a step of theirs."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def contract() -> Contract:
    return specs.load("supos")


@pytest.fixture
def target() -> Target:
    return Target(
        api="supos",
        base_url="http://target.example",
        identities={"main": {"ak": "testak", "sk": "a-secret-key"}},
        roles=ROLES,
        writes="full",
    )
