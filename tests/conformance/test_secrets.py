"""No secret of a target shows in anything that a run prints or writes, whatever the server does with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from conformance.targets import target_content
from tests.conformance.test_null_servers import null_server

SECRETS = {
    "CONFORMANCE_MAIN_AK": "access-key-0815",
    "CONFORMANCE_MAIN_SK": "very secret/key+0816",
    "CONFORMANCE_HEADER_X_GATE": "gate-token-0817",
}


def test_no_secret_shows_anywhere(tmp_path: Path) -> None:
    content = {**target_content("supos-mock"), "control": None, "identities": {}, "limits": {"timeout": 5}}
    (tmp_path / "target.json").write_text(json.dumps(content))
    command = [sys.executable, "-P", "-m", "conformance", "run", "--target", "target.json", "--fuzz", "quick"]
    with null_server("echo") as address:
        ended = subprocess.run(
            [*command, "--base-url", address],
            cwd=tmp_path,
            env={**os.environ, **SECRETS},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    written = {path.name: path.read_text() for path in (tmp_path / "conformance-report").iterdir()}
    assert {"results.json", "junit.xml", "ledger.jsonl", "pytest.log"} <= set(written)
    outputs = {**written, "stdout": ended.stdout, "stderr": ended.stderr}
    for secret in SECRETS.values():
        assert [name for name, text in outputs.items() if secret in text] == []
    assert "X-Gate: ***" in written["results.json"]
