"""A contract small enough to be read whole, for the tests of what reads contracts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specs.model import Contract

MINI = json.loads((Path(__file__).parent / "mini.json").read_bytes())


@pytest.fixture
def mini() -> Contract:
    """Three operations; see ``mini.json``."""
    return Contract("mini", MINI)


@pytest.fixture
def with_schema() -> Callable[..., Contract]:
    """Makes a contract whose only operation takes a body of this schema."""

    def make(body: Any, **root: Any) -> Contract:
        operation = {
            "operationId": "put",
            "tags": ["T"],
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
            "responses": {"200": {"description": ""}},
        }
        schemas = {"schemas": root.pop("schemas", {})}
        return Contract("made", {"paths": {"/": {"put": operation}}, "components": schemas, **root})

    return make


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes files of an API called ``made`` and gives the path of its root document."""

    def write(**files: str) -> Path:
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder / "openapi.yaml"

    return write
