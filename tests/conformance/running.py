"""A mock as a process of its own, for tests that need a server on the network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from conformance.target import Target
from conformance.targets import parse_target, target_content

SERVE = (sys.executable, "-P", "-m", "mockserver", "serve", "--port", "0")


@contextmanager
def running_mock_server(*apis: str, control: bool = True, arguments: tuple[str, ...] = ()) -> Iterator[Target]:
    """The target of a fresh mock of some APIs (the first of them is meant).

    Without ``control`` the target does not tell that there is a control API, as a stranger's server would not.
    """
    command = [*SERVE, *arguments]
    for api in apis:
        command += ["--api", api]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip().removeprefix("ready on ")
            target = parse_target(target_content(f"{apis[0]}-mock"), "ours").at(address)
            yield target if control else replace(target, control=None)
        finally:
            process.terminate()
