"""Sessions: that the shop knows who is there, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import accounts, sessions
from support.storefront.channel import Channel, in_use
from support.storefront.people import person

if TYPE_CHECKING:
    from datetime import timedelta

    from support.context import Context


@given("{who:Person} is signed in {channel:Channel}")
@given("{who:Person} has signed in {channel:Channel}")
@needs("write")
def person_is_already_signed_in(context: Context, who: str, channel: Channel) -> None:
    """Sign in with the right password, and make sure that it worked."""
    accounts.be_signed_in(context.world, who, channel)


@given("{who:Person} has kept busy {channel:Channel} for {busy:Duration}")
@needs("write", "clock")
def person_has_kept_busy(context: Context, who: str, channel: Channel, busy: timedelta) -> None:
    """Sign in, and use the shop so long without a long pause."""
    sessions.keep_busy(context.world, who, busy, channel)


@given("{who:Person} has signed out")
@when("{who:Person} signs out")
@needs("write")
def person_signs_out(context: Context, who: str) -> None:
    """Sign out where she is signed in."""
    accounts.sign_out(context.world, who)


@given("{who:Person} has come back after {away:Duration}")
@when("{who:Person} comes back after {away:Duration}")
@needs("write", "clock")
def person_comes_back(context: Context, who: str, away: timedelta) -> None:  # noqa: ARG001 - the sentence names who
    """Stay away so long, then go to where only those are let who are signed in."""
    sessions.come_back(context.world, away)


@then("{who:Person} is signed in")
def person_is_signed_in(context: Context, who: str) -> None:
    """The shop knows who is there."""
    in_use(context.world).accounts.expect_signed_in(context.world, person(context.world, who))


@then("{who:Person} is still signed in {channel:Channel}")
def person_is_still_signed_in(context: Context, who: str, channel: Channel) -> None:
    """The shop knows who is there on that way into it, whichever was used since."""
    accounts.expect_still_signed_in(context.world, who, channel)


@then('{who:Person} is greeted as "{name}"')
def person_is_greeted(context: Context, who: str, name: str) -> None:
    """The shop knows who is there, and calls her exactly that."""
    in_use(context.world).accounts.expect_signed_in(context.world, person(context.world, who).with_name(name))


@then("{who:Person} is not signed in")
def person_is_not_signed_in(context: Context, who: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop does not know who is there."""
    in_use(context.world).accounts.expect_signed_out(context.world)
