"""Many pending tasks, with people and texts that Faker makes."""

from __future__ import annotations

import random
from collections.abc import Hashable

from faker import Faker

from mockserver.apis.supos.world import APPROVAL, DEFINITIONS, MAIN, SAMPLE_PAGE
from mockserver.engine import rows
from mockserver.engine.rows import Instance, Person, Task
from mockserver.engine.world import World

PEOPLE, NAMES, APPS = 200, 500, 20
"""Sizes of the pools that tasks are drawn from."""

LONG_LIST = "pager"
"""The user who gets every second task."""

PERIOD = 365 * 24 * 3_600 * 1_000
"""Tasks began within this many milliseconds."""


def add_pending(world: World, count: int, rng: random.Random) -> None:
    """Add that many running processes, each with one task that waits for one user."""
    definitions, everybody = rows.definitions(world), rows.people(world)
    if MAIN not in definitions:  # a world that started empty
        definitions.insert(MAIN, next(definition for definition in DEFINITIONS if definition.key == MAIN))
    if LONG_LIST not in everybody:
        everybody.insert(LONG_LIST, Person(LONG_LIST))
    faker = Faker()
    faker.seed_instance(rng.getrandbits(64))
    people = _add_people(world, faker)
    names = [f"{faker.catch_phrase()} process"[:200] for _ in range(NAMES)]
    apps = [f"App_{rng.getrandbits(128):032x}" for _ in range(APPS)]
    now = world.clock.now()
    instances: dict[Hashable, Instance] = {}
    tasks: dict[Hashable, Task] = {}
    for number in range(count):
        holder = LONG_LIST if number % 2 == 0 else rng.choice(people)
        app, began, text = rng.choice(apps), now - rng.randrange(PERIOD), world.ids.text
        instance = Instance(text(), MAIN, rng.choice(names), rng.choice(people), app, SAMPLE_PAGE, began)
        task = Task(text(), instance.id, APPROVAL.key, APPROVAL.name, (holder,), app, began, began)
        instances[instance.id] = instance
        tasks[task.id] = task
    rows.instances(world).insert_all(instances)
    rows.tasks(world).insert_all(tasks)


def _add_people(world: World, faker: Faker) -> list[str]:
    """A pool of people, those who are there already included."""
    table = rows.people(world)
    pool: list[str] = []
    while len(pool) < PEOPLE:
        name = faker.user_name()[:50]
        if name not in table:
            table.insert(name, Person(name, faker.name()))
            pool.append(name)
    return pool
