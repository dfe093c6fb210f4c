"""Telling what a run's record says; nobody else is asked.

Unlike behave's formatters, which see steps as they pass, a report reads the finished record, so that it says the same
after a crash, a merge, or a year.
"""

from ._terminal import terminal_summary

__all__ = ["terminal_summary"]
