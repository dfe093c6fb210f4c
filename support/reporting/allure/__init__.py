"""Allure results that tell the truth: made from a record, or while any behave suite runs.

`write_results` reads a recorded run and asks nobody else. `AllureFormatter` serves suites that have no record of ours:
it makes the same lines from behave's model and writes them with the same writer. `Collector` hears what a suite says
through allure's own functions (`allure.attach`, `allure.step`, `allure.dynamic`), in hooks and clean-ups too.
"""

from typing import TYPE_CHECKING

from ...core import lazily

if TYPE_CHECKING:
    from ._collector import Collector
    from ._formatter import AllureFormatter
    from ._marks import MARKS
    from ._options import Options
    from ._results import write_results
else:
    # Whoever reads a record needs no behave.
    __getattr__ = lazily(
        __name__,
        {
            "_collector": "Collector",
            "_formatter": "AllureFormatter",
            "_marks": "MARKS",
            "_options": "Options",
            "_results": "write_results",
        },
    )

__all__ = ["MARKS", "AllureFormatter", "Collector", "Options", "write_results"]
