"""Seeding and clearing: so far, what a run left in a system that stays up."""

from ._clearing import Clearing, clear_tenants

__all__ = ["Clearing", "clear_tenants"]
