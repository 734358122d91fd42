"""Laws of a listing that others share: what they do to it changes no verdict, and what is wrong is still found."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from conformance import Target
from conformance.client import Client
from conformance.errors import Refuted
from conformance.given import Listing
from conformance.laws import shared
from conformance.laws.pager import Pager
from conformance.laws.sizes import ITEMS
from conformance.wire.call import Call
from conformance.wire.transport import Message, RawAnswer
from specs import Contract
from specs.pagination import Pagination

ROW = {
    "initiator": "zhangsan",
    "processId": "1",
    "processName": "n",
    "startTime": "2020-09-22T07:38:13.893+0800",
    "status": 88,
    "taskName": "edit",
    "url": "u",
    "type": 0,
    "modifyTime": "2020-09-22T07:38:13.893+0800",
    "personCode": "p",
}
OWN = [(f"own-{number // 2}", "ab"[number % 2]) for number in range(ITEMS)]
"""Task and user of each own row."""

Rows = list[tuple[str, str]]
RULES = ("size", "walk", "beyond", "total", "maximum", "echo")


class Server:
    """A list of all users' tasks, to which others do something after every answer."""

    def __init__(self, foreign: int, noise: Callable[[int, Rows], None] | None = None) -> None:
        others = [(f"other-{number}", "c") for number in range(foreign)]
        self.rows: Rows = [*others[: foreign // 2], *OWN, *others[foreign // 2 :]]
        self.noise = noise
        self.asked = 0

    def page(self, start: int, size: int) -> tuple[Rows, int]:
        return self.rows[start : start + size], len(self.rows)

    def send(self, message: Message, deadline: float) -> RawAnswer:
        query = parse_qs(urlsplit(message.url).query)
        current, size = int(query["current"][0]), int(query["pageSize"][0])
        found, total = self.page((current - 1) * size, size)
        listed = [{**ROW, "taskId": task, "userName": user} for task, user in found]
        body = {"list": listed, "pagination": {"current": current, "pageSize": size, "total": total}}
        self.asked += 1
        if self.noise is not None:
            self.noise(self.asked, self.rows)
        return RawAnswer(200, {"content-type": "application/json"}, json.dumps(body).encode())


def judge(contract: Contract, target: Target, server: Server, rule: str) -> None:
    """One law on the server's list. Raises ``Refuted``."""
    pagination = Pagination.of(contract.operations["queryAllPending"])
    assert pagination is not None
    listing = Listing(Call("queryAllPending", query={"current": 1, "pageSize": 10}), tuple(OWN), shared=True)
    pager = Pager(Client(contract, target, server), pagination, listing)
    shared.LAWS[rule](pager)


def begins(asked: int, rows: Rows) -> None:
    """Something begins after every answer, and stands first."""
    rows.insert(0, (f"new-{asked}", "c"))


def begins_last(asked: int, rows: Rows) -> None:
    """Something begins after every answer, and stands last."""
    rows.append((f"new-{asked}", "c"))


def ends(asked: int, rows: Rows) -> None:
    """Whatever stands first ends after every answer, until only own rows are left."""
    foreign = next((row for row in rows if row not in OWN), None)
    if foreign is not None:
        rows.remove(foreign)


def comes_and_goes(asked: int, rows: Rows) -> None:
    """Something begins, something ends."""
    (begins if asked % 3 else ends)(asked, rows)


NOISES = [None, begins, begins_last, ends, comes_and_goes]


@pytest.mark.parametrize("foreign", [0, 1, 30, 700])
@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("rule", RULES)
def test_a_correct_server_passes_whatever_others_do(
    contract: Contract, target: Target, rule: str, noise: Any, foreign: int
) -> None:
    judge(contract, target, Server(foreign, noise), rule)


class Overlapping(Server):
    """Begins each page but the first with the last row of the one before."""

    def page(self, start: int, size: int) -> tuple[Rows, int]:
        return super().page(max(start - 1, 0), size)


class Skipping(Server):
    """Skips a row between two pages."""

    def page(self, start: int, size: int) -> tuple[Rows, int]:
        return super().page(start + (start > 0), size)


class OneEach(Server):
    """Has one row for each task."""

    def page(self, start: int, size: int) -> tuple[Rows, int]:
        rows = [row for row in self.rows if row not in OWN or row[1] == "a"]
        return rows[start : start + size], len(rows)


class Overcounting(Server):
    """Counts one row too many."""

    def page(self, start: int, size: int) -> tuple[Rows, int]:
        found, total = super().page(start, size)
        return found, total + 1


class FirstPageOnly(Server):
    """Gives the first page for every other."""

    def page(self, start: int, size: int) -> tuple[Rows, int]:
        return super().page(0, size)


@pytest.mark.parametrize(
    ("server", "rule"),
    [
        (Overlapping, "walk"),
        (OneEach, "walk"),
        (FirstPageOnly, "walk"),
        (FirstPageOnly, "beyond"),
        (Overcounting, "total"),
        (Overcounting, "maximum"),
    ],
)
@pytest.mark.parametrize("noise", [None, begins_last])
def test_a_wrong_server_fails(contract: Contract, target: Target, server: type[Server], rule: str, noise: Any) -> None:
    with pytest.raises(Refuted):
        judge(contract, target, server(30, noise), rule)


def test_an_own_row_between_two_pages_is_missed(contract: Contract, target: Target) -> None:
    with pytest.raises(Refuted) as caught:
        judge(contract, target, Skipping(0), "walk")
    assert caught.value.expected == "own items that no page has: []"


def test_noise_now_and_then_does_not_hide_pages_that_overlap(contract: Contract, target: Target) -> None:
    def now_and_then(asked: int, rows: Rows) -> None:
        if asked % 4 == 0:
            begins(asked, rows)

    with pytest.raises(Refuted):
        judge(contract, target, Overlapping(30, now_and_then), "walk")


def test_a_long_list_is_walked_in_large_pages(contract: Contract, target: Target) -> None:
    server = Server(20_000)
    judge(contract, target, server, "walk")
    assert server.asked < 150
