"""Many pending tasks, with people whom Faker makes."""

from __future__ import annotations

import random
from collections.abc import Hashable

from faker import Faker

from mockserver.apis.jodoo import ids
from mockserver.apis.jodoo.world import FILE
from mockserver.engine import rows
from mockserver.engine.rows import Instance, Person, Task
from mockserver.engine.world import World

PEOPLE = 200
PERIOD = 365 * 24 * 3_600 * 1_000
"""Instances began within this many milliseconds."""

DEFINITION = FILE.definitions[0]


def add_pending(world: World, count: int, rng: random.Random) -> None:
    """Add that many instances in progress, each with one task in its first node."""
    table = rows.definitions(world)
    if DEFINITION.key not in table:  # a world that started empty
        table.insert(DEFINITION.key, DEFINITION)
    people = _add_people(world, rng)
    now, first = world.clock.now(), DEFINITION.first
    instances: dict[Hashable, Instance] = {}
    tasks: dict[Hashable, Task] = {}
    for _ in range(count):
        began = now - rng.randrange(PERIOD)
        identity, task = (ids.made(began, world.ids.number()) for _ in range(2))
        app, page = DEFINITION.app, DEFINITION.page
        instances[identity] = Instance(identity, DEFINITION.key, DEFINITION.name, rng.choice(people), app, page, began)
        tasks[task] = Task(task, identity, first.key, first.name, (rng.choice(people),), app, began, began)
    rows.instances(world).insert_all(instances)
    rows.tasks(world).insert_all(tasks)


def _add_people(world: World, rng: random.Random) -> list[str]:
    """A pool of people who were not there yet."""
    faker = Faker()
    faker.seed_instance(rng.getrandbits(64))
    table = rows.people(world)
    pool: list[str] = []
    while len(pool) < PEOPLE:
        name = faker.user_name()[:50]
        if name not in table:
            table.insert(name, Person(name, faker.name()))
            pool.append(name)
    return pool
