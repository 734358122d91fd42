"""The document of a user's own API and its clauses as one file: for the workers of a run, and for a later cleanup."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import specs
from specs.model import Contract


def write_bundle(contract: Contract, path: Path) -> None:
    """Write the file."""
    path.write_text(json.dumps(contract.document, ensure_ascii=False), encoding="utf-8")


def read_bundle(path: Path) -> Contract:
    """The contract that ``write_bundle`` wrote, read once as long as the file stays the same."""
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Contract:
    return specs.read(path)
