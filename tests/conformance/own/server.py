"""A parcel service, as somebody might write one: ``python server.py [SABOTAGE]`` prints its port and serves.

It keeps parcels in memory and asks for the key ``parcel-key``. A sabotage is one way to be wrong, by name.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "parcel-key"
BASE = "/api/v1"

Body = dict[str, Any]


@dataclass
class Parcel:
    """One parcel."""

    id: int
    recipient: str
    weight: int
    note: str | None
    state: str = "waiting"


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.body = {"code": code, "message": message}


class Service:
    """The parcels and what can be done with them. ``sabotage`` is asked at each place where it may be wrong."""

    def __init__(self, sabotage: str = "") -> None:
        self.sabotage = sabotage
        self.parcels: dict[int, Parcel] = {}
        self.lock = threading.Lock()
        self.number = 0

    def wrong(self, way: str) -> bool:
        return self.sabotage == way

    def create(self, _: Mapping[str, str], body: Any) -> tuple[int, Any]:
        if not isinstance(body, dict):
            raise Refused(400, "invalid", "the body is no object")
        recipient = body.get("recipient")
        if recipient is None or recipient == "":
            raise Refused(400, "recipient-missing", "the recipient is missing")
        if not isinstance(recipient, str):
            raise Refused(400, "invalid", "the recipient is no text")
        if len(recipient) > 60:
            assert not self.wrong("breaks-down")
            raise Refused(409 if self.wrong("another-status") else 400, "invalid", "the recipient is no name")
        weight = body.get("weight")
        if not _is_whole(weight):
            raise Refused(400, "invalid", "the weight is no whole number of grams")
        if weight < 1:
            raise Refused(400, "too-light" if self.wrong("another-code") else "weight-wrong", "the weight is too low")
        if weight > (31_000 if self.wrong("takes-heavy-ones") else 30_000):
            raise Refused(400, "weight-wrong", "the weight is too high")
        note = body.get("note")
        if note is not None and not isinstance(note, str):
            raise Refused(400, "invalid", "the note is no text")
        alike = [p for p in self.parcels.values() if (p.recipient, p.weight, p.note) == (recipient, weight, note)]
        if alike and self.wrong("creates-once"):
            return 201, self.shown(alike[0])
        self.number += 1
        parcel = self.parcels[self.number] = Parcel(self.number, recipient, int(weight), note)
        return 201, self.shown(parcel)

    def get(self, query: Mapping[str, str], _: Any) -> tuple[int, Any]:
        body = self.shown(self.find(query))
        if self.wrong("drops-a-field"):
            del body["weight"]
        if self.wrong("number-as-text"):
            body["weight"] = str(body["weight"])
        return 200, body

    def cancel(self, query: Mapping[str, str], _: Any) -> tuple[int, Any]:
        parcel = self.find(query)
        if parcel.state == "cancelled" and not self.wrong("cancels-twice"):
            raise Refused(409, "cancelled", "the parcel is cancelled already")
        parcel.state = "cancelled"
        return 200, self.shown(parcel)

    def delete(self, query: Mapping[str, str], _: Any) -> tuple[int, Any]:
        parcel = self.find(query)
        if not self.wrong("keeps-deleted"):
            del self.parcels[parcel.id]
        return 204, None

    def list(self, query: Mapping[str, str], _: Any) -> tuple[int, Any]:
        page = _number(query, "page", 1, None, 1)
        size = _number(query, "size", 1, 50, 5 if self.wrong("short-default") else 10)
        found = [p for p in self.parcels.values() if query.get("recipient") in (None, p.recipient)]
        start = (page - 1) * size
        if self.wrong("pages-overlap"):
            start = max(start - (page - 1), 0)
        shown = found[start : start + size]
        if self.wrong("two-for-one") and size == 1:
            shown = found[start : start + 2]
        if self.wrong("newest-first"):
            shown = sorted(found, key=lambda parcel: -parcel.id)[start : start + size]
        total = len(shown) if self.wrong("total-of-page") else len(found)
        return 200, {"items": [self.shown(parcel) for parcel in shown], "total": total, "page": page}

    def shown(self, parcel: Parcel) -> Body:
        return asdict(parcel)

    def find(self, query: Mapping[str, str]) -> Parcel:
        number = _number(query, "parcelId", 1, None, 0)
        if number not in self.parcels:
            raise Refused(404, "unknown", "there is no such parcel")
        return self.parcels[number]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()


def _number(query: Mapping[str, str], name: str, least: int, most: int | None, default: int) -> int:
    text = query.get(name, str(default))
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Refused(400, "invalid", f"{name} is no number")
    if int(text) < least or (most is not None and int(text) > most):
        raise Refused(400, "invalid", f"{name} is out of bounds")
    return int(text)


ROUTES = {
    ("POST", "/parcels"): "create",
    ("GET", "/parcels"): "list",
    ("GET", "/parcels/*"): "get",
    ("DELETE", "/parcels/*"): "delete",
    ("POST", "/parcels/*/cancellation"): "cancel",
}
"""Method and path -> method of the service."""


class Handler(BaseHTTPRequestHandler):
    """One request: the key, the route, the body, the answer."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # an answer goes out in one piece
    service: Service

    def answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            status, body = self.served(raw)
        except Refused as refused:
            status, body = refused.status, refused.body
        except AssertionError as error:  # a server that breaks down says so
            status, body = 500, {"code": "broken", "message": type(error).__name__}
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if body is not None:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def served(self, raw: bytes) -> tuple[int, Any]:
        service = self.service
        parts = urlsplit(self.path)
        texts = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        steps = parts.path.removeprefix(BASE).split("/")[1:]
        route = "".join(f"/{'*' if index == 1 else step}" for index, step in enumerate(steps))
        key = self.headers.get("X-Parcel-Key")
        lax = self.command == "GET" and service.wrong("takes-any-key" if key else "lets-strangers-in")
        if key != KEY and not (lax and route == "/parcels/*"):
            raise Refused(401, "who", "the key is missing or wrong")
        name = ROUTES.get((self.command, route))
        if name is None:
            raise Refused(404, "unknown", "there is nothing here")
        if "*" in route:
            texts["parcelId"] = steps[1]
        body = _decoded(raw) if route == "/parcels" and self.command == "POST" else None
        with service.lock:
            status, answer = getattr(service, name)(texts, body)
            return status, answer

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = do_HEAD = do_OPTIONS = do_TRACE = answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _decoded(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused(400, "invalid", "the body is no JSON") from None


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


def server_of(service: Service) -> Server:
    """A server of a service, on a free port."""
    handler: Any = type("ParcelHandler", (Handler,), {"service": service})
    return Server(("127.0.0.1", 0), handler)


if __name__ == "__main__":
    with server_of(Service(*sys.argv[1:])) as running:
        sys.stdout.write(f"{running.server_address[1]}\n")
        sys.stdout.flush()
        running.serve_forever()
