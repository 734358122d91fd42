"""Adapters: one package an API, with its handlers, representations, seed and defects."""
