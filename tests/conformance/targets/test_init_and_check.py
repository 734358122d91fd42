"""``conformance target init`` and ``check``: from an empty file to a server that answers."""

from __future__ import annotations

import json
import socket
import tomllib
from pathlib import Path

import pytest

import specs
from conformance.cli import main
from conformance.targets import parse_target
from conformance.targets.template import template
from tests.conformance.running import running_mock_server


@pytest.mark.parametrize("api", specs.names())
def test_the_template_is_a_target_file_with_every_role(api: str) -> None:
    content = tomllib.loads(template(specs.load(api)))
    target = parse_target(content, "template")
    assert target.api == api
    assert set(target.roles) == set(specs.load(api).document["x-roles"])
    assert set(target.roles.values()) == {""}


def test_init_writes_a_file_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    assert main(["target", "init", "--api", "supos", "--output", str(path)]) == 0
    assert "conformance target check --target" in capsys.readouterr().out
    path.write_text("mine")
    assert main(["target", "init", "--api", "supos", "--output", str(path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert path.read_text() == "mine"


def test_init_prints_where_no_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["target", "init", "--api", "supos"]) == 0
    assert tomllib.loads(capsys.readouterr().out)["api"] == "supos"


def test_check_says_what_is_lacking_and_what_is_named_in_vain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_mock_server("supos") as target:
        content = {**target.as_json(), "roles": {"user.main": "test", "user.mian": "x"}, "capabilities": ["teams"]}
        path = tmp_path / "t.json"
        path.write_text(json.dumps(content))
        assert main(["target", "check", "--target", str(path)]) == 3
        lines = capsys.readouterr().out.splitlines()
        assert "names a role that nothing asks for: user.mian" in lines
        assert "claims a capability that the API does not have: teams" in lines
        assert "lacks the role user.idle: A user for whom no task waits." in lines
        assert lines[-1] == "queryPending answered 200: the server speaks the supOS workflow API"
        assert "testsk" not in "".join(lines)
        path.write_text(json.dumps(target.as_json()))
        assert main(["target", "check", "--target", str(path)]) == 0


def test_check_of_a_file_that_is_not_filled_in_names_all_that_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    assert main(["target", "init", "--api", "supos", "--output", str(path)]) == 0
    assert main(["target", "check", "--target", str(path)]) == 2
    lines = capsys.readouterr().out.splitlines()
    lacks = [line for line in lines if line.startswith("lacks the role ")]
    assert len(lacks) == len(specs.load("supos").document["x-roles"])
    assert "lacks the credentials identities.main.ak, identities.main.sk" in lines
    assert lines[-1] == "the target names no role 'user.main', which the first call needs; add it to roles"


def test_check_says_that_nobody_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert main(["target", "check", "--target", "supos-mock", "--base-url", f"http://127.0.0.1:{port}"]) == 4
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"no answer from http://127.0.0.1:{port}")
