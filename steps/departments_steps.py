"""Departments: what they announce to each other, and what befalls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import accidents, announcements, cut_off

if TYPE_CHECKING:
    from datetime import timedelta

    from support.context import Context


@given("the {caller:Desk} cannot reach the {callee:Desk}")
@needs("disturb")
def desk_cannot_reach(context: Context, caller: str, callee: str) -> None:
    """Let one department not reach another, for this scenario alone."""
    accidents.unreachable(context.world, caller, callee)


@when("the {callee:Desk} can be reached again {later:Duration} later")
@needs("disturb", "clock", "write")
def desk_can_be_reached_again(context: Context, callee: str, later: timedelta) -> None:
    """Turn the shop's clock so much later, and then let everybody reach the department again."""
    cut_off.reach_again(context.world, callee, later)


@given("the news of {news:News} has reached the other departments once more")
@when("the news of {news:News} reaches the other departments once more")
@needs("write")
def news_arrives_once_more(context: Context, news: str) -> None:
    """Deliver an announcement a second time, and wait until everybody has dealt with it."""
    announcements.announce_again(context.world, news)


@then("the other departments hear of {news:News} {times:Times}")
@needs("read")
def departments_hear_of_it(context: Context, news: str, times: int) -> None:
    """So many such announcements were made for this shop, and no further."""
    announcements.expect_announced(context.world, news, times)


@then("the other departments hear nothing of {news:News}")
@needs("read")
def departments_hear_nothing(context: Context, news: str) -> None:
    """No such announcement was made for this shop."""
    announcements.expect_announced(context.world, news, times=0)
