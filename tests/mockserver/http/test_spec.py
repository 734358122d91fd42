"""The contract as Connexion's specification, and what we use of Connexion."""

from __future__ import annotations

import inspect
from importlib.metadata import version
from typing import Any

import pytest
from connexion.middleware import abstract, main, routing, swagger_ui
from connexion.operations import OpenAPIOperation
from connexion.resolver import Resolver

from mockserver.http.spec import ContractSpecification
from tests.mockserver.http.conftest import Shop


def test_an_operation_has_its_references_resolved_but_for_those_that_lead_back(shop: Shop) -> None:
    specification = ContractSpecification(shop.contract)
    operation = specification.get_operation("/items", "post")
    item = operation["requestBody"]["content"]["application/json"]["schema"]
    assert item["required"] == ["name"]
    assert item["properties"]["parts"]["items"] == {"$ref": "#/components/schemas/Item"}


def test_references_are_resolved_once(shop: Shop) -> None:
    specification = ContractSpecification(shop.contract)
    first = specification.get_operation("/items/{itemId}", "get")["responses"]["400"]
    assert specification.get_operation("/items", "get")["responses"]["400"] is first


def test_resolving_leaves_the_document_as_it_was(shop: Shop) -> None:
    ContractSpecification(shop.contract).get_operation("/items", "get")
    assert shop.contract.document["paths"]["/items"]["get"]["responses"]["400"] == {
        "$ref": "#/components/responses/Refused"
    }


def test_a_clone_does_not_share_the_document(shop: Shop) -> None:
    specification = ContractSpecification(shop.contract)
    assert specification.clone().spec == specification.spec
    assert specification.clone().spec is not specification.spec


def test_a_contract_is_served_at_its_own_base_path_only(shop: Shop) -> None:
    specification = ContractSpecification(shop.contract)
    specification.base_path = "/shop/v1"
    with pytest.raises(ValueError, match="/shop/v1, not /elsewhere"):
        specification.base_path = "/elsewhere"


@pytest.mark.parametrize(
    ("hook", "parameters"),
    [
        (abstract.RoutedAPI.__init__, "self specification args next_app kwargs"),
        (abstract.RoutedAPI.add_operation, "self path method"),
        (abstract.RoutedAPI.make_operation, "self operation"),
        (abstract.AbstractSpecAPI.__init__, "self specification base_path resolver uri_parser_class args kwargs"),
        (abstract.RoutedMiddleware.add_api, "self specification kwargs"),
        (routing.RoutingMiddleware.add_api, "self specification base_path arguments kwargs"),
        (swagger_ui.SwaggerUIMiddleware.add_api, "self specification base_path arguments kwargs"),
        (swagger_ui.SwaggerUIAPI.__init__, "self args default swagger_ui_options kwargs"),
        (swagger_ui.SwaggerUIAPI._spec_for_prefix, "self request"),
        (swagger_ui.SwaggerUIAPI._get_openapi_json, "self request"),
        (main.API.__init__, "self specification base_path kwargs"),
        (main.ConnexionMiddleware._build_middleware_stack, "self"),
        (OpenAPIOperation.from_spec, "spec args path method resolver kwargs"),
        (Resolver.resolve, "self operation"),
    ],
)
def test_connexion_has_the_hooks_that_we_use(hook: Any, parameters: str) -> None:
    assert " ".join(inspect.signature(hook).parameters) == parameters


def test_connexion_is_the_version_whose_hooks_we_know() -> None:
    assert version("connexion").split(".")[:2] == ["3", "3"]
    assert abstract.ROUTING_CONTEXT == "connexion_routing"
