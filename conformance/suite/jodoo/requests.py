"""getInstance: which requests are refused, and what is looked at first."""

from __future__ import annotations

from dataclasses import replace

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.jodoo import givens
from conformance.wire.transport import Message


@check("jodoo.getInstance.unknown-instance")
def unknown_instance(client: Client, given: Given) -> None:
    """An id of the right form."""
    client.call(givens.instance(given, instance_id=givens.UNKNOWN)).refuses()


@check("jodoo.getInstance.unknown-instance-code")
def unknown_instance_is_invalid(client: Client, given: Given) -> None:
    """An id of the right form."""
    client.call(givens.instance(given, instance_id=givens.UNKNOWN)).expect(given.documented)


@check("jodoo.getInstance.malformed-instance")
def malformed_instance(client: Client, given: Given) -> None:
    """A text that is no id."""
    client.call(givens.instance(given, instance_id=givens.MALFORMED)).refuses()


@check("jodoo.getInstance.malformed-instance-code")
def malformed_instance_is_invalid(client: Client, given: Given) -> None:
    """A text that is no id."""
    client.call(givens.instance(given, instance_id=givens.MALFORMED)).expect(given.documented)


@check("jodoo.getInstance.content-type")
def other_media_type(client: Client, given: Given) -> None:
    """The valid request, called plain text."""
    message = client.message(givens.instance(given))
    client.send("getInstance", _called(message, "text/plain")).expect(given.documented)


@check("jodoo.getInstance.broken-json")
def broken_json(client: Client, given: Given) -> None:
    """A text that begins like JSON and ends too soon."""
    message = client.message(givens.instance(given))
    client.send("getInstance", replace(message, body=b'{"instance_id": ')).expect(given.documented)


@check("jodoo.getInstance.key-before-body")
def key_is_checked_before_body(client: Client, given: Given) -> None:
    """A wrong key, and no instance_id."""
    call = givens.instance(given).drop("body.instance_id")
    client.call(replace(call, identity="main:wrong")).expect(given.documented)


@check("jodoo.getInstance.parameters-before-instance")
def parameters_are_checked_before_the_instance(client: Client, given: Given) -> None:
    """An unknown instance, and a tasks_type that is none."""
    client.call(givens.instance(given, instance_id=givens.UNKNOWN, tasks_type=7)).expect(given.documented)


@check("jodoo.getInstance.unknown-fields")
def unknown_fields_are_ignored(client: Client, given: Given) -> None:
    """The valid request with three fields more."""
    expected = givens.read(given)
    answer = client.call(givens.instance(given, app_id="1", entry_id=None, with_everything=[True]))
    answer.succeeds()
    answer.equal("the answer", answer.field(""), expected.field(""))


def _called(message: Message, media_type: str) -> Message:
    """A message whose body is called something else."""
    headers = ((name, media_type if name == "Content-Type" else value) for name, value in message.headers)
    return replace(message, headers=tuple(headers))
