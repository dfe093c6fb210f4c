"""Versions: the older app beside the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

from support.storefront.app import OLDER_APP_ORDERING

if TYPE_CHECKING:
    from datetime import date

    from support.context import Context


@then("the older app is told that it works until {day:Day}")
def older_app_is_told_its_end(context: Context, day: date) -> None:
    """The last answer to the older app says that it is out of date, and when it ends."""
    OLDER_APP_ORDERING.expect_end(context.world, day)
