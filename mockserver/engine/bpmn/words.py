"""The names that are read in a BPMN file.

Beside BPMN 2.0 itself: the attributes ``assignee``, ``candidateUsers`` and ``candidateGroups`` of user tasks in the
namespaces of Flowable and Activiti, and two extension elements of a namespace of our own::

    <process id="K1" name="leave application">
      <extensionElements><kit:process app="App_1" page="Page_1" published="false"/></extensionElements>
    <sequenceFlow id="edge_2" name="disagree" sourceRef="task_2" targetRef="task_1">
      <extensionElements><kit:outcome order="2" rejection="true"/></extensionElements>

``order`` places a sequence flow among those that leave the same node (default: the order of the file); ``rejection``
says that whoever takes it turns the work down.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine.bpmn.model import By, Kind

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ENGINES = ("http://flowable.org/bpmn", "http://activiti.org/bpmn")
OWN = "urn:workflow-contract-kit:bpmn"

DEFINITIONS = f"{{{BPMN}}}definitions"
PROCESS = f"{{{BPMN}}}process"
SEQUENCE_FLOW = f"{{{BPMN}}}sequenceFlow"
CONDITION = f"{{{BPMN}}}conditionExpression"
EXTENSIONS = f"{{{BPMN}}}extensionElements"
OWN_PROCESS = f"{{{OWN}}}process"
OWN_OUTCOME = f"{{{OWN}}}outcome"

KINDS: Mapping[str, Kind] = {f"{{{BPMN}}}{kind.value}": kind for kind in Kind}

IGNORED_IN_DEFINITIONS = frozenset(("documentation", "extensionElements", "collaboration"))
IGNORED_IN_PROCESS = frozenset(("documentation", "extensionElements", "laneSet", "textAnnotation", "association"))
IGNORED_IN_NODE = frozenset(("documentation", "extensionElements", "incoming", "outgoing"))
"""Elements of BPMN that change nothing about how a process runs."""

BY: Mapping[str | None, By] = {"${initiator}": By.INITIATOR, "${executors}": By.NAMED}
"""Assignee -> who decides."""

POSITION = "position:"
"""What a candidate group begins with; the number follows, or nothing for a position that has none."""

ADVICE = f"supported are {', '.join(kind.value for kind in Kind)} and sequenceFlow"
ASSIGNMENT = (
    "set assignee to ${initiator}, ${executors} or a username, candidateUsers to usernames, or candidateGroups to "
    "position:NUMBER"
)
