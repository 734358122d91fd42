"""Walks over the links of a document: what one answer gives is what the next request asks for.

Schemathesis has a state machine for this. Which operations may begin a walk it decides by names and shapes in the
schemas: of supOS' 23 it takes two, and starting a process is not among them. It drops linked values at random, and
writes to whatever a list shows first. None of that can be told it, so the walk is ours: it begins with valid requests
of the given, follows what the document says, writes to what is the run's own, and takes from Schemathesis what no link
feeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from conformance.fuzz.campaign import Campaign
from conformance.fuzz.generator import Generator
from conformance.fuzz.guard import Passed
from conformance.fuzz.ownership import Ownership
from conformance.fuzz.session import Session
from conformance.wire.call import Call
from specs.links import Exchanged, Link, value_of
from specs.model import Json, Operation
from specs.requests import ABSENT

STRAIGHT = 0.7
"""Share of the steps that take a link which was followed least often so far."""
REPEATED = 2
"""How often a walk follows one link: a second time to see what repetition does."""
WRITTEN = 0.6
"""Share of the walks that begin with a write, where the target allows writes."""
MADE_UP = 0.3
"""Share of the steps whose other fields are made up."""


@dataclass(frozen=True, slots=True)
class Step:
    """One exchange of a walk."""

    operation: Operation
    call: Call
    exchanged: Exchanged


@dataclass(frozen=True, slots=True)
class Next:
    """A link that can be followed, and what it feeds."""

    link: Link
    values: Mapping[str, Json]


class Walker:
    """Walks from operation to operation."""

    def __init__(self, session: Session, campaigns: Mapping[str, Campaign], generator: Generator) -> None:
        self._session = session
        self._campaigns = campaigns
        self._generator = generator
        self._chooser = Random(f"{session.seed}.walks")  # noqa: S311 - a draw, not a secret
        self._ownership = Ownership(session.contract, session.given.run_tag)
        self._followed: Counter[str] = Counter()
        self._started = {link.source: 0 for link in session.links}
        self._bases: dict[str, Call | None] = {}

    def run(self) -> None:
        """All walks; none where there are no links."""
        links = self._session.links if self._session.depth.walks else ()
        self._session.given.begin("fuzz.walks", ())
        for name in dict.fromkeys(link.target for link in links):
            self._base(self._campaigns[name])
        for number in range(1, self._session.depth.walks + 1) if links else ():
            self._session.client.begin()
            self._session.given.begin(f"fuzz.walk.{number}", ())
            self._walk(f"walk {number}")

    def _walk(self, name: str) -> None:
        campaign = self._campaigns[self._start()]
        call = campaign.request()
        if call is None:
            return
        self._ownership.lend(campaign.guard.identities, call)
        steps = list(self._sent(campaign, call, f"{name}, start"))
        here: Counter[str] = Counter()
        for number in range(1, self._session.depth.steps + 1):
            found = [following for step in steps for following in self._following(step)]
            following = self._chosen([one for one in found if here[one.link.id] < REPEATED], here)
            if following is None:
                return
            here[following.link.id] += 1
            self._followed[following.link.id] += 1
            campaign = self._campaigns[following.link.target]
            linked = self._linked(campaign, following)
            if linked is not None:
                steps += self._sent(campaign, linked, f"{name}, step {number} over {following.link.id}", following.link)

    def _start(self) -> str:
        """An operation with links, one of those at which fewest walks began; mostly a write, which makes something."""
        writes = [name for name in self._started if not self._session.contract.operations[name].safe]
        among = writes if writes and self._chooser.random() < WRITTEN else list(self._started)
        least = min(self._started[name] for name in among)
        start = self._chooser.choice([name for name in among if self._started[name] == least])
        self._started[start] += 1
        return start

    def _chosen(self, found: Sequence[Next], here: Counter[str]) -> Next | None:
        """One of the links, mostly one that was rarely followed itself, or leads to such a one."""
        if found and self._chooser.random() < STRAIGHT:
            ranks = [(here[one.link.id], self._rarity(one.link)) for one in found]
            found = [one for one, rank in zip(found, ranks, strict=True) if rank == min(ranks)]
        return self._chooser.choice(found) if found else None

    def _rarity(self, link: Link) -> int:
        """How often the link, or the rarest of those behind it, was followed."""
        behind = (self._followed[other.id] for other in self._session.links if other.source == link.target)
        return min((self._followed[link.id], *behind))

    def _following(self, step: Step) -> Iterator[Next]:
        """The links that an exchange lets be followed; to a write only with what is the run's own."""
        for link in self._session.links:
            if link.source != step.operation.id or not link.follows(step.exchanged.status, step.operation.responses):
                continue
            values = {node: value_of(expression, step.exchanged) for node, expression in link.feeds.items()}
            if any(value is ABSENT or value is None for value in values.values()):
                continue
            if self._may_feed(step, link, values):
                yield Next(link, values)

    def _may_feed(self, step: Step, link: Link, values: Mapping[str, Json]) -> bool:
        target = self._campaigns[link.target]
        if target.operation.safe:
            return True
        named = [identity.node.id for identity in target.guard.identities if identity.node.id in values]
        return all(self._ownership.owns(step.operation, step.call, link, node, values[node]) for node in named)

    def _linked(self, campaign: Campaign, following: Next) -> Call | None:
        """A request with what the link feeds; what else names an object is the given's, or left out if it may be."""
        base = self._base(campaign)
        if base is None:
            return None
        call = base
        for identity in campaign.guard.identities:
            if identity.node.id not in following.values and not identity.node.required:
                call = call.drop(identity.node.id)
        if self._chooser.random() < MADE_UP:
            made = campaign.positive(self._generator)
            call = campaign.overlaid(call, campaign.fields(self._chooser.choice(made))) if made else call
        for node, value in following.values.items():
            kind = campaign.tally.rules.nodes[node].schema.get("type")
            call = call.set(node, [value] if kind == "array" and not isinstance(value, list) else value)
        return call

    def _base(self, campaign: Campaign) -> Call | None:
        """The given's request to an operation, made once; what it names is lent to the walks."""
        name = campaign.operation.id
        if name not in self._bases:
            self._bases[name] = call = campaign.request()
            if call is not None:
                self._ownership.lend(campaign.guard.identities, call)
        return self._bases[name]

    def _sent(self, campaign: Campaign, call: Call, name: str, link: Link | None = None) -> Iterator[Step]:
        """Send one request; gives the step if there is an answer that can be relied on."""
        message = self._session.client.message(call)
        answer = campaign.offer(Passed(message, campaign.guard.read(message)), name)
        if answer is None:
            return
        if link is not None:
            campaign.tally.followed(link, answer.status)
        if not answer.flaws:
            arguments = call.arguments()
            exchanged = Exchanged(arguments, answer.status, answer.content, answer.headers, message.method, message.url)
            yield Step(campaign.operation, call, exchanged)
