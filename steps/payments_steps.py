"""Payments: what the bank takes and gives back, and how it can be in trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then

from support.core import needs
from support.storefront import accidents, cut_off, payments

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.goods import Goods
    from support.storefront.money import Money


@given("the bank has failed {elsewhere:WhichShop} {times:Failures} and works again")
@needs("write", "disturb")
def bank_has_failed_a_shop(context: Context, elsewhere: bool, times: int) -> None:  # noqa: FBT001 - a word's meaning
    """Let Ben try to pay so many times while the bank cannot be reached, and make sure that he is refused."""
    payments.fail(context.world, times, elsewhere=elsewhere)


@given("the {callee:Desk} answers the {caller:Desk} too late once")
@needs("disturb")
def desk_answers_too_late(context: Context, callee: str, caller: str) -> None:
    """Let the next answer come when nobody waits for it any more, for this scenario alone."""
    accidents.too_late(context.world, caller, callee)


@given("{customer:Customer} has paid for {goods:Goods}, and since then the order desk cannot reach the {callee:Desk}")
@needs("write", "read", "disturb")
def customer_has_paid_and_was_cut_off(context: Context, customer: str, goods: Goods, callee: str) -> None:
    """Order and pay through the app, and make sure that the bank has the money and the order still waits."""
    cut_off.pay_and_be_cut_off(context.world, customer, goods, callee)


@then("the bank has taken {amount:Sum}")
@needs("read")
def bank_has_taken(context: Context, amount: Money) -> None:
    """The bank has taken that much from the shop's customers, less what it has given back."""
    payments.expect_kept(context.world, amount)


@then("the bank has given back {amount:Sum}")
@needs("read")
def bank_has_given_back(context: Context, amount: Money) -> None:
    """The bank has given that much back to the shop's customers, and no more."""
    payments.expect_given_back(context.world, amount)


@then("the bank has taken exactly what the orders are worth")
@needs("read")
def bank_has_taken_what_orders_are_worth(context: Context) -> None:
    """For each order the bank has kept its worth, in one payment, and for what came to nothing it has kept nothing."""
    payments.expect_exact(context.world)
