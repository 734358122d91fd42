"""State defects: one for each clause that no schema can break."""

from __future__ import annotations

import re
from pathlib import Path

import mockserver.apis
import specs
from mockserver.apis.supos.defects import DEFECTS
from mockserver.defects.state import StateDefect
from mockserver.engine.world import World
from specs.nodes import RULES, request_nodes

CONTRACT = specs.load("supos")


def test_every_hand_written_clause_has_a_state_defect() -> None:
    written = {c.id for c in CONTRACT.clauses.values() if not c.derived and c.excluded is None}
    assert written - {defect.clause for defect in DEFECTS} == set()


def test_every_defect_names_a_clause_and_a_rule_of_the_world(world: World) -> None:
    assert {defect.clause for defect in DEFECTS} <= set(CONTRACT.clauses)
    assert {defect.rule for defect in DEFECTS if isinstance(defect, StateDefect)} <= set(world.rules)


def test_every_defect_says_what_is_wrong_in_one_sentence() -> None:
    for defect in DEFECTS:
        text = defect.as_defect().text
        assert text.endswith(".")
        assert "\n" not in text


def test_ids_and_operations_come_from_the_clause() -> None:
    defect = DEFECTS[0].as_defect()
    assert (defect.id, defect.operation) == ("supos.queryPending.unknown-user:unchecked", "queryPending")


def test_no_code_of_a_rule_on_a_node_occurs_in_an_adapter() -> None:
    on_nodes = {
        node.code(rule)
        for operation in CONTRACT
        for node in request_nodes(CONTRACT, operation).values()
        for rule in RULES
    } - {None, CONTRACT.error_default.code}
    for path in Path(mockserver.apis.__file__).parent.rglob("*.py"):
        if path.name != "security.py":
            assert set(re.findall(r"\b1001\d{5}\b", path.read_text(encoding="utf-8"))) & on_nodes == set(), path
