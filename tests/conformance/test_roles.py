"""Roles: what a contract declares, what the suite asks for and what the mock names are the same."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import conformance.suite
import specs
from mockserver import create_app
from mockserver.adapter import load_adapter

SUITE = Path(conformance.suite.__file__).parent


def roles_asked_for(api: str) -> set[str]:
    """Every constant that a check hands to ``role``."""
    return {
        node.args[0].value
        for path in (SUITE / api).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "role"
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("api", specs.names())
def test_every_role_that_is_asked_for_is_declared_and_the_mock_names_exactly_those(api: str) -> None:
    declared = set(specs.load(api).document["x-roles"])
    assert roles_asked_for(api) - declared == set()
    named = set(load_adapter(api).roles(create_app(apis=(api,)).worlds.of(None).part(api)))
    assert named == declared


def test_roles_are_found_in_the_suite() -> None:
    assert {"user.main", "process.main.outcome"} <= roles_asked_for("supos")
