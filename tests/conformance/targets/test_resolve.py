"""The target that is meant: flag over environment over file, and a host that is named twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance.errors import ConfigurationError
from conformance.target import Control, Target
from conformance.targets.environment import with_environment
from conformance.targets.resolve import check_reach, resolve

FILE = {
    "api": "supos",
    "base_url": "http://file.example",
    "identities": {"main": {"ak": "file-ak", "sk": "file-sk"}},
    "headers": {"X-Gate": "file"},
    "control": {"path": "/_mock"},
    "confirm_host": "file.example",
}


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "t.json"
    path.write_text(json.dumps(FILE))
    return str(path)


def resolved(name: str | None = None, environment: dict[str, str] | None = None, **flags: Any) -> Target:
    given = {"api": None, "base_url": None, "confirm_host": None, **flags}
    return resolve(name=name, environment=environment or {}, **given)


def test_the_file_counts_where_nothing_else_speaks(file: str) -> None:
    target = resolved(file)
    assert (target.base_url, target.confirm_host) == ("http://file.example", "file.example")
    assert target.identities["main"] == {"ak": "file-ak", "sk": "file-sk"}


def test_the_environment_goes_before_the_file_and_flags_before_both(file: str) -> None:
    environment = {
        "CONFORMANCE_BASE_URL": "http://env.example",
        "CONFORMANCE_MAIN_SK": "env-sk",
        "CONFORMANCE_OTHER_TOKEN": "env-token",
        "CONFORMANCE_HEADER_X_GATE": "env",
        "CONFORMANCE_CONTROL_TOKEN": "env-control",
        "CONFORMANCE_CA_BUNDLE": "ca.pem",
        "CONFORMANCE_MAIN_AK": "",
        "OTHER": "x",
    }
    target = resolved(file, environment)
    assert target.base_url == "http://env.example"
    assert target.identities == {"main": {"ak": "file-ak", "sk": "env-sk"}, "other": {"token": "env-token"}}
    assert (target.headers, target.ca_bundle) == ({"X-Gate": "env"}, "ca.pem")
    assert target.control == Control("/_mock", token="env-control")
    flagged = resolved(file, environment, base_url="http://flag.example/", confirm_host="flag.example")
    assert (flagged.base_url, flagged.confirm_host) == ("http://flag.example", "flag.example")


def test_without_a_file_flags_and_environment_are_enough() -> None:
    target = resolved(None, {"CONFORMANCE_MAIN_TOKEN": "t"}, api="supos", base_url="http://x.example")
    assert target == Target("supos", "http://x.example", identities={"main": {"token": "t"}})


@pytest.mark.parametrize("name", ["CONFORMANCE_MIAN_SK", "CONFORMANCE_MAIN", "CONFORMANCE_HEADER_", "CONFORMANCE_X"])
def test_a_variable_that_means_nothing_is_said(name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"the environment variable {name} means nothing here; there are CONF"):
        with_environment({}, {name: "value"})


def test_a_control_token_makes_no_control_api() -> None:
    assert with_environment({"api": "supos"}, {"CONFORMANCE_CONTROL_TOKEN": "t"}) == {"api": "supos"}


def test_what_is_missing_is_said() -> None:
    with pytest.raises(ConfigurationError, match="which API does the server speak\\? add --api with one of"):
        resolved(base_url="http://x.example")
    with pytest.raises(ConfigurationError, match="which server\\? name one with --base-url"):
        resolved(api="supos")


@pytest.mark.parametrize(
    ("base_url", "writes", "confirmed", "advice"),
    [
        ("https://staging.example", "full", None, "add --confirm-host staging.example if they may be harmed"),
        ("https://staging.example", "full", "other.example", "would write to staging.example, and other.example is"),
        ("https://staging.example", "full", "staging.example", None),
        ("https://staging.example", "own", None, None),
        ("https://staging.example", "none", None, None),
        ("http://127.0.0.1:8080", "full", None, None),
        ("http://localhost:8080", "full", None, None),
    ],
)
def test_writing_freely_off_loopback_needs_the_host_twice(
    base_url: str, writes: Any, confirmed: str | None, advice: str | None
) -> None:
    target = replace(Target("supos", base_url), writes=writes, confirm_host=confirmed)
    if advice is None:
        check_reach(target)
        return
    with pytest.raises(ConfigurationError, match=advice):
        check_reach(target)
