"""The contracts: hand-written OpenAPI documents and what they promise, as clauses.

``load("supos")`` gives a frozen ``Contract``; ``names()`` lists the APIs. Nothing here talks HTTP.
"""

from specs.errors import BundleError, ContractError, UnknownApi
from specs.load import load, names, read
from specs.model import Clause, Contract, Expectation, Operation, Parameter, Response

__all__ = [
    "BundleError",
    "Clause",
    "Contract",
    "ContractError",
    "Expectation",
    "Operation",
    "Parameter",
    "Response",
    "UnknownApi",
    "load",
    "names",
    "read",
]
