"""Mail: what customers find in their mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then

from support.storefront import post

if TYPE_CHECKING:
    from support.context import Context


@then('{customer:Customer} receives the mail "{subject}" once')
def customer_receives_the_mail(context: Context, customer: str, subject: str) -> None:
    """Exactly one mail with that subject has arrived."""
    post.expect_mail(context.world, customer, subject)
