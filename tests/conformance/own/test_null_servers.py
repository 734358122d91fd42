"""A server that is nothing, judged by a user's own document: exit code 4 where it does not answer as the API at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from conformance.cli import main
from tests.conformance.null_server import PATIENCE
from tests.conformance.own.conftest import ANNOTATED, PLAIN
from tests.conformance.test_null_servers import NOT_THIS_API, TIMEOUT, null_server


def judged(folder: Path, document: Path, address: str) -> int:
    target = folder / "target.json"
    identity = {"main": {"key": "a-key"}}
    target.write_text(json.dumps({"api": "parcels", "identities": identity, "limits": {"timeout": TIMEOUT}}))
    arguments = ["run", "--spec", str(document), "--base-url", address, "--target", str(target)]
    return main([*arguments, "--report-dir", str(folder / "report")])


@pytest.mark.parametrize("kind", NOT_THIS_API)
@pytest.mark.parametrize("document", [PLAIN, ANNOTATED])
def test_what_does_not_answer_as_the_api_exits_4(
    document: Path, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with null_server(kind) as address:
        began = time.monotonic()
        assert judged(tmp_path, document, address) == 4
        assert time.monotonic() - began < PATIENCE / 2, "the time-out did not end it, the server did"
    assert NOT_THIS_API[kind] in capsys.readouterr().out


@pytest.mark.parametrize("document", [PLAIN, ANNOTATED])
def test_what_answers_everything_with_an_empty_object_exits_1(document: Path, tmp_path: Path) -> None:
    with null_server("empty-object") as address:
        assert judged(tmp_path, document, address) == 1
    results = json.loads((tmp_path / "report" / "results.json").read_bytes())
    assert results["counts"]["errors"] == 0
