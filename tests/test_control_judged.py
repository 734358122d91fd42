"""The mock is held to the document of its control API, as any server is to a document of its user's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mockserver.control

DOCUMENT = Path(mockserver.control.__file__).with_name("openapi.json")
TOKEN = "a-control-token"
SERVE = (sys.executable, "-P", "-m", "mockserver", "serve", "--port", "0", "--control-token", TOKEN)
JUDGE = (sys.executable, "-P", "-m", "conformance", "run", "--spec", str(DOCUMENT))


@pytest.fixture
def address() -> Iterator[str]:
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip().removeprefix("ready on ")
        finally:
            process.terminate()


def arguments() -> dict[str, Any]:
    """Every operation that knows worlds acts on one of the run's own."""
    operations = [
        operation for item in json.loads(DOCUMENT.read_bytes())["paths"].values() for operation in item.values()
    ]
    world = {"$ref": "#/components/parameters/World"}
    return {
        operation["operationId"]: {"header.X-Mock-World": "{tag}"}
        for operation in operations
        if world in operation.get("parameters", ())
    }


def judged(folder: Path, address: str, *flags: str, **target: Any) -> tuple[subprocess.CompletedProcess[str], Any]:
    file = folder / "target.json"
    file.write_text(json.dumps({"api": "control", "arguments": arguments(), **target}))
    ended = subprocess.run(
        [*JUDGE, "--base-url", address, "--target", str(file), *flags],
        cwd=folder,
        env={**os.environ, "CONFORMANCE_MAIN_TOKEN": TOKEN},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended, json.loads((folder / "conformance-report" / "results.json").read_bytes())


def test_the_mock_keeps_to_its_control_document(tmp_path: Path, address: str) -> None:
    """Judged like any user's API, in worlds of the run's own."""
    ended, results = judged(tmp_path, address)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert results["target"]["base_url"] == address
    found = {clause["id"].split(".")[1]: clause["verdict"] for clause in results["clauses"]}
    assert set(found.values()) <= {"pass", "excluded"}
    assert {"health", "reset", "seed", "fixtures"} <= found.keys()


def test_made_up_requests_to_the_control_api_find_nothing(tmp_path: Path, address: str) -> None:
    ended, results = judged(tmp_path, address, "--fuzz", "quick", writes="full")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert all(any(200 <= int(status) < 300 for status in row["statuses"]) for row in results["coverage"])
