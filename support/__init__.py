"""Rehearsal: acceptance tests that rehearse production."""

__version__ = "0.1.0"
