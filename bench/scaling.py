"""Does the mock stay fast and small as it fills and as it is used?

``python bench/scaling.py`` measures within this process: a page of 10 at 1,000 and at 100,000 pending tasks, reset of a
world of 10,000 tasks, the memory of a finished process; and on a server of its own: growth of resident memory over a
mix of reads. Prints figures and ratios; exit code 1 if the mock was wrong meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from load import Signed, load, wrk_script

from mockserver import create_app
from mockserver.adapter import load_adapter
from mockserver.apis.supos.security import CREDENTIALS, sign

BASE = "/open-api/p/workflow/v2"
HOST = "http://mock.example"
PAGE = f"{BASE}/tasks/pending?username=pager&pageSize=10"
READS = (
    f"{BASE}/tasks/pending?username=pager",
    f"{BASE}/tasks/pending?username=test&pageSize=50",
    f"{BASE}/tasks/pending?username=test1&current=2",
    f"{BASE}/tasks/pending?username=nobody-here",
)
"""The mix of reads; the last one is refused."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--requests", type=int, default=200_000, help="reads in the mix")
    options = parser.parse_args()
    small, large = _page_cost(1_000), _page_cost(100_000)
    for name in small:
        ratio = large[name] / small[name]
        print(f"{name}: {small[name]:.1f} us at 1,000 tasks, {large[name]:.1f} us at 100,000, ratio {ratio:.2f}")
    print(f"reset of a world of 10,000 tasks and its first command: {_reset():.2f} ms")
    print(f"a finished process with its history: {_finished() / 1000:.1f} kB")
    grown, faults = _growth(options.requests)
    print(f"resident memory over {options.requests} reads: {grown:+.1f} MB, faults {faults}")
    return 1 if faults else 0


def _page_cost(tasks: int) -> dict[str, float]:
    """Microseconds of a page of 10, signed anew, through the whole pipeline."""
    mock = create_app(apis=("supos",))
    load_adapter("supos").bulk(mock.worlds.of(None).part("supos"), tasks, random.Random(1))
    pages = tasks // 20
    middle = f"{PAGE}&current={pages // 2}"
    return {
        "first page": _cost(mock, PAGE),
        "a page in the middle": _cost(mock, middle),
        "last page": _cost(mock, f"{PAGE}&current={pages}"),
    }


def _cost(mock: Any, target: str, count: int = 2_000, rounds: int = 5) -> float:
    scopes = [_scope(f"{target}&nonce={number}") for number in range(count)]

    async def ask() -> None:
        for scope in scopes:
            await mock(dict(scope), _receive, _send)

    costs = []
    for _ in range(rounds):
        begun = time.process_time()
        asyncio.run(ask())
        costs.append((time.process_time() - begun) / count * 1e6)
    return statistics.median(costs)


def _reset() -> float:
    """Milliseconds until a world that was filled is as it began, first write after it included."""
    from mockserver.engine.worlds import Worlds

    adapter = load_adapter("supos")

    def fill(world: Any) -> None:
        adapter.prepare(world)
        adapter.seed(world, 1)
        adapter.bulk(world, 10_000, random.Random(1))

    worlds = Worlds(fill, 1)
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        world = worlds.reset(None)
        with world.command():
            _start(world)
        times.append((time.perf_counter() - begun) * 1e3)
    return statistics.median(times)


def _start(world: Any) -> str:
    from mockserver.apis.supos.process_management import start_process

    named = [{"taskDefKey": "userTask_123", "users": ["test1"]}]
    body = {"processKey": "K2002018123456789", "username": "test", "assigns": named, "formData": "{}"}
    return str(start_process(world, body=body)["processId"])


def _finished(count: int = 2_000) -> float:
    """Bytes that a process leaves behind after its last task."""
    from mockserver.apis.supos.task_management import query_pending, submit_task

    world = create_app(apis=("supos",)).worlds.of(None).part("supos")

    def live_and_end() -> None:
        with world.command():
            _start(world)
        for user in ("test1", "zhangsan"):
            page = query_pending(world, username=user, app_id=None, current=1, page_size=1)
            with world.command():
                submit_task(world, body={"taskId": page["list"][0]["taskId"], "username": user})

    live_and_end()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(count):
        live_and_end()
    size = (tracemalloc.get_traced_memory()[0] - before) / count
    tracemalloc.stop()
    return size


def _growth(count: int) -> tuple[float, int]:
    """Megabytes that a server grows by over so many reads, and its faults."""
    with _server() as (process, url), TemporaryDirectory() as folder:
        _post(f"{url}/_mock/seed", {"tasks": 1_000})
        reads = [f"{target}&nonce={number}" for number in range(1_500) for target in READS[:3]]
        requests: list[Signed] = [(target, _headers(url + target)["Authorization"]) for target in reads]
        script = wrk_script(requests, Path(folder) / "reads.lua")
        load(url, requests, script, 2, 16)  # warm: caches of bounded size fill up
        before, done = _resident(process.pid), 0
        while done < count:
            done += load(url, requests, script, 2, 16)[0]
        grown = _resident(process.pid) - before
        faults = json.loads(urlopen(f"{url}/_mock/health").read())["faults"]  # noqa: S310 - our own server
        return grown, faults


def _resident(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def _server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "mockserver", "serve", "--api", "supos", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield process, line.removeprefix("ready on ").strip()
        finally:
            process.terminate()


def _post(url: str, body: object) -> None:
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310 - our own server
    urlopen(request).read()  # noqa: S310


def _headers(url: str) -> dict[str, str]:
    return dict(sign("GET", url, [], CREDENTIALS))


def _scope(target: str) -> dict[str, Any]:
    parts = urlsplit(target)
    headers = [(name.lower().encode(), value.encode()) for name, value in _headers(HOST + target).items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }


async def _receive() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(_: dict[str, Any]) -> None:
    return


if __name__ == "__main__":
    sys.exit(main())
