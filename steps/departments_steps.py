"""Departments: what they announce to each other, and what befalls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then

from support.core import needs
from support.storefront import accidents, announcements

if TYPE_CHECKING:
    from support.context import Context


@given("the {callee:Desk} is unreachable for the {caller:Desk}")
@needs("disturb")
def desk_is_unreachable(context: Context, callee: str, caller: str) -> None:
    """Let one department not reach another, for this scenario alone."""
    accidents.unreachable(context.world, caller, callee)


@then("the other departments hear of the new customer once")
@needs("read")
def departments_hear_of_the_new_customer(context: Context) -> None:
    """One announcement of a new customer of this shop."""
    announcements.expect_announced_once(context.world, "customer.registered")


@then("the other departments hear of the order once")
@needs("read")
def departments_hear_of_the_order(context: Context) -> None:
    """One announcement of an order in this shop."""
    announcements.expect_announced_once(context.world, "order.placed")
