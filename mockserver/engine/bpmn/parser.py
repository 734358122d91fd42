"""From a BPMN 2.0 file to its models."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator

from mockserver.engine.bpmn import words
from mockserver.engine.bpmn.document import Element, read
from mockserver.engine.bpmn.errors import BpmnError
from mockserver.engine.bpmn.model import By, Executors, Kind, Model, Node, SequenceFlow
from mockserver.engine.bpmn.validation import RULES
from mockserver.engine.expressions import Expression

KEPT = 256
"""How many files' models are remembered."""

_cache: OrderedDict[bytes, tuple[Model, ...]] = OrderedDict()


def parse(data: bytes) -> tuple[Model, ...]:
    """The executable processes of a file, in its order; the same bytes give the same models. Raises ``BpmnError``."""
    digest = hashlib.sha256(data).digest()
    found = _cache.get(digest)
    if found is None:
        found = _cache[digest] = tuple(_models(read(data)))
        if len(_cache) > KEPT:
            _cache.popitem(last=False)
    return found


def _models(root: Element) -> Iterator[Model]:
    if root.tag != words.DEFINITIONS:
        raise BpmnError("root", root.place, "a BPMN file begins with 'definitions'", f"its namespace is {words.BPMN}")
    _unique_ids(root, {})
    processes = []
    for child in root.children:
        if child.tag == words.PROCESS:
            processes.append(child)
        elif child.namespace == words.BPMN and child.name not in words.IGNORED_IN_DEFINITIONS:
            raise BpmnError("unknown-element", child.place, f"{child.name!r} is not supported", words.ADVICE)
    executable = [process for process in processes if process.attributes.get("isExecutable", "true") != "false"]
    if not executable:
        raise BpmnError("no-process", root.place, "it has no executable process", "add one, or set isExecutable")
    for process in executable:
        yield _model(process)


def _unique_ids(element: Element, seen: dict[str, str]) -> None:
    name = element.attributes.get("id") if element.namespace == words.BPMN else None
    if name is not None:
        if name in seen:
            raise BpmnError("duplicate-id", element.place, f"the id stands at {seen[name]}, too", "ids are unique")
        seen[name] = element.place
    for child in element.children:
        _unique_ids(child, seen)


def _model(process: Element) -> Model:
    nodes: list[Node] = []
    flows: list[SequenceFlow] = []
    for child in process.children:
        if child.tag == words.SEQUENCE_FLOW:
            flows.append(_flow(child, len(flows)))
        elif child.tag in words.KINDS:
            nodes.append(_node(child, words.KINDS[child.tag]))
        elif child.namespace != words.BPMN or child.name not in words.IGNORED_IN_PROCESS:
            raise BpmnError("unknown-element", child.place, f"{child.name!r} is not supported", words.ADVICE)
    key = _id(process)
    own = _own(process, words.OWN_PROCESS)
    model = Model(key, process.attributes.get("name", key), tuple(nodes), tuple(flows), own.attributes if own else {})
    for code, rule in RULES:
        for line, place, reason, advice in rule(model):
            where = f"line {line}, {place}" if line else f"{process.place}"
            raise BpmnError(code, where, reason, advice)
    return model


def _id(element: Element) -> str:
    name = element.attributes.get("id")
    if not name:
        raise BpmnError("no-id", element.place, "it has no id", "every process, node and sequence flow needs one")
    return name


def _node(element: Element, kind: Kind) -> Node:
    for child in element.children:
        if child.namespace != words.BPMN or child.name not in words.IGNORED_IN_NODE:
            raise BpmnError("unknown-element", child.place, f"{child.name!r} is not supported here", words.ADVICE)
    return Node(
        _id(element),
        kind,
        element.attributes.get("name", ""),
        _executors(element) if kind is Kind.USER else None,
        element.attributes.get("default"),
        element.line,
    )


def _executors(element: Element) -> Executors:
    """Who executes a user task, by the first of the attributes that says so."""
    assignee = _attribute(element, "assignee")
    group = _attribute(element, "candidateGroups")
    candidates = (name.strip() for name in (_attribute(element, "candidateUsers") or "").split(","))
    users = tuple(dict.fromkeys(name for name in candidates if name))
    if assignee in words.BY:
        return Executors(words.BY[assignee])
    if group is not None:
        if not group.startswith(words.POSITION):
            raise BpmnError("assignment", element.place, f"the group {group!r} is no position", "write position:NUMBER")
        return Executors(By.POSITION, users, group.removeprefix(words.POSITION).strip() or None)
    users = (assignee,) if assignee else users
    if not users:
        raise BpmnError("assignment", element.place, "nobody executes it", words.ASSIGNMENT)
    unknown = next((user for user in users if "${" in user), None)
    if unknown is not None:
        raise BpmnError("assignment", element.place, f"{unknown!r} is not supported", words.ASSIGNMENT)
    return Executors(By.FIXED, users)


def _attribute(element: Element, name: str) -> str | None:
    """An extension attribute of any of the engines whose namespaces are read."""
    for namespace in words.ENGINES:
        value = element.attributes.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value.strip()
    return None


def _flow(element: Element, number: int) -> SequenceFlow:
    condition = None
    for child in element.children:
        if child.tag == words.CONDITION:
            condition = Expression(child.text)
        elif child.namespace != words.BPMN or child.name not in words.IGNORED_IN_NODE:
            raise BpmnError("unknown-element", child.place, f"{child.name!r} is not supported here", words.ADVICE)
    for end in ("sourceRef", "targetRef"):
        if not element.attributes.get(end):
            raise BpmnError("dangling", element.place, f"it has no {end}", "name a node of this process")
    own = _own(element, words.OWN_OUTCOME)
    said = own.attributes if own else {}
    order = said.get("order", str(number))
    if not (order.isascii() and order.isdigit() and len(order) < 10):
        raise BpmnError("outcome", element.place, f"the order {order!r} is no number", "write digits")
    if said.get("rejection", "false") not in ("true", "false"):
        raise BpmnError("outcome", element.place, f"the rejection {said['rejection']!r} is neither true nor false")
    return SequenceFlow(
        _id(element),
        element.attributes["sourceRef"],
        element.attributes["targetRef"],
        element.attributes.get("name", ""),
        condition,
        int(order),
        said.get("rejection") == "true",
        element.line,
    )


def _own(element: Element, tag: str) -> Element | None:
    """What an element's extension elements say in our own namespace."""
    for extensions in element.each(words.EXTENSIONS):
        for found in extensions.each(tag):
            return found
    return None
