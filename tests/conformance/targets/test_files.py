"""Target files: their form, ours by name, and what is said of what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import specs
from conformance.errors import ConfigurationError
from conformance.target import Control, Limits, Target
from conformance.targets import check_address, names, parse_target, target_content
from conformance.targets.files import SCHEMA
from mockserver.adapter import Options, load_adapter, seeded_worlds
from mockserver.cli import target_of


def read_target(path: Path) -> Target:
    return parse_target(target_content(str(path)), str(path))


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text(
        'api = "supos"\nwrites = "none"\n[limits]\nrate=5\n[control]\npath = "/_mock"\n[roles]\n"user.main" = "anna"\n'
    )
    content = {
        "api": "supos",
        "writes": "none",
        "limits": {"rate": 5},
        "control": {"path": "/_mock", "token": None},
        "roles": {"user.main": "anna"},
        "server": None,
    }
    (tmp_path / "t.json").write_text(json.dumps(content))
    target = read_target(tmp_path / "t.toml")
    assert target == read_target(tmp_path / "t.json")
    assert (target.limits, target.control) == (Limits(5, 10.0), Control("/_mock"))


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        ([], "a target file holds an object"),
        ({}, r"api is missing \(The API that the server speaks.\)"),
        ({"api": 5}, "api must be a JSON string"),
        ({"api": "supos", "timeout": 5}, "unknown field timeout; there are api, base_url"),
        ({"api": "supos", "limits": {"timout": 5}}, "unknown field limits.timout; there are rate, timeout"),
        ({"api": "supos", "limits": {"timeout": 0}}, "limits.timeout breaks exclusiveMinimum 0"),
        ({"api": "supos", "limits": {"rate": "many"}}, "limits.rate must be a JSON number or a JSON null"),
        ({"api": "supos", "writes": "some"}, "writes must be none, own or full"),
        ({"api": "supos", "identities": {"main": {"sk": 1234567}}}, "identities.main.sk must be a JSON string"),
        ({"api": "supos", "headers": {"X-A": "a\r\nX-B: b"}}, "headers.X-A breaks pattern"),
        ({"api": "supos", "base_path": "no-slash"}, "base_path breaks pattern"),
        ({"api": "supos", "roles": {"a": float("inf")}}, "holds what JSON cannot"),
    ],
)
def test_what_is_wrong_is_said_without_its_value(content: object, advice: str) -> None:
    with pytest.raises(ConfigurationError, match=advice) as raised:
        parse_target(content, "mine.json")
    assert "mine.json: " in str(raised.value)
    assert "1234567" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "advice"),
    [("{", "cannot be read: Expecting"), ("[1]", "a target file holds an object"), ("[" * 100_000, "cannot be read")],
)
def test_what_is_no_target_file_is_said(tmp_path: Path, text: str, advice: str) -> None:
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(ConfigurationError, match=advice):
        read_target(tmp_path / "t.json")
    (tmp_path / "t.json").write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match="cannot be read: 'utf-8'"):
        read_target(tmp_path / "t.json")


def test_a_name_that_is_neither_a_file_nor_one_of_ours_is_said() -> None:
    with pytest.raises(ConfigurationError, match="neither a target file nobody nor a target of ours by that name"):
        target_content("nobody")
    with pytest.raises(ConfigurationError, match=r"none\.json cannot be read: there is no such file"):
        target_content("none.json")


@pytest.mark.parametrize("api", specs.names())
def test_the_target_of_the_mock_is_shipped_as_the_mock_describes_itself(api: str) -> None:
    assert f"{api}-mock" in names()
    described = target_of(api, seeded_worlds([load_adapter(api)], 1, Options()))
    shipped = parse_target(target_content(f"{api}-mock"), "ours")
    assert shipped == parse_target(described, "the mock's")


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("127.0.0.1:8080", "is no address"),
        ("ftp://x.example", "is no address"),
        ("http://", "is no address"),
        ("http://[::1", "is no address"),
        ("http://x.example:99999", "is no address"),
        ("http://anna:secret@x.example", "the address holds credentials"),
        ("http://x.example/?a=1", "has a query or a fragment"),
        ("http://x.example/#a", "has a query or a fragment"),
    ],
)
def test_what_is_no_address_is_said(address: str, advice: str) -> None:
    with pytest.raises(ConfigurationError, match=advice) as raised:
        check_address(address)
    assert "secret" not in str(raised.value)


def test_a_slash_at_the_end_of_an_address_is_dropped() -> None:
    assert check_address("https://x.example:8443/front/") == "https://x.example:8443/front"


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_bytes()))
