"""A run that is killed leaves a ledger by which what it had made is taken away; one that is stopped does it itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import specs
from conformance.cli import main
from conformance.client import Client
from conformance.ledger.file import Entry, read_ledger
from conformance.suite.supos.read_givens import initiated
from conformance.target import Target
from conformance.wire.transport import HttpTransport
from tests.conformance.running import running_mock_server

PATIENCE = 60
"""Seconds that a run is given to have made something."""


@pytest.fixture
def target() -> Iterator[Target]:
    """A server that is a stranger's: no control API, no world of one's own."""
    with running_mock_server("supos", control=False) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path, target: Target) -> Path:
    path = tmp_path / "target.json"
    path.write_text(json.dumps(target.as_json()))
    return path


def started(folder: Path, file: Path, *arguments: str) -> tuple[subprocess.Popen[str], Path]:
    """A run that has made something and goes on making."""
    command = [sys.executable, "-P", "-m", "conformance", "run", "--target", str(file), *arguments]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    ledger = folder / "conformance-report" / "ledger.jsonl"
    deadline = time.monotonic() + PATIENCE
    while not ledger.exists() or ledger.read_bytes().count(b"processId") < 20:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, "the run makes nothing"
        os.sched_yield()
    return process, ledger


def made(ledger: Path) -> list[Entry]:
    return [
        entry for entry in read_ledger(ledger).entries if entry.made and entry.operation in ("startProcess", "save")
    ]


def running(target: Target, ledger: Path) -> list[str]:
    """The processes of the ledger that still run, as the server tells."""
    contract = specs.load("supos")
    transport = HttpTransport()
    client = Client(contract, target, transport)
    found: set[str] = set()
    try:
        for user in {str(entry.undo["body.username"]) for entry in made(ledger)}:
            for page in range(1, 100):
                answer = client.call(initiated(user, "").drop("query.appId").set("query.current", page))
                ids = answer.fields("/list/*/processId")
                found |= set(ids)
                if not ids:
                    break
    finally:
        transport.close()
    return [str(entry.undo["path.processId"]) for entry in made(ledger) if entry.undo["path.processId"] in found]


@pytest.mark.parametrize("workers", [0, 2])
def test_a_killed_run_is_cleaned_up_after(
    tmp_path: Path, target: Target, file: Path, workers: int, capsys: pytest.CaptureFixture[str]
) -> None:
    process, ledger = started(tmp_path, file, "--workers", str(workers))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert len(made(ledger)) >= 20
    assert running(target, ledger) != []
    assert main(["cleanup", str(ledger), "--target", str(file)]) == 0
    said = capsys.readouterr().out
    assert ", 0 not removed" in said
    assert "left by design" in said
    assert running(target, ledger) == []
    assert main(["cleanup", str(ledger), "--target", str(file)]) == 0
    assert "cleanup: 0 removed, 0 gone already, 0 not removed" in capsys.readouterr().out


@pytest.mark.parametrize(("number", "workers"), [(signal.SIGINT, 0), (signal.SIGINT, 2), (signal.SIGTERM, 0)])
def test_a_run_that_is_told_to_stop_takes_away_what_it_has_made(
    tmp_path: Path, target: Target, file: Path, number: signal.Signals, workers: int
) -> None:
    process, ledger = started(tmp_path, file, "--workers", str(workers))
    process.send_signal(number)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert running(target, ledger) == []
    results = json.loads((ledger.parent / "results.json").read_text())
    assert (results["exit"]["name"], results["stopped"]) == ("INTERRUPTED", "interrupted")
    assert results["cleanup"]["removed"] >= 20
    assert results["counts"]["judged"] > 0
    assert said.splitlines()[-1].startswith("judged ")
    assert results["cleanup"]["failed"] == []


def test_cleanup_of_a_server_that_is_gone_exits_4(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process, ledger = started(tmp_path, file)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    before = ledger.read_bytes()
    assert main(["cleanup", str(ledger), "--target", str(file), "--base-url", "http://127.0.0.1:1"]) == 4
    assert "Traceback" not in capsys.readouterr().err
    assert ledger.read_bytes().startswith(before.rpartition(b"\n")[0])
