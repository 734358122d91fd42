"""Worlds by name: each a fork of one seeded world, made when it is first asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from mockserver.engine.clock import Clock
from mockserver.engine.rules import Rule
from mockserver.engine.world import World

LIMIT = 256
"""Named worlds that are kept; beyond it the one that was not used for longest is dropped."""


class Worlds:
    """The default world and the named ones. ``fill`` puts into an empty world what all of them start with."""

    def __init__(
        self, fill: Callable[[World], None], seed: int = 0, clock: Clock | None = None, limit: int = LIMIT
    ) -> None:
        self.seeded = World(seed, clock)
        """What every world starts out as. Nobody writes to it once it is filled."""
        fill(self.seeded)
        self.default = self.seeded.fork()
        self._limit = limit
        self._named: OrderedDict[bytes, World] = OrderedDict()

    def __len__(self) -> int:
        """How many named worlds there are."""
        return len(self._named)

    def of(self, name: bytes | None) -> World:
        """The world of a name, made if there is none; ``None`` is the default world."""
        if name is None:
            return self.default
        world = self._named.get(name)
        if world is None:
            world = self._named[name] = self.seeded.fork()
            if len(self._named) > self._limit:
                self._named.popitem(last=False)
        else:
            self._named.move_to_end(name)
        return world

    def reset(self, name: bytes | None = None) -> World:
        """A world back to what it started out as; its clock and rules are those of the seeded world, too."""
        if name is None:
            self.default = self.seeded.fork()
            return self.default
        self._named.pop(name, None)
        return self.of(name)

    def exchange(self, rule: str, policy: Rule) -> Callable[[], None]:
        """Replace a rule in every world there is and will be; gives what puts the old one back."""
        before = self.seeded.rules.exchange(rule, policy)
        self._spread(rule, policy)

        def restore() -> None:
            self.seeded.rules.exchange(rule, before)
            self._spread(rule, before)

        return restore

    def _spread(self, rule: str, policy: Rule) -> None:
        for world in (self.default, *self._named.values()):
            world.rules.exchange(rule, policy)
