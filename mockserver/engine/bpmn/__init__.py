"""BPMN 2.0 files: ``parse`` gives their models or a ``BpmnError``."""

from mockserver.engine.bpmn.errors import BpmnError
from mockserver.engine.bpmn.model import By, Executors, Kind, Model, Node, SequenceFlow
from mockserver.engine.bpmn.parser import parse

__all__ = ["BpmnError", "By", "Executors", "Kind", "Model", "Node", "SequenceFlow", "parse"]
