"""The example of the README: a parcel service, judged by its document before and after it was annotated."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conformance.judge import judge
from conformance.own.document import read_contract
from conformance.target import Target
from conformance.verdict import Judgement, Treatment, Verdict
from conformance.wire.transport import HttpTransport
from tests.conformance.own.conftest import ANNOTATED, PLAIN
from tests.conformance.own.server import KEY, Refused, Service

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
    assert service.parcels != {}
    assert "left by design" in ended.stdout
    assert "No link of the document leads from it to a DELETE" in ended.stdout


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


def test_what_was_added_is_sixteen_lines() -> None:
    plain, annotated = (path.read_text(encoding="utf-8").splitlines() for path in (PLAIN, ANNOTATED))
    assert [line for line in annotated if line not in set(plain)] != []
    assert len(annotated) - len(plain) == 16
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


class Stuck(Service):
    """Deletes nothing as long as it is stuck."""

    stuck = True

    def delete(self, query: Mapping[str, str], body: Any) -> tuple[int, Any]:
        if self.stuck:
            raise Refused(503, "stuck", "try again later")
        return super().delete(query, body)


def test_what_a_run_left_is_taken_away_later_by_its_ledger_alone(tmp_path: Path, parcels: Serve) -> None:
    """The document is not needed any more: the report folder holds what a cleanup reads."""
    service = Stuck()
    document = tmp_path / "parcels.yaml"
    document.write_text(ANNOTATED.read_text(encoding="utf-8"))
    assert conformance(tmp_path, document, parcels(service=service)).returncode == 1
    document.unlink()
    assert service.parcels != {}
    service.stuck = False
    cleanup = [*JUDGE[:-1], "cleanup", "conformance-report/ledger.jsonl"]
    environment = {**os.environ, "CONFORMANCE_MAIN_KEY": KEY}
    for _ in range(2):
        ended = subprocess.run(cleanup, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert service.parcels == {}


def test_nobody_there_is_exit_4_and_says_so(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    ended = conformance(tmp_path, ANNOTATED, address)
    assert ended.returncode == 4
    assert f"no answer from {address}" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--api", "supos"), "argument --api: not allowed with argument --spec"),
        (("--mock",), "argument --mock: not allowed with argument --base-url"),
        (("--defect", "x"), "--defect goes with --mock only"),
        (("--target", "none.json"), "the target file none.json cannot be read"),
    ],
)
def test_a_command_line_that_cannot_be_meant_is_exit_2(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = conformance(tmp_path, PLAIN, "http://127.0.0.1:1", *arguments)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_the_mock_plays_no_document_of_a_users(tmp_path: Path) -> None:
    ended = subprocess.run(
        [*JUDGE, "--spec", str(PLAIN), "--mock"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr == (
        "conformance: --mock plays the APIs of ours only; name the server of --spec with --base-url URL\n"
    )


def test_a_document_that_cannot_be_judged_by_is_exit_2(tmp_path: Path) -> None:
    document = tmp_path / "old.yaml"
    document.write_text(PLAIN.read_text(encoding="utf-8").replace("openapi: 3.0.3", "openapi: 3.1.0"))
    ended = conformance(tmp_path, document, "http://127.0.0.1:1")
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        f"conformance: {document} cannot be judged by:",
        "  /openapi: the version is 3.1.0 (convert it to 3.0.3: other versions are not read)",
        f"run `conformance lint {document}` for all",
    ]


def test_an_argument_for_what_is_not_there_is_exit_2(tmp_path: Path) -> None:
    target = target_file(tmp_path, arguments={"getParcels": {"path.parcelId": 1}})
    ended = conformance(tmp_path, PLAIN, "http://127.0.0.1:1", "--target", target)
    assert ended.returncode == 2
    assert "name getParcels, which is no operation of parcels (did you mean getParcel?)" in ended.stderr


def said(*arguments: str) -> str:
    ended = subprocess.run([*JUDGE[:-1], *arguments], capture_output=True, text=True, check=True)
    return ended.stdout


def test_the_clauses_of_a_document_are_listed_under_the_same_name() -> None:
    assert said("clauses", "--spec", str(ANNOTATED)).splitlines()[-1] == (
        "58 clauses: 58 derived, 0 written by hand; 0 excluded"
    )
    listed = json.loads(said("clauses", "--spec", str(ANNOTATED), "--format", "json"))
    assert {clause["id"].partition(".")[0] for clause in listed} == {"parcels"}
    assert listed[-1]["id"] == "parcels.error-body"


def test_the_annotated_document_breaks_no_rule_of_lint() -> None:
    assert said("lint", str(ANNOTATED)) == "0 problems\n"


def test_a_target_for_a_document_names_what_is_left_to_examples(tmp_path: Path) -> None:
    lines = said("target", "init", "--spec", str(PLAIN)).splitlines()
    assert 'api = "parcels"' in lines
    assert lines[-6:] == [
        '# [arguments."getParcel"]',
        '# "path.parcelId" = 1000001',
        '# [arguments."deleteParcel"]',
        '# "path.parcelId" = 1000001',
        '# [arguments."cancelParcel"]',
        '# "path.parcelId" = 1000001',
    ]
    assert "# better in the environment: CONFORMANCE_MAIN_KEY" in lines
    assert not any("arguments." in line for line in said("target", "init", "--spec", str(ANNOTATED)).splitlines())


def test_a_target_for_a_document_is_tried(tmp_path: Path, parcels: Serve) -> None:
    target = target_file(tmp_path, roles={"parcel.lent": 1, "parcel.other": 2},
                         arguments={"getParcel": {"path.parcelId": "{role:parcel.lent}"}})  # fmt: skip
    checked = said("target", "check", "--spec", str(PLAIN), "--target", target, "--base-url", parcels()).splitlines()
    assert checked[-2:] == [
        "names a role that nothing asks for: parcel.other",
        "listParcels answered 200: the server speaks the Parcels",
    ]


def test_a_missing_key_is_exit_2_and_says_where_to_put_it(tmp_path: Path) -> None:
    ended = conformance(tmp_path, ANNOTATED, "http://127.0.0.1:1", key="")
    assert ended.returncode == 2
    assert ended.stderr == (
        "conformance: the first call needs credentials: write identities.main into the target, "
        "or set CONFORMANCE_MAIN_...\n"
    )


def test_lint_says_what_would_stop_a_run() -> None:
    ended = subprocess.run([*JUDGE[:-1], "lint", str(PLAIN)], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout.splitlines()[-1] == "1 problem, none of which would stop `conformance run --spec`"


@pytest.mark.parametrize("document", [PLAIN, ANNOTATED])
def test_a_wrong_key_is_exit_4_and_says_so(tmp_path: Path, parcels: Serve, document: Path) -> None:
    ended = conformance(tmp_path, document, parcels(), key="another")
    assert ended.returncode == 4
    assert "listParcels answered 401 instead of 200; check the address, the credentials" in ended.stdout


def test_another_address_is_exit_4_and_says_so(tmp_path: Path, parcels: Serve) -> None:
    ended = conformance(tmp_path, ANNOTATED, f"{parcels()}/elsewhere")
    assert ended.returncode == 4
    assert "listParcels answered 404 instead of 200" in ended.stdout
