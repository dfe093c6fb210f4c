"""Telling what a run's record says; nobody else is asked.

Unlike behave's formatters, which see steps as they pass, a report reads the finished record, so that it says the same
after a crash, a merge, or a year. The two formatters here are for what cannot wait: `ProgressFormatter` for whoever
watches, `AllureFormatter` for suites that have no record of ours.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._ending import Ending, troubles_of
    from ._leaks import Leak, find_leaks, leaks_in_words
    from ._progress import ProgressFormatter
    from ._pruning import point_latest_to, prune
    from ._publish import make_pages, publish
    from ._terminal import terminal_summary
    from .allure import AllureFormatter, Collector

__all__ = [
    "AllureFormatter",
    "Collector",
    "Ending",
    "Leak",
    "ProgressFormatter",
    "find_leaks",
    "leaks_in_words",
    "make_pages",
    "point_latest_to",
    "prune",
    "publish",
    "terminal_summary",
    "troubles_of",
]

_HOMES = {
    "AllureFormatter": "allure",
    "Collector": "allure",
    "Ending": "_ending",
    "Leak": "_leaks",
    "ProgressFormatter": "_progress",
    "find_leaks": "_leaks",
    "leaks_in_words": "_leaks",
    "make_pages": "_publish",
    "point_latest_to": "_pruning",
    "prune": "_pruning",
    "publish": "_publish",
    "terminal_summary": "_terminal",
    "troubles_of": "_ending",
}


def __getattr__(name: str) -> object:
    """Import a name when it is asked for: whoever starts a system needs neither behave nor Allure."""
    from importlib import import_module

    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
