"""What a process must be like to be run: a table of rules, each of which names what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mockserver.engine.bpmn.model import Kind, Model, Node, SequenceFlow

Finding = tuple[int, str, str, str]
"""Line (0: the process as a whole), element, reason and advice."""

Rule = Callable[[Model], Iterator[Finding]]


def _of(item: Node | SequenceFlow, reason: str, advice: str) -> Finding:
    element = item.kind.value if isinstance(item, Node) else "sequenceFlow"
    return item.line, f"{element} {item.id!r}", reason, advice


def _dangling(model: Model) -> Iterator[Finding]:
    flows = {flow.id: flow for flow in model.flows}
    for flow in model.flows:
        for end in (flow.source, flow.target):
            if end not in model.by_id:
                yield _of(flow, f"{end!r} is no node of this process", "name one")
    for node in model.nodes:
        if node.default is not None and (node.default not in flows or flows[node.default].source != node.id):
            yield _of(node, f"its default {node.default!r} does not leave it", "name a sequence flow that does")


def _one_start(model: Model) -> Iterator[Finding]:
    starts = [node for node in model.nodes if node.kind is Kind.START]
    if not starts:
        yield 0, "", "it has no start event", "add one"
    for node in starts[1:]:
        yield _of(node, "it is another start event", "one is supported")


def _ends_of_events(model: Model) -> Iterator[Finding]:
    for node in model.nodes:
        if node.kind is Kind.START and model.arriving[node.id]:
            yield _of(node, "a sequence flow leads back to it", "lead it to the node behind")
        if node.kind is Kind.START and len(model.outgoing[node.id]) > 1:
            yield _of(node, "several sequence flows leave it", "put a gateway behind it")
        if node.kind is Kind.END and model.outgoing[node.id]:
            yield _of(node, "a sequence flow leaves it", "end the process there, or remove the end event")


def _dead_end(model: Model) -> Iterator[Finding]:
    for node in model.nodes:
        if node.kind is not Kind.END and not model.outgoing[node.id]:
            yield _of(node, "nothing leads on from it", "add a sequence flow, to an end event if it is the last")


def _reached(begin: str, onward: Mapping[str, list[str]]) -> set[str]:
    seen, waiting = {begin}, [begin]
    while waiting:
        for node in onward.get(waiting.pop(), ()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen


def _unreachable(model: Model) -> Iterator[Finding]:
    onward: dict[str, list[str]] = {}
    for flow in model.flows:
        onward.setdefault(flow.source, []).append(flow.target)
    reached = _reached(model.start.id, onward)
    for node in model.nodes:
        if node.id not in reached:
            yield _of(node, "nothing leads to it", "add a sequence flow, or remove it")


def _conditions(model: Model) -> Iterator[Finding]:
    for flow in model.flows:
        if flow.condition is None:
            continue
        source = model.by_id[flow.source]
        if source.kind is not Kind.EXCLUSIVE:
            yield _of(flow, "it has a condition behind no exclusive gateway", "put one before it")
        elif len(model.outgoing[source.id]) == 1:
            yield _of(flow, "it has a condition and is the only way out", "remove the condition, or add a default")


def _choices(model: Model) -> Iterator[Finding]:
    for node in model.nodes:
        if node.kind is Kind.EXCLUSIVE:
            for flow in model.outgoing[node.id][:-1]:
                if flow.condition is None and flow.id != node.default:
                    yield _of(flow, "without a condition it hides the flows behind it", "make it the default")
        elif node.default is not None:
            yield _of(node, "it has a default", "only exclusive gateways have one; give the flow the lowest order")


def _outcomes(model: Model) -> Iterator[Finding]:
    for node in model.nodes:
        if node.kind is Kind.USER and all(flow.rejection for flow in model.outgoing[node.id]):
            yield _of(node, "every way out of it is a rejection", "add one that is none")


RULES: tuple[tuple[str, Rule], ...] = (
    ("dangling", _dangling),
    ("start", _one_start),
    ("events", _ends_of_events),
    ("dead-end", _dead_end),
    ("unreachable", _unreachable),
    ("condition", _conditions),
    ("choice", _choices),
    ("outcomes", _outcomes),
)
"""Name -> rule, in the order in which they are looked at; a later one may rely on those before it."""
