"""How an API words its own errors, and how a contract that cannot be used is reported."""

from __future__ import annotations

from specs import BundleError, ContractError, UnknownApi, load
from specs.errors import message_of, render
from specs.model import Contract


def test_an_error_body_has_code_and_message_where_the_document_says(mini: Contract) -> None:
    assert render(mini, 400, "3", "wrong") == {"error": {"code": 3, "text": "wrong"}}
    assert render(mini, 400, "-3", "wrong") == {"error": {"code": -3, "text": "wrong"}}


def test_a_code_that_is_no_number_stays_a_text(mini: Contract) -> None:
    assert render(mini, 409, "E5", "twice") == {"error": {"code": "E5", "text": "twice"}}


def test_without_a_code_the_status_stands_where_there_is_a_place_for_it(mini: Contract) -> None:
    assert render(mini, 422, None, "wrong") == {"status": 422, "error": {"text": "wrong"}}
    assert render(load("supos"), 404, None, "no such path") == {"message": "no such path"}


def test_messages_come_from_the_documented_examples(mini: Contract) -> None:
    assert message_of(mini, mini.operations["listThings"], "3") == "start is wrong"
    assert message_of(mini, mini.operations["listThings"], "4") is None


def test_examples_are_found_behind_references() -> None:
    supos = load("supos")
    assert message_of(supos, supos.operations["submitTask"], "100108237") == "Pending tasks do not exist"
    assert message_of(supos, supos.operations["queryPending"], "100106403") == "The signature is missing or wrong"


def test_of_the_examples_of_one_code_that_is_meant_which_names_the_field() -> None:
    supos = load("supos")
    delete = supos.operations["thirdPartyTasksCompletiveDel"]
    assert message_of(supos, delete, "100108533", "taskStatus") == "The taskStatus cannot be empty"
    assert message_of(supos, delete, "100108533", "ids") == "The data type of the id field is incorrect"
    assert message_of(supos, delete, "100108533") == "The data type of the id field is incorrect"


def test_an_error_says_where_and_what_to_change() -> None:
    error = BundleError("is wrong", place="a.yaml", advice="(repair it)")
    assert (str(error), error.place, error.advice) == ("a.yaml: is wrong (repair it)", "a.yaml", "(repair it)")
    assert issubclass(BundleError, ContractError)
    assert issubclass(UnknownApi, ContractError)
