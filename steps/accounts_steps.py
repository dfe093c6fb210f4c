"""Accounts: opening one, and getting in with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import accounts
from support.storefront.people import person

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.channel import Channel
    from support.storefront.guesses import Guesses


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
    """Make sure that the shop does not know somebody."""
    accounts.expect_no_account(context.world, customer)


@given("{staff:Staff} works for the shop")
@when("{staff:Staff} begins to work for the shop")
@needs("write")
def staff_works_for_the_shop(context: Context, staff: str) -> None:
    """Let the platform's operator open an account for the owner or the clerk."""
    accounts.work_for_the_shop(context.world, staff)


@when("{staff:Staff} begins to work for the shop with {other:Person}'s address in capital letters")
@needs("write")
def staff_begins_to_work_as_another(context: Context, staff: str, other: str) -> None:
    """Let the platform's operator try to open an account for her under somebody else's address."""
    accounts.begin_to_work_under(context.world, staff, person(context.world, other).email.upper())


@given("{customer:Customer} has given {guesses:Guesses}")
@when("{customer:Customer} gives {guesses:Guesses}")
@needs("write")
def customer_gives_wrong_passwords(context: Context, customer: str, guesses: Guesses) -> None:
    """Try so many passwords that are not hers, or for an account that does not exist; each is refused."""
    accounts.guess(context.world, customer, guesses)


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


@when("{customer:Customer} opens an account {channel:Channel} with {other:Person}'s address in capital letters")
@needs("write")
def customer_opens_an_account_as_another(context: Context, customer: str, channel: Channel, other: str) -> None:
    """Register under somebody else's address, written in capital letters."""
    address = person(context.world, other).email.upper()
    accounts.open_account(context.world, person(context.world, customer).with_address(address), channel)


@given('{customer:Customer} has opened an account {channel:Channel} under the name "{name}"')
@when('{customer:Customer} opens an account {channel:Channel} under the name "{name}"')
@needs("write")
def customer_opens_an_account_under_a_name(context: Context, customer: str, channel: Channel, name: str) -> None:
    """Register under a name of any shape."""
    accounts.open_account(context.world, person(context.world, customer).with_name(name), channel)


@when("{who:Person} signs in {channel:Channel}")
@needs("write")
def person_signs_in(context: Context, who: str, channel: Channel) -> None:
    """Sign in with the right password."""
    accounts.sign_in(context.world, person(context.world, who), channel)


@when("{who:Person} signs in with the keyboard alone")
@needs("write")
def person_signs_in_by_keyboard(context: Context, who: str) -> None:
    """Sign in on the website without a mouse."""
    accounts.sign_in_by_keyboard(context.world, who)


@when("{customer:Customer} signs in {channel:Channel} with a wrong password")
@needs("write")
def customer_signs_in_with_a_wrong_password(context: Context, customer: str, channel: Channel) -> None:
    """Sign in with a password that is not hers."""
    accounts.sign_in(context.world, accounts.with_wrong_password(context.world, customer), channel)


@when("{who:Person} signs in to the other shop {channel:Channel}")
@needs("write")
def person_signs_in_to_the_other_shop(context: Context, who: str, channel: Channel) -> None:
    """Go to the second shop, and sign in there with the right password."""
    accounts.sign_in_elsewhere(context.world, who, channel)


@then("the books show {customers:Customers}")
@needs("read")
def books_show_customers(context: Context, customers: int) -> None:
    """So many customers are written down for this shop."""
    known = accounts.known_customers(context.world)
    assert known == customers, f"expected {customers} customers in the books, found {known}"
