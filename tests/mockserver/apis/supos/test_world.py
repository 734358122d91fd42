"""The default world, its roles, and bulk data."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from mockserver.apis import supos
from mockserver.apis.supos import ADAPTER, history
from mockserver.apis.supos.bulk import add_pending
from mockserver.apis.supos.world import CONDITIONAL, DEFINITIONS, SAMPLE_TIME
from mockserver.engine import rows
from mockserver.engine.clock import Clock
from mockserver.engine.rows import Record, State
from mockserver.engine.world import World
from mockserver.engine.worldfile import load, read
from tests.mockserver.apis.supos.conftest import NOW, pending
from tests.mockserver.engine.strategies import fail


def seeded(seed: int = 1) -> World:
    world = World(clock=Clock(NOW))
    ADAPTER.prepare(world)
    ADAPTER.seed(world, seed)
    return world


def test_the_same_seed_makes_the_same_world() -> None:
    assert seeded().state() == seeded().state()


def test_roles_name_what_the_world_has(world: World) -> None:
    roles = dict(ADAPTER.roles(world))
    people = rows.people(world)
    users = {name: value for name, value in roles.items() if name.startswith(("user.", "todo."))}
    assert users.pop("user.unknown") not in people
    assert users.pop("user.other.show-name") == people[users["user.other"]].title
    assert all(value in people for value in users.values())
    assert roles["task.suspended.user"] in rows.tasks(world)[roles["task.suspended"]].holders
    keys = {name: roles[name] for name in roles if name.startswith("process.") and name.count(".") == 1}
    assert set(keys.values()) == {definition.key for definition in DEFINITIONS} - {CONDITIONAL}
    sections = {definition.key: definition.by_key for definition in DEFINITIONS}
    named = {name: value for name, value in roles.items() if name.rpartition(".")[2].startswith("section")}
    assert all(value in sections[roles[name.rpartition(".")[0]]] for name, value in named.items())
    done = roles["task.suspended.done"]
    assert rows.finished_tasks(world)[done].actor == roles["task.suspended.done.user"]


def test_the_history_has_three_pages_of_everything_that_is_listed(world: World) -> None:
    user = ADAPTER.roles(world)["user.history"]
    tables = ((rows.tasks(world), "holder", user), (rows.finished_tasks(world), "actor", user))
    initiated = ((rows.instances(world), "initiator", (user, state)) for state in (State.RUNNING, State.COMPLETED))
    for table, index, bucket in (*tables, *initiated):
        _, total = table.page(index, bucket, 0, 0)
        assert total > 20
    assert {instance.state for instance in rows.instances(world).values()} == set(State)


def test_every_row_of_the_seed_belongs_to_an_instance_a_section_and_people(world: World) -> None:
    people = rows.people(world)
    for table in (rows.tasks(world), rows.finished_tasks(world), rows.records(world)):
        for row in table.values():
            instance = rows.instance_of(world, row)
            assert instance.initiator in people
            if not isinstance(row, Record):
                assert row.section in rows.definitions(world)[instance.definition].by_key
                assert row.app == instance.app


def test_lent_instances_are_what_their_roles_say(world: World) -> None:
    roles = ADAPTER.roles(world)
    for name, state in (("suspended", State.SUSPENDED), ("canceled", State.CANCELED)):
        instance = rows.instances(world)[roles[f"instance.{name}"]]
        assert (instance.state, instance.initiator) == (state, roles[f"instance.{name}.initiator"])


def test_flows_lead_from_sections_to_sections() -> None:
    for definition in DEFINITIONS:
        assert {flow.source for flow in definition.flows} <= set(definition.by_key)
        assert {target for flow in definition.flows for target in flow.targets} <= set(definition.by_key)


def test_the_default_world_is_a_world_file_that_an_empty_world_can_load() -> None:
    folder = Path(supos.__file__).with_name("definitions")
    world = World(clock=Clock(NOW))
    ADAPTER.prepare(world)
    world.use_seed(1)
    load(world, read(folder))
    history.add(world, DEFINITIONS[0], SAMPLE_TIME)
    assert world.state() == seeded().state()
    assert {file.name for file in folder.glob("*.bpmn")} == set(read(folder).content["definitions"])


def test_an_empty_world_is_served_too() -> None:
    world = World()
    ADAPTER.prepare(world)
    assert len(rows.people(world)) == 0
    assert world.rules["supos.pending.known_user"](world, "test") is False


def test_bulk_adds_that_many_tasks_the_same_for_the_same_seed() -> None:
    one, other = seeded(), seeded()
    for world in (one, other):
        add_pending(world, 300, random.Random(3))
    assert one.state() == other.state()
    assert len(rows.tasks(one)) == len(rows.tasks(seeded())) + 300
    assert pending(one, "pager")["pagination"]["total"] == 150


def test_bulk_twice_adds_up() -> None:
    world = seeded()
    for _ in range(2):
        add_pending(world, 10, random.Random(3))
    assert pending(world, "pager")["pagination"]["total"] == 10


def test_bulk_lists_are_sorted_and_complete() -> None:
    world = seeded()
    add_pending(world, 40, random.Random(3))
    listed = pending(world, "pager", page_size=500)["list"]
    assert len({row["taskId"] for row in listed}) == 20
    assert all(newer["startTime"] >= older["startTime"] for newer, older in pairwise(listed))


def test_bulk_within_a_failed_command_is_undone() -> None:
    world = seeded()
    before = world.state()
    fail(world, lambda: add_pending(world, 10, random.Random(3)))
    assert world.state() == before


def test_the_adapter_is_imported_without_faker_and_without_defects() -> None:
    code = (
        "import sys, mockserver.apis.supos\n"
        "from mockserver.engine.world import World\n"
        "world = World(); mockserver.apis.supos.ADAPTER.prepare(world); mockserver.apis.supos.ADAPTER.seed(world, 1)\n"
        "bad = [n for n in sys.modules if n.split('.')[0] in ('faker', 'connexion') or 'defects' in n]\n"
        "sys.exit(repr(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_default_world_has_tasks_of_several_kinds(world: World) -> None:
    assert [row["type"] for row in pending(world, "Li Si")["list"]] == [2]
    assert [row["type"] for row in pending(world, "Zhang San")["list"]] == [5]
