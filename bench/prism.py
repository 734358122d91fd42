"""How fast is the mock beside Prism (Stoplight) serving the same document?

``python bench/prism.py`` needs ``npx``; without it nothing is measured and the exit code is 3. Prism answers with the
document's examples and checks requests against it; our mock checks signatures and answers, too, and has state. Ratios
within one run: requests per second and CPU time per request.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

from servers import Server, measure, post, ratios, requests, rows, running, spread, targets

PRISM = "@stoplight/prism-cli@5"
SHOWN = ("a task", "page of 1")
"""Prism answers every page with the one example of the document."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    npx = shutil.which("npx")
    if npx is None:
        print("npx is not at hand, so Prism is not measured")
        return 3
    mock_command = [sys.executable, "-m", "mockserver", "serve", "--api", "supos", "--port", "0"]
    with tempfile.TemporaryDirectory() as name, running(mock_command) as mock:
        folder = Path(name)
        post(f"{mock.url}/_mock/seed", {"api": "supos", "tasks": 1000})
        reads = targets(mock)
        base = reads["a task"].partition("/tasks")[0]
        document = folder / "openapi.json"
        document.write_bytes(urlopen(f"{mock.url}{base}/openapi.json").read())  # noqa: S310 - our own server
        port = _free_port()
        command = [npx, "--yes", PRISM, "mock", "--port", str(port), "--verboseLevel", "silent", str(document)]
        with running(command, f"http://127.0.0.1:{port}") as prism:
            signed = {read: requests(mock, reads[read], options.requests) for read in SHOWN}
            plain = {read: [(target.removeprefix(base), key) for target, key in signed[read]] for read in SHOWN}
            for _ in range(options.rounds):
                for read in SHOWN:
                    measure(mock, read, signed[read], folder, options.seconds, options.connections)
                    measure(prism, read, plain[read], folder, options.seconds, options.connections)
            _print(mock, prism)
        faults = json.loads(urlopen(f"{mock.url}/_mock/health").read())["faults"]  # noqa: S310 - our own server
    print(f"faults {faults}")
    return 1 if faults else 0


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _print(mock: Server, prism: Server) -> None:
    for read in SHOWN:
        print(read)
        rows(
            {
                "mock req/s": spread(mock.rates[read]),
                "Prism req/s": spread(prism.rates[read]),
                "mock us CPU": spread(mock.costs[read]),
                "Prism us CPU": spread(prism.costs[read]),
                "ratio req/s": ratios(mock.rates[read], prism.rates[read]),
                "ratio CPU": ratios(prism.costs[read], mock.costs[read]),
            }
        )
    print("start to ready line, CPU")
    print(f"  mock s {mock.start_cpu:.2f}  Prism s {prism.start_cpu:.2f}")


if __name__ == "__main__":
    sys.exit(main())
