"""What is worth a look in how a server took a request: advice, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.answer import Answer, values_at
from conformance.wire.call import Call
from specs.model import Contract, Operation
from specs.requests import ABSENT, Arguments, RequestRules

POSITIVE, NEGATIVE = "positive_data_acceptance", "negative_data_rejection"


class Advisor:
    """Compares how one operation takes requests with what the contract says of them."""

    def __init__(self, contract: Contract, operation: Operation, rules: RequestRules) -> None:
        self._operation = operation
        self._rules = rules
        self._default = contract.error_default
        self._codes = frozenset(_codes_of_rules(operation, rules))
        """Codes that say nothing but that a request is malformed."""
        self._unnamed = tuple(_refusals_without_code(contract, operation))
        """Where a refusal with the default code may hang on what there is: a node, ``None`` for the whole request."""
        self._error_when = contract.document.get("x-outcome", {}).get("error-when", {})
        self._usual: Call | None = None

    def usual(self, call: Call) -> None:
        """A request that is known to be accepted: what it says is no reason for a refusal."""
        self._usual = call

    def on_valid(self, answer: Answer, arguments: Arguments) -> str | None:
        """What to say of the answer to a request that the contract allows."""
        if answer.status < 400 or not self._calls_malformed(answer, arguments):
            return None
        code = answer.exchange.code
        said = f"{answer.status} with code {code}" if code else f"{answer.status}"
        return f"a request that the contract allows is called malformed: {said}"

    def on_wrong(self, answer: Answer, arguments: Arguments) -> str | None:
        """What to say of the answer to a request that breaks a rule."""
        if not 200 <= answer.status < 300 or self._is_error(answer):
            return None
        broken = self._rules.findings(arguments)[0].message
        return f"a request that the contract does not allow is accepted with {answer.status}: {broken}"

    def _calls_malformed(self, answer: Answer, arguments: Arguments) -> bool:
        code = answer.exchange.code
        if code in self._codes:
            return True
        if (answer.status, code) != (self._default.status, self._default.code or ""):
            return False
        return not any(node is None or self._is_unusual(node, arguments) for node in self._unnamed)

    def _is_unusual(self, node: str, arguments: Arguments) -> bool:
        """Whether a request says something at a node that nobody knows to be accepted."""
        told = Call.of(self._operation.id, arguments).get(node)
        usual = ABSENT if self._usual is None else self._usual.get(node)
        return told is not ABSENT and told is not None and told != usual

    def _is_error(self, answer: Answer) -> bool:
        """Whether an API that refuses with 200 refuses."""
        return any(list(values_at(answer.content, at)) == [value] for at, value in self._error_when.items())


def _codes_of_rules(operation: Operation, rules: RequestRules) -> Iterator[str]:
    """The codes of rules of nodes, but for those that have a second meaning."""
    ambiguous = {code for response in operation.responses.values() for code, of in response.codes.items() if of[1:]}
    for node in rules.nodes.values():
        for rule in node.rules():
            code = node.code(rule)
            if code is not None and code not in ambiguous:
                yield code


def _refusals_without_code(contract: Contract, operation: Operation) -> Iterator[str | None]:
    """The nodes of the hand-written clauses that expect the default refusal."""
    default = contract.error_default
    for clause in contract.clauses.values():
        if clause.derived or clause.operation != operation.id or clause.expect is None:
            continue
        if clause.expect.status == default.status and clause.expect.code in (None, default.code):
            yield clause.node
