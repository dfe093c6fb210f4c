"""behave's hooks: one statement each. What they do is told in support/hooks.py."""

from typing import Any

from support import hooks
from support.storefront import parameter_types

parameter_types.register()


def before_all(context: Any) -> None:
    """Open the run, unless the runner has opened it."""
    hooks.before_all(context)


def before_scenario(context: Any, scenario: Any) -> None:
    """Give the scenario a world of its own."""
    hooks.before_scenario(context, scenario)


def after_scenario(context: Any, scenario: Any) -> None:
    """Close the world and write the record."""
    hooks.after_scenario(context, scenario)


def after_all(context: Any) -> None:
    """Close the run, unless the runner closes it."""
    hooks.after_all(context)
