"""Deep made-up requests to the mock of every API, with five seeds: ``python tests/conformance/fuzz/deep.py``.

Takes minutes; exit code 1 if any run does not come to 0. What advises is printed with the run that found it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import specs

SEEDS = (1, 2, 3, 4, 5)


def main() -> int:
    """Run them all, one after the other."""
    codes = [_run(api, seed) for api in specs.names() for seed in SEEDS]
    return 1 if any(codes) else 0


def _run(api: str, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", "-m", "conformance", "run", "--api", api, "--mock", "--fuzz", "deep"]
        ended = subprocess.run(
            [*command, "--seed", str(seed), "--report-dir", folder], capture_output=True, text=True, check=False
        )
        results = json.loads((Path(folder) / "results.json").read_text(encoding="utf-8"))
    sent = sum(sum(row["statuses"].values()) for row in results["coverage"])
    advice = [piece for row in results["coverage"] for piece in row["advice"]]
    sys.stdout.write(f"{api}, seed {seed}: exit {ended.returncode}, {sent} requests, {len(advice)} pieces of advice\n")
    for piece in advice:
        sys.stdout.write(f"  {piece['text']}\n")
    if ended.returncode:
        sys.stdout.write(ended.stdout + ended.stderr)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
