"""The mock as a process of its own, for ``run --mock``: started, judged like any server, stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from conformance.errors import ConfigurationError, ConformanceError
from conformance.exitcode import ExitCode
from conformance.target import Target
from conformance.targets import parse_target

MODULE = (sys.executable, "-P", "-m", "mockserver")
READY = "ready on "
NOT_PASSED = ("PYTHONPATH", "MOCKSERVER_CONTROL_TOKEN")
"""Variables that are meant for other mocks than this one, whose control API is to be open to us."""


class MockFailed(ConformanceError):
    """The mock did not start, or did not say how it is to be judged."""


@contextmanager
def running_mock(api: str, *, seed: int, defects: tuple[str, ...], log: Path) -> Iterator[Target]:
    """A fresh mock of one API on a free port, as a target. Its own log goes to ``log``."""
    target = parse_target(json.loads(_ask("fixtures", "--api", api, "--format", "target")), "mockserver fixtures")
    command = [*MODULE, "serve", "--api", api, "--port", "0", "--seed", str(seed)]
    for defect in defects:
        command += ["--defect", defect]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=_environment(), text=True)
        try:
            yield replace(target, base_url=_address(process, log))
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line.startswith(READY):
        ended = process.wait(10)
        text = log.read_text(encoding="utf-8", errors="replace").strip()
        reason = text.splitlines()[-1] if text else line.strip() or "no word"
        if ended == ExitCode.USAGE:
            raise ConfigurationError(reason)
        raise MockFailed(f"the mock did not start: {reason}")
    return line.removeprefix(READY).strip()


def _ask(*arguments: str) -> str:
    answer = subprocess.run([*MODULE, *arguments], capture_output=True, text=True, env=_environment(), check=False)
    if answer.returncode != 0:
        raise MockFailed(f"mockserver {' '.join(arguments)}: {answer.stderr.strip()}")
    return answer.stdout


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NOT_PASSED}
