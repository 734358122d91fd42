"""World files: what they put into a world, and what is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mockserver.engine import rows
from mockserver.engine.clock import Clock
from mockserver.engine.rows import Action, FinishedTask, Instance, Person, State, Task
from mockserver.engine.workflow import Leaving, install, submit
from mockserver.engine.world import World
from mockserver.engine.worldfile import SCHEMA, WorldFileError, load, read
from tests.mockserver.engine.drawing import END, EXECUTORS, file, flow, start, task
from tests.mockserver.engine.strategies import QUICK

BPMN = file(start("a"), task("a"), flow("go", "a", "b"), task("b", EXECUTORS), flow("out", "b", "end"), END)
CONTENT: dict[str, Any] = {
    "version": 1,
    "people": [{"name": "ann", "title": "Ann"}, {"name": "bob"}],
    "definitions": ["paper.bpmn"],
    "instances": [
        {
            "id": "7",
            "definition": "P",
            "name": "first",
            "initiator": "ann",
            "started": "1970-01-01T08:00:05+08:00",
            "form": "{}",
            "done": [{"id": "8", "section": "a", "actor": "ann", "outcome": "go", "remark": "please"}],
            "tasks": [{"section": "b", "holders": ["bob", "ann"], "created": "1970-01-01T00:00:06Z"}],
        },
        {"definition": "P", "initiator": "bob", "state": "completed", "ended": "1970-01-01T00:00:07Z"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "paper.bpmn").write_bytes(BPMN)
    (tmp_path / "outside.bpmn").write_bytes(BPMN)
    return inside


def written(folder: Path, content: Any) -> Path:
    path = folder / "world.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def empty() -> World:
    world = World(clock=Clock(9_000))
    install(world)
    return world


def loaded(folder: Path, content: Any) -> World:
    world = empty()
    load(world, read(written(folder, content)))
    return world


def test_a_file_puts_people_definitions_and_instances_into_a_world(folder: Path) -> None:
    world = loaded(folder, CONTENT)
    assert set(rows.people(world).values()) == {Person("ann", "Ann"), Person("bob")}
    assert rows.definitions(world)["P"].name == "Paper"
    assert rows.instances(world)["7"] == Instance("7", "P", "first", "ann", "App", "Page", 5_000, form="{}")
    (other,) = (row for row in rows.instances(world).values() if row.id != "7")
    assert (other.name, other.state, other.started, other.ended) == ("Paper", State.COMPLETED, 9_000, 7_000)
    (waiting,) = rows.tasks(world).values()
    assert waiting == Task(waiting.id, "7", "b", "b", ("bob", "ann"), "App", 6_000, 6_000)
    assert rows.finished_tasks(world)["8"] == FinishedTask("8", "7", "a", "a", "App", "ann", "go", False, 5_000, 5_000)
    (told,) = rows.records(world).values()
    assert (told.task, told.action, told.outcome, told.remark) == ("8", Action.COMPLETE, "go", "please")


def test_a_loaded_task_can_be_submitted(folder: Path) -> None:
    world = loaded(folder, CONTENT)
    (waiting,) = rows.tasks(world).values()
    submit(world, waiting.id, "bob", Leaving())
    assert rows.instances(world)["7"].state is State.COMPLETED


def test_a_second_file_adds_to_the_first(folder: Path) -> None:
    world = loaded(folder, CONTENT)
    more = {
        "version": 1,
        "people": [{"name": "bob", "title": "Bob"}],
        "instances": [{"definition": "P", "initiator": "bob"}],
    }
    load(world, read(written(folder, more)))
    assert rows.people(world)["bob"] == Person("bob", "Bob")
    assert len(rows.instances(world)) == 3


KNOWN = {"shop.size": {"enum": ["small", "large"]}, "shop.floor": {"type": "integer"}}


def known(folder: Path, content: Any) -> World:
    """A world with a file of an API that knows two properties."""
    world = empty()
    load(world, read(written(folder, content)), KNOWN)
    return world


def _with_properties(properties: Any, where: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json.dumps(CONTENT))
    first = content["instances"][0]
    row = content["people"][0] if where == "people" else first[where][0]
    row["properties"] = properties
    return content


def test_an_api_may_know_more_of_people_and_tasks(folder: Path) -> None:
    content = _with_properties({"shop.size": "small"}, "people")
    content["instances"][0]["done"][0]["properties"] = {"shop.floor": 3, "other.name": "x"}
    content["instances"][0]["tasks"][0] |= {"id": "9", "properties": {"shop.size": "large", "shop.floor": 1}}
    world = known(folder, content)
    assert {at: dict(row) for at, row in world.state()["tables"]["properties"][0].items()} == {
        ("people", "ann"): {"shop.size": "small"},
        ("finished-tasks", "8"): {"shop.floor": 3},
        ("tasks", "9"): {"shop.size": "large", "shop.floor": 1},
    }
    assert rows.properties_of(world, rows.tasks(world), "9")["shop.floor"] == 1
    assert dict(rows.properties_of(world, rows.people(world), "bob")) == {}


def test_properties_of_an_api_that_is_not_served_are_skipped(folder: Path) -> None:
    assert len(rows.properties(loaded(folder, _with_properties({"shop.size": "huge"}, "people")))) == 0


def test_somebody_who_is_there_already_gets_new_properties(folder: Path) -> None:
    world = known(folder, _with_properties({"shop.size": "small"}, "people"))
    more = {"version": 1, "people": [{"name": "ann", "properties": {"shop.floor": 2}}]}
    load(world, read(written(folder, more)), KNOWN)
    assert dict(rows.properties_of(world, rows.people(world), "ann")) == {"shop.floor": 2}


@pytest.mark.parametrize(
    ("properties", "where", "said"),
    [
        ({"shop.size": "huge"}, "people", 'people[0].properties.shop.size: "huge" is not one of'),
        ({"shop.floor": "1"}, "tasks", 'instances[0].tasks[0].properties.shop.floor: "1" is not of type'),
        (
            {"shop.sise": "small"},
            "done",
            "instances[0].done[0].properties: there is no property 'shop.sise'; choose from: shop.size, shop.floor",
        ),
        ({"size": "small"}, "people", "people[0].properties: "),
    ],
)
def test_properties_that_nobody_means_are_refused(folder: Path, properties: Any, where: str, said: str) -> None:
    with pytest.raises(WorldFileError) as caught:
        known(folder, _with_properties(properties, where))
    assert str(caught.value).startswith(f"{folder / 'world.json'}: {said}")


@pytest.mark.parametrize(
    ("identity", "accepted"),
    [
        ("63ff32d918fbc20007a4a082", True),
        ("63ff32d918fbc20007a4a08", False),
        ("63FF32D918FBC20007A4A082", False),
        ("999999999999999", True),
        ("1000499999999999", True),
        ("1000500000000000", False),
    ],
)
def test_an_id_of_a_file_is_none_that_the_mock_may_make(folder: Path, identity: str, accepted: bool) -> None:
    content = _with(id=identity)
    if accepted:
        assert identity in rows.instances(loaded(folder, content))
        return
    with pytest.raises(WorldFileError, match=r"instances\[0\].id"):
        loaded(folder, content)


def test_the_published_schema_is_one_and_takes_the_example() -> None:
    schema = json.loads(SCHEMA.read_bytes())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(CONTENT)


def _with(**fields: Any) -> dict[str, Any]:
    """The content with another first instance."""
    first = {**CONTENT["instances"][0], **fields}
    return {**CONTENT, "instances": [first]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "it is no JSON that can be read (Expecting property name"),
        ('"\\ud800"', "it is no JSON that can be read (numbers, texts or nesting beyond reason)"),
        ("[" * 100_000, "it is no JSON that can be read (numbers, texts or nesting beyond reason)"),
        ("[]", '[] is not of type "object"'),
        ({}, '"version" is a required property'),
        ({"version": "1"}, "version: '1' is no version that is read; write 1"),
        ({"version": 1, "peopel": []}, "Additional properties are not allowed ('peopel' was unexpected)"),
        ({"version": 1, "people": [{}]}, 'people[0]: "name" is a required property'),
        ({"version": 1, "definitions": ["no.bpmn"]}, "definitions[0]: no.bpmn does not exist"),
        ({"version": 1, "definitions": ["."]}, "definitions[0]: inside is no file"),
        (
            {"version": 1, "definitions": ["../outside.bpmn"]},
            "definitions[0]: '../outside.bpmn' leads out of the folder; put the file beside this one",
        ),
        ({"version": 1, "definitions": ["a\0b"]}, "definitions[0]: "),
        ({"version": 1, "definitions": ["/etc/passwd"]}, "definitions[0]: '/etc/passwd' leads out of the folder"),
        ({"version": 1, "definitions": ["world.json"]}, "definitions[0]: world.json: line 1: it is no well-formed XML"),
        (
            {"version": 1, "definitions": ["paper.bpmn", "paper.bpmn"]},
            "definitions: the process 'P' is there already; give it another id, or start with --empty",
        ),
        (_with(definition="Q"), "instances[0].definition: no definition has the key 'Q'; name a BPMN process"),
        (_with(initiator="eve"), "instances[0].initiator: there is no user 'eve'; add him to people"),
        (_with(tasks=[{"section": "b", "holders": ["eve"]}]), "instances[0].tasks[0].holders: there is no user 'eve'"),
        (
            _with(tasks=[{"section": "c", "holders": ["ann"]}]),
            "instances[0].tasks[0].section: P has no user task 'c'; it has: a, b",
        ),
        (
            _with(done=[{"section": "a", "actor": "ann", "outcome": "out"}]),
            "instances[0].done[0].outcome: 'out' does not leave a; choose from: go",
        ),
        (_with(state="canceled"), "instances[0].tasks: an instance that has ended has none"),
        (_with(started="2024-13-01T00:00:00Z"), "instances[0].started: '2024-13-01T00:00:00Z' is no time"),
        (
            _with(tasks=[{"id": "9", "section": "b", "holders": ["ann"]}] * 2),
            "instances[0].tasks[1].id: the id 9 is taken",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_loaded_is_said_in_one_line(folder: Path, content: Any, said: str) -> None:
    with pytest.raises(WorldFileError) as caught:
        loaded(folder, content)
    text = str(caught.value)
    assert text.startswith(f"{folder / 'world.json'}: {said}")
    assert "\n" not in text
    assert len(text) < 400 + len(str(folder))


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "link.bpmn").symlink_to(folder.parent / "outside.bpmn")
    with pytest.raises(WorldFileError, match="leads out of the folder"):
        loaded(folder, {"version": 1, "definitions": ["link.bpmn"]})


def test_a_file_or_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorldFileError, match=r"world\.json does not exist"):
        read(tmp_path)
    with pytest.raises(WorldFileError, match=r"other\.json does not exist"):
        read(tmp_path / "other.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
names = st.sampled_from(("ann", "bob", "a", "b", "P", "go", "", "x"))
task_like = st.fixed_dictionaries(
    {"section": names, "holders": st.lists(names, max_size=2), "actor": names, "outcome": names, "id": names}
)
instance_like = st.fixed_dictionaries(
    {"definition": names, "initiator": names},
    optional={"tasks": st.lists(task_like, max_size=2), "done": st.lists(task_like, max_size=2), "state": names},
)
contents = st.fixed_dictionaries(
    {"version": st.just(1)},
    optional={
        "people": st.just(CONTENT["people"]) | json_values,
        "definitions": st.lists(st.sampled_from(("paper.bpmn", "..", "", "\0", "x" * 300)), max_size=2),
        "instances": st.lists(instance_like, max_size=2) | json_values,
    },
)


@settings(QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=contents | json_values | st.text(max_size=30))
def test_any_content_is_loaded_or_refused(folder: Path, content: Any) -> None:
    with suppress(WorldFileError):
        loaded(folder, content)
