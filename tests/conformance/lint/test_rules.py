"""Each rule is red on the small shop broken in one place, and green on the shop as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import specs
from conformance.lint import RULES, STRUCTURAL, Problem, lint, structural
from conformance.lint.subject import Subject

HERE = Path(__file__).parent
SHOP = json.loads((HERE / "shop.json").read_bytes())
CLAUSES = json.loads((HERE / "clauses.json").read_bytes())

PATH = "/paths/~1orders~1{shelf}"
GET = f"{PATH}/get"
POST = f"{PATH}/post"
PAGING = f"{GET}/x-pagination"
ORDER = "/components/schemas/Order"
CARD = f"{ORDER}/properties/card"
USER = f"{GET}/parameters/1"
REFUSED = f"{POST}/responses/400"
UNDO = f"{POST}/x-creates/undo"
LINK = f"{GET}/responses/200/links/next"

GONE = object()
"""In a patch: take away what stands there."""

PATCHES: list[tuple[str, str, Any]] = [
    ("bundle", "/paths", GONE),
    ("bundle", f"{ORDER}/properties/kind", {"$ref": "other.yaml#/Kind"}),
    ("bundle", f"{PATH}/parameters", [{"name": "page", "in": "query", "schema": {"type": "string"}}]),
    ("openapi-version", "/openapi", "3.1.0"),
    ("openapi-valid", "/info/title", GONE),
    ("openapi-valid", f"{POST}/parameters", []),
    ("openapi-valid", f"{POST}/operationId", "listOrders"),
    (
        "ref-siblings",
        f"{POST}/responses/401",
        {"$ref": "#/components/responses/Unauthorized", "x-assumption": "We think so."},
    ),
    ("x-fields", f"{USER}/schema/x-eror", {"empty": 11}),
    ("x-fields", f"{USER}/x-error", {"empty": 11}),
    ("x-fields", f"{USER}/schema/x-error", {"emtpy": 11}),
    ("x-fields", "/info/x-assumption", "Silent."),
    ("x-fields", f"{POST}/x-idempotency", {"repeat": "error"}),
    ("x-fields", f"{PAGING}/order", "upwards"),
    ("x-fields", "/x-outcome/message", GONE),
    ("operation-named", f"{POST}/operationId", GONE),
    ("operation-named", f"{POST}/tags", ["Orders", "More"]),
    ("operation-summary", f"{POST}/summary", GONE),
    ("operation-source", f"{POST}/x-source", GONE),
    ("operation-source", f"{POST}/x-source/lines", [9, 1]),
    ("response-status", f"{GET}/responses/default", {"description": "Any."}),
    ("response-status", f"{GET}/responses/4XX", {"$ref": "#/components/responses/Refused"}),
    ("response-success", f"{POST}/responses/200", GONE),
    ("parameter-schema", USER, {"name": "user", "in": "query", "content": {"text/plain": {"schema": {}}}}),
    ("media-schema", f"{POST}/requestBody/content/application~1json/schema", GONE),
    ("media-schema", f"{POST}/responses/200/content", {}),
    ("error-body", f"{POST}/responses/404", {"description": "Gone."}),
    ("nullable-type", f"{CARD}/type", GONE),
    ("path-parameters", f"{POST}/parameters/0/schema/maxLength", 5),
    ("security-scheme", "/security", [{"Kye": []}]),
    ("security-scheme", f"{GET}/security", [{"Kye": []}]),
    ("security-scheme", "/components/securitySchemes/Key", {"type": "http", "scheme": "digest"}),
    ("security-refusal", "/components/securitySchemes/Key/x-error", GONE),
    ("link-operation", f"{GET}/responses/200/links/next/operationId", "makeOrder"),
    ("link-feeds", f"{LINK}/parameters/shelf", GONE),
    ("link-feeds", f"{LINK}/parameters/shlef", "$request.path.shelf"),
    ("link-feeds", f"{LINK}/parameters/shelf", "$request.path.shlef"),
    ("link-feeds", f"{LINK}/parameters/shelf", "$request.shelf"),
    ("link-feeds", f"{LINK}/requestBody/kind", "$response.body#/list/0/kid"),
    ("link-feeds", f"{LINK}/requestBody/knid", "gift"),
    ("pattern", f"{CARD}/pattern", "^(?P<word>[a-z]*)$"),
    ("pattern", f"{CARD}/pattern", r"^\p{L}*$"),
    ("pattern", f"{CARD}/pattern", "^[a-z$"),
    ("format", f"{ORDER}/properties/sent/format", "date-tiem"),
    ("x-error-rules", f"{USER}/schema/x-error/maxLength", 11),
    ("x-error-rules", f"{CARD}/x-excluded", {"rules": ["maxLength"], "reason": "not-observable", "why": "No."}),
    ("x-required-if", f"{CARD}/x-required-if", {"kinds": ["gift"]}),
    ("x-required-if", f"{CARD}/x-required-if", {"kind": ["gfit"]}),
    ("x-required-if", f"{CARD}/x-required-if", {"present": "colour"}),
    ("capability", f"{POST}/x-capability", "expres"),
    ("capability", "/x-capabilities", {}),
    ("capability", "/servers/0/x-capability", "expres"),
    ("capability", f"{POST}/x-rate-limit", {"calls": 9, "seconds": 1, "status": 401, "x-capability": "burts"}),
    ("x-fields", "/servers/0/x-error", 11),
    ("x-fields", f"{POST}/x-rate-limit", {"calls": 9, "seconds": 1}),
    ("clause-status", f"{POST}/x-rate-limit", {"calls": 9, "seconds": 1, "status": 429}),
    ("x-codes-expected", f"{POST}/x-rate-limit", {"calls": 9, "seconds": 1, "status": 400, "code": 99}),
    ("x-codes-expected", f"{POST}/responses/405", {"$ref": "#/components/responses/Unauthorized"}),
    ("x-creates", f"{UNDO}/operation", "dropOrder"),
    ("x-creates", f"{UNDO}/arguments/query.usr", "ann"),
    ("x-creates", f"{UNDO}/arguments/path.shelf", GONE),
    ("x-creates", f"{UNDO}/arguments/query.user", "$request.body#/nothing"),
    ("x-creates", f"{UNDO}/arguments/query.user", "$response.body#/nothing"),
    ("x-creates", f"{POST}/x-creates/find/items", "/total"),
    ("x-creates", f"{POST}/x-creates/find/operation", "listOrder"),
    ("x-preflight", "/x-preflight/operation", "listOrder"),
    ("x-preflight", "/x-preflight/arguments/query.usr", "user.main"),
    ("x-preflight-arguments", "/x-preflight/arguments", {"query.user": "user.main"}),
    ("x-pagination", f"{PAGING}/page", "pages"),
    ("x-pagination", f"{PAGING}/own-filter", "owner"),
    ("x-pagination", f"{PAGING}/default", 20),
    ("x-pagination", f"{PAGING}/max", 100),
    ("x-pagination", f"{PAGING}/first", 0),
    ("x-pagination", f"{PAGING}/items", "/items"),
    ("x-pagination", f"{PAGING}/items", "/total"),
    ("x-pagination", f"{PAGING}/total", "/count"),
    ("x-pagination", f"{PAGING}/echo/page", "/pages"),
    ("x-pagination", f"{PAGING}/key", ["/orderId"]),
    ("x-pagination", f"{PAGING}/sort", "/age"),
    ("x-pagination-own", f"{PAGING}/own/operation", "makeOrder"),
    ("x-pagination-own", f"{PAGING}/own/operation", "listOrders"),
    ("x-pagination-own", f"{PAGING}/own/key", ["/orderId"]),
    ("x-pagination-own", f"{PAGING}/own/key", ["/id", "/kind"]),
    ("x-pagination-own", f"{PAGING}/own/filter", {"path.shelf": "body.shelf"}),
    ("x-pagination-own", f"{PAGING}/own/filter", {"query.shelf": "path.shelf"}),
    ("x-idempotency", f"{POST}/x-idempotency/key", "/orderId"),
    ("x-idempotency", f"{POST}/x-idempotency", {"repeat": "error", "status": 409}),
    ("example-valid", f"{USER}/schema/example", ""),
    ("example-valid", f"{USER}/example", ""),
    ("example-valid", f"{USER}/examples", {"none": {"value": ""}}),
    ("example-valid", f"{GET}/parameters/2/schema/default", 0),
    ("example-valid", f"{POST}/requestBody/content/application~1json/examples/sample/value/kind", "present"),
    ("example-valid", f"{GET}/responses/200/content/application~1json/examples/page/value/list/0/id", GONE),
    ("example-valid", f"{POST}/responses/200/content/application~1json/example", {"kind": "own"}),
    ("example-valid", "/components/examples/user-empty/value/code", "11"),
    ("x-codes-shown", f"{REFUSED}/x-codes/13", ["sold"]),
    ("x-codes-shown", f"{REFUSED}/x-codes/13", ["card-missing"]),
    ("x-codes-shown", f"{REFUSED}/content/application~1json/examples/other", {"value": {"code": 14, "message": "?"}}),
    ("x-codes-shown", "/x-outcome", GONE),
    ("clause-code", "/x-outcome", GONE),
    ("x-codes-expected", f"{REFUSED}/x-codes/13", GONE),
    ("x-codes-expected", f"{REFUSED}/x-codes/10", GONE),
    ("x-codes-expected", f"{REFUSED}/x-codes/14", ["sold-out"]),
    ("x-codes-expected", "/components/responses/Unauthorized/x-codes", GONE),
    ("x-error-codes", f"{REFUSED}/x-codes/12", GONE),
    ("breakable", f"{CARD}/maxLength", 0),
    ("breakable", f"{ORDER}/properties/kind/maxLength", 20),
    ("breakable", f"{GET}/parameters/0/schema", {"type": "string", "pattern": "^z$"}),
]
"""Rule, pointer into the document, what to write there."""

CLAUSE_PATCHES: list[tuple[str, str, Any]] = [
    ("clause-fields", "/0/level", "SHALL"),
    ("clause-fields", "/0/kind", "mistake"),
    ("clause-fields", "/0/lines", GONE),
    ("clause-fields", "/2/why", GONE),
    ("clause-fields", "/2/excluded", "too-hard"),
    ("clause-fields", "/0/operation", GONE),
    ("clause-fields", "/0/txet", "Sold out."),
    ("clause-fields", "", {"id": "shop.createOrder.sold-out"}),
    ("clause-file-size", "", [{**CLAUSES[1], "id": f"shop.createOrder.c{n}", "text": f"Text {n}."} for n in range(60)]),
    ("clause-belongs", "/0/operation", "createOrders"),
    ("clause-belongs", "/0/id", "shop.listOrders.sold-out"),
    ("clause-status", "/0/expect/status", 404),
    ("clause-server-error", "/0/expect/status", 503),
    ("clause-ids", "/1/id", "shop.createOrder.sold-out"),
    ("clause-ids", "/1/id", "shop.createOrder.repeat"),
    ("clause-twice", "/1/text", "The shop  is Grateful."),
    ("capability", "/1/capability", "expres"),
    ("x-codes-expected", "/0/expect/code", 14),
]
"""The same for the file of hand-written clauses."""


def _patched(value: Any, pointer: str, new: Any) -> Any:
    if not pointer:
        return new
    value = deepcopy(value)
    holder = value
    *parents, last = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])
    for token in parents:
        holder = holder[int(token)] if isinstance(holder, list) else holder[token]
    key: Any = int(last) if isinstance(holder, list) else last
    if new is GONE:
        del holder[key]
    else:
        holder[key] = new
    return value


Write = Callable[[Any, Any], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a document and its clauses as an API called shop; always the same files."""

    def write(document: Any, clauses: Any) -> Path:
        folder = tmp_path / "shop"
        (folder / "clauses").mkdir(parents=True, exist_ok=True)
        (folder / "openapi.yaml").write_text(json.dumps(document), encoding="utf-8")
        (folder / "clauses" / "orders.yaml").write_text(json.dumps(clauses), encoding="utf-8")
        return folder / "openapi.yaml"

    return write


def test_the_shop_breaks_no_rule(write: Write) -> None:
    assert lint(write(SHOP, CLAUSES)) == []


@pytest.mark.parametrize(("rule", "pointer", "new"), PATCHES, ids=[f"{rule}-{at}" for rule, at, _ in PATCHES])
def test_a_rule_is_red_on_the_broken_document_and_green_on_the_repaired(
    rule: str, pointer: str, new: Any, write: Write
) -> None:
    assert rule in {problem.rule for problem in lint(write(_patched(SHOP, pointer, new), CLAUSES))}
    assert lint(write(SHOP, CLAUSES)) == []


@pytest.mark.parametrize(
    ("rule", "pointer", "new"), CLAUSE_PATCHES, ids=[f"{rule}-{at}" for rule, at, _ in CLAUSE_PATCHES]
)
def test_a_rule_is_red_on_broken_clauses_and_green_on_the_repaired(
    rule: str, pointer: str, new: Any, write: Write
) -> None:
    assert rule in {problem.rule for problem in lint(write(SHOP, _patched(CLAUSES, pointer, new)))}
    assert lint(write(SHOP, CLAUSES)) == []


@pytest.mark.parametrize("pointer", [f"{ORDER}/properties/kind", f"{POST}/responses/401"])
def test_a_dangling_reference_is_red_in_a_contract_that_nobody_bundled(pointer: str) -> None:
    broken = _patched(SHOP, pointer, {"$ref": "#/components/schemas/Oder"})
    problems = lint(specs.Contract("shop", {**broken, "x-clauses": CLAUSES}))
    assert [
        Problem("ref-dangling", pointer, "there is nothing at #/components/schemas/Oder", problems[0].advice)
    ] == problems
    assert problems[0].advice == "(did you mean '#/components/schemas/Order'?)"
    assert lint(specs.Contract("shop", {**SHOP, "x-clauses": CLAUSES})) == []


def test_a_misspelt_field_gets_the_nearest_name_as_advice(write: Write) -> None:
    broken = _patched(SHOP, f"{USER}/schema/x-eror", {"empty": 11})
    assert [
        Problem("x-fields", f"{USER}/schema", "x-eror is no field of a schema", "(did you mean 'x-error'?)")
    ] == lint(write(broken, CLAUSES))


def test_a_misplaced_field_gets_the_places_where_it_may_stand(write: Write) -> None:
    broken = _patched(SHOP, f"{USER}/x-error", {"empty": 11})
    assert [problem.advice for problem in lint(write(broken, CLAUSES))] == ["(it stands on: schema, securityScheme)"]


def test_the_fields_of_others_are_nobodys_business_unless_they_look_like_ours(write: Write) -> None:
    vendored = SHOP
    for name, value in {"x-codeSamples": [], "x-internal": True, "x-amazon-apigateway-integration": {}}.items():
        vendored = _patched(vendored, f"{POST}/{name}", value)
    assert lint(write(vendored, CLAUSES)) == []
    assert [problem.rule for problem in lint(write(_patched(SHOP, f"{POST}/x-idempotencey", {}), CLAUSES))] == [
        "x-fields"
    ]


def test_a_field_of_ours_beside_a_reference_would_be_lost(write: Write) -> None:
    lost = {"$ref": "#/components/schemas/Order", "x-error": {"required": 11}, "description": "d"}
    problems = lint(write(_patched(SHOP, f"{POST}/requestBody/content/application~1json/schema", lost), CLAUSES))
    assert [problem.rule for problem in problems] == ["ref-siblings", "x-fields"]
    assert problems[1].message == "x-error beside $ref is dropped"


def test_a_document_without_any_codes_lists_none(write: Write) -> None:
    bare = SHOP
    for pointer in (REFUSED, "/components/responses/Refused", "/components/responses/Unauthorized"):
        bare = _patched(bare, f"{pointer}/x-codes", GONE)
    assert [problem for problem in lint(write(bare, CLAUSES)) if problem.rule.startswith("x-")] == []


@pytest.mark.parametrize(
    ("pointer", "new", "message"),
    [
        ("/openapi", "3.1.0", "/openapi: the version is 3.1.0 (convert it to 3.0.3: other versions are not read)"),
        ("/openapi", GONE, "/openapi: the document does not say its version (write openapi: 3.0.3, if that is what "),
        (f"{USER}/schema/type", "text", f"{USER}/schema/type: 'text' is not one of ['array', 'boolean', "),
        (f"{ORDER}/properties", {"a": 1}, f"{ORDER}/properties/a: 1 is not of type 'object'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(pointer: str, new: Any, message: str, write: Write) -> None:
    (problem,) = lint(write(_patched(SHOP, pointer, new), CLAUSES))
    line = f"{problem.place}: {problem.message} {problem.advice}".rstrip()
    assert line.startswith(message)
    assert "\n" not in line


def test_a_swagger_document_is_called_one(write: Write) -> None:
    (problem,) = lint(write(_patched(_patched(SHOP, "/openapi", GONE), "/swagger", "2.0"), CLAUSES))
    assert (problem.message, problem.advice) == ("the document is Swagger 2.0", "(convert it to OpenAPI 3.0.3)")


def test_structural_problems_are_some_of_all(write: Write) -> None:
    advice = _patched(SHOP, f"{POST}/summary", GONE)
    assert [problem.rule for problem in lint(write(advice, CLAUSES))] == ["operation-summary"]
    assert structural(Subject.of(write(advice, CLAUSES))) == []
    broken = _patched(advice, f"{PAGING}/items", "/nothing")
    assert [problem.rule for problem in structural(Subject.of(write(broken, CLAUSES)))] == ["x-pagination"]
    assert set(RULES) > STRUCTURAL


def test_the_codes_of_excluded_clauses_may_be_listed(write: Write) -> None:
    excluded = [{**CLAUSES[0], "excluded": "no-documented-way", "why": "Nothing is ever sold out."}, *CLAUSES[1:]]
    assert lint(write(SHOP, excluded)) == []


def test_a_code_of_an_example_may_differ_in_json_type_only(write: Write) -> None:
    codes = {"10": ["invalid"], "12": ["card-missing"], "13": ["sold-out"]}
    assert lint(write(_patched(SHOP, f"{REFUSED}/x-codes", codes), CLAUSES)) == []


def _pointers(value: Any, pointer: str = "") -> Iterator[str]:
    if pointer:
        yield pointer
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in entries:
        yield from _pointers(child, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


def test_whatever_is_null_is_a_problem_or_none_but_never_an_exception(write: Write) -> None:
    pointers = list(_pointers(SHOP))
    assert len(pointers) > 200
    for pointer in pointers:
        lint(write(_patched(SHOP, pointer, None), CLAUSES))


ELSEWHERE = {"ref-dangling", "clause-observed"}
"""Rules that are broken in tests of their own, here and in ``tests/specs/test_observed.py``."""


def test_every_rule_has_a_document_that_breaks_it() -> None:
    assert {rule for rule, _, _ in (*PATCHES, *CLAUSE_PATCHES)} | ELSEWHERE == set(RULES)


@pytest.mark.parametrize("api", specs.names())
def test_a_shipped_api_breaks_no_rule_as_files(api: str) -> None:
    assert lint(api) == []


@pytest.mark.parametrize("api", specs.names())
def test_a_shipped_api_breaks_no_rule_as_its_bundle(api: str) -> None:
    assert lint(specs.load(api)) == []


def test_an_unknown_api_is_said_to_be_unknown() -> None:
    with pytest.raises(specs.UnknownApi, match="there is no API called 'sopos'"):
        lint("sopos")
