"""The clock: what time it is in the shop, and that it goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, when

from support.core import needs
from support.storefront import clock, shop

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from support.context import Context


@given("the shop is in {city:City}")
@needs("write")
def shop_is_in_a_city(context: Context, city: str) -> None:
    """Let the shop's days begin and end when they do there."""
    shop.settle_in(context.world, city)


@given("it is {moment:Moment} in the shop")
@needs("write", "clock")
def it_is_that_moment(context: Context, moment: datetime) -> None:
    """Stop the shop's clock at that moment of the shop's own time zone."""
    clock.stop_at(context.world, moment)


@given("{duration:Duration} {passing:Passing}")
@when("{duration:Duration} {passing:Passing}")
@needs("write", "clock")
def time_passes(context: Context, duration: timedelta, passing: str) -> None:  # noqa: ARG001 - a form of the word
    """Turn the shop's clock so much later."""
    clock.let_pass(context.world, duration)
