"""Generated defects of repetitions: what counts as the same request."""

from __future__ import annotations

from conformance.wire.signing import sign_supos
from conformance.wire.transport import Message
from mockserver import create_app
from mockserver.defects import find
from specs import load
from tests.in_process import AsgiTransport

KEYS = {"ak": "testak", "sk": "testsk"}
PROCESSES = "http://mock.example/open-api/p/workflow/v2/todoCenter/processes"


def test_a_repetition_has_the_same_query_and_nothing_else_counts_as_one() -> None:
    mock = create_app(apis=("supos",))
    (defect,) = find([load("supos")], ["supos.thirdPartyProcessesDel.repeat:refused"])
    undo = defect.install(mock)
    transport = AsgiTransport(mock)

    def status(query: str) -> int:
        return transport.send(sign_supos(Message("DELETE", f"{PROCESSES}?{query}", (), b""), KEYS), 5).status

    try:
        assert [status(query) for query in ("ids=1", "ids=2", "ids=1", "ids=2")] == [200, 200, 400, 400]
    finally:
        undo()
        assert status("ids=1") == 200
        transport.close()
