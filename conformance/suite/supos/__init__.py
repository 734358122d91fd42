"""Scenarios of the supOS workflow API."""
