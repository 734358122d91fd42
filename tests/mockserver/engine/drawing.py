"""Small BPMN files, written like drawings."""

from __future__ import annotations

from mockserver.engine.definitions import ProcessDefinition, definitions_in

INITIATOR, EXECUTORS = 'flowable:assignee="${initiator}"', 'flowable:assignee="${executors}"'
END = '<endEvent id="end"/>'


def start(first: str) -> str:
    """A start event and the flow to the first node."""
    return f'<startEvent id="start"/><sequenceFlow id="begin" sourceRef="start" targetRef="{first}"/>'


def task(key: str, assignment: str = INITIATOR, name: str = "") -> str:
    return f'<userTask id="{key}" name="{name or key}" {assignment}/>'


def gateway(kind: str, key: str, default: str = "") -> str:
    """``kind`` is ``parallel`` or ``exclusive``."""
    return f'<{kind}Gateway id="{key}"' + (f' default="{default}"' if default else "") + "/>"


def flow(
    key: str, source: str, target: str, *, order: int | None = None, rejection: bool = False, condition: str = ""
) -> str:
    said = "" if order is None else f'order="{order}" '
    own = f'<extensionElements><kit:outcome {said}rejection="{str(rejection).lower()}"/></extensionElements>'
    held = f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{key}" name="{key}" sourceRef="{source}" targetRef="{target}">{own}{held}</sequenceFlow>'


def file(*elements: str, process: str = 'id="P" name="Paper"') -> bytes:
    """A file with one process."""
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn"'
        ' xmlns:activiti="http://activiti.org/bpmn" xmlns:kit="urn:workflow-contract-kit:bpmn" targetNamespace="t">'
        f'<process {process}><extensionElements><kit:process app="App" page="Page"/></extensionElements>'
        f"{''.join(elements)}</process></definitions>"
    ).encode()


def drawn(*elements: str) -> ProcessDefinition:
    """The definition of a file with one process."""
    (definition,) = definitions_in(file(*elements))
    return definition
