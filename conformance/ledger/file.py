"""The ledger: a file of JSON lines. A line is written before a request that creates something, one after its answer.

Lines are written at once and whole, by every worker of a run, so that a run may be killed at any point.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from conformance.errors import ConfigurationError
from conformance.ledger.creation import Creation
from conformance.ledger.expressions import known, said
from conformance.wire.transport import Message
from specs.model import Operation
from specs.requests import Arguments

VERSION = 1
TAKEN = ("removed", "gone")
"""What a cleanup writes of an entry that needs no further one."""
LONG = 300
"""Characters beyond which a text is no name that anything could be found by."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One request that was to create something."""

    id: str
    operation: str
    undo: Mapping[str, Any]
    """Arguments of the undo, as far as they are known."""
    find: Mapping[str, Any]
    """Arguments of the call that finds what was made when no answer came."""
    marks: tuple[str, ...]
    """Names of the run's own in the request, for people to search by."""
    removable: bool = True
    """Whether a documented call takes it away."""
    status: int | None = None
    """Of the answer; ``None``: none has come."""
    done: str | None = None
    """What a cleanup made of it."""

    @property
    def made(self) -> bool | None:
        """Whether something was made; ``None``: nobody knows."""
        return None if self.status is None else 200 <= self.status < 300

    @property
    def is_open(self) -> bool:
        """Whether a cleanup still has something to do about it."""
        return self.removable and self.made is not False and self.done not in TAKEN


@dataclass(frozen=True, slots=True)
class Record:
    """What a ledger file says."""

    api: str
    run_tag: str
    base_url: str
    target: str | None
    """How the run's command line named its target."""
    spec: str | None
    """The user's own document, if it was one."""
    mock: bool
    """Whether the run started a mock of its own, which is gone with all that was made in it."""
    entries: tuple[Entry, ...]
    """In the order of the requests."""


class Ledger:
    """One worker's pen. Nothing is kept in memory."""

    def __init__(self, path: Path, worker: str, run_tag: str) -> None:
        self.path = path
        self._worker = worker
        self._marks = re.compile(rf"{re.escape(run_tag)}[A-Za-z0-9-]*")
        self._number = 0
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    @staticmethod
    def begin(path: Path, **header: Any) -> None:
        """Start the ledger of a run: api, run_tag, base_url, target, spec, mock."""
        path.write_text(json.dumps({"ledger": VERSION, **header}, ensure_ascii=False) + "\n", encoding="utf-8")

    def before(self, operation: Operation, message: Message) -> tuple[str, Arguments] | None:
        """Write down that a request is about to be sent; ``None`` if it creates nothing."""
        creation = Creation.of(operation)
        if creation is None:
            return None
        self._number += 1
        name = f"{self._worker}-{self._number}"
        sent = said(operation, message)
        text = message.url + message.body.decode("utf-8", "replace")
        marks = sorted({mark for mark in self._marks.findall(text) if len(mark) < LONG})
        line: dict[str, Any] = {"entry": name, "operation": operation.id, "marks": marks}
        for kind, asked in (("undo", creation.undo), ("find", creation.find)):
            if asked is not None:
                line[kind] = known(asked.arguments, sent)
        self._write(line)
        return name, sent

    def after(self, operation: Operation, noted: tuple[str, Arguments], status: int | None, content: Any) -> None:
        """Write down what the answer says; without an answer the status is ``None``."""
        name, sent = noted
        creation = Creation.of(operation)
        line: dict[str, Any] = {"entry": name, "status": status}
        if creation is not None and creation.undo is not None and status is not None and 200 <= status < 300:
            line["undo"] = known(creation.undo.arguments, sent, content)
        self._write(line)

    def done(self, entry: Entry, how: str) -> None:
        """Write down what a cleanup made of an entry."""
        self._write({"entry": entry.id, "done": how})

    def close(self) -> None:
        os.close(self._file)

    def _write(self, line: Mapping[str, Any]) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


def keep_aside(path: Path) -> Path | None:
    """Where a ledger of an earlier run has gone, if what it lists may still be there; ``None`` if nothing is lost.

    A run that was killed says nothing any more; the next one in the same folder must not wipe out what it had made.
    """
    if not path.exists():
        return None
    try:
        record = read_ledger(path)
        if record.mock or not any(entry.is_open for entry in record.entries):
            return None
        name = record.run_tag
    except ConfigurationError:
        name = "unreadable"
    kept = path.with_name(f"{path.stem}-{re.sub(r'[^A-Za-z0-9-]', '', name)}{path.suffix}")
    path.replace(kept)
    return kept


def read_ledger(path: Path) -> Record:
    """What a ledger says. A last line that is cut off counts as not written. Raises ``ConfigurationError``."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise ConfigurationError(f"the ledger {path} cannot be read: {error.strerror}") from None
    try:
        header, *rest = _decoded(path, lines)
    except ValueError:
        raise ConfigurationError(f"{path} is no ledger: it is empty") from None
    if not isinstance(header, dict) or header.get("ledger") != VERSION:
        raise ConfigurationError(f"{path} is no ledger of this version: its first line does not say so")
    try:
        return _record(header, rest)
    except (KeyError, TypeError) as error:
        raise ConfigurationError(f"{path} is damaged: it lacks {error}") from None


def _record(header: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> Record:
    entries: dict[str, Entry] = {}
    for line in lines:
        name = line["entry"]
        if "operation" in line:
            undo, find = line.get("undo", {}), line.get("find", {})
            entries[name] = Entry(name, line["operation"], undo, find, tuple(line["marks"]), "undo" in line)
        else:
            entries[name] = _updated(entries[name], line)
    names = ("api", "run_tag", "base_url", "target", "spec", "mock")
    return Record(**{name: header[name] for name in names}, entries=tuple(entries.values()))


def _updated(entry: Entry, line: Mapping[str, Any]) -> Entry:
    if "done" in line:
        return replace(entry, done=line["done"])
    return replace(entry, status=line["status"], undo={**entry.undo, **line.get("undo", {})})


def _decoded(path: Path, lines: list[bytes]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            yield json.loads(line)
        except ValueError:
            if number < len(lines):  # the last line has no end when the run was killed while it was written
                raise ConfigurationError(f"{path} is damaged in line {number}; mend or remove that line") from None
