"""Accounts: opening one, signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import accounts
from support.storefront.channel import Channel, in_use
from support.storefront.people import person

if TYPE_CHECKING:
    from support.context import Context


@given("{customer:Customer} has an account")
@needs("write")
def customer_has_an_account(context: Context, customer: str) -> None:
    """Open an account for somebody, who is signed in nowhere yet."""
    accounts.have_account(context.world, customer)


@given("{customer:Customer} has an account in another shop")
@needs("write")
def customer_has_an_account_in_another_shop(context: Context, customer: str) -> None:
    """Open an account for somebody in a shop that is not the scenario's."""
    accounts.have_account_elsewhere(context.world, customer)


@given("{customer:Customer} has no account")
@needs("read")
def customer_has_no_account(context: Context, customer: str) -> None:
    """Make sure that the books do not know somebody."""
    accounts.expect_no_account(context.world, customer)


@given("{customer:Customer} is signed in {channel:Channel}")
@needs("write")
def customer_is_already_signed_in(context: Context, customer: str, channel: Channel) -> None:
    """Sign in with the right password, and make sure that it worked."""
    accounts.be_signed_in(context.world, customer, channel)


@when("{customer:Customer} opens an account {channel:Channel}")
@needs("write")
def customer_opens_an_account(context: Context, customer: str, channel: Channel) -> None:
    """Register with good data."""
    accounts.open_account(context.world, person(context.world, customer), channel)


@when("{customer:Customer} opens an account {channel:Channel} without a name")
@needs("write")
def customer_opens_an_account_without_a_name(context: Context, customer: str, channel: Channel) -> None:
    """Register with an empty name."""
    accounts.open_account(context.world, person(context.world, customer).without_name(), channel)


@when('{customer:Customer} opens an account {channel:Channel} with the e-mail address "{address}"')
@needs("write")
def customer_opens_an_account_with_address(context: Context, customer: str, channel: Channel, address: str) -> None:
    """Register under an address of any shape."""
    accounts.open_account(context.world, person(context.world, customer).with_address(address), channel)


@when("{customer:Customer} opens an account {channel:Channel} with a password of {length:Count} characters")
@needs("write")
def customer_opens_an_account_with_password_of(context: Context, customer: str, channel: Channel, length: int) -> None:
    """Register with a password of that length."""
    accounts.open_account(context.world, accounts.with_password_of(context.world, customer, length), channel)


@when("{customer:Customer} opens an account {channel:Channel} with {other:Customer}'s address in capital letters")
@needs("write")
def customer_opens_an_account_as_another(context: Context, customer: str, channel: Channel, other: str) -> None:
    """Register under somebody else's address, written in capital letters."""
    address = person(context.world, other).email.upper()
    accounts.open_account(context.world, person(context.world, customer).with_address(address), channel)


@when("{customer:Customer} signs in {channel:Channel}")
@needs("write")
def customer_signs_in(context: Context, customer: str, channel: Channel) -> None:
    """Sign in with the right password."""
    accounts.sign_in(context.world, person(context.world, customer), channel)


@when("{customer:Customer} signs in {channel:Channel} with a wrong password")
@needs("write")
def customer_signs_in_with_a_wrong_password(context: Context, customer: str, channel: Channel) -> None:
    """Sign in with a password that is not hers."""
    accounts.sign_in(context.world, accounts.with_wrong_password(context.world, customer), channel)


@when("{customer:Customer} signs out")
@needs("write")
def customer_signs_out(context: Context, customer: str) -> None:
    """Sign out where she is signed in."""
    accounts.sign_out(context.world, customer)


@then("{customer:Customer} is signed in")
def customer_is_signed_in(context: Context, customer: str) -> None:
    """The shop knows who is there."""
    in_use(context.world).expect_signed_in(context.world, person(context.world, customer))


@then("{customer:Customer} is not signed in")
def customer_is_not_signed_in(context: Context, customer: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop does not know who is there."""
    in_use(context.world).expect_signed_out(context.world)


@then("the visitor is asked to sign in")
def visitor_is_asked_to_sign_in(context: Context) -> None:
    """The shop wants to know who is there, and does not go on before."""
    in_use(context.world).expect_asked_to_sign_in(context.world)


@then('{customer:Customer} is told "{words}"')
def customer_is_told(context: Context, customer: str, words: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop refuses, in these words."""
    in_use(context.world).expect_told(context.world, words)


@then("{customer:Customer} is asked to try again in a moment")
def customer_is_asked_to_try_again(context: Context, customer: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop cannot do it now, and says so."""
    in_use(context.world).expect_told(context.world, "try again in a moment")


@then("the books show {count:Count} customer")
@then("the books show {count:Count} customers")
@needs("read")
def books_show_customers(context: Context, count: int) -> None:
    """So many customers are written down for this shop."""
    known = accounts.known_customers(context.world)
    assert known == count, f"expected {count} customers in the books, found {known}"
