"""Made-up requests from the command line: what they leave behind, and what they are narrowed to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HOSTILE = "[[[ no TOML"
"""Settings of Schemathesis that nobody can read."""


def run(folder: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    """The results of a run on the mock in this folder."""
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "conformance", "run", "--api", "supos", "--mock", "--fuzz", "quick", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    content: dict[str, Any] = json.loads((folder / "conformance-report" / "results.json").read_text())
    return content


def test_nothing_is_written_beside_the_report_and_no_file_around_plays_a_part(tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("work", "HOME", "TMPDIR", "XDG_CACHE_HOME")}
    for folder in folders.values():
        folder.mkdir()
    (folders["work"] / "schemathesis.toml").write_text(HOSTILE)
    environment = {name: str(folder) for name, folder in folders.items() if name != "work"}
    results = run(folders["work"], "--select", "supos.queryTotal.200.schema", "--seed", "4", **environment)
    left = {name: sorted(path.name for path in folder.iterdir()) for name, folder in folders.items()}
    assert left == {
        "work": ["conformance-report", "schemathesis.toml"],
        "HOME": [],
        "TMPDIR": [],
        "XDG_CACHE_HOME": [],
    }
    (coverage,) = results["coverage"]
    assert coverage["valid"] > 25
    assert coverage["wrong"] > 10


def test_a_selection_fuzzes_what_it_asks_about(tmp_path: Path) -> None:
    results = run(tmp_path, "--select", "supos.getStartInfo.*", "--select", "supos.queryTotal.*.schema")
    assert [row["operation"] for row in results["coverage"]] == ["queryTotal", "getStartInfo"]
    assert results["options"]["fuzz"] == "quick"


def test_a_selection_that_no_answer_speaks_about_fuzzes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "--select", "supos.queryTotal.query.*")["coverage"] == []
