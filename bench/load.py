"""Load on a server: wrk if it is installed, else a loader of our own, which is slower than the servers it loads.

Beside it the CPU time per request is what counts, and that does not hang on the loader.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

Signed = tuple[str, str]
"""Target of a request and its Authorization header."""

CONTENT_TYPE = "application/json;charset=utf-8"


def wrk_script(requests: Sequence[Signed], file: Path) -> Path:
    """A script that rotates the requests."""
    rows = ",\n".join(f'{{"{target}", "{authorization}"}}' for target, authorization in requests)
    file.write_text(
        f"local all = {{\n{rows}\n}}\n"
        "local at = 0\n"
        f'local headers = {{["Content-Type"] = "{CONTENT_TYPE}"}}\n'
        "function request()\n"
        "  at = at % #all + 1\n"
        '  headers["Authorization"] = all[at][2]\n'
        '  return wrk.format("GET", all[at][1], headers)\n'
        "end\n",
        encoding="utf-8",
    )
    return file


def load(url: str, requests: Sequence[Signed], script: Path, seconds: int, connections: int) -> tuple[int, float]:
    """Requests answered, and the seconds that took. Ends the program if an answer is no success."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return asyncio.run(_load(url, requests, seconds, connections))
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = re.search(r"(\d+) requests in ([\d.]+)(ms|s)", done.stdout)
    if said is None or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(f"the load failed:\n{done.stdout}{done.stderr}")
    return int(said[1]), float(said[2]) / (1000 if said[3] == "ms" else 1)


async def _load(url: str, requests: Sequence[Signed], seconds: int, connections: int) -> tuple[int, float]:
    parts = urlsplit(url)
    raw = itertools.cycle(
        f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: {CONTENT_TYPE}\r\n"
        f"Authorization: {authorization}\r\n\r\n".encode()
        for target, authorization in requests
    )
    start = time.perf_counter()
    end = start + seconds
    counts = await asyncio.gather(
        *(_connection(parts.hostname or "", parts.port or 80, raw, end) for _ in range(connections))
    )
    return sum(counts), time.perf_counter() - start


async def _connection(host: str, port: int, raw: Iterator[bytes], end: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    done = 0
    while time.perf_counter() < end:
        writer.write(next(raw))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head:
            raise SystemExit(f"the load failed: {head.decode()}")
        await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
        done += 1
    writer.close()
    await writer.wait_closed()
    return done
