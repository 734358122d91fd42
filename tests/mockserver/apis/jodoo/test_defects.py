"""Defects written by hand: one for each clause that is written by hand."""

from __future__ import annotations

import specs
from mockserver.apis.jodoo.defects import DEFECTS
from mockserver.defects.state import StateDefect
from mockserver.engine.world import World

CONTRACT = specs.load("jodoo")


def test_every_hand_written_clause_has_a_defect_of_its_own() -> None:
    written = {c.id for c in CONTRACT.clauses.values() if not c.derived and c.excluded is None}
    assert {defect.clause for defect in DEFECTS} == written


def test_every_policy_takes_the_place_of_a_rule(world: World) -> None:
    assert {defect.rule for defect in DEFECTS if isinstance(defect, StateDefect)} <= set(world.rules)


def test_every_defect_says_what_is_wrong_in_one_sentence() -> None:
    for defect in DEFECTS:
        text = defect.as_defect().text
        assert text.endswith(".")
        assert "\n" not in text
