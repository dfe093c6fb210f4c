"""The front door of a run: one page that says how it went and leads to everything else."""

from ._page import front_door

__all__ = ["front_door"]
