"""What stands between made-up requests and the objects of others: a request passes, is changed, or is not sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import unquote_plus, urlsplit

from conformance.fuzz.reading import Reader, Reading
from conformance.fuzz.shelter import NotOwned, identities, own_values, sheltered
from conformance.wire.call import Call
from conformance.wire.transport import Message
from specs.links import Link
from specs.model import Contract, Json, Operation


@dataclass(frozen=True, slots=True)
class Passed:
    """A request that may be sent, and what it says."""

    message: Message
    reading: Reading | None


class Guard:
    """Looks at every made-up request to one operation. What changes nothing passes as it is."""

    def __init__(
        self,
        contract: Contract,
        operation: Operation,
        links: Iterable[Link],
        address: str,
        write: Callable[[Call], Message],
    ) -> None:
        """``write`` puts a call on the wire."""
        self.identities = identities(contract, operation, links)
        self._operation = operation
        self.read = Reader(contract, operation, address)
        self._write = write
        self._documented = {parameter.name for parameter in operation.parameters if parameter.location == "query"}

    def own(self, call: Call) -> Mapping[str, Sequence[Json]]:
        """What a request of the given says that may be written to."""
        return own_values(self.identities, call)

    def generated(
        self, message: Message, own: Mapping[str, Sequence[Json]], fresh: Callable[[], str], chooser: Random
    ) -> Passed | None:
        """A request made by a generator: its values that may be somebody else's are replaced."""
        reading = self.read(message)
        if self._operation.safe or not self.identities:
            return Passed(message, reading)
        if reading is None:
            return None
        try:
            arguments = sheltered(self.identities, reading.arguments, own, fresh, chooser)
        except NotOwned:
            return None
        if arguments == reading.arguments and reading.plain:
            return Passed(message, reading)
        written = self._write(Call.of(self._operation.id, arguments))
        body = message.body
        if arguments.body != reading.arguments.body:
            if not _is_json(message):
                return None
            body = written.body
        changed = replace(message, url=self._with_undocumented(written.url, message.url), body=body)
        return Passed(changed, self.read(changed))

    def unchanged(self, message: Message, own: Mapping[str, Sequence[Json]], chooser: Random) -> Passed | None:
        """A request of the given's in which something was put: it passes as it is, unless it names something else now,
        or no longer names what it must."""
        reading = self.read(message)
        if reading is not None and not self._operation.safe:
            try:
                same = sheltered(self.identities, reading.arguments, own, str, chooser) == reading.arguments
            except NotOwned:
                return None
            if not same:
                return None
        return Passed(message, reading)

    def _with_undocumented(self, url: str, original: str) -> str:
        """A URL with those parameters of the original that the document does not know."""
        parts = urlsplit(original).query.split("&")
        kept = [part for part in parts if part and unquote_plus(part.partition("=")[0]) not in self._documented]
        return url + ("&" if "?" in url else "?") + "&".join(kept) if kept else url


def _is_json(message: Message) -> bool:
    sent = next((value for name, value in message.headers if name.lower() == "content-type"), "")
    return sent.partition(";")[0].strip().lower().endswith("json")
