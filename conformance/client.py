"""Sends calls to a target and judges every answer against its document on the way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from conformance.answer import Answer, Flaw, values_at
from conformance.errors import Prevented, TargetUnreachable, TransportError
from conformance.ledger.file import Ledger
from conformance.masking import Masker
from conformance.outcome import Blocker, Booking, Exchange
from conformance.schema import judge_answer, schema_clause
from conformance.target import Target
from conformance.wire.call import Call
from conformance.wire.crowd import Crowd
from conformance.wire.curl import SHOWN, curl_line
from conformance.wire.pace import Pace, pace_of
from conformance.wire.signing import Signing, spoil, under_another_scheme
from conformance.wire.transport import Message, RawAnswer, Transport
from conformance.wire.volley import volley
from specs.model import Contract

PATIENCE = 20
"""Requests in a row without an answer after which a target counts as gone."""

T = TypeVar("T")


class Client:
    """One worker's way to the target. Keeps what was seen since ``begin`` for the outcome of the check at hand."""

    def __init__(
        self,
        contract: Contract,
        target: Target,
        transport: Transport,
        ledger: Ledger | None = None,
        *,
        pace: Pace | None = None,
    ) -> None:
        """Without a ``pace`` of its own, a client has the target to itself."""
        self.contract = contract
        self.target = target
        self._transport = transport
        self._ledger = ledger
        self._signing = Signing(contract.document)
        self._pace = pace or pace_of(contract, target)
        self._crowd = Crowd(contract, self._pace)
        self.mask = Masker(target.secrets())
        self._code_pointer: str | None = contract.document.get("x-outcome", {}).get("code")
        self._silent = 0
        self._memo: dict[str, tuple[Any, tuple[str, ...]]] = {}
        self._answers: list[Answer] = []
        self._lent: list[str] = []

    def begin(self) -> None:
        """Forget the answers of the check before."""
        self._answers = []
        self._lent = []

    def call(self, call: Call) -> Answer:
        """Send a call. Raises ``TransportError`` without an answer, ``TargetUnreachable`` after too many of those."""
        return self.send(call.operation, self.message(call), call.identity)

    def message(self, call: Call, base_path: str | None = None) -> Message:
        """A call as it goes on the wire, without credentials; below another base path, if one is named."""
        address = self.target.address(self.contract) if base_path is None else f"{self.target.base_url}{base_path}"
        return call.message(self.contract, address, self.target.sent_headers)

    def send(self, operation: str, message: Message, identity: str | None = "main") -> Answer:
        """Put credentials on a message, send it and judge the answer as one of that operation."""
        if not self.target.allows(self.contract.operations[operation]):
            raise Prevented(Blocker("capability", "writes"), f"{operation} writes, which the target forbids")
        message = self._signed(operation, message, identity)
        while True:
            answer = self._noted(operation, message)
            self._answers.append(answer)
            if not self._crowd.is_in_the_way(answer):
                return answer

    def _noted(self, operation: str, message: Message) -> Answer:
        """The answer to a message; what it creates is in the ledger before it is sent."""
        documented = self.contract.operations[operation]
        noted = None if self._ledger is None else self._ledger.before(documented, message)
        try:
            raw = self._exchange(message)
        except TransportError as error:
            error.exchange = Exchange(operation, curl_line(message, self.mask), 0, "")
            if self._ledger is not None and noted is not None:
                self._ledger.after(documented, noted, None, None)
            raise
        answer = self._judge(operation, message, raw)
        if self._ledger is not None and noted is not None:
            self._ledger.after(documented, noted, answer.status, answer.content)
        return answer

    def _exchange(self, message: Message) -> RawAnswer:
        try:
            with self._pace.turn():
                raw = self._transport.send(message, self.target.limits.timeout)
        except TransportError as error:
            self._silent += 1
            if self._silent >= PATIENCE:
                raise TargetUnreachable(f"{PATIENCE} requests in a row got no answer; the last: {error}") from None
            raise
        self._silent = 0
        return raw

    def unpaced(self, rest: float, rate: float | None = None) -> AbstractContextManager[None]:
        """A block at another rate than the target asks for, ``rest`` seconds of silence before and after it."""
        return self._pace.lifted(rest, rate)

    def volley(self, call: Call, count: int) -> list[Answer]:
        """Send a call that many times, as fast as the transport can; belongs into ``unpaced``."""
        operation = self.contract.operations[call.operation]
        message = self._signed(operation.id, self.message(call), call.identity)
        notes = [None if self._ledger is None else self._ledger.before(operation, message) for _ in range(count)]
        with self._pace.turn():
            found = volley(self._transport, message, count, self.target.limits.timeout)
        answers = [self._judge(operation.id, message, raw) for raw in found]
        for noted, answer in zip(notes, answers, strict=True):
            if self._ledger is not None and noted is not None:
                self._ledger.after(operation, noted, answer.status, answer.content)
        self._answers += answers
        return answers

    def must(self, call: Call) -> Answer:
        """Send a call that only prepares a check: unless it succeeds, the check is blocked by its ``accepts``."""
        answer = self.call(call)
        if not answer.succeeded:
            blocker = Blocker("clause", f"{self.contract.api}.{call.operation}.accepts")
            raise Prevented(blocker, f"{call.operation} answered {answer.status}", answer)
        return answer

    def refused(self, call: Call, clause: str) -> Answer:
        """Send a call that must be refused for a check to mean anything; else the check is blocked by ``clause``."""
        answer = self.call(call)
        if answer.status < 400:
            blocker = Blocker("clause", f"{self.contract.api}.{clause}")
            raise Prevented(blocker, f"{call.operation} answered {answer.status}", answer)
        return answer

    def endangers_others(self) -> None:
        """A server that breaks the clause of this check might harm what is not ours: only with ``writes: full``."""
        if self.target.writes != "full":
            raise Prevented(Blocker("capability", "full-writes"), "the target allows no write that may reach others")

    def has_succeeded(self, operation: str) -> bool:
        """Whether a call to an operation has succeeded since ``begin``."""
        return any(answer.operation == operation and answer.succeeded for answer in self._answers)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What ``make`` gave the first time for a key: ground that several checks of a worker share."""
        if key not in self._memo:
            before = len(self._answers)
            made = make()
            self._memo[key] = made, tuple(answer.operation for answer in self._answers[before:])
        value: T
        value, operations = self._memo[key]
        self._lent.extend(operations)
        return value

    def bookings(self, refuted: Answer | None) -> tuple[Booking, ...]:
        """What the answers since ``begin`` say about schema clauses.

        ``refuted`` is the answer whose status the check itself refuted; that status is not booked a second time.
        """
        return tuple(self._booking(answer, skip_status=answer is refuted) for answer in self._answers)

    @property
    def operations(self) -> tuple[str, ...]:
        """Every operation called since ``begin``, or by what made the shared ground that was used since."""
        return tuple(dict.fromkeys((*self._lent, *(answer.operation for answer in self._answers))))

    def _signed(self, operation: str, message: Message, identity: str | None) -> Message:
        secured = self.contract.operations[operation]
        if identity is None or not secured.secured:
            return message
        name, _, quality = identity.partition(":")
        credentials = self.target.identities.get(name)
        if credentials is None:
            raise Prevented(Blocker("role", f"identity.{name}"))
        signed = self._signing.sign(secured, message, spoil(credentials) if quality == "wrong" else credentials)
        if signed is None:
            raise Prevented(Blocker("role", f"identity.{name}"), f"it has no credentials of the kind {operation} takes")
        if quality != "malformed":
            return signed
        renamed = under_another_scheme(signed)
        if renamed is None:
            raise Prevented(Blocker("role", f"identity.{name}"), "its credentials stand behind no name of a scheme")
        return renamed

    def _judge(self, operation_id: str, message: Message, raw: RawAnswer) -> Answer:
        operation = self.contract.operations[operation_id]
        content, flaws = judge_answer(self.contract, operation, raw)
        body = raw.body[: SHOWN * 4].decode("utf-8", "replace")
        return Answer(
            operation=operation.id,
            status=raw.status,
            content=content,
            schema_clause=schema_clause(self.contract, operation, raw.status),
            flaws=flaws,
            exchange=Exchange(
                operation.id,
                curl_line(message, self.mask),
                raw.status,
                self.mask(body)[:SHOWN],
                self._code(raw.status, content),
            ),
            accepted=operation.accepted,
            code_pointer=self._code_pointer,
            headers=raw.headers,
        )

    def _code(self, status: int, content: Any) -> str:
        """The error code of a refusal as text, empty where there is none."""
        if status < 400 or self._code_pointer is None:
            return ""
        found = list(values_at(content, self._code_pointer))
        return str(found[0]) if len(found) == 1 and isinstance(found[0], str | int) else ""

    def _booking(self, answer: Answer, *, skip_status: bool) -> Booking:
        flaws: list[Flaw] = [flaw for flaw in answer.flaws if not (skip_status and flaw.about_status)]
        texts = tuple(self.mask(f"{flaw.pointer or 'the answer'} {flaw.message}") for flaw in flaws)
        return Booking(answer.schema_clause, answer.operation, texts, answer.exchange if texts else None)
