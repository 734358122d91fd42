"""What a contract says of itself."""

from __future__ import annotations

from copy import deepcopy

from specs.model import Contract
from specs.rates import RateLimit


def test_the_first_server_is_where_the_operations_are_and_aliases_repeat_them(mini: Contract) -> None:
    assert (mini.base_path, mini.base_paths) == ("/mini", ("/mini",))
    servers = [{"url": "/v4"}, {"url": "https://a.example/v5/", "x-alias": True}, {"url": "https://test.example/v6"}]
    more = Contract("mini", {**mini.document, "servers": servers})
    assert (more.base_path, more.base_paths) == ("/v4", ("/v4", "/v5"))
    assert Contract("none", {}).base_paths == ("",)


def test_what_reaches_no_operation_has_a_code_of_its_own_or_the_default(mini: Contract) -> None:
    assert mini.error_unrouted is None
    with_default = {**mini.document, "x-error-default": {"status": 400, "code": 5}}
    assert Contract("mini", with_default).error_unrouted == "5"
    assert Contract("mini", {**with_default, "x-error-unrouted": 1}).error_unrouted == "1"


def test_the_media_type_of_refusals_is_the_documented_one(mini: Contract) -> None:
    assert mini.error_media == "application/json"
    document = deepcopy(dict(mini.document))
    content = document["paths"]["/things"]["get"]["responses"]["400"]["content"]
    content["application/problem+json;charset=utf-8"] = content.pop("application/json")
    assert Contract("mini", document).error_media == "application/problem+json;charset=utf-8"


def test_a_limit_is_read_from_its_operation(mini: Contract) -> None:
    operation = mini.operations["addThing"]
    assert RateLimit.of(operation) is None
    document = deepcopy(dict(mini.document))
    document["paths"]["/things"]["post"]["x-rate-limit"] = {"calls": 3, "seconds": 2, "status": 400, "code": 7}
    limit = RateLimit.of(Contract("mini", document).operations["addThing"])
    assert limit is not None
    assert (limit.calls, limit.seconds, limit.rate, str(limit.refusal)) == (3, 2.0, 1.5, "400 with code 7")
