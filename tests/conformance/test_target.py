"""Targets as values."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import specs
from conformance.target import Control, Limits, Target
from conformance.targets import parse_target

TARGET = Target(
    api="supos",
    base_url="https://gate.example/front",
    base_path="/workflow/",
    identities={"main": {"user": "anna", "password": "a-secret"}},
    headers={"X-Gate": "a-key"},
    limits=Limits(rate=25, timeout=3),
    control=Control("/_mock", world_header="X-World", token="a-token"),
    ca_bundle="ca.pem",
    confirm_host="gate.example",
    server="supos-2",
)


def test_the_address_has_the_prefix_and_the_other_base_path() -> None:
    contract = specs.load("supos")
    assert TARGET.address(contract) == "https://gate.example/front/workflow"
    assert replace(TARGET, base_path=None).address(contract) == "https://gate.example/front/open-api/p/workflow/v2"
    assert replace(TARGET, base_path="/").address(contract) == "https://gate.example/front"


@pytest.mark.parametrize(
    ("base_url", "local"),
    [
        ("http://127.0.0.1:80", True),
        ("http://127.8.0.1", True),
        ("http://localhost/x", True),
        ("http://[::1]:80", True),
        ("http://127.0.0.1.example", False),
        ("https://staging.example", False),
        ("", False),
    ],
)
def test_local_is_what_is_on_loopback(base_url: str, local: bool) -> None:
    assert Target("supos", base_url).is_local is local


def test_a_file_holds_the_whole_target() -> None:
    assert parse_target(json.loads(json.dumps(TARGET.as_json())), "file") == TARGET
    assert parse_target(Target("supos", "").as_json(), "file") == Target("supos", "")


def test_the_masked_target_holds_no_secret() -> None:
    text = json.dumps(TARGET.masked())
    assert [secret for secret in TARGET.secrets() if secret in text] == []
    assert set(TARGET.secrets()) == {"anna", "a-secret", "YW5uYTphLXNlY3JldA==", "a-key", "a-token"}


def test_a_run_in_a_world_of_its_own_says_so_with_every_request() -> None:
    assert replace(TARGET, world="t1").sent_headers == {"X-Gate": "a-key", "X-World": "t1"}
    assert TARGET.sent_headers == {"X-Gate": "a-key"}
    assert replace(TARGET, world="t1", control=Control("/_mock")).sent_headers == {"X-Gate": "a-key"}
