"""Reporting: what the owner is told of her sales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then, when

from support.core import needs
from support.storefront import reports, sales
from support.storefront.channel import Channel, in_use

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.sales import Days


@when("{who:Person} looks at the sales {days:Days} {channel:Channel}")
@needs("write", "read")
def person_looks_at_the_sales(context: Context, who: str, days: Days, channel: Channel) -> None:
    """Ask for the sales of these days, when all that was to be reported has been."""
    reports.look_at_sales(context.world, who, days, channel)


@then("the report shows")
def report_shows(context: Context) -> None:
    """The report has these days and no other (columns: day, orders, sold, cancelled, refunded, remains)."""
    in_use(context.world).office.expect_sales(context.world, sales.read_sales(context.table))


@then("the report is empty")
def report_is_empty(context: Context) -> None:
    """The report has no day."""
    in_use(context.world).office.expect_sales(context.world, [])


@then("the list for the bookkeeper says what the report says")
def list_says_what_the_report_says(context: Context) -> None:
    """The list that can be taken away has the same days and the same sums."""
    in_use(context.world).office.expect_same_list(context.world)


@then("the report equals the books to the penny")
@needs("read")
def report_equals_the_books(context: Context) -> None:
    """The report shows what follows from the orders that are written down."""
    reports.expect_the_books(context.world)
