"""How fast is the mock beside a bare Starlette application that answers with the same bytes?

``python bench/bench.py`` starts them as processes of their own, loads them in turn and prints, for a task and for pages
of 1 and of 10 items, requests per second and CPU time per request of each, and the ratios. The floor renders the page
from data; a second one sends bytes made beforehand and is printed for scale only. Every request is signed anew:
thousands of different signed requests rotate, more than any cache holds. Besides: CPU time from start to the ready
line, above that of ``import connexion, uvicorn``. The mock that is loaded serves an API of 150 operations beside supOS.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from load import Signed, load, wrk_script

ROOT = Path(__file__).parents[1]
BASE = "/open-api/p/workflow/v2/tasks"
READS = ("a task", "page of 1", "page of 10")
TICKS = os.sysconf("SC_CLK_TCK")
IMPORTS = "import connexion, uvicorn; print('ready', flush=True); import time; time.sleep(60)"


Figures = dict[str, dict[str, dict[str, float]]]
"""What was measured -> figure -> median, least and greatest."""


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


def main() -> int:
    """Measure and print. Exit code 1 if the mock was wrong meanwhile, or a limit given here is not held."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=2, help="of load for each server, page size and round")
    parser.add_argument("--requests", type=int, default=6000, help="different signed requests in rotation")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--least", type=float, default=0.0, help="least ratio of requests per second to the floor")
    parser.add_argument("--start", type=float, default=0.25, help="most seconds of CPU from start, above the imports")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    options = parser.parse_args()
    starts, imports = zip(*[_starts() for _ in range(options.rounds)], strict=True)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        mock = stack.enter_context(_running([sys.executable, str(ROOT / "bench" / "crowded.py")]))
        _post(f"{mock.url}/_mock/seed", {"api": "supos", "tasks": 1000})
        targets = _targets(mock)
        requests = {read: _requests(mock, targets[read], options.requests) for read in READS}
        floors = {read: stack.enter_context(_floor(folder, mock, targets[read])) for read in READS}
        prebuilt = {read: stack.enter_context(_floor(folder, mock, targets[read], "--prebuilt")) for read in READS}
        for _ in range(options.rounds):
            for read in READS:
                for server in (floors[read], prebuilt[read], mock):
                    _measure(server, read, requests[read], folder, options.seconds, options.connections)
        faults = json.loads(urlopen(f"{mock.url}/_mock/health").read())["faults"]  # noqa: S310 - our own server
    figures = _figures(mock, floors, prebuilt, starts, imports)
    _print(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    slow = [read for read in READS if figures[read]["ratio req/s"]["median"] < options.least]
    late = figures["start to ready line, CPU"]["above s"]["median"] > options.start
    print(f"faults {faults}, too slow {slow}, late {late}")
    return 1 if faults or slow or late else 0


def _starts() -> tuple[float, float]:
    """CPU to the ready line of the mock, and of the imports alone, one after the other."""
    with _running([sys.executable, "-m", "mockserver", "serve", "--port", "0"]) as mock:
        pass
    with _running([sys.executable, "-W", "ignore", "-c", IMPORTS]) as imports:
        pass
    return mock.start_cpu, imports.start_cpu


@contextmanager
def _running(command: list[str]) -> Iterator[Server]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line.startswith("ready"):
                raise SystemExit(f"{command} did not start")
            yield Server(process, line.removeprefix("ready on ").strip(), _cpu(process.pid))
        finally:
            process.terminate()


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _post(url: str, body: object) -> None:
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310 - our own server
    urlopen(request).read()  # noqa: S310


def _signed(url: str) -> dict[str, str]:
    from mockserver.apis.supos.security import CREDENTIALS, sign

    return dict(sign("GET", url, [], CREDENTIALS))


def _get(mock: Server, target: str) -> bytes:
    url = f"{mock.url}{target}"
    body: bytes = urlopen(Request(url, headers=_signed(url))).read()  # noqa: S310 - our own server
    return body


def _targets(mock: Server) -> dict[str, str]:
    """Read -> path and query, for the user with the longest list."""
    roles = json.loads(urlopen(f"{mock.url}/_mock/fixtures").read())["supos"]  # noqa: S310 - our own server
    user = quote(roles["user.pager"])
    page = f"{BASE}/pending?username={user}&pageSize="
    task = json.loads(_get(mock, f"{page}1"))["list"][0]["taskId"]
    return {"a task": f"{BASE}/{task}/pending?username={user}", "page of 1": f"{page}1", "page of 10": f"{page}10"}


def _floor(folder: Path, mock: Server, target: str, *flags: str) -> AbstractContextManager[Server]:
    body = _get(mock, target)
    file = folder / f"{len(body)}.json"
    file.write_bytes(body)
    served = f"{target.partition('?')[0]}={file}"
    return _running([sys.executable, str(ROOT / "bench" / "floor.py"), *flags, served])


def _requests(mock: Server, target: str, count: int) -> list[Signed]:
    """Different signed requests; they differ in a parameter that the mock ignores."""
    targets = [f"{target}&nonce={number}" for number in range(count)]
    return [(each, _signed(f"{mock.url}{each}")["Authorization"]) for each in targets]


def _measure(server: Server, read: str, requests: list[Signed], folder: Path, seconds: int, connections: int) -> None:
    script = wrk_script(requests, folder / "requests.lua")
    before = _cpu(server.process.pid)
    done, took = load(server.url, requests, script, seconds, connections)
    server.rates[read].append(done / took)
    server.costs[read].append((_cpu(server.process.pid) - before) / done * 1e6)


def _figures(
    mock: Server,
    floors: dict[str, Server],
    prebuilt: dict[str, Server],
    starts: tuple[float, ...],
    imports: tuple[float, ...],
) -> Figures:
    figures: Figures = {}
    for read, floor in floors.items():
        bytes_only = prebuilt[read]
        figures[read] = {
            "mock req/s": _spread(mock.rates[read]),
            "floor req/s": _spread(floor.rates[read]),
            "prebuilt req/s": _spread(bytes_only.rates[read]),
            "mock us CPU": _spread(mock.costs[read]),
            "floor us CPU": _spread(floor.costs[read]),
            "prebuilt us CPU": _spread(bytes_only.costs[read]),
            "ratio req/s": _ratios(mock.rates[read], floor.rates[read]),
            "ratio CPU": _ratios(floor.costs[read], mock.costs[read]),
            "ratio to prebuilt": _ratios(mock.rates[read], bytes_only.rates[read]),
        }
    above = [ours - theirs for ours, theirs in zip(starts, imports, strict=True)]
    figures["start to ready line, CPU"] = {
        "mock s": _spread(list(starts)),
        "imports s": _spread(list(imports)),
        "above s": _spread(above),
    }
    return figures


def _ratios(above: list[float], below: list[float]) -> dict[str, float]:
    """Round by round."""
    return _spread([one / other for one, other in zip(above, below, strict=True)])


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def _print(figures: Figures) -> None:
    for name, rows in figures.items():
        print(name)
        _rows(rows)


def _rows(rows: dict[str, dict[str, float]]) -> None:
    for name, spread in rows.items():
        digits = 0 if "req/s" in name and "ratio" not in name else 2
        print(f"  {name:17}" + "".join(f"  {key} {value:.{digits}f}" for key, value in spread.items()))


if __name__ == "__main__":
    sys.exit(main())
