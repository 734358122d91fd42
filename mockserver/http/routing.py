"""From a request line to an operation: a tree over the segments of all paths, base paths included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from connexion.middleware.abstract import ROUTING_CONTEXT
from connexion.middleware.routing import RoutingMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.http.answers import send_json
from mockserver.http.errors import nothing_there, unknown_path, wrong_method
from mockserver.http.spec import ContractSpecification
from specs.model import Contract


@dataclass(frozen=True, slots=True)
class Leaf:
    """One operation at the end of its path."""

    names: tuple[str, ...]
    """Names of the path parameters, from left to right."""
    context: Mapping[str, str]
    """What Connexion's routed middlewares look for in the scope."""


@dataclass(slots=True)
class Node:
    """One segment of one or more paths."""

    fixed: dict[str, Node] = field(default_factory=dict)
    parameter: Node | None = None
    leaves: dict[str, Leaf] = field(default_factory=dict)
    """Method -> operation, for paths that end here."""
    api: Contract | None = None
    """The API whose base path ends here."""

    def child(self, segment: str) -> Node:
        """The node of a templated segment below this one, made if need be."""
        if segment.startswith("{") and segment.endswith("}"):
            if self.parameter is None:
                self.parameter = Node()
            return self.parameter
        if "{" in segment:
            raise ValueError(f"the path segment {segment!r} is neither fixed nor one parameter")
        return self.fixed.setdefault(segment, Node())

    def ends(self, segments: list[str], at: int, taken: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
        """Every node at which the segments end, fixed ones first, with the texts that parameters took."""
        if at == len(segments):
            yield self, taken
            return
        segment = segments[at]
        child = self.fixed.get(segment)
        if child is not None:
            yield from child.ends(segments, at + 1, taken)
        if self.parameter is not None and segment:
            yield from self.parameter.ends(segments, at + 1, (*taken, segment))

    def owner(self, segments: list[str], at: int = 0) -> Contract | None:
        """The API below whose base path the segments lie."""
        child = self.fixed.get(segments[at]) if at < len(segments) else None
        found = child.owner(segments, at + 1) if child is not None else None
        if found is None and self.parameter is not None and at < len(segments) and segments[at]:
            found = self.parameter.owner(segments, at + 1)
        return found or self.api


class IndexRouting(RoutingMiddleware):
    """Connexion's routing with an index in the place of its list of patterns."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.root = Node()
        self._exact: dict[tuple[str, bytes], Leaf] = {}
        """Method and path as sent -> operation, for paths without parameters: the first that the tree would find."""
        self.base_paths: list[str] = []

    def add_api(self, specification: ContractSpecification, base_path: str | None = None, **_: Any) -> None:
        """Add the operations of a contract. The router of the base class is not built."""
        contract = specification.contract
        base = contract.base_path if base_path is None else base_path
        for prefix in (base, *contract.base_paths[1:]):
            self.base_paths.append(prefix)
            self._node(prefix).api = contract
            for operation in contract:
                self.serve(prefix + operation.path, operation.method, base, operation.id)

    def serve(self, path: str, method: str, base_path: str, operation_id: str) -> Callable[[], None]:
        """Route a method of a path to an operation of the API with that base path; gives what ends that."""
        names = tuple(part[1:-1] for part in path.split("/") if part.startswith("{"))
        context = {"api_base_path": base_path, "operation_id": operation_id}
        leaves, exact = self._node(path).leaves, (method, path.encode())
        leaf = leaves[method] = Leaf(names, context)
        if not names:
            self._exact[exact] = leaf

        def end() -> None:
            del leaves[method]
            self._exact.pop(exact, None)

        return end

    def _node(self, path: str) -> Node:
        node = self.root
        for segment in path.split("/")[1:]:
            node = node.child(segment)
        return node

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        leaf = self._exact.get((scope["method"], scope.get("raw_path", b"")))
        taken: tuple[str, ...] = ()
        if leaf is None:
            segments = split(scope)
            leaf, taken, allowed = self._find(segments, scope["method"])
            if leaf is None:
                await self._refuse(scope, send, segments, allowed)
                return
        scope["path_params"] = dict(zip(leaf.names, taken, strict=True))
        scope.setdefault("extensions", {})[ROUTING_CONTEXT] = leaf.context
        await self.app(scope, receive, send)

    def _find(self, segments: list[str], method: str) -> tuple[Leaf | None, tuple[str, ...], set[str]]:
        """The operation, the texts of its path parameters, and the methods that the path has otherwise."""
        allowed: set[str] = set()
        for node, taken in self.root.ends(segments, 0, ()):
            leaf = node.leaves.get(method)
            if leaf is None and method == "HEAD":
                leaf = node.leaves.get("GET")
            if leaf is not None:
                return leaf, taken, allowed
            allowed.update(node.leaves)
        return None, (), allowed

    async def _refuse(self, scope: Scope, send: Send, segments: list[str], allowed: set[str]) -> None:
        contract = self.root.owner(segments)
        if contract is None:
            await send_json(send, 404, unknown_path(self.base_paths))
        elif allowed:
            methods = sorted(allowed | ({"HEAD"} if "GET" in allowed else set()))
            headers = [(b"allow", ", ".join(methods).encode())]
            body = wrong_method(contract, scope["method"], methods)
            await send_json(send, 405, body, headers, media=contract.error_media)
        else:
            await send_json(send, 404, nothing_there(contract, scope["path"]), media=contract.error_media)


def split(scope: Scope) -> list[str]:
    """The decoded segments of a path. Splitting comes first, so that ``%2F`` stays inside its segment."""
    raw = scope.get("raw_path") or scope["path"].encode()
    segments: list[str] = raw.decode("utf-8", "replace").split("/")[1:]
    if b"%" in raw:
        segments = [unquote(segment) for segment in segments]
    return segments
