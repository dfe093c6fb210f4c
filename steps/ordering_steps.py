"""Ordering: placing orders, and what customer and books know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.storefront import ordering
from support.storefront.channel import THE_CHANNEL, Channel

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.money import Money


@given('{customer:Customer} orders {pieces:Count} "{product}" {channel:Channel}')
@when('{customer:Customer} orders {pieces:Count} "{product}" {channel:Channel}')
def customer_orders(context: Context, customer: str, pieces: int, product: str, channel: Channel) -> None:
    """Order a number of pieces of one product, signed in."""
    ordering.order(context.world, customer, product, pieces, channel)


@when('a visitor orders {pieces:Count} "{product}" {channel:Channel}')
def visitor_orders(context: Context, pieces: int, product: str, channel: Channel) -> None:
    """Try to order without signing in."""
    ordering.order_as_visitor(context.world, product, pieces, channel)


@when('{customer:Customer} submits an order for {pieces:Count} "{product}" twice {channel:Channel}')
def customer_submits_twice(context: Context, customer: str, pieces: int, product: str, channel: Channel) -> None:
    """Submit one and the same order twice."""
    ordering.submit_twice(context.world, customer, product, pieces, channel)


@then("{customer:Customer} sees her order confirmed with a total of {total:Money}")
def customer_sees_her_order_confirmed(context: Context, customer: str, total: Money) -> None:  # noqa: ARG001
    """The shop confirms the order, worth that much."""
    context.world.notes[THE_CHANNEL].expect_order(context.world, total)


@then("the orders of {customer:Customer} are worth {newest:Money} and {oldest:Money}")
def orders_are_worth(context: Context, customer: str, newest: Money, oldest: Money) -> None:  # noqa: ARG001
    """The customer's history lists two orders, the newest first."""
    context.world.notes[THE_CHANNEL].expect_orders(context.world, [newest, oldest])


@then("the books show {orders:Count} order of {customer:Customer} worth {worth:Money}")
@then("the books show {orders:Count} orders of {customer:Customer} worth {worth:Money}")
def books_show_orders(context: Context, orders: int, customer: str, worth: Money) -> None:
    """Bookkeeping knows so many orders of the customer, worth that much together."""
    found, expected = ordering.books(context.world, customer), ordering.Books(orders, worth)
    assert found == expected, f"expected {expected} of {customer}, found {found}"


@then("the books show no order of {customer:Customer}")
def books_show_no_order(context: Context, customer: str) -> None:
    """Bookkeeping knows no order of the customer."""
    found = ordering.books(context.world, customer)
    assert found.orders == 0, f"expected no order of {customer}, found {found}"
