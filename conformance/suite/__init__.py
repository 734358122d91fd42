"""Scenarios by API: what only a story can show."""
