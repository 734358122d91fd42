"""A server that others use at the same time: neither they nor the number of workers change a verdict."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

import specs
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens
from conformance.target import Target
from conformance.wire.transport import HttpTransport
from tests.conformance.running import running_mock_server

RUNS = 3


@pytest.fixture
def stranger() -> Iterator[Target]:
    """A server without a control API: everybody is in one world."""
    with running_mock_server("supos", control=False) as running:
        yield running


def start(folder: Path, target: Target, *arguments: str) -> subprocess.Popen[str]:
    folder.mkdir()
    (folder / "target.json").write_text(json.dumps(target.as_json()))
    command = [sys.executable, "-P", "-m", "conformance", "run", "--target", "target.json", *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def verdicts(process: subprocess.Popen[str], folder: Path) -> dict[str, str]:
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 0, said
    results = json.loads((folder / "conformance-report" / "results.json").read_text())
    assert results["cleanup"]["failed"] == []
    return {clause["id"]: clause["verdict"] for clause in results["clauses"]}


def expected() -> dict[str, str]:
    return {
        clause.id: "pass" if clause.excluded is None else "excluded" for clause in specs.load("supos").clauses.values()
    }


def test_several_runs_at_once_come_to_the_verdicts_of_one(tmp_path: Path, stranger: Target) -> None:
    folders = [tmp_path / str(number) for number in range(RUNS)]
    workers = ("0", "2", "0")
    runs = [
        start(folder, stranger, "--workers", count, "--seed", str(number))
        for number, (folder, count) in enumerate(zip(folders, workers, strict=True))
    ]
    assert [verdicts(run, folder) for run, folder in zip(runs, folders, strict=True)] == [expected()] * RUNS


@contextmanager
def noise(target: Target) -> Iterator[list[int]]:
    """Somebody who starts, submits and cancels processes under the same users, all the time."""
    stop, made = Event(), [0]

    def work() -> None:
        transport = HttpTransport()
        client = Client(specs.load("supos"), target, transport)
        given = Given(client, "noise")
        given.begin("noise", ())
        try:
            while not stop.is_set():
                user = target.roles[("user.pager", "user.other", "user.third")[made[0] % 3]]
                call = givens.start(given, assigns=givens.assigns(given, user))
                process = client.must(call).field("/processId")
                client.must(given.request("thirdPartyTasksCompletivePost"))
                if made[0] % 2:
                    client.must(givens.cancel(process, call.body["username"]))
                client.begin()
                made[0] += 1
        finally:
            transport.close()

    worker = Thread(target=work)
    worker.start()
    try:
        yield made
    finally:
        stop.set()
        worker.join()


def test_foreign_traffic_changes_no_verdict(tmp_path: Path, stranger: Target) -> None:
    with noise(stranger) as made:
        folder = tmp_path / "run"
        found = verdicts(start(folder, stranger), folder)
    assert found == expected()
    assert made[0] > 50


def test_a_run_on_a_mock_with_worlds_leaves_the_world_of_others_alone(tmp_path: Path) -> None:
    with running_mock_server("supos") as target:
        folder = tmp_path / "run"
        run = start(folder, target, "--select", "supos.save.*")
        verdict = verdicts(run, folder)
        assert {verdict[clause] for clause in verdict if clause.startswith("supos.save.")} == {"pass", "excluded"}
        transport = HttpTransport()
        client = Client(specs.load("supos"), replace(target, world=None), transport)
        answer = client.call(givens.pending(target.roles["user.main"], "").drop("query.appId"))
        assert answer.field("/pagination/total") == 1  # the one that is printed in the document
        transport.close()
