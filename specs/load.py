"""Finds the APIs that are shipped and loads their contracts from ``bundle.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from specs.errors import UnknownApi
from specs.model import Contract

ROOT = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """The APIs, by the folders of this package that hold a bundle."""
    return tuple(sorted(path.parent.name for path in ROOT.glob("*/bundle.json")))


@cache
def load(api: str) -> Contract:
    """The contract of one API. Raises ``UnknownApi``, which names those there are."""
    if api not in names():
        raise UnknownApi(f"there is no API called {api!r}", advice=f"(choose from: {', '.join(names())})")
    return read(ROOT / api / "bundle.json")


def read(path: Path) -> Contract:
    """The contract in one bundle file. It is called as the document says (``x-api``), else as its folder is."""
    document = json.loads(path.read_bytes())
    return Contract(document.get("x-api", path.parent.name), document)
