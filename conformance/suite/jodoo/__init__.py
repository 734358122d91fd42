"""Scenarios of the Jodoo workflow API."""
