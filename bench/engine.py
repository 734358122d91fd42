"""What the interpreter costs: CPU time of a start, of a submit and of a failing start undone; memory of instances.

``python bench/engine.py`` plays the processes of the supOS default world in this process, without HTTP.
"""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable

from mockserver.apis.supos import ADAPTER
from mockserver.apis.supos.world import MAIN, PARALLEL
from mockserver.engine import rows
from mockserver.engine.errors import WorkflowError
from mockserver.engine.moves import open_tasks
from mockserver.engine.workflow import Leaving, start, submit
from mockserver.engine.world import World

COUNT = 3_000
STRAIGHT = Leaving(named={"userTask_123": ("test1",)}, value="1", remark="as agreed", form="{}")
FORKED = Leaving(named={"userTask_141": ("test1",), "userTask_142": ("test2",)}, value="1", form="{}")


def main() -> None:
    """Measure and print."""
    print(f"seed a world: {_seed():.1f} ms CPU the first time, {_seed():.1f} ms after that")
    world = _world()
    _print("start, one task open", _rate(lambda: _start(world, MAIN, STRAIGHT)))
    _print("submit that task", _rate(_submits(world, MAIN)))
    _print("start, fork, two tasks open", _rate(lambda: _start(world, PARALLEL, FORKED)))
    _print("failing start, undone", _rate(lambda: _refused(world)))
    for name, key, leaving in (("three sections", MAIN, STRAIGHT), ("fork and join", PARALLEL, FORKED)):
        print(f"memory of a finished instance, {name}: {_memory(key, leaving) / 1000:.1f} kB")


def _world() -> World:
    world = World()
    ADAPTER.prepare(world)
    ADAPTER.seed(world, 1)
    return world


def _seed() -> float:
    began = time.process_time()
    _world()
    return (time.process_time() - began) * 1_000


def _start(world: World, key: str, leaving: Leaving) -> str:
    with world.command():
        return start(world, key, "test", leaving=leaving).id


def _submits(world: World, key: str) -> Callable[[], None]:
    of_process = [task for task in rows.tasks(world).values() if rows.instance_of(world, task).definition == key]
    waiting = [task.id for task in of_process if task.holders == ("test1",) and task.id > "1001"]

    def one() -> None:
        with world.command():
            submit(world, waiting.pop(), "test1", Leaving())

    return one


def _refused(world: World) -> None:
    try:
        _start(world, PARALLEL, Leaving(named={"userTask_141": ("test1",)}))
    except WorkflowError:
        return
    raise AssertionError


def _rate(act: Callable[[], object]) -> float:
    """Microseconds of CPU of one call."""
    began = time.process_time()
    for _ in range(COUNT):
        act()
    return (time.process_time() - began) / COUNT * 1e6


def _print(what: str, microseconds: float) -> None:
    print(f"{what}: {microseconds:.0f} us, {1e6 / microseconds:.0f}/s")


def _memory(key: str, leaving: Leaving) -> float:
    """Bytes that a finished instance keeps, its history included."""
    world = _world()
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(500):
        instance = _start(world, key, leaving)
        while waiting := open_tasks(world, instance):
            with world.command():
                submit(world, waiting[0].id, waiting[0].holders[0], Leaving())
    gc.collect()
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return used / 500


if __name__ == "__main__":
    main()
