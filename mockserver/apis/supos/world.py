"""The default world: what the document's samples need, and one of each special ground that a clause needs."""

from __future__ import annotations

from pathlib import Path

from mockserver.apis.supos.policies import RULES
from mockserver.apis.supos.todo import TABLE
from mockserver.engine import rows
from mockserver.engine.definitions import ProcessDefinition, Section, definitions_in
from mockserver.engine.rows import Instance, Person, State, Task
from mockserver.engine.workflow import install
from mockserver.engine.world import World

SAMPLE_APP = "App_325ea305252fe5d0d1f78b1c2efe2413"
SAMPLE_PAGE = "Page_0a4f3b38124142cbae4dae62f6664f5a"
SAMPLE_TIME = 1_600_731_493_893
"""2020-09-22T07:38:13.893+0800."""

MAIN, TWO_CHOICES = "K2002018123456789", "K2002018123456790"
UNPUBLISHED, POSITION_EMPTY = "K2002018123456791", "K2002018123456792"
PARALLEL, CONDITIONAL = "K2002018123456794", "K2002018123456795"
SUSPENDED_TASK = "1000492908536531"

PEOPLE = {
    "test": "test user",
    "test1": "first colleague",
    "test2": "second colleague",
    "zhangsan": "Zhang San",
    "Zhang San": "Zhang San",
    "Li Si": "Li Si",
    "wangwu": "Wang Wu",
    "pager": "somebody with long lists",
    "stranger": "somebody without tasks",
}
"""Username -> title."""


DEFINITIONS: tuple[ProcessDefinition, ...] = tuple(
    definition
    for file in sorted(Path(__file__).with_name("definitions").glob("*.bpmn"))
    for definition in definitions_in(file.read_bytes())
)
SECTIONS = {section.key: section for definition in DEFINITIONS for section in definition.sections}

EDIT, APPROVAL, ARCHIVE = SECTIONS["userTask_edit"], SECTIONS["userTask_123"], SECTIONS["userTask_456"]
REVIEW, RELEASE = SECTIONS["userTask_124"], SECTIONS["userTask_125"]


def prepare(world: World) -> None:
    """Give an empty world what the handlers need: tables and rules."""
    install(world)
    world.rules.update(RULES)
    world.add_table(TABLE)


def fill(world: World, seed: int) -> None:
    """Put the default content into a prepared world."""
    world.use_seed(seed)
    people, definitions = rows.people(world), rows.definitions(world)
    for name, title in PEOPLE.items():
        people.insert(name, Person(name, title))
    for definition in DEFINITIONS:
        definitions.insert(definition.key, definition)
    _add(world, "1000492908536528", "leave application-001", State.RUNNING, "1000492908536529", EDIT, "test")
    _add(world, "1000492908536530", "leave application-002", State.SUSPENDED, SUSPENDED_TASK, APPROVAL, "test1")


def _add(world: World, number: str, name: str, state: State, task: str, section: Section, holder: str) -> None:
    """An instance of the main process, started by zhangsan at the time of the samples, with one task."""
    instance = Instance(number, MAIN, name, "zhangsan", SAMPLE_APP, SAMPLE_PAGE, SAMPLE_TIME, state, "{}")
    rows.instances(world).insert(number, instance)
    row = Task(task, number, section.key, section.name, (holder,), SAMPLE_APP, SAMPLE_TIME, SAMPLE_TIME)
    rows.tasks(world).insert(task, row)
