"""Many requests at once: how a limit of calls is reached on a server that takes its time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue

from conformance.wire.transport import Message, RawAnswer, Transport

THREADS = 16


def volley(transport: Transport, message: Message, count: int, deadline: float) -> list[RawAnswer]:
    """The answers to a message that is sent so many times, in no particular order.

    A transport takes one request at a time; one that has a method ``twin`` is asked for some more like it. Raises
    ``TransportError`` if a request gets no answer.
    """
    twin = getattr(transport, "twin", None)
    if twin is None:
        return [transport.send(message, deadline) for _ in range(count)]
    with ExitStack() as stack:
        free: SimpleQueue[Transport] = SimpleQueue()
        for _ in range(min(THREADS, count)):
            other = twin()
            stack.callback(other.close)
            free.put(other)

        def send(_: int) -> RawAnswer:
            mine = free.get()
            try:
                return mine.send(message, deadline)
            finally:
                free.put(mine)

        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(send, range(count)))
