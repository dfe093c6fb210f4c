"""Shopping: what a customer collects in her basket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import basket, shopping

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.channel import Channel
    from support.storefront.money import Money


@given('{customer:Customer} has put {pieces:Count} "{product}" into the basket {channel:Channel}')
@needs("write")
def customer_has_put(context: Context, customer: str, pieces: int, product: str, channel: Channel) -> None:
    """Put a product into the basket, and make sure that it is there."""
    shopping.have_put(context.world, customer, product, pieces, channel)


@when('{who:Anybody} puts {pieces:Count} "{product}" into the basket {channel:Channel}')
@needs("write")
def anybody_puts(context: Context, who: str, pieces: int, product: str, channel: Channel) -> None:
    """Put a number of pieces of one product into the basket, besides those that are in it."""
    shopping.put(context.world, who, product, pieces, channel)


@when('{customer:Customer} changes the basket to {pieces:Count} "{product}" {channel:Channel}')
@needs("write")
def customer_changes(context: Context, customer: str, pieces: int, product: str, channel: Channel) -> None:
    """Have another number of pieces in the basket."""
    shopping.change(context.world, customer, product, pieces, channel)


@when('{customer:Customer} takes "{product}" out of the basket {channel:Channel}')
@needs("write")
def customer_takes_out(context: Context, customer: str, product: str, channel: Channel) -> None:
    """Have no piece of the product in the basket."""
    shopping.take_out(context.world, customer, product, channel)


@then("{customer:Customer} finds in the basket")
def customer_finds_in_the_basket(context: Context, customer: str) -> None:
    """The basket holds these and no other (columns: product, pieces, worth; also "a piece cost before")."""
    shopping.expect_basket(context.world, customer, basket.read_lines(context.table))


@then("{customer:Customer} finds the basket {worth:Worth}")
def customer_finds_the_basket_worth(context: Context, customer: str, worth: Money | None) -> None:
    """All that is in the basket costs that much together, or nothing is in it."""
    shopping.expect_worth(context.world, customer, worth)
