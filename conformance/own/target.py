"""Targets of a user's own API: what their ``arguments`` must keep to, and what holds without a target file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from conformance.errors import ConfigurationError
from conformance.examples import example_call
from conformance.own.values import PLACE
from conformance.target import Target
from specs.links import links_of
from specs.model import Contract
from specs.nodes import request_nodes


def checked(contract: Contract, target: Target) -> Target:
    """The target, if its arguments name what there is. Raises ``ConfigurationError``."""
    for operation, values in target.arguments.items():
        if operation not in contract.operations:
            near = get_close_matches(operation, contract.operations, n=1)
            raise ConfigurationError(
                f"the target's arguments name {operation}, which is no operation of {contract.api}"
                + (f" (did you mean {near[0]}?)" if near else "")
            )
        nodes = request_nodes(contract, contract.operations[operation])
        for node in values:
            if node not in nodes:
                near = get_close_matches(node, nodes, n=1)
                raise ConfigurationError(
                    f"the target's arguments of {operation} name {node}, which its request does not have"
                    + (f" (did you mean {near[0]}?)" if near else f"; there are {', '.join(nodes) or 'none'}")
                )
    return target


def without_a_file(target: Target) -> tuple[Target, str]:
    """A target that no file describes, and what is to be said about it.

    Off loopback nobody has said that it may be written to, so it is only read.
    """
    if target.is_local:
        return target, ""
    said = f"nothing is written to {target.host}, since no target file says that it may be (writes: own)"
    return replace(target, writes="none"), said


def roles_of(target: Target) -> frozenset[str]:
    """The roles that the target's own arguments ask for."""
    return frozenset(found[1] for found in PLACE.finditer(str(dict(target.arguments))) if found[1])


def left_to_examples(contract: Contract) -> Iterator[tuple[str, str, Any]]:
    """Operation, node and example of each path parameter that no link feeds: what a target is asked to name."""
    fed = {(link.target, node) for link in links_of(contract) for node in link.feeds}
    for operation in contract:
        example = example_call(contract, operation, every=False)
        for node in sorted(example.guessed):
            if node.startswith("path.") and (operation.id, node) not in fed and operation.excluded is None:
                yield operation.id, node, example.call.get(node)
