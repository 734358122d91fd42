"""What came of the made-up requests to one operation: bookings, coverage, advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from conformance.answer import Answer
from conformance.coverage import Advice, Coverage
from conformance.errors import Prevented, TransportError
from conformance.fuzz.advice import NEGATIVE, POSITIVE, Advisor
from conformance.fuzz.reading import Reading, with_integers
from conformance.outcome import Booking, Exchange, Outcome, Status
from specs.links import Link
from specs.model import Contract, Operation
from specs.requests import RequestRules

KEPT = 5
"""Findings of one operation that are told in full."""
ADVISED = 3
"""Pieces of advice of one operation that are told in full."""


class Tally:
    """Counts, and keeps what is worth telling."""

    def __init__(self, contract: Contract, operation: Operation, links: Iterable[Link]) -> None:
        self.operation = operation
        self.rules = RequestRules(contract, operation)
        self.advisor = Advisor(contract, operation, self.rules)
        self._error_body = f"{contract.api}.error-body"
        self._sent: Counter[str] = Counter()
        self._statuses: Counter[int] = Counter()
        self._links: dict[str, Counter[int]] = {link.id: Counter() for link in links if link.target == operation.id}
        self._clauses: dict[str, Booking] = {}
        self._findings: dict[tuple[str, ...], Booking] = {}
        self._advice: dict[tuple[str, str], Advice] = {}
        self._advised = 0
        self._blocked = ""

    @property
    def number(self) -> int:
        """How many requests there were."""
        return self._sent.total()

    def kind(self, reading: Reading | None) -> str:
        """What a request is: ``valid``, ``wrong`` or ``raw``."""
        if reading is None or not reading.plain:
            return "raw"
        valid = self.rules.valid(reading.arguments)
        if valid != self.rules.valid(with_integers(reading.arguments)):
            return "raw"
        return "valid" if valid else "wrong"

    def count(self, kind: str) -> None:
        """Count a request that was sent."""
        self._sent[kind] += 1

    def answered(self, answer: Answer, kind: str, reading: Reading | None, place: str) -> None:
        """Book an answer."""
        self._statuses[answer.status] += 1
        if answer.flaws:
            texts = [f"{flaw.pointer or 'the answer'} {flaw.message}" for flaw in answer.flaws]
            self._find(answer.schema_clause, texts, place, answer.exchange)
            return
        self._clauses.setdefault(answer.schema_clause, Booking(answer.schema_clause, answer.operation, ()))
        if kind == "valid" and reading is not None:
            self._advise(POSITIVE, self.advisor.on_valid(answer, reading.arguments), place, answer)
        elif kind == "wrong" and reading is not None:
            self._advise(NEGATIVE, self.advisor.on_wrong(answer, reading.arguments), place, answer)

    def unanswered(self, error: TransportError, place: str) -> None:
        """Book a request that got no answer."""
        self._find(self._error_body, [f"no answer: {error}"], place, error.exchange)

    def prevented(self, prevented: Prevented) -> None:
        """Remember what stood in the way of requests."""
        self._blocked = self._blocked or str(prevented.blocker)

    def _find(self, clause: str, texts: Sequence[str], place: str, exchange: Exchange | None) -> None:
        """Keep a finding, the first of its kind."""
        told = tuple(f"{text} ({place})" for text in texts)
        self._findings.setdefault((clause, *texts), Booking(clause, self.operation.id, told, exchange))

    def _advise(self, kind: str, text: str | None, place: str, answer: Answer) -> None:
        if text is not None:
            self._advised += 1
            self._advice.setdefault((kind, text), Advice(kind, text, place, answer.exchange))

    def followed(self, link: Link, status: int) -> None:
        """Count a link that was followed to this operation."""
        self._links[link.id][status] += 1

    def _reached(self, documented: int) -> bool:
        """Whether an answer had a documented status, or one of a documented range; ``default`` stands for no status."""
        return documented == 0 or any(documented in (status, status // 100) for status in self._statuses)

    def outcome(self) -> Outcome:
        """The bookings, as the outcome of a check."""
        return Outcome(
            check=f"fuzz.{self.operation.id}",
            clauses=(),
            status=Status.PASS,
            bookings=(*self._clauses.values(), *list(self._findings.values())[:KEPT]),
            operations=(self.operation.id,),
        )

    def coverage(self) -> Coverage:
        """What the requests reached."""
        return Coverage(
            operation=self.operation.id,
            valid=self._sent["valid"],
            wrong=self._sent["wrong"],
            raw=self._sent["raw"],
            statuses=dict(sorted(self._statuses.items())),
            unreached=tuple(status for status in self.operation.responses if not self._reached(status)),
            links={name: dict(sorted(statuses.items())) for name, statuses in self._links.items()},
            advice=tuple(self._advice.values())[:ADVISED],
            advised=self._advised,
            blocked=self._blocked,
        )
