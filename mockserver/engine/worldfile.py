"""World files: what worlds start with, as JSON with BPMN files beside it (``world.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema_rs

from mockserver.engine import rows
from mockserver.engine.bpmn.document import SIZE
from mockserver.engine.bpmn.errors import BpmnError
from mockserver.engine.definitions import Flow, ProcessDefinition, definitions_in
from mockserver.engine.errors import EngineError
from mockserver.engine.rows import Action, FinishedTask, Instance, Kind, Person, Record, State, Task
from mockserver.engine.tables import Table
from mockserver.engine.world import World

NAME, VERSION, LIMIT = "world.json", 1, 64 * 1024 * 1024
"""What the file is called in a folder, the version that is read, and the most bytes of a file."""

SCHEMA = Path(__file__).with_name("world.schema.json")


class WorldFileError(EngineError):
    """A world file that cannot be loaded. The text is one line: file, place, reason, advice."""

    def __init__(self, path: Path, place: str, reason: str, advice: str = "") -> None:
        super().__init__(f"{path}: " + (f"{place}: " if place else "") + reason + (f"; {advice}" if advice else ""))
        self.path = path
        self.place = place
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True)
class WorldFile:
    """A file that was read: of the right form, its definitions parsed."""

    path: Path
    content: dict[str, Any]
    definitions: tuple[ProcessDefinition, ...]


def read(path: Path) -> WorldFile:
    """Read a file, or ``world.json`` in a folder. Raises ``WorldFileError``."""
    file = path / NAME if path.is_dir() else path
    try:
        content = json.loads(_bytes(file, file, "", LIMIT))
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "numbers, texts or nesting beyond reason"
        raise WorldFileError(file, "", f"it is no JSON that can be read ({reason})") from None
    if isinstance(content, dict) and content.get("version", VERSION) != VERSION:
        said = _short(repr(content["version"]))
        raise WorldFileError(file, "version", f"{said} is no version that is read", f"write {VERSION}")
    for broken in _validator().iter_errors(content):
        raise WorldFileError(file, _place(broken.instance_path), _short(broken.message))
    definitions = tuple(
        definition
        for number, name in enumerate(content.get("definitions", ()))
        for definition in _definitions(file, f"definitions[{number}]", name)
    )
    return WorldFile(file, content, definitions)


@cache
def _validator() -> Any:
    return jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_bytes()))


def _place(steps: list[Any]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:70]} ... {line[-85:]}"


def _bytes(world_file: Path, file: Path, place: str, limit: int) -> bytes:
    try:
        if not file.is_file():
            reason = "is no file" if file.exists() else "does not exist"
            raise WorldFileError(world_file, place, f"{file.name} {reason}")
        if file.stat().st_size > limit:
            raise WorldFileError(world_file, place, f"{file.name} has more than {limit} bytes")
        return file.read_bytes()
    except (OSError, ValueError) as error:  # a name that no file can have is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise WorldFileError(world_file, place, f"{file.name!r} cannot be read ({reason})") from None


def _definitions(world_file: Path, place: str, name: str) -> tuple[ProcessDefinition, ...]:
    folder = world_file.parent.resolve()
    try:
        file = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise WorldFileError(world_file, place, f"{name!r} is no path ({error})") from None
    if not file.is_relative_to(folder):
        raise WorldFileError(world_file, place, f"{name!r} leads out of the folder", "put the file beside this one")
    data = _bytes(world_file, file, place, SIZE)
    try:
        return definitions_in(data)
    except BpmnError as error:
        raise WorldFileError(world_file, place, f"{name}: {_short(str(error))}") from None


Known = Mapping[str, Mapping[str, Any]]
"""Properties that a file may give, by name, each with the JSON Schema of its values."""


def load(world: World, file: WorldFile, known: Known = MappingProxyType({})) -> None:
    """Put a file's content into a prepared world. Raises ``WorldFileError``; the world is then half filled."""
    people, definitions = rows.people(world), rows.definitions(world)
    for number, said in enumerate(file.content.get("people", ())):
        person = Person(said["name"], said.get("title", ""))
        (people.replace if person.name in people else people.insert)(person.name, person)
        _note(world, file, f"people[{number}]", said, people, person.name, known)
    for definition in file.definitions:
        if definition.key in definitions:
            raise WorldFileError(file.path, "definitions", f"the process {definition.key!r} is there already", EMPTY)
        definitions.insert(definition.key, definition)
    for number, said in enumerate(file.content.get("instances", ())):
        _Instance(world, file, f"instances[{number}]", said, known).load()


def _note(
    world: World, file: WorldFile, place: str, said: dict[str, Any], table: Table[Any], key: str, known: Known
) -> None:
    """Keep the properties of a row. Those that no API knows which is served are skipped."""
    apis = {name.partition(".")[0] for name in known}
    kept = {}
    for name, value in said.get("properties", {}).items():
        if name not in known:
            if name.partition(".")[0] in apis:
                advice = f"choose from: {', '.join(known)}"
                raise WorldFileError(file.path, f"{place}.properties", f"there is no property {name!r}", advice)
            continue
        for broken in jsonschema_rs.Draft202012Validator(dict(known[name])).iter_errors(value):
            raise WorldFileError(file.path, f"{place}.properties.{name}", _short(broken.message))
        kept[name] = value
    if kept:
        noted, at = rows.properties(world), (table.name, key)
        (noted.replace if at in noted else noted.insert)(at, MappingProxyType(kept))


BEFORE = 1_000_000
"""Records of a file have numbers below zero: they tell of what happened before anything that gets a number."""

EMPTY = "give it another id, or start with --empty"


class _Instance:
    """One instance of a file on its way into a world."""

    def __init__(self, world: World, file: WorldFile, place: str, said: dict[str, Any], known: Known) -> None:
        self._world = world
        self._file = file
        self._place = place
        self._said = said
        self._known = known

    def load(self) -> None:
        said, world = self._said, self._world
        definition = rows.definitions(world).get(said["definition"])
        if definition is None:
            raise self._wrong("definition", f"no definition has the key {said['definition']!r}", "name a BPMN process")
        state = State(said.get("state", "running"))
        ended = state in (State.COMPLETED, State.CANCELED)
        if ended and said.get("tasks"):
            raise self._wrong("tasks", "an instance that has ended has none", "remove them, or change its state")
        instance = Instance(
            self._id(rows.instances(world), said, ""),
            definition.key,
            said.get("name", definition.name),
            self._user("initiator", said["initiator"]),
            said.get("app", definition.app),
            definition.page,
            self._time("started", said.get("started")),
            state,
            said.get("form"),
            ended=self._time("ended", said.get("ended")) if ended else None,
        )
        rows.instances(world).insert(instance.id, instance)
        for number, done in enumerate(said.get("done", ())):
            self._done(f"done[{number}]", instance, definition, done)
        for number, task in enumerate(said.get("tasks", ())):
            self._task(f"tasks[{number}]", instance, definition, task)

    def _task(self, place: str, instance: Instance, definition: ProcessDefinition, said: dict[str, Any]) -> None:
        section = self._section(place, definition, said)
        created = self._time(f"{place}.created", said.get("created"), instance.started)
        holders = tuple(self._user(f"{place}.holders", user) for user in said["holders"])
        identity = self._id(rows.tasks(self._world), said, place)
        name = definition.by_key[section].name
        kind = Kind(said.get("kind", Kind.REGULAR.value))
        row = Task(identity, instance.id, section, name, holders, instance.app, created, created, kind)
        rows.tasks(self._world).insert(row.id, row)
        self._note(place, said, rows.tasks(self._world), row.id)

    def _done(self, place: str, instance: Instance, definition: ProcessDefinition, said: dict[str, Any]) -> None:
        world, section = self._world, self._section(place, definition, said)
        flow = self._outcome(place, definition, section, said["outcome"])
        created = self._time(f"{place}.created", said.get("created"), instance.started)
        row = FinishedTask(
            self._id(rows.finished_tasks(world), said, place),
            instance.id,
            section,
            definition.by_key[section].name,
            instance.app,
            self._user(f"{place}.actor", said["actor"]),
            flow.key,
            flow.rejection,
            created,
            self._time(f"{place}.ended", said.get("ended"), created),
        )
        rows.finished_tasks(world).insert(row.id, row)
        self._note(place, said, rows.finished_tasks(world), row.id)
        action = Action.REJECT if flow.rejection else Action.COMPLETE
        number = len(rows.records(world)) - BEFORE
        told = Record(number, instance.id, row.id, row.actor, action, flow.key, None, said.get("remark"), row.ended)
        rows.records(world).insert(number, told)

    def _note(self, place: str, said: dict[str, Any], table: Table[Any], key: str) -> None:
        _note(self._world, self._file, f"{self._place}.{place}", said, table, key, self._known)

    def _section(self, place: str, definition: ProcessDefinition, said: dict[str, Any]) -> str:
        section: str = said["section"]
        if section not in definition.by_key:
            known = ", ".join(definition.by_key)
            raise self._wrong(f"{place}.section", f"{definition.key} has no user task {section!r}", f"it has: {known}")
        return section

    def _outcome(self, place: str, definition: ProcessDefinition, section: str, outcome: str) -> Flow:
        for flow in definition.outcomes[section]:
            if flow.key == outcome:
                return flow
        known = ", ".join(flow.key for flow in definition.outcomes[section])
        raise self._wrong(f"{place}.outcome", f"{outcome!r} does not leave {section}", f"choose from: {known}")

    def _user(self, place: str, name: str) -> str:
        if name not in rows.people(self._world):
            raise self._wrong(place, f"there is no user {name!r}", "add him to people")
        return name

    def _id(self, table: Any, said: dict[str, Any], place: str) -> str:
        identity: str = said.get("id") or self._world.ids.text()
        if identity in table:
            raise self._wrong(f"{place}.id" if place else "id", f"the id {identity} is taken", EMPTY)
        return identity

    def _time(self, place: str, text: str | None, default: int | None = None) -> int:
        if text is None:
            return self._world.clock.now() if default is None else default
        try:
            return round(datetime.fromisoformat(text).timestamp() * 1_000)
        except (ValueError, OverflowError):
            raise self._wrong(place, f"{text!r} is no time", "write it like 2024-05-01T08:00:00+08:00") from None

    def _wrong(self, place: str, reason: str, advice: str) -> WorldFileError:
        return WorldFileError(self._file.path, f"{self._place}.{place}", reason, advice)
