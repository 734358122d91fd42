"""What is built lazily is built here, so that laziness hides nothing."""

from __future__ import annotations

import inspect

import pytest

from mockserver import create_app
from mockserver.http.app import Mock
from mockserver.http.pipeline import PipelineOperation


@pytest.fixture(scope="module")
def served() -> Mock:
    return create_app()


def test_every_operation_of_every_api_has_a_handler_that_takes_its_arguments(served: Mock) -> None:
    for api, contract in served.contracts.items():
        for operation in contract:
            built = served.operation(api, operation.id)
            assert type(built) is PipelineOperation, "there is one lane"
            built.answers.compile()
            wanted = built._keywords.names
            inspect.signature(built.handler).bind("world", **dict.fromkeys(wanted))
    assert served.faults.count == 0


def test_the_mocks_own_api_is_served_beside_the_others(served: Mock) -> None:
    assert set(served.contracts) >= {"supos", "control"}
