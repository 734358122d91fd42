"""What the README tells people to type, typed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.mockserver.test_cli import serving

README = Path(__file__).parent.parent / "README.md"


def command(name: str) -> str:
    """The block of shell behind ``<!-- command: NAME -->``."""
    found = re.search(rf"^<!-- command: {name} -->\n```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.M | re.S)
    assert found is not None, f"README.md has no block of shell behind <!-- command: {name} -->"
    return found[1]


@pytest.mark.parametrize("missing", [None, "SK=testsk"])
def test_requests_are_signed_with_openssl_as_the_readme_shows(missing: str | None) -> None:
    for tool in ("sh", "openssl", "curl"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not on PATH")
    text = command("sign")
    if missing is not None:
        assert missing in text
        text = text.replace(missing, "SK=another")
    with serving("--api", "supos") as (_, connection):
        environment = {**os.environ, "U": f"http://127.0.0.1:{connection.port}", "no_proxy": "127.0.0.1"}
        ended = subprocess.run(["sh", "-eu", "-c", text], env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    listed, started = (json.loads(line) for line in ended.stdout.splitlines())
    if missing is None:
        assert listed["pagination"]["pageSize"] == 5
        assert set(started) == {"processId"}
    else:
        assert [listed["code"], started["code"]] == [100106403, 100106403]
