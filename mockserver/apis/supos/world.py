"""The default world: what the document's samples need, and one of each special ground that a clause needs."""

from __future__ import annotations

from pathlib import Path

from mockserver.apis.supos import history, todo
from mockserver.apis.supos.policies import RULES
from mockserver.apis.supos.read_policies import READ_RULES
from mockserver.engine.workflow import install
from mockserver.engine.world import World
from mockserver.engine.worldfile import load, read

SAMPLE_APP = "App_325ea305252fe5d0d1f78b1c2efe2413"
SAMPLE_PAGE = "Page_0a4f3b38124142cbae4dae62f6664f5a"
SAMPLE_TIME = 1_600_731_493_893
"""2020-09-22T07:38:13.893+0800."""

MAIN, TWO_CHOICES = "K2002018123456789", "K2002018123456790"
UNPUBLISHED, POSITION_EMPTY = "K2002018123456791", "K2002018123456792"
PARALLEL, CONDITIONAL = "K2002018123456794", "K2002018123456795"
SUSPENDED = "1000492908536530"
SUSPENDED_TASK, SUSPENDED_DONE = "1000492908536531", "1000492908536532"

FILE = read(Path(__file__).with_name("definitions"))
"""What the default world is made of: a world file and the BPMN files beside it."""

DEFINITIONS = FILE.definitions
SECTIONS = {section.key: section for definition in DEFINITIONS for section in definition.sections}

EDIT, APPROVAL, ARCHIVE = SECTIONS["userTask_edit"], SECTIONS["userTask_123"], SECTIONS["userTask_456"]
REVIEW, RELEASE = SECTIONS["userTask_124"], SECTIONS["userTask_125"]


def prepare(world: World) -> None:
    """Give an empty world what the handlers need: tables and rules."""
    install(world)
    world.rules.update(RULES)
    world.rules.update(READ_RULES)
    todo.add_tables(world)


def fill(world: World, seed: int) -> None:
    """Put the default content into a prepared world."""
    world.use_seed(seed)
    load(world, FILE)
    history.add(world, DEFINITIONS[0], SAMPLE_TIME)
