"""Accounts: opening one, signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.storefront import accounts
from support.storefront.channel import THE_CHANNEL, Channel
from support.storefront.people import person
from support.storefront.website import Website

if TYPE_CHECKING:
    from support.context import Context


@given("{customer:Customer} has an account")
def customer_has_an_account(context: Context, customer: str) -> None:
    """Open an account for somebody, who is signed in nowhere yet."""
    accounts.have_account(context.world, customer)


@given("{customer:Customer} has an account in another shop")
def customer_has_an_account_in_another_shop(context: Context, customer: str) -> None:
    """Open an account for somebody in a shop that is not the scenario's."""
    accounts.have_account_elsewhere(context.world, customer)


@when("{customer:Customer} opens an account {channel:Channel}")
def customer_opens_an_account(context: Context, customer: str, channel: Channel) -> None:
    """Register with good data."""
    accounts.open_account(context.world, person(context.world, customer), channel)


@when("{customer:Customer} opens an account with a password of {length:Count} characters")
def customer_opens_an_account_with_a_password_of(context: Context, customer: str, length: int) -> None:
    """Register on the website with a password of that length."""
    accounts.open_account(context.world, person(context.world, customer).with_password_of(length), Website())


@when("{customer:Customer} opens an account with the e-mail address of {other:Customer} in capital letters")
def customer_opens_an_account_with_the_address_of(context: Context, customer: str, other: str) -> None:
    """Register on the website under somebody else's address."""
    owner = person(context.world, other)
    accounts.open_account(context.world, person(context.world, customer).with_address_of(owner), Website())


@given("{customer:Customer} signs in {channel:Channel}")
@when("{customer:Customer} signs in {channel:Channel}")
def customer_signs_in(context: Context, customer: str, channel: Channel) -> None:
    """Sign in with the right password."""
    accounts.sign_in(context.world, person(context.world, customer), channel)


@when("{customer:Customer} signs in with a wrong password")
def customer_signs_in_with_a_wrong_password(context: Context, customer: str) -> None:
    """Sign in on the website with a password that is not hers."""
    accounts.sign_in(context.world, person(context.world, customer).with_wrong_password(), Website())


@when("{customer:Customer} signs out")
def customer_signs_out(context: Context, customer: str) -> None:  # noqa: ARG001 - the sentence names who
    """Sign out where she is signed in."""
    accounts.sign_out(context.world)


@then("{customer:Customer} is signed in")
def customer_is_signed_in(context: Context, customer: str) -> None:
    """The shop knows who is there."""
    context.world.notes[THE_CHANNEL].expect_signed_in(context.world, person(context.world, customer))


@then("{customer:Customer} is no longer signed in")
def customer_is_no_longer_signed_in(context: Context, customer: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop does not know who is there."""
    context.world.notes[THE_CHANNEL].expect_signed_out(context.world)


@then('{customer:Customer} is told "{words}"')
def customer_is_told(context: Context, customer: str, words: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop refuses, in these words."""
    context.world.notes[THE_CHANNEL].expect_told(context.world, words)


@then("the visitor is asked to sign in")
def visitor_is_asked_to_sign_in(context: Context) -> None:
    """The shop wants to know who is there."""
    context.world.notes[THE_CHANNEL].expect_signed_out(context.world)


@then("the shop knows {count:Count} customer")
@then("the shop knows {count:Count} customers")
def shop_knows_customers(context: Context, count: int) -> None:
    """So many customers stand in the shop's books."""
    known = accounts.known_customers(context.world)
    assert known == count, f"expected {count} customers in the books, found {known}"
