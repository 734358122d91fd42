"""The default world: the document's sample, and an instance or a task for each status and action."""

from __future__ import annotations

from pathlib import Path

from mockserver.apis.jodoo.policies import RULES
from mockserver.apis.jodoo.properties import PROPERTIES
from mockserver.engine.workflow import install
from mockserver.engine.world import World
from mockserver.engine.worldfile import load, read

FOLDER = Path(__file__).with_name("definitions")
FILE = read(FOLDER)
"""A world file and the BPMN file beside it; ``generator`` makes the former."""


def prepare(world: World) -> None:
    """Give an empty world what the handler needs: tables and rules."""
    install(world)
    world.rules.update(RULES)


def fill(world: World, seed: int) -> None:
    """Put the default content into a prepared world."""
    world.use_seed(seed)
    load(world, FILE, PROPERTIES)
