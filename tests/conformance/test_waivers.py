"""Waiver files: read strictly, applied to a run."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import specs
from conformance.errors import ConfigurationError
from conformance.known import Known, Signature
from conformance.waivers import SCHEMA, read_waivers

CONTRACT = specs.load("supos")
ITEM = {
    "clause": "supos.cancel.stranger",
    "failures": [{"check": "suite.supos.cancelling.stranger", "status": 400, "code": 100108227}],
    "reason": "FLOW-12",
    "owner": "flow team",
    "expires": "2030-12-31",
}
TOML = """
[[waivers]]
clause = "supos.cancel.stranger"
reason = "FLOW-12"
owner = "flow team"
expires = 2030-12-31
failures = [{check = "suite.supos.cancelling.stranger", status = 400, code = "100108227"}]
"""
WANTED = Known(
    "supos.cancel.stranger",
    (Signature("suite.supos.cancelling.stranger", 400, "100108227"),),
    "FLOW-12 (flow team, until 2030-12-31)",
    date(2030, 12, 31),
)


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text(TOML)
    (tmp_path / "w.json").write_text(json.dumps({"waivers": [ITEM]}))
    assert read_waivers(tmp_path / "w.toml", CONTRACT) == [WANTED]
    assert read_waivers(tmp_path / "w.json", CONTRACT) == [WANTED]


def test_a_failure_without_a_status_is_one_without_an_answer(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text(json.dumps({"waivers": [{**ITEM, "failures": [{"check": "a.check"}]}]}))
    (known,) = read_waivers(tmp_path / "w.json", CONTRACT)
    assert known.signatures == (Signature("a.check", None, ""),)


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"clause": "supos.no.such"}, r"waivers\[0\].clause: supos has no clause supos.no.such"),
        ({"expires": "2030-02-31"}, r"waivers\[0\].expires: 2030-02-31 is no day; write it like 2030-12-31"),
        ({"expires": "soon"}, r"waivers\[0\].expires breaks pattern"),
        ({"owner": ""}, r"waivers\[0\].owner breaks minLength"),
        ({"owner": 5}, r"waivers\[0\].owner must be a JSON string"),
        ({"why": "x"}, r"unknown field waivers\[0\].why; there are clause, failures, reason, owner, expires"),
        ({"failures": []}, r"waivers\[0\].failures breaks minItems"),
        ({"failures": [{"status": 400}]}, r"waivers\[0\].failures\[0\].check is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, change: dict[str, object], advice: str) -> None:
    (tmp_path / "w.json").write_text(json.dumps({"waivers": [{**ITEM, **change}]}))
    with pytest.raises(ConfigurationError, match=advice):
        read_waivers(tmp_path / "w.json", CONTRACT)


def test_a_field_that_is_missing_is_named_with_what_it_means(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text(json.dumps({"waivers": [{k: v for k, v in ITEM.items() if k != "owner"}]}))
    with pytest.raises(ConfigurationError, match=r"waivers\[0\].owner is missing \(Who mends it.\)"):
        read_waivers(tmp_path / "w.json", CONTRACT)


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_bytes()))
