"""Finding and loading what is shipped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import specs
from specs.load import ROOT


def test_names_are_the_folders_that_hold_a_bundle() -> None:
    assert specs.names() == tuple(sorted(path.parent.name for path in ROOT.glob("*/bundle.json")))
    assert "supos" in specs.names()


@pytest.mark.parametrize("api", specs.names())
def test_every_shipped_contract_loads_once_with_its_operations_and_clauses(api: str) -> None:
    contract = specs.load(api)
    assert contract.api == api
    assert contract is specs.load(api)
    assert len(contract.operations) > 0
    assert all(clause.operation in contract.operations for clause in contract.clauses.values() if clause.operation)


def test_an_unknown_api_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(specs.UnknownApi) as caught:
        specs.load("nosuch")
    assert str(caught.value) == f"there is no API called 'nosuch' (choose from: {', '.join(specs.names())})"


def test_a_bundle_elsewhere_is_called_by_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "bundle.json").write_text(json.dumps({"paths": {}, "x-clauses": []}))
    contract = specs.read(folder / "bundle.json")
    assert (contract.api, dict(contract.operations), dict(contract.clauses)) == ("own", {}, {})


def test_the_public_names_are_these() -> None:
    assert specs.__all__ == sorted(specs.__all__)
    assert all(hasattr(specs, name) for name in specs.__all__)
