"""Security: what strangers try, and what a careful shop makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import resources, security, sessions, visits

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.channel import Channel


@given('{customer:Customer} has placed {orders:Count} orders for 1 "{product}" within a minute')
@needs("write")
def customer_has_placed_many_orders(context: Context, customer: str, orders: int, product: str) -> None:
    """Place so many orders through the app, and make sure that the shop accepts each."""
    security.order_often(context.world, customer, orders, product)


@when("{who:Person} carries her session to another shop")
@needs("write")
def person_carries_her_session(context: Context, who: str) -> None:  # noqa: ARG001 - the sentence names who
    """Show a second shop the session that the first has given."""
    sessions.carry_to_another_shop(context.world)


@when("{who:Person} asks for {customer:Customer}'s order {channel:Channel}")
@needs("write", "read")
def person_asks_for_an_order(context: Context, who: str, customer: str, channel: Channel) -> None:
    """Ask for the newest order of a customer by its address."""
    visits.ask_for_order(context.world, who, customer, channel)


@given("{who:Person} has asked to be made {role:Role} of the shop")
@when("{who:Person} asks to be made {role:Role} of the shop")
@needs("write")
def person_asks_to_work_for_the_shop(context: Context, who: str, role: str) -> None:
    """Try what only the platform's operator may."""
    security.claim_role(context.world, who, role)


@when("a foreign site tries to {trick:Trick}")
@needs("write")
def foreign_site_tries(context: Context, trick: str) -> None:
    """Let a site that is not the shop send what only the shop's own pages should."""
    security.forge(context.world, trick)


@then("the foreign site is refused")
def foreign_site_is_refused(context: Context) -> None:
    """The shop has seen through it."""
    security.expect_forgery_refused(context.world)


@then("neither scripts nor other sites can get at her session")
def session_is_out_of_reach(context: Context) -> None:
    """The browser gives the session to the shop's own pages alone."""
    security.expect_session_out_of_reach(context.world)


@when("a visitor fetches {path:Resource}")
@needs("read")
def visitor_fetches(context: Context, path: str) -> None:
    """Fetch something by HTTP, without signing in."""
    resources.fetch(context.world, path)


@then('the answer has the header "{header}" with "{value}"')
def answer_has_the_header(context: Context, header: str, value: str) -> None:
    """The last answer has the header with exactly that value."""
    resources.expect_header(context.world, header, value)
