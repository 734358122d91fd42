"""The example of the README: a parcel service, judged by its document before and after it was annotated."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.judge import judge
from conformance.own.document import read_contract
from conformance.target import Target
from conformance.transport import HttpTransport
from conformance.verdict import Judgement, Treatment, Verdict
from tests.conformance.own.conftest import ANNOTATED, PLAIN
from tests.conformance.own.server import KEY, Service

JUDGE = (sys.executable, "-P", "-m", "conformance", "run")

Serve = Callable[..., str]


def conformance(
    folder: Path, document: Path, address: str, *arguments: str, key: str = KEY
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*JUDGE, "--spec", str(document), "--base-url", address, *arguments],
        cwd=folder,
        env={**os.environ, "CONFORMANCE_MAIN_KEY": key},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def results(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "conformance-report" / "results.json").read_bytes())
    return content


def verdicts(folder: Path) -> dict[str, str]:
    return {clause["id"]: clause["verdict"] for clause in results(folder)["clauses"]}


def target_file(folder: Path, **fields: Any) -> str:
    path = folder / "target.json"
    path.write_text(json.dumps({"api": "parcels", "identities": {"main": {"key": KEY}}, **fields}))
    return str(path)


def test_the_plain_document_is_judged_as_far_as_it_says_how(tmp_path: Path, parcels: Serve) -> None:
    service = Service()
    ended = conformance(tmp_path, PLAIN, parcels(service=service))
    assert ended.returncode == 3, ended.stdout + ended.stderr
    assert ended.stdout.splitlines()[-1].startswith("judged 32 of 46 in scope (14 blocked, 0 not run)")
    found = verdicts(tmp_path)
    assert [name for name, verdict in found.items() if verdict not in ("pass", "blocked")] == []
    blocked = {name.split(".")[1] for name, verdict in found.items() if verdict == "blocked"}
    assert blocked == {"getParcel", "deleteParcel", "cancelParcel"}
    assert "BLOCKED by role arguments.getParcel.path.parcelId: 2 clauses" in ended.stdout
    assert "parcels at http://127.0.0.1" in ended.stdout


def test_an_example_in_a_path_is_never_written_to(tmp_path: Path, parcels: Serve) -> None:
    """The parcel that the document's example names is somebody's, and survives."""
    service = Service()
    service.number = 1_000_000
    service.create({}, {"recipient": "somebody", "weight": 1})
    conformance(tmp_path, PLAIN, parcels(service=service))
    assert service.parcels[1_000_001].state == "waiting"
    assert verdicts(tmp_path)["parcels.getParcel.accepts"] == "pass"
    assert verdicts(tmp_path)["parcels.deleteParcel.accepts"] == "blocked"


def test_the_annotated_document_is_judged_whole_and_nothing_is_left_behind(tmp_path: Path, parcels: Serve) -> None:
    service = Service()
    ended = conformance(tmp_path, ANNOTATED, parcels(service=service))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.splitlines()[-1].startswith("judged 58 of 58 in scope (0 blocked, 0 not run)")
    assert set(verdicts(tmp_path).values()) == {"pass"}
    assert results(tmp_path)["api"] == "parcels"
    assert service.parcels == {}
    assert {path.name for path in tmp_path.iterdir()} == {"conformance-report"}
    assert [path.name for path in (tmp_path / "conformance-report").glob("bundle-*")] == []
    assert KEY not in "".join(path.read_text() for path in (tmp_path / "conformance-report").iterdir())


def test_what_was_added_is_some_twenty_lines() -> None:
    plain, annotated = (path.read_text(encoding="utf-8").splitlines() for path in (PLAIN, ANNOTATED))
    assert [line for line in annotated if line not in set(plain)] != []
    assert len(annotated) - len(plain) <= 20
    lines = iter(annotated)
    assert all(line in lines for line in plain), "the plain document is the annotated one with lines left out"


def test_workers_give_the_same_verdicts(tmp_path: Path, parcels: Serve) -> None:
    address = parcels("another-code")
    assert conformance(tmp_path, ANNOTATED, address).returncode == 1
    serial = verdicts(tmp_path)
    assert conformance(tmp_path, ANNOTATED, address, "--workers", "2").returncode == 1
    assert verdicts(tmp_path) == serial


def test_fuzz_finds_nothing_and_reaches_every_operation(tmp_path: Path, parcels: Serve) -> None:
    target = target_file(tmp_path, writes="full")
    ended = conformance(tmp_path, ANNOTATED, parcels(), "--target", target, "--fuzz", "quick")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    reached = {row["operation"] for row in results(tmp_path)["coverage"]}
    assert reached == {"listParcels", "createParcel", "getParcel", "deleteParcel", "cancelParcel"}


def test_without_writes_nothing_is_written(tmp_path: Path, parcels: Serve) -> None:
    """Twelve parcels of others are enough to page over."""
    service = Service()
    for number in range(12):
        service.create({}, {"recipient": "somebody", "weight": number + 1})
    before = dict(service.parcels)
    target = target_file(tmp_path, writes="none")
    ended = conformance(tmp_path, ANNOTATED, parcels(service=service), "--target", target, "--allow-partial")
    assert ended.returncode == 3, ended.stdout + ended.stderr
    assert service.parcels == before
    found = verdicts(tmp_path)
    assert {found[f"parcels.{name}.accepts"] for name in ("createParcel", "deleteParcel", "cancelParcel")} == {
        "not-applicable"
    }
    assert {verdict for name, verdict in found.items() if ".listParcels." in name} == {"pass"}
    assert found["parcels.getParcel.accepts"] == "blocked"


def test_an_argument_of_the_target_takes_the_place_of_a_link(tmp_path: Path, parcels: Serve) -> None:
    service = Service()
    for number in range(12):
        service.create({}, {"recipient": "somebody", "weight": number + 1})
    lent = {"getParcel": {"path.parcelId": "{role:parcel.lent}"}}
    target = target_file(tmp_path, writes="none", roles={"parcel.lent": 7}, arguments=lent)
    ended = conformance(tmp_path, ANNOTATED, parcels(service=service), "--target", target, "--allow-partial")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert verdicts(tmp_path)["parcels.getParcel.accepts"] == "pass"


def test_too_few_items_block_what_they_cannot_show(tmp_path: Path, parcels: Serve) -> None:
    target = target_file(tmp_path, writes="none")
    ended = conformance(tmp_path, ANNOTATED, parcels(), "--target", target, "--allow-partial")
    assert ended.returncode == 3
    assert "BLOCKED by role items.listParcels" in ended.stdout
    found = verdicts(tmp_path)
    assert {found[f"parcels.listParcels.paging.{law}"] for law in ("size", "walk", "default", "echo", "sort")} == {
        "blocked"
    }
    assert found["parcels.listParcels.paging.beyond"] == "pass"


SABOTAGES = {
    "drops-a-field": "getParcel.200.schema",
    "number-as-text": "getParcel.200.schema",
    "another-code": "createParcel.body.weight.minimum",
    "another-status": "createParcel.body.recipient.maxLength",
    "breaks-down": "createParcel.body.recipient.maxLength",
    "takes-heavy-ones": "createParcel.body.weight.maximum",
    "creates-once": "createParcel.repeat",
    "cancels-twice": "cancelParcel.repeat",
    "keeps-deleted": "deleteParcel.repeat",
    "short-default": "listParcels.paging.default",
    "pages-overlap": "listParcels.paging.walk",
    "two-for-one": "listParcels.paging.size",
    "newest-first": "listParcels.paging.sort",
    "total-of-page": "listParcels.paging.total",
    "lets-strangers-in": "getParcel.auth.absent",
    "takes-any-key": "getParcel.auth.wrong",
}
"""One way to be wrong -> the clause that it breaks."""


def judged(address: str) -> list[Judgement]:
    contract = read_contract(ANNOTATED)
    transport = HttpTransport()
    try:
        return judge(contract, Target(contract.api, address, identities={"main": {"key": KEY}}), transport)
    finally:
        transport.close()


@pytest.mark.parametrize(("sabotage", "clause"), SABOTAGES.items())
def test_a_sabotage_turns_its_own_clause_red_and_no_other(parcels: Serve, sabotage: str, clause: str) -> None:
    rows = judged(parcels(sabotage))
    broken = {row.clause.id for row in rows if row.verdict is Verdict.FAIL}
    assert broken == {f"parcels.{clause}"}
    assert all(row.treatment is Treatment.GATING for row in rows if row.verdict is Verdict.FAIL)
    rest = [row for row in rows if row.verdict not in (Verdict.PASS, Verdict.FAIL)]
    assert {reason.blocker for row in rest for reason in row.reasons} <= {f"clause parcels.{clause}"}
    assert {row.verdict for row in rest} <= {Verdict.BLOCKED}


def test_every_way_to_be_wrong_is_in_the_table() -> None:
    source = (Path(__file__).parent / "server.py").read_text(encoding="utf-8")
    assert [name for name in SABOTAGES if f'"{name}"' not in source] == []
    assert source.count("wrong(") - 1 == len(SABOTAGES) - 1, "one call asks for either of two ways"


def test_a_sabotaged_server_fails_the_run(tmp_path: Path, parcels: Serve) -> None:
    ended = conformance(tmp_path, ANNOTATED, parcels("total-of-page"))
    assert ended.returncode == 1
    assert "FAIL parcels.listParcels.paging.total (MUST, pagination)" in ended.stdout
    assert "document  the OpenAPI document" in ended.stdout


def test_nobody_there_is_exit_4_and_says_so(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    ended = conformance(tmp_path, ANNOTATED, address)
    assert ended.returncode == 4
    assert f"no answer from {address}" in ended.stdout


@pytest.mark.parametrize("document", [PLAIN, ANNOTATED])
def test_a_wrong_key_is_exit_4_and_says_so(tmp_path: Path, parcels: Serve, document: Path) -> None:
    ended = conformance(tmp_path, document, parcels(), key="another")
    assert ended.returncode == 4
    assert "listParcels answered 401 instead of 200; check the address, the credentials" in ended.stdout


def test_another_address_is_exit_4_and_says_so(tmp_path: Path, parcels: Serve) -> None:
    ended = conformance(tmp_path, ANNOTATED, f"{parcels()}/elsewhere")
    assert ended.returncode == 4
    assert "listParcels answered 404 instead of 200" in ended.stdout
