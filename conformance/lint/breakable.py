"""The rule that each rule of a node can be broken alone; what cannot be broken cannot be judged."""

from __future__ import annotations

from conformance.examples import example_call
from conformance.laws.violations import violations
from conformance.lint.problem import Found
from conformance.lint.subject import Subject


def breakable(subject: Subject) -> Found:
    """For every derived clause of a node there is a request that breaks its rule and no other."""
    for operation in subject.contract:
        rules = subject.rules[operation.id]
        call = example_call(subject.contract, operation).call
        findings = rules.findings(call.arguments())
        if findings:
            advice = "(give its parameters and its request body examples that are valid)"
            yield operation.id, f"no valid request can be made of the examples: {findings[0].message}", advice
            continue
        for clause in subject.derived:
            if clause.operation != operation.id or clause.node is None or clause.rule is None or clause.excluded:
                continue
            if next(violations(rules, call, rules.nodes[clause.node], clause.rule), None) is None:
                advice = "(widen the other rules of the node, or exclude this one with x-excluded)"
                yield clause.id, "no request is known that breaks this rule alone", advice
