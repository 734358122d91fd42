"""Makes ``definitions/world.json``: ``python -m mockserver.apis.jodoo.generator`` writes it.

The file is committed, so that the default world hangs neither on Faker's version nor on its start-up. Everything but
people and their words is the same on each run.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from faker import Faker

from mockserver.apis.jodoo import ids
from mockserver.apis.jodoo import properties as said
from mockserver.apis.jodoo.journeys import JOURNEYS, Journey, Leg

FILE = Path(__file__).with_name("definitions") / "world.json"
DEFINITION = "vehicle-application"
SEED = 16051
COLLEAGUES, ORDINARY = 12, 24
"""Made-up people, and instances of theirs that show nothing special."""

MINUTE, HOUR = 60_000, 3_600_000
FIRST = 1_667_000_000_000
"""When the first of the generated instances began: 2022-10-28, two days after the sample."""

OFFICIAL = {"name": "Jodoo Official", "title": "Jodoo"}
SAMPLE = {
    "id": "63ff32d918fbc20007a4a082",
    "definition": DEFINITION,
    "initiator": "Jodoo Official",
    "started": "2022-10-26T13:11:45.087Z",
    "done": [
        {
            "id": "63f31ae8144f4a09ec197162",
            "section": "node_0",
            "actor": "Jodoo Official",
            "outcome": "submit_0",
            "created": "2022-10-26T13:11:45.087Z",
            "ended": "2022-10-26T13:11:45.087Z",
            "properties": {
                said.TITLE: "Approval",
                said.PAGE: "https://www.jiandaoyun.com/workflow/process_instance",
            },
        }
    ],
    "tasks": [
        {
            "id": "63f31ae8144f4a09ec197163",
            "section": "node_2",
            "holders": ["Jodoo Official"],
            "created": "2022-10-26T13:18:57.605Z",
            "properties": {said.PAGE: "https://www.jiandaoyun.com/workflow/process_instance"},
        }
    ],
}
"""The instance that the document prints (lines 284-373); its links to tasks lead to the vendor's other site."""


@dataclass(slots=True)
class _Made:
    """What draws and counts."""

    rng: random.Random
    faker: Faker
    people: list[str]

    def id(self, milliseconds: int) -> str:
        return ids.made(milliseconds, self.rng.getrandbits(64))

    def person(self) -> str:
        return self.rng.choice(self.people)


def world() -> dict[str, Any]:
    """The content of the file."""
    rng, faker = random.Random(SEED), Faker()  # noqa: S311 - the same draw on each run
    faker.seed_instance(SEED)
    people = list(_people(rng, faker))
    made = _Made(rng, faker, [person["name"] for person in people])
    journeys = [*JOURNEYS.values(), *(ORDINARY_JOURNEYS[n % len(ORDINARY_JOURNEYS)] for n in range(ORDINARY))]
    instances = [_instance(made, journey, FIRST + number * 7 * HOUR) for number, journey in enumerate(journeys)]
    return {
        "version": 1,
        "api": "jodoo",
        "people": [OFFICIAL, *people],
        "definitions": ["vehicle.bpmn"],
        "instances": [SAMPLE, *instances],
    }


ORDINARY_JOURNEYS = (
    Journey("running", (Leg("node_0"),)),
    Journey("running", (Leg("node_0", finished="forward"), Leg("node_2"))),
    Journey(
        "completed",
        (
            Leg("node_0", finished="forward"),
            Leg("node_2", finished="forward"),
            Leg("node_3", finished="forward"),
        ),
    ),
)


def _people(rng: random.Random, faker: Faker) -> Iterator[dict[str, Any]]:
    names: set[str] = set()
    while len(names) < COLLEAGUES:
        name = faker.user_name()
        if name not in names:
            names.add(name)
            departments = sorted(rng.sample(range(1, 9), rng.choice((1, 1, 2))))
            yield {"name": name, "title": faker.name(), "properties": {said.DEPARTMENTS: departments}}


def _instance(made: _Made, journey: Journey, began: int) -> dict[str, Any]:
    """An instance whose tasks follow each other, an hour and some minutes each."""
    instance: dict[str, Any] = {
        "id": made.id(began),
        "definition": DEFINITION,
        "initiator": made.person(),
        "started": _time(began),
        "state": journey.state,
        "form": json.dumps({"reason": made.faker.sentence(6), "plate": made.faker.license_plate()}),
        "done": [],
        "tasks": [],
    }
    at = began
    for leg in journey.legs:
        properties: dict[str, Any] = {said.CREATE_ACTION: leg.created}
        row = {"id": made.id(at), "section": leg.node, "created": _time(at), "properties": properties}
        if leg.finished is None:
            if leg.waiting is not None:
                properties[said.WAITING] = leg.waiting
            instance["tasks"].append({**row, "holders": [made.person()]})
            at += 2 * MINUTE
            continue
        at += HOUR + made.rng.randrange(HOUR)
        properties[said.FINISH_ACTION] = leg.finished
        if leg.closed:
            properties[said.CLOSED] = True
        outcome = f"{'return' if leg.finished == 'back' else 'submit'}_{leg.node[-1]}"
        instance["done"].append({**row, "actor": made.person(), "outcome": outcome, "ended": _time(at)})
    if journey.state in ("completed", "canceled"):
        instance["ended"] = _time(at)
    return {name: value for name, value in instance.items() if value != []}


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def text() -> str:
    """The file as it is written."""
    return json.dumps(world(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{FILE.name} written\n")
