"""What reports say of made-up requests: as JSON, and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.coverage import Advice, Coverage
from conformance.outcome import Exchange
from conformance.report.escape import shorten
from specs.model import status_text


def write_coverage(one: Coverage) -> dict[str, Any]:
    """The coverage of an operation as ``results.json`` holds it."""
    return {
        "operation": one.operation,
        "valid": one.valid,
        "wrong": one.wrong,
        "raw": one.raw,
        "statuses": _write_statuses(one.statuses),
        "unreached": list(one.unreached),
        "links": {name: _write_statuses(statuses) for name, statuses in one.links.items()},
        "blocked": one.blocked,
        "advised": one.advised,
        "advice": [
            {"kind": piece.kind, "text": piece.text, "place": piece.place, "exchange": write_exchange(piece.exchange)}
            for piece in one.advice
        ],
    }


def read_coverage(item: Mapping[str, Any]) -> Coverage:
    """The coverage behind ``write_coverage``."""
    return Coverage(
        **{name: item[name] for name in ("operation", "valid", "wrong", "raw", "blocked", "advised")},
        statuses=_read_statuses(item["statuses"]),
        unreached=tuple(item["unreached"]),
        links={name: _read_statuses(statuses) for name, statuses in item["links"].items()},
        advice=tuple(Advice(**{**piece, "exchange": Exchange(**piece["exchange"])}) for piece in item["advice"]),
    )


def write_exchange(exchange: Exchange) -> dict[str, Any]:
    """An exchange as ``results.json`` holds it."""
    return {
        "operation": exchange.operation,
        "curl": exchange.curl,
        "status": exchange.status,
        "answer": exchange.answer,
        "code": exchange.code,
    }


def share_of_valid(one: Coverage) -> int:
    """How many of a hundred requests to an operation the contract allows."""
    return round(100 * one.valid / max(one.sent, 1))


def links_followed(one: Coverage) -> str:
    """How many of the links that lead to an operation were followed, and how often; empty without any."""
    met = sum(1 for statuses in one.links.values() if statuses)
    return f"{met} of {len(one.links)}, {one.followed} times" if one.links else ""


def summary(one: Coverage) -> str:
    """Requests, share of valid ones, statuses and links of an operation in one line."""
    parts = [f"{one.sent} requests, {share_of_valid(one)} % valid; {_told(one.statuses)}"]
    if one.links:
        parts.append(f"links followed: {links_followed(one)}")
    if one.unreached:
        parts.append(f"not reached: {', '.join(map(status_text, one.unreached))}")
    if one.blocked:
        parts.append(f"less than planned, blocked by {one.blocked}")
    return f"{one.operation}: {'; '.join(parts)}"


def link_lines(one: Coverage) -> Iterator[tuple[str, str]]:
    """Label and text of each link that leads to an operation, with what came of it."""
    for name, statuses in one.links.items():
        yield "link", f"{name}: {_told(statuses) or 'never followed'}"


def advice_lines(one: Coverage, limit: int) -> Iterator[tuple[str, str]]:
    """Label and text of what is worth a look; ``limit`` cuts the answers."""
    for piece in one.advice:
        yield "advice", f"{piece.text} ({piece.kind}; {piece.place})"
        yield "request", piece.exchange.curl
        yield "answer", shorten(piece.exchange.answer, limit) or "(no body)"
    if one.advised > len(one.advice):
        yield "advice", f"{one.advised - len(one.advice)} more of the same kinds"


def _told(statuses: Mapping[int, int]) -> str:
    return ", ".join(f"{status}: {count}" for status, count in statuses.items())


def _write_statuses(statuses: Mapping[int, int]) -> dict[str, int]:
    return {str(status): count for status, count in statuses.items()}


def _read_statuses(item: Mapping[str, int]) -> dict[int, int]:
    return {int(status): count for status, count in item.items()}
