"""From files to models, and what is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.engine.bpmn import BpmnError, By, Executors, Kind, parse
from mockserver.engine.bpmn.document import DEPTH, ELEMENTS, SIZE
from mockserver.engine.definitions import definitions_in
from tests.mockserver.engine.drawing import END, drawn, file, flow, gateway, start, task
from tests.mockserver.engine.strategies import QUICK

PLAIN = (start("a"), task("a"), flow("out", "a", "end"), END)
GATEWAY = (start("a"), task("a"), gateway("exclusive", "g"), flow("o", "a", "g"), END)


def refused(*elements: str, process: str = 'id="P"') -> BpmnError:
    with pytest.raises(BpmnError) as caught:
        definitions_in(file(*elements, process=process))
    return caught.value


def test_a_model_has_the_nodes_and_flows_of_its_process() -> None:
    (model,) = parse(file(*PLAIN))
    assert (model.key, model.name, model.properties) == ("P", "Paper", {"app": "App", "page": "Page"})
    assert [(node.id, node.kind) for node in model.nodes] == [
        ("start", Kind.START),
        ("a", Kind.USER),
        ("end", Kind.END),
    ]
    assert [(flow.id, flow.source, flow.target) for flow in model.flows] == [
        ("begin", "start", "a"),
        ("out", "a", "end"),
    ]


def test_the_same_bytes_give_the_same_models() -> None:
    assert parse(file(*PLAIN)) is parse(file(*PLAIN))


@pytest.mark.parametrize(
    ("attributes", "executors"),
    [
        ('flowable:assignee="${initiator}"', Executors(By.INITIATOR)),
        ('activiti:assignee="${executors}"', Executors(By.NAMED)),
        ('flowable:assignee="ann"', Executors(By.FIXED, ("ann",))),
        ('flowable:candidateUsers="ann, bob,ann"', Executors(By.FIXED, ("ann", "bob"))),
        ('flowable:candidateGroups="position:7"', Executors(By.POSITION, (), "7")),
        ('flowable:candidateGroups="position:" flowable:candidateUsers="ann"', Executors(By.POSITION, ("ann",), None)),
    ],
)
def test_attributes_of_either_engine_say_who_executes_a_task(attributes: str, executors: Executors) -> None:
    definition = drawn(start("a"), task("a", attributes), flow("out", "a", "end"), END)
    assert definition.first.executors == executors


def test_outcomes_stand_by_order_and_lead_through_gateways() -> None:
    definition = drawn(
        start("a"),
        task("a"),
        gateway("parallel", "fork"),
        task("b"),
        task("c"),
        END,
        flow("no", "a", "end", order=2, rejection=True),
        flow("yes", "a", "fork", order=1),
        flow("to-b", "fork", "b"),
        flow("to-c", "fork", "c"),
        flow("b-end", "b", "end"),
        flow("c-end", "c", "end"),
    )
    assert [(f.key, f.targets, f.target, f.rejection) for f in definition.outcomes["a"]] == [
        ("yes", ("b", "c"), "b", False),
        ("no", (), None, True),
    ]
    assert [section.key for section in definition.sections] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("elements", "code", "said"),
    [
        ((*PLAIN, '<serviceTask id="s"/>'), "unknown-element", "'serviceTask' is not supported; supported are"),
        ((*PLAIN, task("a")), "duplicate-id", "the id stands at line 1, userTask 'a', too"),
        ((*PLAIN, flow("x", "a", "nowhere")), "dangling", "'nowhere' is no node of this process"),
        ((*PLAIN, '<sequenceFlow id="x" sourceRef="a"/>'), "dangling", "it has no targetRef"),
        ((task("a"), flow("out", "a", "end"), END), "start", "it has no start event"),
        ((*PLAIN, '<startEvent id="s2"/>'), "start", "it is another start event"),
        ((*PLAIN, task("b"), flow("x", "a", "b")), "dead-end", "nothing leads on from it"),
        ((*PLAIN, task("b"), flow("x", "b", "end")), "unreachable", "nothing leads to it"),
        ((*PLAIN, flow("x", "a", "end", condition="${true}")), "condition", "behind no exclusive gateway"),
        ((*PLAIN, flow("x", "end", "a")), "events", "a sequence flow leaves it"),
        ((*PLAIN, flow("x", "a", "start")), "events", "a sequence flow leads back to it"),
        ((*PLAIN, '<sequenceFlow sourceRef="a" targetRef="end"/>'), "no-id", "it has no id"),
        ((start("a"), task("a", ""), flow("o", "a", "end"), END), "assignment", "nobody executes it"),
        ((start("a"), task("a", 'flowable:assignee="${x}"'), END), "assignment", "'${x}' is not supported"),
        ((start("a"), task("a", 'flowable:candidateGroups="g"'), END), "assignment", "'g' is no position"),
        ((start("a"), task("a"), flow("o", "a", "end", rejection=True), END), "outcomes", "is a rejection"),
        ((start("end"), END), "first-section", "it follows the start event"),
        (
            (*GATEWAY, flow("p", "g", "end", condition="${true}")),
            "condition",
            "it has a condition and is the only way out",
        ),
        (
            (*GATEWAY, flow("p", "g", "end"), flow("q", "g", "end"), gateway("exclusive", "h", "p")),
            "dangling",
            "its default 'p' does not leave it",
        ),
    ],
)  # fmt: skip
def test_what_cannot_run_is_refused_with_its_place_and_advice(elements: tuple[str, ...], code: str, said: str) -> None:
    error = refused(*elements)
    assert error.code == code
    assert said in str(error)
    assert error.place in str(error)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml"),
        (b"<a", "xml"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "xml"),
        (b"<a/>", "root"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "no-process"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>', "doctype"),
        (b"<a>" * (DEPTH + 1) + b"</a>" * (DEPTH + 1), "depth"),
        (b"<a>" + b"<b/>" * ELEMENTS + b"</a>", "elements"),
        (b"<a>" + b" " * SIZE + b"</a>", "size"),
    ],
)
def test_files_that_are_no_bpmn_or_too_much_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(BpmnError) as caught:
        parse(data)
    assert caught.value.code == code


def test_a_broken_condition_is_kept_until_it_is_reached() -> None:
    elements = (start("a"), task("a"), gateway("exclusive", "g", "else"), flow("o", "a", "g"), END)
    definition = drawn(*elements, flow("if", "g", "end", condition="${1 +"), flow("else", "g", "end"))
    condition = definition.model.outgoing["g"][0].condition
    assert condition is not None
    assert condition.error is not None


names = st.sampled_from(
    ("process", "userTask", "startEvent", "endEvent", "sequenceFlow", "exclusiveGateway", "parallelGateway", "x:y",
     "extensionElements", "conditionExpression", "kit:outcome", "kit:process", "subProcess")
)  # fmt: skip
attributes = st.dictionaries(
    st.sampled_from(("id", "name", "sourceRef", "targetRef", "default", "isExecutable", "flowable:assignee",
                     "flowable:candidateUsers", "flowable:candidateGroups", "order", "rejection", "published")),
    st.sampled_from(("a", "b", "c", "", "true", "false", "7", "${initiator}", "position:", "²")),
    max_size=5,
)  # fmt: skip
trees = st.recursive(
    st.tuples(names, attributes, st.just(())), lambda inner: st.tuples(names, attributes, st.lists(inner, max_size=6))
)


def _written(tree: tuple[str, dict[str, str], tuple[object, ...]]) -> str:
    name, said, children = tree
    text = "".join(f' {key}="{value}"' for key, value in said.items())
    return f"<{name}{text}>{''.join(map(_written, children))}</{name}>"  # type: ignore[arg-type]


@QUICK
@given(st.lists(trees, max_size=6), st.booleans())
def test_any_tree_of_elements_is_a_model_or_a_bpmn_error(
    inner: list[tuple[str, dict[str, str], tuple[object, ...]]], valid: bool
) -> None:
    text = "".join(map(_written, inner))
    data = file(*(PLAIN if valid else ()), text).replace(b"<definitions", b'<definitions xmlns:x="urn:x"', 1)
    with suppress(BpmnError):
        definitions_in(data)


@QUICK
@given(st.one_of(st.binary(max_size=300), st.tuples(st.integers(0, 900), st.binary(min_size=1, max_size=4))))
def test_any_bytes_are_models_or_a_bpmn_error(change: bytes | tuple[int, bytes]) -> None:
    plain = file(*PLAIN)
    data = change if isinstance(change, bytes) else plain[: change[0]] + change[1] + plain[change[0] + len(change[1]) :]
    with suppress(BpmnError):
        definitions_in(data)
