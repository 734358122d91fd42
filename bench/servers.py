"""Servers under load, as the benchmarks share them: started, asked, measured round by round."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from load import Signed, load, wrk_script

ROOT = Path(__file__).parents[1]
BASE = "/open-api/p/workflow/v2/tasks"
READS = ("a task", "page of 1", "page of 10")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running server and what was measured of it."""

    process: subprocess.Popen[str]
    url: str
    start_cpu: float
    """Seconds of CPU from start to the ready line."""
    rates: dict[str, list[float]] = field(default_factory=lambda: {read: [] for read in READS})
    """Read -> requests per second, round by round."""
    costs: dict[str, list[float]] = field(default_factory=lambda: {read: [] for read in READS})
    """Read -> microseconds of CPU per request, round by round."""


@contextmanager
def running(command: list[str], url: str | None = None) -> Iterator[Server]:
    """A server that says where it is; or one that says nothing and is there when ``url`` answers."""
    output = subprocess.PIPE if url is None else subprocess.DEVNULL
    with subprocess.Popen(command, stdout=output, text=True, cwd=ROOT, start_new_session=True) as process:
        try:
            yield Server(process, _said(process) if url is None else _answering(process, url), cpu(process.pid))
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # npx has a child, which is the server


def _said(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line.startswith("ready"):
        raise SystemExit(f"{process.args} did not start")
    return line.removeprefix("ready on ").strip()


def _answering(process: subprocess.Popen[str], url: str) -> str:
    host, port = url.rpartition("/")[2].split(":")
    while process.poll() is None:
        with contextlib.suppress(ConnectionError), socket.create_connection((host, int(port))):
            return url
        time.sleep(0.05)
    raise SystemExit(f"{process.args} did not start")


def cpu(pid: int) -> float:
    """Seconds of CPU that a process and those that it has started have used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(cpu(int(child)) for child in children)


def post(url: str, body: object) -> None:
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310 - our own server
    urlopen(request).read()  # noqa: S310


def signed(url: str) -> dict[str, str]:
    from mockserver.apis.supos.security import CREDENTIALS, sign

    return dict(sign("GET", url, [], CREDENTIALS))


def get(mock: Server, target: str) -> bytes:
    url = f"{mock.url}{target}"
    body: bytes = urlopen(Request(url, headers=signed(url))).read()  # noqa: S310 - our own server
    return body


def targets(mock: Server) -> dict[str, str]:
    """Read -> path and query, for the user with the longest list."""
    roles = json.loads(urlopen(f"{mock.url}/_mock/fixtures").read())["supos"]  # noqa: S310 - our own server
    user = quote(roles["user.pager"])
    page = f"{BASE}/pending?username={user}&pageSize="
    task = json.loads(get(mock, f"{page}1"))["list"][0]["taskId"]
    return {"a task": f"{BASE}/{task}/pending?username={user}", "page of 1": f"{page}1", "page of 10": f"{page}10"}


def requests(mock: Server, target: str, count: int) -> list[Signed]:
    """Different signed requests; they differ in a parameter that the mock ignores."""
    targets = [f"{target}&nonce={number}" for number in range(count)]
    return [(each, signed(f"{mock.url}{each}")["Authorization"]) for each in targets]


def measure(server: Server, read: str, requests: list[Signed], folder: Path, seconds: int, connections: int) -> None:
    script = wrk_script(requests, folder / "requests.lua")
    before = cpu(server.process.pid)
    done, took = load(server.url, requests, script, seconds, connections)
    server.rates[read].append(done / took)
    server.costs[read].append((cpu(server.process.pid) - before) / done * 1e6)


def ratios(above: list[float], below: list[float]) -> dict[str, float]:
    """Round by round."""
    return spread([one / other for one, other in zip(above, below, strict=True)])


def spread(values: list[float]) -> dict[str, float]:
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def rows(measured: dict[str, dict[str, float]]) -> None:
    for name, figure in measured.items():
        digits = 0 if "req/s" in name and "ratio" not in name else 2
        print(f"  {name:17}" + "".join(f"  {key} {value:.{digits}f}" for key, value in figure.items()))
