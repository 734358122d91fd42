"""Breadth: many made-up requests to every operation, each answer judged against its document like any other.

``generator.py`` is the one module that touches Schemathesis.
"""

from conformance.fuzz.campaign import DEPTHS, fuzz

__all__ = ["DEPTHS", "fuzz"]
