"""The default world: what the document's samples need, and one of each special ground that a clause needs."""

from __future__ import annotations

from mockserver.apis.supos import history
from mockserver.apis.supos.policies import RULES
from mockserver.apis.supos.read_policies import READ_RULES
from mockserver.apis.supos.todo import TABLE
from mockserver.engine import rows
from mockserver.engine.definitions import By, Executors, Flow, ProcessDefinition, Section
from mockserver.engine.rows import Instance, Person, State, Task
from mockserver.engine.workflow import install
from mockserver.engine.world import World

SAMPLE_APP = "App_325ea305252fe5d0d1f78b1c2efe2413"
SAMPLE_PAGE = "Page_0a4f3b38124142cbae4dae62f6664f5a"
SAMPLE_TIME = 1_600_731_493_893
"""2020-09-22T07:38:13.893+0800."""

MAIN, TWO_CHOICES = "K2002018123456789", "K2002018123456790"
UNPUBLISHED, POSITION_EMPTY = "K2002018123456791", "K2002018123456792"
SUSPENDED, SUSPENDED_TASK = "1000492908536530", "1000492908536531"

PEOPLE = {
    "test": "test user",
    "test1": "first colleague",
    "test2": "second colleague",
    "zhangsan": "Zhang San",
    "Zhang San": "Zhang San",
    "Li Si": "Li Si",
    "wangwu": "Wang Wu",
    history.PERSON: "Zhao Liu",
    "pager": "somebody with long lists",
    "stranger": "somebody without tasks",
}
"""Username -> title."""

EDIT = Section("userTask_edit", "edit", Executors(By.INITIATOR))
APPROVAL = Section("userTask_123", "approval", Executors(By.NAMED))
ARCHIVE = Section("userTask_456", "archive", Executors(By.FIXED, users=("zhangsan",)))
REVIEW = Section("userTask_124", "review", Executors(By.NAMED))
RELEASE = Section("userTask_125", "release", Executors(By.POSITION))


def _leave(key: str, name: str, *, published: bool = True) -> ProcessDefinition:
    """Edit by the initiator, approval by whom the request names, archive by one person."""
    flows = (
        Flow("edge_123", "agree", EDIT.key, APPROVAL.key, 1),
        Flow("edge_124", "withdraw", EDIT.key, None, 2, rejection=True),
        Flow("edge_125", "agree", APPROVAL.key, ARCHIVE.key, 1),
        Flow("edge_126", "disagree", APPROVAL.key, EDIT.key, 2, rejection=True),
        Flow("edge_127", "done", ARCHIVE.key, None, 1),
    )
    return ProcessDefinition(key, name, SAMPLE_APP, SAMPLE_PAGE, (EDIT, APPROVAL, ARCHIVE), flows, published)


def _straight(key: str, name: str, *sections: Section) -> ProcessDefinition:
    """One section after the other, one flow out of each."""
    targets = [*(section.key for section in sections[1:]), None]
    flows = [
        Flow(f"edge_{number}", "agree", section.key, target, 1)
        for number, (section, target) in enumerate(zip(sections, targets, strict=True), start=1)
    ]
    return ProcessDefinition(key, name, SAMPLE_APP, SAMPLE_PAGE, sections, tuple(flows))


DEFINITIONS = (
    _leave(MAIN, "leave application process"),
    _straight(TWO_CHOICES, "purchase process", EDIT, APPROVAL, REVIEW),
    _leave(UNPUBLISHED, "draft of a process", published=False),
    _straight(POSITION_EMPTY, "release process", EDIT, RELEASE),
)


def prepare(world: World) -> None:
    """Give an empty world what the handlers need: tables and rules."""
    install(world)
    world.rules.update(RULES)
    world.rules.update(READ_RULES)
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
    _add(world, SUSPENDED, "leave application-002", State.SUSPENDED, SUSPENDED_TASK, APPROVAL, "test1")
    history.add(world, DEFINITIONS[0], SAMPLE_TIME)


def _add(world: World, number: str, name: str, state: State, task: str, section: Section, holder: str) -> None:
    """An instance of the main process, started by zhangsan at the time of the samples, with one task."""
    instance = Instance(number, MAIN, name, "zhangsan", SAMPLE_APP, SAMPLE_PAGE, SAMPLE_TIME, state, "{}")
    rows.instances(world).insert(number, instance)
    row = Task(task, number, section.key, section.name, (holder,), SAMPLE_APP, SAMPLE_TIME, SAMPLE_TIME)
    rows.tasks(world).insert(task, row)
