"""Payments: what the bank takes and gives back, and how it can be in trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then

from support.core import needs
from support.storefront import accidents, cut_off, payments

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.money import Money


@given("the bank has failed the shop {times:Count} times running")
@needs("write", "disturb")
def bank_has_failed_the_shop(context: Context, times: int) -> None:
    """Let Ben try to pay so many times while the bank cannot be reached, and make sure that he is refused."""
    payments.fail(context.world, times)


@given("the bank has failed another shop {times:Count} times running")
@needs("write", "disturb")
def bank_has_failed_another_shop(context: Context, times: int) -> None:
    """Let Ben try so in a second shop."""
    payments.fail_elsewhere(context.world, times)


@given("the {callee:Desk} answers the {caller:Desk} too late once")
@needs("disturb")
def desk_answers_too_late(context: Context, callee: str, caller: str) -> None:
    """Let the next answer come when nobody waits for it any more, for this scenario alone."""
    accidents.too_late(context.world, caller, callee)


@given(
    '{customer:Customer} has paid for {pieces:Count} "{product}" '
    "while the {callee:Desk} could no longer be reached by the order desk"
)
@needs("write", "read", "disturb")
def customer_has_paid_while_cut_off(context: Context, customer: str, pieces: int, product: str, callee: str) -> None:
    """Order and pay through the app, and make sure that the bank has the money and the order still waits."""
    cut_off.pay_while_cut_off(context.world, customer, product, pieces, callee)


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
