"""The default world, what its rows look like, its roles, its generator, and bulk data."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import specs
from mockserver import Options, create_app
from mockserver.apis import jodoo
from mockserver.apis.jodoo import ADAPTER, generator, ids
from mockserver.apis.jodoo.bulk import add_pending
from mockserver.apis.jodoo.properties import PROPERTIES
from mockserver.engine import rows
from mockserver.engine.world import World
from mockserver.engine.worldfile import load
from mockserver.engine.worldfile import read as read_file
from mockserver.errors import Refused, UsageError
from specs.schemas import validator
from tests.mockserver.apis.jodoo.conftest import NOW, SAMPLE, read, seeded
from tests.mockserver.engine.strategies import fail

CONTRACT = specs.load("jodoo")
OPERATION = CONTRACT.operations["getInstance"]
SCHEMAS = CONTRACT.document["components"]["schemas"]


def assert_documented(shown: Any) -> None:
    (pointer,) = OPERATION.success.media.values()
    validator(CONTRACT, pointer, "response").validate(shown)


def all_of(world: World) -> list[Any]:
    """Every instance as it is shown."""
    return [read(world, ids.shown(instance.id)) for instance in rows.instances(world).values()]


def test_the_same_seed_makes_the_same_world() -> None:
    assert seeded().state() == seeded().state()


def test_every_instance_is_shown_as_documented(world: World) -> None:
    shown = all_of(world)
    assert len(shown) == 33
    for instance in shown:
        assert_documented(instance)


def test_every_status_and_every_action_is_there(world: World) -> None:
    shown = all_of(world)
    tasks = [task for instance in shown for task in instance["tasks"]]
    assert {instance["status"] for instance in shown} == set(SCHEMAS["InstanceStatus"]["enum"])
    assert {task["status"] for task in tasks} == set(SCHEMAS["TaskStatus"]["enum"])
    assert {task["create_action"] for task in tasks} == set(SCHEMAS["CreateAction"]["enum"])
    assert {task["finish_action"] for task in tasks} == set(SCHEMAS["FinishAction"]["enum"])


def test_what_has_not_ended_has_no_end(world: World) -> None:
    for instance in all_of(world):
        assert (instance["finish_time"] is None) == (instance["status"] == 0)
        for task in instance["tasks"]:
            open_ = task["status"] in (0, 4, 5)
            assert (task["finish_time"] is None, task["finish_action"] is None) == (open_, open_)
            assert instance["status"] == 0 or task["status"] != 0


def test_what_is_shown_hangs_together(world: World) -> None:
    seen: set[str] = set()
    for instance in all_of(world):
        assert instance["url"] == f"https://www.jodoo.com/workflow/process_instance/{instance['instance_id']}"
        times = [instance["create_time"]]
        for task in instance["tasks"]:
            same = ("instance_id", "app_id", "form_id", "form_title", "creator")
            assert [task[name] for name in same] == [instance[name] for name in same]
            end = f"/workflow/process_instance/{instance['instance_id']}/task/{task['task_id']}"
            assert task["url"].endswith(end)
            assert task["create_time"] >= instance["create_time"]
            times += [task["create_time"], task["finish_time"]]
        listed = [task["task_id"] for task in instance["tasks"]]
        assert seen.isdisjoint(listed)
        seen.update(listed)
        assert instance["update_time"] == max(time for time in times if time)


def test_members_are_people_with_departments(world: World) -> None:
    members = {instance["creator"]["username"]: instance["creator"] for instance in all_of(world)}
    assert members["Jodoo Official"] == {
        "username": "Jodoo Official",
        "name": "Jodoo",
        "departments": [1],
        "type": 0,
        "status": 1,
    }
    assert len({tuple(member["departments"]) for member in members.values()}) > 3
    assert all(member["name"] for member in members.values())


def test_roles_lend_what_they_say(world: World) -> None:
    roles = dict(ADAPTER.roles(world))
    assert (roles.pop("instance.main"), roles.pop("instance.main.task-count")) == (SAMPLE, 2)
    statuses = {"running": 0, "completed": 1, "ended": 2, "activated": 4, "paused": 5}
    for role, value in roles.items():
        kind, _, rest = role.partition(".")
        if kind == "instance":
            assert read(world, value)["status"] == statuses[rest], role
            continue
        lent = value.partition("/")
        (task,) = (task for task in read(world, lent[0])["tasks"] if task["task_id"] == lent[2])
        how, _, action = rest.partition(".")
        if action:
            assert task[{"created-by": "create_action", "finished-by": "finish_action"}[how]] == action, role
        else:
            assert task["status"] == statuses[rest], role
    assert len(roles) == 3 + 5 + 14 + 7


def test_an_empty_world_is_served_and_lends_nothing() -> None:
    world = World()
    ADAPTER.prepare(world)
    assert ADAPTER.roles(world) == {}
    with pytest.raises(Refused) as caught:
        read(world, SAMPLE)
    assert caught.value.code == "50016"


def test_the_generator_makes_the_committed_file_but_for_people_and_their_words() -> None:
    def bare(content: Any) -> Any:
        people = {person["name"]: number for number, person in enumerate(content["people"])}
        text = json.dumps(content["instances"])
        for name in sorted(people, key=len, reverse=True):
            text = text.replace(json.dumps(name), f'"person {people[name]}"')
        instances = [{**instance, "form": bool(instance.get("form"))} for instance in json.loads(text)]
        properties = [person.get("properties") for person in content["people"]]
        return {**content, "people": properties, "instances": instances}

    committed = json.loads(generator.FILE.read_bytes())
    assert bare(generator.world()) == bare(committed)
    assert generator.text().endswith("}\n")


def test_the_default_world_is_a_world_file_that_an_empty_world_can_load() -> None:
    folder = Path(jodoo.__file__).with_name("definitions")
    world = World(clock=seeded().clock)
    ADAPTER.prepare(world)
    world.use_seed(1)
    load(world, read_file(folder), PROPERTIES)
    assert world.state() == seeded().state()


def test_bulk_adds_that_many_instances_the_same_for_the_same_seed() -> None:
    one, other = seeded(), seeded()
    for world in (one, other):
        for seed in (3, 3):
            add_pending(world, 150, random.Random(seed))
    assert one.state() == other.state()
    assert len(rows.instances(one)) == 33 + 300
    shown = all_of(one)[-1]
    assert_documented(shown)
    assert [(task["status"], task["flow_id"]) for task in shown["tasks"]] == [(0, 0)]
    assert shown["instance_id"] != shown["tasks"][0]["task_id"]


def test_bulk_fills_an_empty_world_and_is_undone_with_its_command() -> None:
    world = World()
    ADAPTER.prepare(world)
    before = world.state()
    fail(world, lambda: add_pending(world, 5, random.Random(1)))
    assert world.state() == before
    add_pending(world, 5, random.Random(1))
    assert [instance["status"] for instance in all_of(world)] == [0] * 5


OWN = {
    "version": 1,
    "api": "jodoo",
    "people": [{"name": "ann", "properties": {"jodoo.departments": [7, 8], "jodoo.type": 2, "jodoo.status": 0}}],
    "definitions": ["vehicle.bpmn"],
    "instances": [
        {
            "definition": "vehicle-application",
            "initiator": "ann",
            "started": "2024-01-01T00:00:00Z",
            "state": "suspended",
            "tasks": [{"section": "node_0", "holders": ["ann"]}],
        },
        {
            "definition": "vehicle-application",
            "initiator": "ann",
            "started": "2024-01-01T00:00:00Z",
            "done": [{"section": "node_2", "actor": "ann", "outcome": "return_2"}],
            "tasks": [
                {
                    "section": "node_0",
                    "holders": ["ann"],
                    "properties": {"jodoo.create-action": "back", "jodoo.waiting": "activated", "jodoo.title": "Again"},
                }
            ],
        },
    ],
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    bpmn = Path(jodoo.__file__).with_name("definitions") / "vehicle.bpmn"
    (tmp_path / "vehicle.bpmn").write_bytes(bpmn.read_bytes())
    (tmp_path / "world.json").write_text(json.dumps(OWN))
    return tmp_path


def test_a_world_file_of_ones_own_may_leave_ids_and_actions_out(own: Path) -> None:
    worlds = create_app(apis=("jodoo",), options=Options(empty=True, load=(str(own),))).worlds
    world = worlds.of(None).part("jodoo")
    paused, returned = (read(world, f"00000000100841900000000{number}") for number in (1, 3))
    assert_documented(paused)
    assert_documented(returned)
    assert paused["creator"] == {"username": "ann", "name": "ann", "departments": [7, 8], "type": 2, "status": 0}
    (task,) = paused["tasks"]
    assert (task["status"], task["create_action"], task["task_id"]) == (5, "forward", "000000001008419000000002")
    over, again = returned["tasks"]
    assert (over["status"], over["finish_action"], over["flow_id"], over["title"]) == (1, "back", 2, "Review")
    assert (again["status"], again["create_action"], again["flow_id"]) == (4, "back", 0)
    assert (again["title"], again["flow_name"]) == ("Again", "Aprroval")


def test_a_property_that_jodoo_does_not_know_is_refused(own: Path) -> None:
    content = json.loads(json.dumps(OWN))
    content["instances"][1]["tasks"][0]["properties"]["jodoo.create-action"] = "reject"
    (own / "world.json").write_text(json.dumps(content))
    with pytest.raises(UsageError, match=r"instances\[1\]\.tasks\[0\]\.properties\.jodoo\.create-action: "):
        create_app(apis=("jodoo",), options=Options(empty=True, load=(str(own),)))


def test_a_file_of_another_api_is_skipped_and_of_none_is_refused(own: Path) -> None:
    assert create_app(apis=("supos",), options=Options(load=(str(own),)))
    (own / "world.json").write_text(json.dumps({**OWN, "api": "jodo"}))
    with pytest.raises(UsageError, match=r"api: there is no API 'jodo'; choose from: jodoo, supos"):
        create_app(apis=("supos",), options=Options(load=(str(own),)))


def test_apis_that_are_served_together_do_not_see_each_others_rows() -> None:
    worlds = create_app(apis=("jodoo", "supos")).worlds
    world = worlds.of(None)
    mine, other = (set(rows.instances(world.part(api))._rows) for api in ("jodoo", "supos"))
    assert (SAMPLE in mine, SAMPLE in other) == (True, False)
    assert mine.isdisjoint(other)
    alone = create_app(apis=("supos",)).worlds.of(None).part("supos").state()["tables"]
    assert world.part("supos").state()["tables"] == alone


def test_processes_of_no_form_are_not_shown(world: World) -> None:
    definition = rows.definitions(world)["vehicle-application"]
    rows.definitions(world).replace(definition.key, replace(definition, app="App_1"))
    with pytest.raises(Refused):
        read(world, SAMPLE)


@pytest.mark.parametrize(
    ("text", "known"), [("0" * 24, True), (SAMPLE, True), ("f" * 23, False), ("F" * 24, False), ("", False)]
)
def test_ids_have_24_hexadecimal_digits(text: str, known: bool) -> None:
    assert ids.is_id(text) is known


def test_an_id_that_is_made_begins_with_its_time() -> None:
    assert ids.made(NOW, 1) == "6553f1000000000000000001"
    assert ids.shown("1008419000000001") == "000000001008419000000001"
    assert ids.meant("000000001008419000000001") == ("000000001008419000000001", "1008419000000001")


def test_the_adapter_is_imported_without_faker_and_without_defects() -> None:
    code = (
        "import sys, mockserver.apis.jodoo\n"
        "from mockserver.engine.world import World\n"
        "world = World(); mockserver.apis.jodoo.ADAPTER.prepare(world); mockserver.apis.jodoo.ADAPTER.seed(world, 1)\n"
        "bad = [n for n in sys.modules if n.split('.')[0] in ('faker', 'connexion') or 'defects' in n]\n"
        "sys.exit(repr(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_option_begins_as_the_document_says() -> None:
    (option,) = ADAPTER.options
    limit = OPERATION.raw["x-rate-limit"]
    assert (option.name, option.default) == ("rate-limit", limit["calls"])
    assert ADAPTER.rate is not None
    assert ADAPTER.rate < limit["calls"] / limit["seconds"]
