"""Ordering: placing orders, and what customer and books know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import ordering
from support.storefront.channel import Channel, in_use

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.money import Money


@given('{customer:Customer} has ordered {pieces:Count} "{product}" {channel:Channel}')
@needs("write")
def customer_has_ordered(context: Context, customer: str, pieces: int, product: str, channel: Channel) -> None:
    """Order a number of pieces of one product, and make sure that the books show it."""
    ordering.have_ordered(context.world, customer, product, pieces, channel)


@when('{customer:Customer} orders {pieces:Count} "{product}" {channel:Channel}')
@needs("write")
def customer_orders(context: Context, customer: str, pieces: int, product: str, channel: Channel) -> None:
    """Order a number of pieces of one product, signed in."""
    ordering.order(context.world, customer, product, pieces, channel)


@when('a visitor orders {pieces:Count} "{product}" {channel:Channel}')
@needs("write")
def visitor_orders(context: Context, pieces: int, product: str, channel: Channel) -> None:
    """Try to order without signing in."""
    ordering.order_as_visitor(context.world, product, pieces, channel)


@when('{customer:Customer} submits an order for {pieces:Count} "{product}" twice {channel:Channel}')
@needs("write")
def customer_submits_twice(context: Context, customer: str, pieces: int, product: str, channel: Channel) -> None:
    """Submit one and the same order twice."""
    ordering.submit_twice(context.world, customer, product, pieces, channel)


@then("{customer:Customer} sees her order confirmed with a total of {total:Money}")
def customer_sees_her_order_confirmed(context: Context, customer: str, total: Money) -> None:  # noqa: ARG001
    """The shop confirms the order, worth that much."""
    in_use(context.world).expect_order(context.world, total)


@then("{customer:Customer} finds her orders worth {newest:Money} and {oldest:Money}, the newest first")
def customer_finds_her_orders(context: Context, customer: str, newest: Money, oldest: Money) -> None:  # noqa: ARG001
    """The customer's history lists these two orders and no other."""
    in_use(context.world).expect_orders(context.world, [newest, oldest])


@then("the books show {orders:Count} order of {customer:Customer} worth {worth:Money}")
@then("the books show {orders:Count} orders of {customer:Customer} worth {worth:Money}")
@needs("read")
def books_show_orders(context: Context, orders: int, customer: str, worth: Money) -> None:
    """So many orders of the customer are written down, worth that much together."""
    found, expected = ordering.books_of(context.world, customer), ordering.Books(orders, worth)
    assert found == expected, f"expected {expected} of {customer}, found {found}"


@then("the books show no order of {customer:Customer}")
@needs("read")
def books_show_no_order_of_customer(context: Context, customer: str) -> None:
    """No order of the customer is written down."""
    found = ordering.books_of(context.world, customer)
    assert found.orders == 0, f"expected no order of {customer}, found {found}"


@then("the books show no order")
@needs("read")
def books_show_no_order(context: Context) -> None:
    """No order of anybody is written down in this shop."""
    found = ordering.all_orders(context.world)
    assert found == 0, f"expected no order in the books, found {found}"
