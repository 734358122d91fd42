"""What a target's control API tells, when it has one."""

from __future__ import annotations

import json
from http import HTTPStatus

from conformance.errors import TargetUnreachable, TransportError
from conformance.target import Control, Target
from conformance.wire.transport import HttpTransport, Message


def faults_of(target: Target) -> int | None:
    """How often the mock was wrong by its own count; ``None`` without a control API. Raises ``TargetUnreachable``."""
    if target.control is None:
        return None
    transport = HttpTransport(target.ca_bundle)
    try:
        answer = transport.send(_health(target, target.control), target.limits.timeout)
    except TransportError as error:
        raise TargetUnreachable(f"the control API of the target does not answer: {error}") from None
    finally:
        transport.close()
    try:
        faults = json.loads(answer.body)["faults"] if answer.status == HTTPStatus.OK else None
    except (ValueError, KeyError, TypeError, RecursionError):
        faults = None
    if not isinstance(faults, int):
        raise TargetUnreachable(f"the control API of the target answered {answer.status} and does not tell its faults")
    return faults


def _health(target: Target, control: Control) -> Message:
    headers = dict(target.headers)
    if control.token is not None:
        headers["Authorization"] = f"Bearer {control.token}"
    return Message("GET", f"{target.base_url}{control.path}/health", tuple(headers.items()), b"")
