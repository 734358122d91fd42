"""The ledger as a file: written before and after each request, readable wherever the run ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import specs
from conformance.errors import ConfigurationError
from conformance.ledger.file import Entry, Ledger, keep_aside, read_ledger
from conformance.wire.transport import Message

OPERATIONS = specs.load("supos").operations
HEADER = {
    "api": "supos",
    "run_tag": "t1",
    "base_url": "http://x.example",
    "target": "mine.toml",
    "spec": None,
    "mock": False,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    Ledger.begin(path, **HEADER)
    return path


def start(app: str = "t1-abc-1") -> Message:
    body = {"username": "anna", "appId": app, "processName": "t1-abc-2"}
    return Message("POST", "http://x.example/processes", (), json.dumps(body).encode())


def test_what_creates_is_written_down_before_it_is_answered(path: Path) -> None:
    ledger = Ledger(path, "gw1", "t1")
    assert ledger.before(OPERATIONS["startProcess"], start()) is not None
    (entry,) = read_ledger(path).entries
    assert entry == Entry(
        "gw1-1",
        "startProcess",
        undo={"body.username": "anna"},
        find={"query.username": "anna", "query.appId": "t1-abc-1", "query.pageSize": 500},
        marks=("t1-abc-1", "t1-abc-2"),
    )
    assert entry.made is None
    ledger.close()


def test_what_creates_nothing_is_not_written_down(path: Path) -> None:
    ledger = Ledger(path, "gw1", "t1")
    assert ledger.before(OPERATIONS["queryPending"], Message("GET", "http://x.example/tasks/pending", (), b"")) is None
    assert read_ledger(path).entries == ()
    ledger.close()


@pytest.mark.parametrize(
    ("status", "content", "made", "undo"),
    [
        (200, {"processId": "7"}, True, {"path.processId": "7", "body.username": "anna"}),
        (200, {"nothing": 1}, True, {"body.username": "anna"}),
        (400, {"processId": "7"}, False, {"body.username": "anna"}),
        (None, None, None, {"body.username": "anna"}),
    ],
)
def test_the_answer_says_what_was_made(
    path: Path, status: int | None, content: object, made: bool | None, undo: dict[str, str]
) -> None:
    ledger = Ledger(path, "gw1", "t1")
    noted = ledger.before(OPERATIONS["startProcess"], start())
    assert noted is not None
    ledger.after(OPERATIONS["startProcess"], noted, status, content)
    (entry,) = read_ledger(path).entries
    assert (entry.made, dict(entry.undo)) == (made, undo)
    ledger.close()


def test_workers_write_into_one_file(path: Path) -> None:
    first, second = Ledger(path, "gw0", "t1"), Ledger(path, "gw1", "t1")
    for ledger in (first, second, first):
        ledger.before(OPERATIONS["save"], start())
    record = read_ledger(path)
    assert [entry.id for entry in record.entries] == ["gw0-1", "gw1-1", "gw0-2"]
    assert (record.api, record.run_tag, record.target) == ("supos", "t1", "mine.toml")
    first.close()
    second.close()


def test_a_last_line_that_is_cut_off_counts_as_not_written(path: Path) -> None:
    ledger = Ledger(path, "gw0", "t1")
    ledger.before(OPERATIONS["save"], start())
    ledger.before(OPERATIONS["save"], start())
    ledger.close()
    path.write_bytes(path.read_bytes()[:-20])
    assert [entry.id for entry in read_ledger(path).entries] == ["gw0-1"]


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "is no ledger: it is empty"),
        (b'{"ledger": 99}\n', "is no ledger of this version"),
        (b"[1]\n", "is no ledger of this version"),
        (b'{"ledger": 1}\n{"broken\n{"entry": "a"}\n', "is damaged in line 2"),
        (b'{"ledger": 1}\n', "is damaged: it lacks 'api'"),
        (json.dumps({"ledger": 1, **HEADER}).encode() + b'\n{"entry": "a", "status": 1}\n', "is damaged: it lacks 'a'"),
    ],
)
def test_what_is_no_ledger_is_said(tmp_path: Path, content: bytes, advice: str) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=advice):
        read_ledger(path)


def test_a_ledger_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        read_ledger(tmp_path / "none.jsonl")


def test_a_ledger_with_open_ends_is_kept_aside(path: Path) -> None:
    ledger = Ledger(path, "gw0", "t1")
    noted = ledger.before(OPERATIONS["save"], start())
    assert noted is not None
    content = path.read_bytes()
    assert keep_aside(path) == path.with_name("ledger-t1.jsonl")
    assert (path.exists(), path.with_name("ledger-t1.jsonl").read_bytes()) == (False, content)
    ledger.close()


@pytest.mark.parametrize("status", [400, 200])
def test_a_ledger_without_open_ends_is_not_kept(path: Path, status: int) -> None:
    ledger = Ledger(path, "gw0", "t1")
    noted = ledger.before(OPERATIONS["save"], start())
    assert noted is not None
    ledger.after(OPERATIONS["save"], noted, status, {"processId": "7"})
    if status == 200:
        ledger.done(read_ledger(path).entries[0], "gone")
    assert keep_aside(path) is None
    ledger.close()


def test_a_mock_that_is_gone_leaves_nothing_and_what_cannot_be_read_is_kept(path: Path) -> None:
    Ledger.begin(path, **{**HEADER, "mock": True})
    ledger = Ledger(path, "gw0", "t1")
    ledger.before(OPERATIONS["save"], start())
    ledger.close()
    assert keep_aside(path) is None
    path.write_text("broken")
    assert keep_aside(path) == path.with_name("ledger-unreadable.jsonl")
    assert keep_aside(path) is None
