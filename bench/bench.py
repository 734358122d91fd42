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
import sys
import tempfile
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from urllib.request import urlopen

from servers import READS, ROOT, Server, get, measure, post, ratios, requests, rows, running, spread, targets

IMPORTS = "import connexion, uvicorn; print('ready', flush=True); import time; time.sleep(60)"


Figures = dict[str, dict[str, dict[str, float]]]
"""What was measured -> figure -> median, least and greatest."""


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
        mock = stack.enter_context(running([sys.executable, str(ROOT / "bench" / "crowded.py")]))
        post(f"{mock.url}/_mock/seed", {"api": "supos", "tasks": 1000})
        reads = targets(mock)
        signed = {read: requests(mock, reads[read], options.requests) for read in READS}
        floors = {read: stack.enter_context(_floor(folder, mock, reads[read])) for read in READS}
        prebuilt = {read: stack.enter_context(_floor(folder, mock, reads[read], "--prebuilt")) for read in READS}
        for _ in range(options.rounds):
            for read in READS:
                for server in (floors[read], prebuilt[read], mock):
                    measure(server, read, signed[read], folder, options.seconds, options.connections)
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
    with running([sys.executable, "-m", "mockserver", "serve", "--port", "0"]) as mock:
        pass
    with running([sys.executable, "-W", "ignore", "-c", IMPORTS]) as imports:
        pass
    return mock.start_cpu, imports.start_cpu


def _floor(folder: Path, mock: Server, target: str, *flags: str) -> AbstractContextManager[Server]:
    body = get(mock, target)
    file = folder / f"{len(body)}.json"
    file.write_bytes(body)
    served = f"{target.partition('?')[0]}={file}"
    return running([sys.executable, str(ROOT / "bench" / "floor.py"), *flags, served])


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
            "mock req/s": spread(mock.rates[read]),
            "floor req/s": spread(floor.rates[read]),
            "prebuilt req/s": spread(bytes_only.rates[read]),
            "mock us CPU": spread(mock.costs[read]),
            "floor us CPU": spread(floor.costs[read]),
            "prebuilt us CPU": spread(bytes_only.costs[read]),
            "ratio req/s": ratios(mock.rates[read], floor.rates[read]),
            "ratio CPU": ratios(floor.costs[read], mock.costs[read]),
            "ratio to prebuilt": ratios(mock.rates[read], bytes_only.rates[read]),
        }
    above = [ours - theirs for ours, theirs in zip(starts, imports, strict=True)]
    figures["start to ready line, CPU"] = {
        "mock s": spread(list(starts)),
        "imports s": spread(list(imports)),
        "above s": spread(above),
    }
    return figures


def _print(figures: Figures) -> None:
    for name, measured in figures.items():
        print(name)
        rows(measured)


if __name__ == "__main__":
    sys.exit(main())
