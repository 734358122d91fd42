"""Many clients at once, over the network: a task is finished once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from conformance.wire.signing import sign_supos
from conformance.wire.transport import HttpTransport, Message, RawAnswer

KEYS = {"ak": "testak", "sk": "testsk"}
JSON = (("Content-Type", "application/json;charset=utf-8"),)
CLIENTS = 64


@pytest.fixture
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "mockserver", "serve", "--api", "supos", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().removeprefix("ready on ").strip()
        finally:
            process.terminate()


def test_of_many_submits_of_one_task_one_wins(address: str) -> None:
    body = json.dumps({"taskId": "1000492908536529", "username": "test", "audit": {"seqKey": "edge_124"}}).encode()
    url = f"{address}/open-api/p/workflow/v2/tasks/pending"
    message = sign_supos(Message("POST", url, JSON, body), KEYS)
    together = Barrier(CLIENTS)

    def submit(_: int) -> RawAnswer:
        transport = HttpTransport()
        try:
            together.wait(20)
            return transport.send(message, 20)
        finally:
            transport.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(submit, range(CLIENTS)))
    codes = Counter(json.loads(answer.body)["code"] if answer.body else answer.status for answer in answers)
    assert codes == {200: 1, 100108237: CLIENTS - 1}
