"""A server that is nothing is never called conforming, in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conformance import Target, judge
from conformance.errors import TargetUnreachable
from conformance.exitcode import ExitCode, exit_code
from conformance.verdict import Counts, Verdict
from conformance.wire.transport import RawAnswer
from specs import Contract
from tests.conformance.null_targets import NOT_CONFORMING, NOT_THIS_API, Always


@pytest.mark.parametrize("answer", NOT_THIS_API.values(), ids=NOT_THIS_API)
def test_a_server_of_another_kind_is_unreachable_after_one_call(
    contract: Contract, target: Target, answer: Callable[[], RawAnswer]
) -> None:
    transport = Always(answer)
    with pytest.raises(TargetUnreachable):
        judge(contract, target, transport)
    assert transport.asked == 1


@pytest.mark.parametrize("answer", NOT_CONFORMING.values(), ids=NOT_CONFORMING)
def test_a_server_that_answers_everything_alike_fails(
    contract: Contract, target: Target, answer: Callable[[], RawAnswer]
) -> None:
    judgements = judge(contract, target, Always(answer))
    assert exit_code(judgements) is ExitCode.FAILED
    assert Counts.of(judgements).errors == 0
    not_run = {judgement.clause.id for judgement in judgements if judgement.verdict is Verdict.NOT_RUN}
    assert not_run == {"supos.error-body"}  # it never refused anything


def test_one_empty_page_for_everything_passes_only_what_an_empty_page_keeps(contract: Contract, target: Target) -> None:
    judgements = judge(contract, target, Always(NOT_CONFORMING["one-empty-page"]))
    passed = {judgement.clause.id for judgement in judgements if judgement.verdict is Verdict.PASS}
    assert passed == {
        "supos.getStartInfo.accepts",
        "supos.queryAllPending.200.schema",
        "supos.queryAllPending.accepts",
        "supos.queryCompletive.200.schema",
        "supos.queryCompletive.app-filter-unknown",
        "supos.queryPending.200.schema",
        "supos.queryPending.accepts",
        "supos.queryPending.app-filter-unknown",
        "supos.save.accepts",
        "supos.queryProcess.200.schema",
        "supos.queryProcess.app-filter-unknown",
        "supos.queryTotal.accepts",
        "supos.startProcess.accepts",
        "supos.thirdPartyProcessesPost.accepts",
        "supos.thirdPartyTasksCompletivePost.accepts",
    }
