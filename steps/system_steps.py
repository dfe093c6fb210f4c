"""The system as a whole: that it is well, and that everybody can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

from support.storefront import accessibility

if TYPE_CHECKING:
    from support.context import Context


@then("every department and every store is well")
def every_part_is_well(context: Context) -> None:
    """Every part answers, and says that it is well; the sick one is named."""
    context.world.check_health()


@then("everybody can use what is shown")
def everybody_can_use_what_is_shown(context: Context) -> None:
    """Nothing on the website keeps out those who see, hear or move otherwise."""
    accessibility.expect_usable(context.world)
