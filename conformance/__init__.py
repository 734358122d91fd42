"""The judge: checks any implementation of a contract, mock or real, and says so clause by clause.

``judge(contract, target, transport)`` judges in this process; the command line is ``conformance run``.
"""

from conformance.exitcode import ExitCode
from conformance.judge import judge
from conformance.target import Target
from conformance.verdict import Judgement, Treatment, Verdict
from conformance.wire.transport import Message, RawAnswer, Transport

__all__ = ["ExitCode", "Judgement", "Message", "RawAnswer", "Target", "Transport", "Treatment", "Verdict", "judge"]
