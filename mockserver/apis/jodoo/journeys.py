"""Ways of instances through their nodes that together show every status and every action of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leg:
    """One task on the way."""

    node: str
    created: str = "forward"
    """The action that brought it about."""
    finished: str | None = None
    """The action that finished it, ``None`` while it waits."""
    waiting: str | None = None
    """How it waits, if it is not simply in progress."""
    closed: bool = False
    """Whether it was ended by hand."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The tasks of one instance, in the order in which they began."""

    state: str
    legs: tuple[Leg, ...]


JOURNEYS: Mapping[str, Journey] = {
    "completed": Journey(
        "completed",
        (
            Leg("node_0", finished="forward"),
            Leg("node_2", finished="auto_approve"),
            Leg("node_2", created="auto_approve", finished="forward"),
            Leg("node_3", created="invoke_plugin", finished="forward"),
        ),
    ),
    "ended by hand": Journey(
        "canceled",
        (Leg("node_0", finished="forward"), Leg("node_2", finished="close", closed=True)),
    ),
    "handed over and returned": Journey(
        "running",
        (
            Leg("node_0", finished="transfer"),
            Leg("node_0", created="transfer", finished="forward"),
            Leg("node_2", finished="back"),
            Leg("node_0", created="back", finished="forward"),
            Leg("node_2", finished="sign_after"),
            Leg("node_2", created="sign_after"),
        ),
    ),
    "in batches": Journey(
        "running",
        (
            Leg("node_0", finished="batch_forward"),
            Leg("node_2", created="batch_forward", finished="transfer"),
            Leg("node_2", created="batch_transfer"),
        ),
    ),
    "overdue": Journey(
        "running",
        (
            Leg("node_0", finished="forward"),
            Leg("node_2", created="auto_forward", finished="back"),
            Leg("node_0", created="auto_back"),
        ),
    ),
    "withdrawn": Journey(
        "running",
        (Leg("node_0", finished="forward"), Leg("node_0", created="revoke")),
    ),
    "activated again": Journey(
        "running",
        (
            Leg("node_0", finished="forward"),
            Leg("node_2", finished="close", closed=True),
            Leg("node_2", created="activate", waiting="activated"),
        ),
    ),
    "signed by several": Journey(
        "running",
        (
            Leg("node_0", finished="forward"),
            Leg("node_2", waiting="paused"),
            Leg("node_2", created="sign_before"),
            Leg("node_2", created="sign_parallel"),
        ),
    ),
}
"""What happened -> how it went. Each status and each action is shown by one of them."""
