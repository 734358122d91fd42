"""Waiver files: an owner's own known bugs, each exactly as it shows, with a reason, an owner and a last day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from conformance.errors import ConfigurationError
from conformance.known import Known, Signature
from conformance.user_file import check_content, read_content
from specs.model import Contract

SCHEMA = Path(__file__).with_name("waivers.schema.json")


def read_waivers(path: Path, contract: Contract) -> list[Known]:
    """What a file waives of a contract. Raises ``ConfigurationError``, which says what to change."""
    plain = check_content(read_content(path, "waiver"), SCHEMA, str(path))
    return [_known(item, f"{path}: waivers[{number}]", contract) for number, item in enumerate(plain["waivers"])]


def _known(item: dict[str, Any], place: str, contract: Contract) -> Known:
    clause = item["clause"]
    if clause not in contract.clauses:
        raise ConfigurationError(f"{place}.clause: {contract.api} has no clause {clause}")
    try:
        expires = date.fromisoformat(item["expires"])
    except ValueError:
        raise ConfigurationError(f"{place}.expires: {item['expires']} is no day; write it like 2030-12-31") from None
    signatures = tuple(
        Signature(failure["check"], failure.get("status"), str(failure.get("code", ""))) for failure in item["failures"]
    )
    return Known(clause, signatures, f"{item['reason']} ({item['owner']}, until {expires})", expires)
