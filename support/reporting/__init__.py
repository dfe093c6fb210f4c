"""Telling what a run's record says; nobody else is asked.

Unlike behave's formatters, which see steps as they pass, a report reads the finished record, so that it says the same
after a crash, a merge, or a year. The two formatters here are for what cannot wait: `ProgressFormatter` for whoever
watches, `AllureFormatter` for suites that have no record of ours.
"""

from typing import TYPE_CHECKING

from ..core import lazily

if TYPE_CHECKING:
    from ._ending import Ending, troubles_of
    from ._leaks import Leak, find_leaks, leaks_in_words
    from ._progress import ProgressFormatter
    from ._pruning import point_latest_to, prune
    from ._publish import make_pages, publish
    from ._terminal import terminal_summary
    from .allure import AllureFormatter, Collector
else:
    # Whoever starts a system needs neither behave nor Allure.
    __getattr__ = lazily(
        __name__,
        {
            "_ending": "Ending troubles_of",
            "_leaks": "Leak find_leaks leaks_in_words",
            "_progress": "ProgressFormatter",
            "_pruning": "point_latest_to prune",
            "_publish": "make_pages publish",
            "_terminal": "terminal_summary",
            "allure": "AllureFormatter Collector",
        },
    )

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
