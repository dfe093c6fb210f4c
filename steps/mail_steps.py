"""Mail: what customers find in their mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

from support.core import needs
from support.storefront import ordering, post

if TYPE_CHECKING:
    from support.context import Context


@then("{customer:Customer} receives one mail that welcomes her")
@needs("read")
def customer_receives_a_welcome(context: Context, customer: str) -> None:
    """Exactly one mail that welcomes the new customer has arrived."""
    post.expect_one_mail(context.world, customer, post.WELCOME)


@then("{customer:Customer} receives one mail that confirms the order")
@needs("read")
def customer_receives_a_confirmation(context: Context, customer: str) -> None:
    """Exactly one mail with the number of the customer's newest order has arrived."""
    number = ordering.newest_order(context.world, customer)
    post.expect_one_mail(context.world, customer, f"Your order {number}")
