"""The system as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

if TYPE_CHECKING:
    from support.context import Context


@then("every department and every store is well")
def every_part_is_well(context: Context) -> None:
    """Every part answers, and says that it is well; the sick one is named."""
    context.world.check_health()
