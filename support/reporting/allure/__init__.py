"""Allure results that tell the truth: made from a record, or while any behave suite runs.

`write_results` reads a recorded run and asks nobody else. `AllureFormatter` serves suites that have no record of ours:
it makes the same lines from behave's model and writes them with the same writer. `Collector` hears what a suite says
through allure's own functions (`allure.attach`, `allure.step`, `allure.dynamic`), in hooks and clean-ups too.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._collector import Collector
    from ._formatter import AllureFormatter
    from ._marks import MARKS
    from ._options import Options
    from ._results import write_results

__all__ = ["MARKS", "AllureFormatter", "Collector", "Options", "write_results"]

_HOMES = {
    "MARKS": "_marks",
    "AllureFormatter": "_formatter",
    "Collector": "_collector",
    "Options": "_options",
    "write_results": "_results",
}


def __getattr__(name: str) -> object:
    """Import a name when it is asked for: whoever reads a record needs no behave."""
    from importlib import import_module

    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
